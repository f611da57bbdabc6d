"""What people would do without a planner: take the top of the list, or take turns.

Both fill the same slots within the same work areas, gaps, vehicle-days, closings, exclusions, adopted months and fixed
RWs; neither sees neighbours, longest waits or fair shares.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from models.rotation.indexed import IndexedProblem, index_problem
from models.rotation.problem import RotationProblem
from models.rotation.records import records
from models.rotation.slots import open_beside, slots_frame

# Given the months since each RW's last stop (infinite where never), the order in which RWs are taken: highest first.
Order = Callable[[IndexedProblem, np.ndarray], np.ndarray]


def top_n_by_score(problem: RotationProblem) -> pd.DataFrame:
    """Return slots (as a plan's) that take, month by month, the RWs with most need."""
    return _fill(problem, lambda indexed, _: indexed.need)


def in_turn(problem: RotationProblem) -> pd.DataFrame:
    """Return slots (as a plan's) that take, month by month, the RWs longest without a visit, never visited first."""
    return _fill(problem, lambda _, waited: waited)


def _fill(problem: RotationProblem, order: Order) -> pd.DataFrame:
    indexed = index_problem(problem)
    chosen = np.zeros(indexed.is_open.shape, dtype=bool)
    adopted_rw, adopted_month = np.nonzero(indexed.is_adopted_visit)
    fixed = {(row.rw_code, row.month): row.puskesmas_code for row in records(problem.fixed)}
    codes = indexed.rw_position.to_numpy()
    reserved = _reserved(indexed, set(fixed))
    last = np.where(np.isnan(indexed.since), -np.inf, -np.nan_to_num(indexed.since))
    for month in range(indexed.month_count):
        last[indexed.is_adopted_visit[:, month]] = month
        worth = order(indexed, month - last)
        stops = np.nonzero(chosen)
        rw = np.concatenate([adopted_rw, indexed.pair_rw[stops[0]]])
        at = np.concatenate([adopted_month, stops[1]])
        could = open_beside(indexed, rw, at)[:, month]
        is_fixed = np.array([(code, problem.months[month]) in fixed for code in codes])
        left = (indexed.slots_free + indexed.slots_vehicle)[:, month].copy()
        free = indexed.slots_free[:, month].copy()
        vehicles = np.inf if indexed.vehicle_days is None else indexed.vehicle_days[month]
        candidates = np.flatnonzero(could)
        rws = indexed.pair_rw[candidates]
        for pair in candidates[np.lexsort((codes[rws].astype(str), -worth[rws], ~is_fixed[rws]))]:
            puskesmas, at_rw = indexed.pair_puskesmas[pair], indexed.pair_rw[pair]
            key = (codes[at_rw], problem.months[month])
            is_other = fixed.get(key) not in (None, indexed.puskesmas[puskesmas])
            is_kept_for_later = reserved[at_rw, month] and key not in fixed
            if left[puskesmas] < 1 or last[at_rw] == month or is_other or is_kept_for_later:
                continue
            if free[puskesmas] < 1 and vehicles < 1:
                continue
            if free[puskesmas] >= 1:
                free[puskesmas] -= 1
            else:
                vehicles -= 1
            left[puskesmas] -= 1
            last[at_rw] = month
            chosen[pair, month] = True
    return slots_frame(indexed, chosen)


def _reserved(indexed: IndexedProblem, fixed: set[tuple[str, str]]) -> np.ndarray:
    """Mark months (R×T) in which a stop would stand in the way of one that people fixed."""
    reserved = np.zeros((indexed.rw_count, indexed.month_count), dtype=bool)
    gap = indexed.problem.rules.min_gap_months
    for code, month in fixed:
        at = indexed.month_position[month]
        reserved[indexed.rw_at(code), max(0, at - gap + 1) : at + gap] = True
    return reserved
