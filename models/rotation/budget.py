"""What more vehicle-days would buy: each extra stop where it serves most, with every other stop left where it is.

Leaving the agreed stops alone gives a figure that is sure ("at least so much"), exact to a single stop, and quick; a
plan made anew with the extra stops would serve at least as much. Where promises clash, the curve counts promises that
stay broken instead.
"""

import numpy as np
import pandas as pd

from models.rotation.clashes import least_broken, with_more_slots
from models.rotation.coverage import coverage_of
from models.rotation.indexed import index_problem
from models.rotation.plan import CLASHING, RotationPlan
from models.rotation.problem import RotationProblem
from models.rotation.promises import promises
from models.rotation.slots import open_beside

CURVE_COLUMNS = (
    "extra_stops",
    "need_served",
    "gain",
    "under_fives_served",
    "broken_promises",
    "month",
    "puskesmas_code",
    "rw_code",
)


def budget_curve(
    problem: RotationProblem,
    plan: RotationPlan,
    most: int = 12,
    month: str | None = None,
    puskesmas_code: str | None = None,
) -> pd.DataFrame:
    """Return a row per extra stop, 0 to `most`: extra_stops, need_served, gain (of this stop), under_fives_served,
    broken_promises, and the month, puskesmas_code and rw_code of the stop that the extra vehicle-day makes.

    `month` or `puskesmas_code` ask for extra days there only. Gains never grow from one stop to the next. Ends early
    when no extra stop is possible or, in a clash, when every promise that slots can save is kept.
    """
    if plan.status == CLASHING:
        return _promises_saved(problem, most)
    indexed = with_more_slots(index_problem(problem))
    rw, at = indexed.visits_of(plan.slots)
    under_fives = problem.rws["under_fives"].to_numpy(dtype=float) * (indexed.need > 0)
    broken = 0 if plan.standing is None else plan.standing.broken_promises
    is_asked = np.ones(indexed.is_open.shape, dtype=bool)
    if month is not None:
        is_asked &= np.arange(indexed.month_count)[None, :] == indexed.month_position[month]
    if puskesmas_code is not None:
        is_asked &= (indexed.puskesmas[indexed.pair_puskesmas] == puskesmas_code)[:, None]

    coverage = coverage_of(indexed, rw, at)
    served = float(coverage.need_served().sum())
    reached = float((under_fives * coverage.share_served()).sum())
    rows: list[tuple[object, ...]] = [(0, served, 0.0, reached, broken, None, None, None)]
    for extra in range(1, most + 1):
        worth = (
            coverage.gains()[indexed.pair_rw] + indexed.need[indexed.pair_rw][:, None] * indexed.early_bonus[None, :]
        )
        worth = np.where(open_beside(indexed, rw, at) & is_asked, worth, -np.inf)
        pair, when = np.unravel_index(int(np.argmax(worth)), worth.shape)
        if worth[pair, when] <= 0:
            break
        stop = int(indexed.pair_rw[pair])
        rw, at = np.append(rw, stop), np.append(at, when)
        coverage.add(np.array([stop]), np.array([when]))
        now = float(coverage.need_served().sum())
        reached = float((under_fives * coverage.share_served()).sum())
        where = (problem.months[int(when)], indexed.puskesmas[indexed.pair_puskesmas[pair]], indexed.rw_position[stop])
        rows.append((extra, now, now - served, reached, broken, *where))
        served = now
    return pd.DataFrame(rows, columns=list(CURVE_COLUMNS))


def _promises_saved(problem: RotationProblem, most: int) -> pd.DataFrame:
    indexed = index_problem(problem)
    kept = promises(indexed)
    rows: list[tuple[object, ...]] = []
    for extra in range(most + 1):
        broken = least_broken(indexed, kept, extra)
        rows.append((extra, np.nan, np.nan, np.nan, broken, None, None, None))
        if broken == 0:
            break
    return pd.DataFrame(rows, columns=list(CURVE_COLUMNS))
