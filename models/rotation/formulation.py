"""The rotation as a mixed-integer model: which puskesmas visits which RW in which month.

An RW's need is served by its best stop of a period (`need_period_months` long): `served ≤ stop` for every
pair of stop and served RW, and at most one stop serves an RW in a period. This is the strong formulation of the
uncapacitated facility location problem (Cornuéjols, Nemhauser and Wolsey 1990); on a city of 1,020 RWs its relaxation
lies within a tenth of a percent of the best plan, which is what makes the proof of a year's plan quick. The first time
a need is served counts 1, another period `repeat_value`.
"""

from dataclasses import dataclass

import numpy as np

from models.rotation.indexed import IndexedProblem, month_span
from models.rotation.linear_model import LinearModel
from models.rotation.promises import Promise
from models.rotation.records import records


@dataclass(frozen=True, eq=False)
class RotationModel:
    """A linear model and where its visits are: `visit` (V×T) holds columns, -1 where a visit is not open."""

    model: LinearModel
    visit: np.ndarray
    promises: list[Promise]
    promise_rows: np.ndarray
    capacity_rows: np.ndarray
    free_rows: np.ndarray
    vehicle_rows: np.ndarray


def visits_model(indexed: IndexedProblem, kept: list[Promise], gain: np.ndarray) -> RotationModel:
    """Build visits, capacity, vehicle-days, gaps and promises; `gain` (V×T) is what each visit is worth in itself."""
    model = LinearModel()
    visit = np.full(indexed.is_open.shape, -1)
    visit[indexed.is_open] = model.add_columns(gain[indexed.is_open])
    capacity_rows = _add_capacity(indexed, model, visit)
    free_rows, vehicle_rows = _add_vehicle_days(indexed, model, visit)
    _add_gaps(indexed, model, visit)
    promise_rows = model.add_rows(len(kept), lower=np.array([promise.least for promise in kept], dtype=float))
    for row, promise in zip(promise_rows, kept, strict=True):
        columns = visit[promise.pairs, promise.first : promise.after]
        model.put(np.array(row), columns[columns >= 0])
    return RotationModel(model, visit, kept, promise_rows, capacity_rows, free_rows, vehicle_rows)


def add_need_served(indexed: IndexedProblem, rotation: RotationModel) -> None:
    """Add what the visits are for: need served, once per period, fully the first time."""
    model, periods = rotation.model, indexed.period_count
    repeat = indexed.problem.rules.repeat_value if periods > 1 else 1.0
    is_worth = indexed.need[indexed.served] > 0
    stop, served = indexed.stop[is_worth], indexed.served[is_worth]
    worth = indexed.need[served] * indexed.share[is_worth]
    stops, stops_upper = _stops_per_period(indexed, rotation)

    in_period = []
    for period in range(periods):
        months = np.flatnonzero(indexed.period == period)
        is_late = indexed.ready[served] > months[0]
        is_served = (stops_upper[stop, period] > 0) & (indexed.ready[served] <= months[-1])
        columns = np.full(len(stop), -1)
        columns[is_served] = model.add_columns(np.full(is_served.sum(), repeat) * worth[is_served], is_whole=False)
        in_period.append(columns)

        plain = np.flatnonzero(is_served & ~is_late)
        rows = model.add_rows(len(plain), upper=0.0)
        model.put(rows, columns[plain])
        model.put(rows, stops[stop[plain], period], -1.0)
        # Stops made before the RW is ready again serve it nothing: only the later months count.
        for at in np.flatnonzero(is_served & is_late):
            from_month = int(indexed.ready[served[at]])
            adopted = float(indexed.is_adopted_visit[stop[at], from_month : months[-1] + 1].any())
            row = model.add_rows(1, upper=adopted)
            model.put(row, columns[at : at + 1])
            own = rotation.visit[indexed.pair_rw == stop[at], from_month : months[-1] + 1]
            model.put(row, own[own >= 0], -1.0)
        once = model.add_rows(indexed.rw_count, upper=1.0)
        model.put(once[served[is_served]], columns[is_served])

    if periods > 1 and repeat < 1:
        _add_first_times(indexed, model, served, worth * (1 - repeat), np.stack(in_period))


def _add_first_times(
    indexed: IndexedProblem, model: LinearModel, served: np.ndarray, worth: np.ndarray, in_period: np.ndarray
) -> None:
    is_ever = (in_period >= 0).any(axis=0)
    columns = np.full(len(served), -1)
    columns[is_ever] = model.add_columns(worth[is_ever], is_whole=False)
    once = model.add_rows(indexed.rw_count, upper=1.0)
    model.put(once[served[is_ever]], columns[is_ever])
    rows = np.full(len(served), -1)
    rows[is_ever] = model.add_rows(int(is_ever.sum()), upper=0.0)
    model.put(rows[is_ever], columns[is_ever])
    for period_columns in in_period:
        is_there = period_columns >= 0
        model.put(rows[is_there], period_columns[is_there], -1.0)


def _stops_per_period(indexed: IndexedProblem, rotation: RotationModel) -> tuple[np.ndarray, np.ndarray]:
    """Add whole columns that say whether an RW has a stop in a period (R×periods)."""
    periods = indexed.period_count
    upper = np.zeros((indexed.rw_count, periods))
    adopted = np.zeros_like(upper)
    is_open_rw = np.zeros((indexed.rw_count, indexed.month_count), dtype=bool)
    np.logical_or.at(is_open_rw, indexed.pair_rw, indexed.is_open)
    for period in range(periods):
        months = indexed.period == period
        adopted[:, period] = indexed.is_adopted_visit[:, months].any(axis=1)
        upper[:, period] = np.maximum(is_open_rw[:, months].any(axis=1), adopted[:, period])
    stops = rotation.model.add_columns(np.zeros(upper.shape), upper=upper)
    rows = rotation.model.add_rows(upper.size, upper=adopted.ravel()).reshape(upper.shape)
    rotation.model.put(rows, stops)
    pair, month = np.nonzero(indexed.is_open)
    rotation.model.put(rows[indexed.pair_rw[pair], indexed.period[month]], rotation.visit[pair, month], -1.0)
    return stops, upper


def _add_capacity(indexed: IndexedProblem, model: LinearModel, visit: np.ndarray) -> np.ndarray:
    slots = indexed.slots_free + indexed.slots_vehicle
    rows = model.add_rows(slots.size, upper=slots.ravel()).reshape(slots.shape)
    pair, month = np.nonzero(indexed.is_open)
    model.put(rows[indexed.pair_puskesmas[pair], month], visit[pair, month])
    return rows


def _add_vehicle_days(indexed: IndexedProblem, model: LinearModel, visit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if indexed.vehicle_days is None:
        return np.empty(0, dtype=int), np.empty(0, dtype=int)
    shape = indexed.slots_vehicle.shape
    by_vehicle = model.add_columns(np.zeros(shape), upper=indexed.slots_vehicle, is_whole=False)
    rest = model.add_rows(by_vehicle.size, upper=indexed.slots_free.ravel()).reshape(shape)
    pair, month = np.nonzero(visit >= 0)
    model.put(rest[indexed.pair_puskesmas[pair], month], visit[pair, month])
    model.put(rest, by_vehicle, -1.0)
    rows = model.add_rows(indexed.month_count, upper=indexed.vehicle_days)
    model.put(np.broadcast_to(rows, shape), by_vehicle)
    return rest, rows


def _add_gaps(indexed: IndexedProblem, model: LinearModel, visit: np.ndarray) -> None:
    gap, months = indexed.problem.rules.min_gap_months, indexed.month_count
    pair, month = np.nonzero((visit >= 0) & ~indexed.in_revisit[indexed.pair_rw])
    for first in range(max(1, months - gap + 1)):
        is_within = (month >= first) & (month < first + gap)
        if is_within.any():
            rows = model.add_rows(indexed.rw_count, upper=1.0)
            model.put(rows[indexed.pair_rw[pair[is_within]]], visit[pair[is_within], month[is_within]])
    for row in records(indexed.problem.revisits):
        first, after = month_span(indexed.problem, row.first_month, row.last_month)
        of_rw = visit[indexed.pair_rw == indexed.rw_at(row.rw_code), first:after]
        adopted = indexed.is_adopted_visit[indexed.rw_at(row.rw_code), first:after].any()
        model.put(model.add_rows(1, upper=1.0 - float(adopted)), of_rw[of_rw >= 0])
