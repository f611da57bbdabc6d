"""Plan a rotation: the stops that serve most need while every promise is kept, with a proof of how near to best it is.

The relaxation gives the bound. A model of the visits that the relaxation wants, or nearly wants, gives the plan; only
when that plan is not near enough to the bound is the whole model searched.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from models.errors import RotationSolverError
from models.rotation.clashes import Clashes, find_clashes
from models.rotation.formulation import RotationModel, add_need_served, visits_model
from models.rotation.indexed import IndexedProblem, index_problem
from models.rotation.linear_model import INFEASIBLE, OPTIMAL, STOPPED, Solution
from models.rotation.problem import RotationProblem
from models.rotation.promises import promises
from models.rotation.slots import SLOT_COLUMNS, adopted_objective, slots_frame
from models.rotation.standing import Standing, standing

PLANNED = "planned"
CLASHING = "clashing"
PROVEN_GAP = 0.01
# What the relaxation leaves open is searched further than the proof needs, which leaves fewer odd stops.
NEAR_GAP = 0.001
# A visit is near when making it would cost less than this part of a stop's mean worth.
NEAR_LOSS = 0.01
ZERO = 1e-9
# Part of the time left that each narrower search may take.
NEAR_TIME = 0.8


@dataclass(frozen=True, eq=False)
class RotationPlan:
    """A plan or, when promises clash, what clashes.

    `slots`: month, puskesmas_code, rw_code, kind, reason, is_fixed, is_adopted, own_need_served, neighbour_need_served.
    `standing`: figures of the plan (None when clashing). `objective`: need served plus the bonuses for early and kept
    stops; `bound`: what no plan can exceed; `gap`: (bound - objective) / bound; `is_proven`: gap within the one asked.
    """

    status: str
    slots: pd.DataFrame
    standing: Standing | None
    objective: float
    bound: float
    gap: float
    is_proven: bool
    seconds: float
    seed: int
    clashes: Clashes | None = None
    kept_stops: int = field(default=0)


def plan_rotation(
    problem: RotationProblem,
    *,
    gap: float = PROVEN_GAP,
    seconds: float = 60.0,
    seed: int = 0,
    previous: pd.DataFrame | None = None,
    keep_bonus: float = 0.0,
) -> RotationPlan:
    """Return the plan that serves most need within the rules, or the promises that clash.

    `previous` (month, puskesmas_code, rw_code) with `keep_bonus` rewards stops that stay as they were: the bonus is
    a fraction of the mean need of an RW. The same facts and seed give the same plan unless `seconds` run out, in which
    case `is_proven` tells whether the gap was reached. Raises RotationSolverError when no plan was found in time.
    """
    began = time.perf_counter()
    indexed = index_problem(problem)
    kept = promises(indexed)
    was_there = _previous_visits(indexed, previous)
    keep_worth = keep_bonus * float(indexed.need.mean()) * was_there
    gain = indexed.need[indexed.pair_rw][:, None] * indexed.early_bonus[None, :] + keep_worth
    rotation = visits_model(indexed, kept, gain)
    add_need_served(indexed, rotation)
    found = _search(rotation, gap, seconds, seed, was_there)
    spent = time.perf_counter() - began
    if found is None:
        clashes = find_clashes(indexed, kept)
        spent = time.perf_counter() - began
        nothing = pd.DataFrame(columns=list(SLOT_COLUMNS))
        return RotationPlan(CLASHING, nothing, None, 0.0, 0.0, 0.0, False, spent, seed, clashes)
    chosen = (rotation.visit >= 0) & (found.amounts[np.maximum(rotation.visit, 0)] > 0.5)  # type: ignore[index]
    adopted = adopted_objective(indexed)
    objective, bound = found.objective + adopted, max(found.bound, found.objective) + adopted
    reached = (bound - objective) / bound if bound > 0 else 0.0
    slots = slots_frame(indexed, chosen)
    return RotationPlan(
        status=PLANNED,
        slots=slots,
        standing=standing(indexed, slots),
        objective=objective,
        bound=bound,
        gap=reached,
        is_proven=reached <= gap,
        seconds=spent,
        seed=seed,
        kept_stops=int((chosen & was_there).sum()),
    )


def _search(rotation: RotationModel, gap: float, seconds: float, seed: int, was_there: np.ndarray) -> Solution | None:
    """Return the best solution with a valid bound, or None when nothing can keep every promise."""
    ends = time.perf_counter() + seconds
    model = rotation.model
    relaxed = model.solve(is_relaxed=True, seconds=seconds, seed=seed)
    if relaxed.status == INFEASIBLE:
        return None
    best: Solution | None = None
    if relaxed.amounts is not None:
        for is_kept, is_held in _neighbourhoods(rotation, relaxed, was_there):
            left = (ends - time.perf_counter()) * NEAR_TIME
            near = model.solve(is_kept=is_kept, is_held=is_held, gap=min(gap, NEAR_GAP), seconds=left, seed=seed)
            if near.amounts is not None and (best is None or near.objective > best.objective):
                best = near
            if best is not None and best.objective >= relaxed.bound * (1 - gap):
                return Solution(OPTIMAL, best.amounts, None, best.objective, relaxed.bound, best.seconds)
    start = None if best is None else best.amounts
    whole = model.solve(start=start, gap=gap, seconds=ends - time.perf_counter(), seed=seed)
    if whole.status == INFEASIBLE:
        return None
    if whole.amounts is None or (best is not None and best.objective > whole.objective):
        if best is None:
            raise RotationSolverError(
                f"No plan was found in {seconds:.0f} s; allow more seconds, fewer months or longer need periods."
            )
        return Solution(STOPPED, best.amounts, None, best.objective, min(whole.bound, relaxed.bound), best.seconds)
    bound = min(whole.bound, relaxed.bound)
    return Solution(whole.status, whole.amounts, None, whole.objective, bound, whole.seconds)


def _neighbourhoods(
    rotation: RotationModel, relaxed: Solution, was_there: np.ndarray
) -> Iterator[tuple[np.ndarray, np.ndarray | None]]:
    """Yield which columns to keep and to hold: first what the relaxation leaves open (RENS, Berthold 2014), then
    also the visits that it would lose little by making.
    """
    is_open = rotation.visit >= 0
    columns, stood = rotation.visit[is_open], was_there[is_open]
    values, losses = relaxed.amounts[columns], -relaxed.losses[columns]  # type: ignore[index]
    is_kept, is_held = (
        np.ones(rotation.model.column_count, dtype=bool),
        np.zeros(rotation.model.column_count, dtype=bool),
    )
    is_kept[columns] = (values > ZERO) | stood
    is_held[columns] = values > 1 - ZERO
    yield is_kept, is_held
    wider = is_kept.copy()
    wider[columns] |= losses <= NEAR_LOSS * abs(relaxed.bound) / max(1.0, values.sum())
    yield wider, None


def _previous_visits(indexed: IndexedProblem, previous: pd.DataFrame | None) -> np.ndarray:
    was_there = np.zeros(indexed.is_open.shape, dtype=bool)
    if previous is None or previous.empty:
        return was_there
    pairs = {
        (indexed.puskesmas[p], r): position
        for position, (p, r) in enumerate(zip(indexed.pair_puskesmas, indexed.pair_rw, strict=True))
    }
    rw = indexed.rws_at(previous["rw_code"])
    for code, at, month in zip(previous["puskesmas_code"], rw, previous["month"], strict=True):
        pair = pairs.get((code, at))
        if pair is not None and month in indexed.month_position:
            was_there[pair, indexed.month_position[month]] = True
    return was_there & indexed.is_open
