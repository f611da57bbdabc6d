"""Promises of a rotation as rows: at least so many visits to these RWs in these months.

Four families: RWs fixed to a month by people, revisits for children found, the longest wait of every far RW, and every
kecamatan's fair share. A row names its RW or kecamatan and its last month, so that a promise that can't be kept can be
named.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.rotation.indexed import IndexedProblem, month_span
from models.rotation.problem import FIXED, REVISIT, SHARE, WAIT
from models.rotation.records import records


@dataclass(frozen=True, eq=False)
class Promise:
    """At least `least` of the open visits `pairs` × `months`, after what adopted months already keep."""

    family: str
    code: str
    month: str
    first: int
    after: int
    pairs: np.ndarray
    least: int


def promises(indexed: IndexedProblem) -> list[Promise]:
    """Return every promise that adopted months and waivers leave to be kept, in a fixed order."""
    waived = indexed.problem.waived
    given_up = {(row.family, row.code, row.month): int(row.short) for row in records(waived)}
    kept = []
    for promise in _all(indexed):
        least = promise.least - given_up.get((promise.family, promise.code, promise.month), 0)
        if least > 0:
            kept.append(Promise(**{**promise.__dict__, "least": least}))
    return kept


def fair_shares(indexed: IndexedProblem) -> pd.DataFrame:
    """Return stops promised to every kecamatan: kecamatan_code, far_need, stops_least.

    The promise is the rule's fraction of the stops that the year's slots would give the kecamatan in proportion to its
    far RWs' need, rounded down.
    """
    rws, rules = indexed.problem.rws, indexed.problem.rules
    of_far = pd.DataFrame({"kecamatan_code": rws["kecamatan_code"], "far_need": indexed.need * indexed.is_far})
    shares = of_far.groupby("kecamatan_code", as_index=False).agg({"far_need": "sum"})
    far_need = shares["far_need"].to_numpy(dtype=float)
    stops = _stops_at_most(indexed) + len(indexed.problem.adopted)
    proportion = far_need / far_need.sum() if far_need.sum() > 0 else np.zeros(len(far_need))
    # The hair keeps a share that is whole on paper from being rounded down.
    return shares.assign(stops_least=np.floor(rules.fair_share * proportion * stops + 1e-9).astype(int))


def due_months(indexed: IndexedProblem) -> np.ndarray:
    """Return the last month position for each RW's next visit under the longest wait; the month count means none."""
    rules, months = indexed.problem.rules, indexed.month_count
    if rules.longest_wait_months is None:
        return np.full(indexed.rw_count, months)
    catch_up = (rules.catch_up_months or rules.longest_wait_months) - 1
    from_visit = np.nan_to_num(rules.longest_wait_months - indexed.since, nan=-1.0)
    due = np.maximum(from_visit, catch_up).astype(int)
    return np.where(indexed.is_far & ~_excluded_for_good(indexed), np.minimum(due, months), months)


def _all(indexed: IndexedProblem) -> Iterator[Promise]:
    months = indexed.problem.months
    visits = indexed.is_adopted_visit
    pairs_of_rw = _grouped(indexed.pair_rw, indexed.rw_count)

    for row in records(indexed.problem.fixed):
        rw, at = indexed.rw_at(row.rw_code), indexed.month_position[row.month]
        pairs = pairs_of_rw[rw]
        if row.puskesmas_code is not None:
            pairs = pairs[indexed.puskesmas[indexed.pair_puskesmas[pairs]] == row.puskesmas_code]
        yield Promise(FIXED, row.rw_code, row.month, at, at + 1, pairs, 1 - int(visits[rw, at]))

    for row in records(indexed.problem.revisits):
        rw = indexed.rw_at(row.rw_code)
        first, after = month_span(indexed.problem, row.first_month, row.last_month)
        # A window that reaches past the plan can still be kept by the next one.
        if first < after and row.last_month <= months[-1]:
            least = 1 - int(visits[rw, first:after].any())
            yield Promise(REVISIT, row.rw_code, row.last_month, first, after, pairs_of_rw[rw], least)

    wait = indexed.problem.rules.longest_wait_months
    if wait is not None:
        due = due_months(indexed)
        for rw in np.flatnonzero(due < len(months)).tolist():
            code = indexed.problem.rws["rw_code"].iloc[rw]
            last = int(due[rw])
            # A window that began before the plan holds the first one, so only those after it add anything.
            windows = [(0, last + 1)] + [(end - wait + 1, end + 1) for end in range(max(last + 1, wait), len(months))]
            for first, after in windows:
                least = 1 - int(visits[rw, first:after].any())
                yield Promise(WAIT, code, months[after - 1], first, after, pairs_of_rw[rw], least)

    kecamatan = indexed.problem.rws["kecamatan_code"].to_numpy()
    if indexed.problem.rules.fair_share > 0:
        for row in records(fair_shares(indexed)):
            is_member = kecamatan == row.kecamatan_code
            least = row.stops_least - int(visits[is_member].sum())
            pairs = np.flatnonzero(is_member[indexed.pair_rw])
            yield Promise(SHARE, row.kecamatan_code, months[-1], 0, len(months), pairs, least)


def _stops_at_most(indexed: IndexedProblem) -> int:
    free, vehicle = indexed.slots_free.sum(axis=0), indexed.slots_vehicle.sum(axis=0)
    if indexed.vehicle_days is not None:
        vehicle = np.minimum(vehicle, indexed.vehicle_days)
    return int((free + vehicle).sum())


def _excluded_for_good(indexed: IndexedProblem) -> np.ndarray:
    excluded = indexed.problem.excluded
    return np.isin(indexed.problem.rws["rw_code"].to_numpy(), excluded.loc[excluded["month"].isna(), "rw_code"])


def _grouped(position: np.ndarray, count: int) -> list[np.ndarray]:
    order = np.argsort(position, kind="stable")
    return np.split(order, np.searchsorted(position[order], np.arange(1, count)))
