"""Why no plan keeps every promise: which promises clash, and how many more slots would let all be kept.

An elastic filter (Chinneck and Dravnieks 1991): promises, or capacities, may be broken at a price, and the least
costly breach is read off. Breaking the word of a person costs most, then a revisit, a longest wait and a fair share.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from models.rotation.formulation import RotationModel, visits_model
from models.rotation.indexed import IndexedProblem
from models.rotation.problem import FIXED, PROMISES, REVISIT, SHARE, WAIT, RotationProblem
from models.rotation.promises import Promise

PRICE = {FIXED: 8.0, REVISIT: 4.0, WAIT: 2.0, SHARE: 1.0}
# Dearer than all promises a slot could save, so slots are asked for only where promises can't be kept without.
_NO_SLOT_HELPS = 1000.0
_LATER_IS_CHEAPER = 0.001
_SECONDS = 20.0

SLOTS = "slots"
EXCLUDED = "excluded"
NO_TEAM = "no_team"
CLOSED = "closed"
ADOPTED_MONTH = "adopted_month"
GAP = "gap"
CAUSES = (SLOTS, EXCLUDED, NO_TEAM, ADOPTED_MONTH, CLOSED, GAP)


@dataclass(frozen=True, eq=False)
class Clashes:
    """What clashes and what it would take.

    `promises`: family, code (RW or kecamatan), puskesmas_code (own; blank for a kecamatan), kecamatan_code, month
    (last in which it could be kept), short (stops), cause: the fewest promises whose breach makes a plan possible.
    `missing_slots`: puskesmas_code (blank: vehicle-days of the city), before_month (last month in which they help),
    slots: the fewest that let every promise be kept that slots can save. `families`: a smallest
    set of families that clash with each other and the capacity.
    """

    promises: pd.DataFrame
    missing_slots: pd.DataFrame
    families: tuple[str, ...]


def find_clashes(indexed: IndexedProblem, kept: list[Promise]) -> Clashes:
    """Return the cheapest breach, the fewest missing slots and the families that clash."""
    shortfalls = _least_breach(indexed, kept)
    missing, beyond_slots = _missing_slots(indexed, kept)
    rows = [
        _promise_row(indexed, promise, short, promise_key(promise) in beyond_slots)
        for promise, short in zip(kept, shortfalls, strict=True)
        if short > 0
    ]
    columns = ["family", "code", "puskesmas_code", "kecamatan_code", "month", "short", "cause"]
    frame = pd.DataFrame(rows, columns=columns)
    return Clashes(frame, missing, _clashing_families(indexed, kept))


def waive(problem: RotationProblem, clashes: Clashes) -> RotationProblem:
    """Return the problem without the promises named in the clashes, so that a plan can be drafted all the same."""
    given_up = clashes.promises[["family", "code", "month", "short"]]
    both = pd.concat([problem.waived, given_up], ignore_index=True)
    return replace(problem, waived=both.groupby(["family", "code", "month"], as_index=False).agg({"short": "sum"}))


def least_broken(indexed: IndexedProblem, kept: list[Promise], extra_slots: int = 0) -> int:
    """Return how many stops the promises fall short by at least, with extra slots wherever they help most."""
    return int(_least_breach(indexed, kept, extra_slots).sum())


def promise_key(promise: Promise) -> tuple[str, str, str]:
    """Return what names a promise."""
    return promise.family, promise.code, promise.month


def _elastic(indexed: IndexedProblem, kept: list[Promise], price: np.ndarray) -> tuple[RotationModel, np.ndarray]:
    rotation = visits_model(indexed, kept, np.zeros(indexed.is_open.shape))
    most = np.array([promise.least for promise in kept], dtype=float)
    short = rotation.model.add_columns(-price, upper=most)
    rotation.model.put(rotation.promise_rows, short)
    return rotation, short


def with_more_slots(indexed: IndexedProblem) -> IndexedProblem:
    """Open the visits that only lack a slot: more slots could make them."""
    could = indexed.is_allowed[indexed.pair_rw] & ~indexed.is_closed[indexed.pair_puskesmas]
    return replace(indexed, is_open=indexed.is_open | could)


def _least_breach(indexed: IndexedProblem, kept: list[Promise], extra_slots: int = 0) -> np.ndarray:
    if not kept:
        return np.zeros(0)
    price = np.array([PRICE[promise.family] for promise in kept])
    facts = with_more_slots(indexed) if extra_slots else indexed
    rotation, short = _elastic(facts, kept, price)
    if extra_slots:
        extra = _add_extra(facts, rotation, np.zeros(facts.slots_free.shape), extra_slots)
        budget = rotation.model.add_rows(1, upper=float(extra_slots))
        rotation.model.put(budget, extra.ravel())
    answer = rotation.model.solve(seconds=_SECONDS)
    return np.zeros(len(kept)) if answer.amounts is None else np.round(answer.amounts[short]).astype(int)


def _add_extra(indexed: IndexedProblem, rotation: RotationModel, price: np.ndarray, most: float) -> np.ndarray:
    extra = rotation.model.add_columns(-price, upper=np.where(indexed.is_closed, 0.0, most))
    rotation.model.put(rotation.capacity_rows, extra, -1.0)
    if indexed.vehicle_days is not None:
        rotation.model.put(rotation.free_rows, extra, -1.0)
    return extra


def _missing_slots(indexed: IndexedProblem, kept: list[Promise]) -> tuple[pd.DataFrame, set[tuple[str, str, str]]]:
    facts = with_more_slots(indexed)
    rotation, short = _elastic(facts, kept, np.full(len(kept), _NO_SLOT_HELPS))
    months = np.arange(facts.month_count)
    late = np.broadcast_to(1 + _LATER_IS_CHEAPER * (facts.month_count - months), facts.slots_free.shape)
    extra = _add_extra(facts, rotation, late, float(facts.rw_count))
    more_vehicles = None
    if facts.vehicle_days is not None:
        # A slot of a team that is there but lacks a vehicle costs a little less than a new team with one.
        more_vehicles = rotation.model.add_columns(-0.9 * late[0], upper=float(facts.rw_count))
        rotation.model.put(rotation.vehicle_rows, more_vehicles, -1.0)
    answer = rotation.model.solve(seconds=_SECONDS)
    columns = ["puskesmas_code", "before_month", "slots"]
    if answer.amounts is None:
        return pd.DataFrame(columns=columns), set()
    slots = np.round(answer.amounts[extra]).astype(int)
    names = facts.problem.months
    rows: list[tuple[str | None, str, int]] = [
        (facts.puskesmas[at], names[int(np.flatnonzero(slots[at])[-1])], int(slots[at].sum()))
        for at in np.flatnonzero(slots.sum(axis=1))
    ]
    if more_vehicles is not None:
        vehicles = np.round(answer.amounts[more_vehicles]).astype(int)
        if vehicles.any():
            rows.append((None, names[int(np.flatnonzero(vehicles)[-1])], int(vehicles.sum())))
    still_short = np.round(answer.amounts[short]).astype(int) > 0
    beyond = {promise_key(promise) for promise, is_short in zip(kept, still_short, strict=True) if is_short}
    return pd.DataFrame(rows, columns=columns), beyond


def _clashing_families(indexed: IndexedProblem, kept: list[Promise]) -> tuple[str, ...]:
    families = [family for family in reversed(PROMISES) if any(promise.family == family for promise in kept)]
    for family in list(families):
        rest = [promise for promise in kept if promise.family in families and promise.family != family]
        if least_broken(indexed, rest) > 0:
            families.remove(family)
    return tuple(family for family in PROMISES if family in families)


def _promise_row(
    indexed: IndexedProblem, promise: Promise, short: int, is_beyond_slots: bool
) -> tuple[str, str, str | None, str, str, int, str]:
    cause = _cause(indexed, promise) if is_beyond_slots else SLOTS
    if promise.family == SHARE:
        return promise.family, promise.code, None, promise.code, promise.month, int(short), cause
    row = indexed.problem.rws.iloc[indexed.rw_at(promise.code)]
    puskesmas = row["puskesmas_code"]
    return promise.family, promise.code, puskesmas, row["kecamatan_code"], promise.month, int(short), cause


def _cause(indexed: IndexedProblem, promise: Promise) -> str:
    """Name what stands in the way of a promise that no number of slots could keep."""
    months = np.arange(promise.first, promise.after)
    if len(promise.pairs) == 0:
        return NO_TEAM
    if promise.family != SHARE:
        excluded = indexed.problem.excluded
        of_rw = excluded[excluded["rw_code"] == promise.code]
        out = {indexed.month_position[month] for month in of_rw["month"].dropna()}
        if of_rw["month"].isna().any() or set(months.tolist()) <= out:
            return EXCLUDED
    if indexed.is_adopted_month[months].all():
        return ADOPTED_MONTH
    if indexed.is_closed[np.unique(indexed.pair_puskesmas[promise.pairs])][:, months].all():
        return CLOSED
    return GAP
