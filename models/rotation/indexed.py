"""A rotation problem as arrays: codes become positions, and what may not happen is left out beforehand.

A `visit` is a pair of puskesmas and RW in its work area, in a month. Positions follow the codes' order, so the same
facts give the same arrays however their rows were ordered.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from models.rotation.months import month_number
from models.rotation.problem import RotationProblem
from models.rotation.records import records


@dataclass(frozen=True, eq=False)
class IndexedProblem:
    """Arrays of one problem: P puskesmas, R RWs, T months, V pairs that may visit.

    `pair_puskesmas`, `pair_rw` (V); `is_allowed` (R×T): gap, exclusions and adopted months leave room for a visit;
    `is_closed` (P×T); `is_open` (V×T): the visit may be chosen, being allowed where there is a slot; `slots_vehicle`,
    `slots_free` (P×T): slots that need a vehicle and that don't; `vehicle_days` (T) or None; `stop`, `served`, `share`:
    who serves whom, an RW itself included with share 1; `ready` (R): first month in which serving the RW's need counts
    again; `is_adopted_visit` (R×T); `is_adopted_month` (T); `in_revisit` (R×T): the gap does not hold; `period` (T):
    the need period of each month.
    """

    problem: RotationProblem
    puskesmas: np.ndarray
    pair_puskesmas: np.ndarray
    pair_rw: np.ndarray
    is_allowed: np.ndarray
    is_closed: np.ndarray
    is_open: np.ndarray
    slots_vehicle: np.ndarray
    slots_free: np.ndarray
    vehicle_days: np.ndarray | None
    stop: np.ndarray
    served: np.ndarray
    share: np.ndarray
    ready: np.ndarray
    is_adopted_visit: np.ndarray
    is_adopted_month: np.ndarray
    in_revisit: np.ndarray
    period: np.ndarray

    @property
    def month_count(self) -> int:
        return len(self.problem.months)

    @property
    def rw_count(self) -> int:
        return len(self.problem.rws)

    @property
    def period_count(self) -> int:
        return int(self.period[-1]) + 1

    @cached_property
    def need(self) -> np.ndarray:
        return self.problem.rws["need"].to_numpy(dtype=float)

    @cached_property
    def since(self) -> np.ndarray:
        """Months since the last visit at the first month; NaN where never visited."""
        return pd.to_numeric(self.problem.rws["months_since_visit"]).to_numpy(dtype=float)

    @cached_property
    def is_far(self) -> np.ndarray:
        return self.problem.rws["is_far"].to_numpy(dtype=bool)

    @cached_property
    def rw_position(self) -> pd.Index:
        return pd.Index(self.problem.rws["rw_code"])

    @cached_property
    def month_position(self) -> dict[str, int]:
        return {month: position for position, month in enumerate(self.problem.months)}

    @cached_property
    def early_bonus(self) -> np.ndarray:
        """Worth of the month alone, as a fraction of the stop's own need (T)."""
        return self.problem.rules.early_bonus * np.arange(self.month_count, 0, -1)

    def rw_at(self, code: str) -> int:
        """Return an RW's position."""
        return int(self.rw_position.get_indexer(pd.Index([code]))[0])

    def rws_at(self, codes: pd.Series) -> np.ndarray:
        """Return positions of RWs."""
        return self.rw_position.get_indexer(pd.Index(codes))

    def puskesmas_at(self, codes: pd.Series) -> np.ndarray:
        """Return positions of puskesmas, -1 where there is no such."""
        return pd.Index(self.puskesmas).get_indexer(pd.Index(codes))

    def visits_of(self, slots: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        """Return the RW and month positions of a frame of slots."""
        return (
            self.rws_at(slots["rw_code"]),
            slots["month"].map(self.month_position).to_numpy(dtype=int),
        )


def index_problem(problem: RotationProblem) -> IndexedProblem:
    """Turn codes into positions and work out which visits are open."""
    rws, months = problem.rws, problem.months
    rw_position = pd.Index(rws["rw_code"])
    month_position = {month: position for position, month in enumerate(months)}
    work_areas = rws[["puskesmas_code", "rw_code"]] if problem.work_areas is None else problem.work_areas
    puskesmas = np.array(
        sorted({*work_areas["puskesmas_code"], *problem.capacity["puskesmas_code"], *rws["puskesmas_code"]}),
        dtype=object,
    )
    puskesmas_position = pd.Index(puskesmas)
    shape = (len(puskesmas), len(months))

    slots = {True: np.zeros(shape), False: np.zeros(shape)}
    for is_vehicle_needed, part in problem.capacity.groupby("is_vehicle_needed"):
        at = (puskesmas_position.get_indexer(part["puskesmas_code"]), part["month"].map(month_position).to_numpy(int))
        np.add.at(slots[bool(is_vehicle_needed)], at, part["slots"].to_numpy(dtype=float))
    is_adopted_month = np.isin(np.array(months), problem.adopted_months)
    is_closed = np.zeros(shape, dtype=bool)
    for row in records(problem.closed):
        where = slice(None) if row.puskesmas_code is None else puskesmas == row.puskesmas_code
        is_closed[where, month_position[row.month]] = True
    for kind in slots.values():
        kind[is_closed | is_adopted_month] = 0

    vehicle_days = None
    if problem.vehicle_days is not None:
        per_month = problem.vehicle_days.set_index("month")["vehicle_days"]
        vehicle_days = per_month.reindex(list(months)).fillna(0).to_numpy(dtype=float)

    order = work_areas.assign(
        p=puskesmas_position.get_indexer(work_areas["puskesmas_code"]),
        r=rw_position.get_indexer(work_areas["rw_code"]),
    ).sort_values(["r", "p"])
    pair_puskesmas, pair_rw = order["p"].to_numpy(), order["r"].to_numpy()

    gap = problem.rules.min_gap_months
    since = pd.to_numeric(rws["months_since_visit"]).to_numpy(dtype=float)
    ready = _months_left(since, problem.rules.need_period_months)
    is_adopted_visit = np.zeros((len(rws), len(months)), dtype=bool)
    is_adopted_visit[
        rw_position.get_indexer(problem.adopted["rw_code"]), problem.adopted["month"].map(month_position).to_numpy(int)
    ] = True
    in_revisit = _revisit_months(problem, rw_position)

    is_allowed = np.arange(len(months))[None, :] >= _months_left(since, gap)[:, None]
    is_allowed &= ~within_gap(is_adopted_visit & ~in_revisit, gap)
    is_allowed |= in_revisit
    is_allowed &= ~is_adopted_month[None, :]
    for row in records(problem.excluded):
        at_months = slice(None) if row.month is None else month_position[row.month]
        is_allowed[rw_position.get_loc(row.rw_code), at_months] = False
    is_open = is_allowed[pair_rw] & ((slots[True] + slots[False])[pair_puskesmas] > 0)

    own = np.arange(len(rws))
    neighbours = problem.neighbours[pd.to_numeric(problem.neighbours["share"]) > 0]
    return IndexedProblem(
        problem=problem,
        puskesmas=puskesmas,
        pair_puskesmas=pair_puskesmas,
        pair_rw=pair_rw,
        is_allowed=is_allowed,
        is_closed=is_closed,
        is_open=is_open,
        slots_vehicle=slots[True],
        slots_free=slots[False],
        vehicle_days=vehicle_days,
        stop=np.concatenate([own, rw_position.get_indexer(neighbours["rw_code"])]),
        served=np.concatenate([own, rw_position.get_indexer(neighbours["neighbour_code"])]),
        share=np.concatenate([np.ones(len(rws)), neighbours["share"].to_numpy(dtype=float)]),
        ready=ready,
        is_adopted_visit=is_adopted_visit,
        is_adopted_month=is_adopted_month,
        in_revisit=in_revisit,
        period=np.arange(len(months)) // problem.rules.need_period_months,
    )


def month_span(problem: RotationProblem, first_month: str, last_month: str) -> tuple[int, int]:
    """Return the positions of a window's first month and the one after its last, cut to the plan."""
    start = month_number(problem.months[0])
    first = max(0, month_number(first_month) - start)
    return first, max(first, min(len(problem.months), month_number(last_month) - start + 1))


def _revisit_months(problem: RotationProblem, rw_position: pd.Index) -> np.ndarray:
    months = np.zeros((len(rw_position), len(problem.months)), dtype=bool)
    for row in records(problem.revisits):
        first, after = month_span(problem, row.first_month, row.last_month)
        months[rw_position.get_loc(row.rw_code), first:after] = True
    return months


def within_gap(is_visit: np.ndarray, gap: int) -> np.ndarray:
    """Return the months (R×T) that are less than `gap` months from a visit, its own month included."""
    near = is_visit.copy()
    for step in range(1, min(gap, is_visit.shape[1])):
        near[:, step:] |= is_visit[:, :-step]
        near[:, :-step] |= is_visit[:, step:]
    return near


def _months_left(since: np.ndarray, length: int) -> np.ndarray:
    """Return months from the first one until `length` months have gone since the last visit; 0 where never visited."""
    return np.where(np.isnan(since), 0, np.maximum(0, length - np.nan_to_num(since, nan=0.0))).astype(int)
