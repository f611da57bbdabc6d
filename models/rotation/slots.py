"""Chosen visits as a frame of slots: with the team that goes and a code for why.

Reasons: `adopted`, `fixed` (by people), `revisit` (children found), `longest_wait` or `fair_share` (kept for the
promise although another stop would serve more), `neighbours` (most need served comes from neighbours) or `need`.
"""

import numpy as np
import pandas as pd

from models.rotation.attribution import own_and_neighbour_need
from models.rotation.coverage import coverage_of, early_worth
from models.rotation.indexed import IndexedProblem, within_gap
from models.rotation.problem import FIXED, OWN_TEAM, REVISIT, SHARE, SLOT_KINDS, WAIT
from models.rotation.promises import due_months
from models.rotation.records import records

ADOPTED = "adopted"
NEED = "need"
NEIGHBOURS = "neighbours"
REASONS = (ADOPTED, FIXED, REVISIT, WAIT, SHARE, NEIGHBOURS, NEED)
SLOT_COLUMNS = (
    "month",
    "puskesmas_code",
    "rw_code",
    "kind",
    "reason",
    "is_fixed",
    "is_adopted",
    "own_need_served",
    "neighbour_need_served",
)


def slots_frame(indexed: IndexedProblem, chosen: np.ndarray) -> pd.DataFrame:
    """Return adopted and chosen (V×T) visits as slots, in the order of month, puskesmas and RW."""
    pair, month = np.nonzero(chosen)
    kinds = _kinds(indexed, pair, month)
    new = pd.DataFrame(
        {
            "month": np.array(indexed.problem.months, dtype=object)[month],
            "puskesmas_code": indexed.puskesmas[indexed.pair_puskesmas[pair]],
            "rw_code": indexed.rw_position.to_numpy()[indexed.pair_rw[pair]],
            "kind": kinds,
            "is_adopted": False,
        }
    )
    slots = pd.concat([indexed.problem.adopted.assign(is_adopted=True), new], ignore_index=True)
    slots = slots.sort_values(["month", "puskesmas_code", "rw_code"], kind="stable").reset_index(drop=True)
    rw, at = indexed.visits_of(slots)
    own, neighbours = own_and_neighbour_need(indexed, rw, at)
    by_people = pd.MultiIndex.from_frame(indexed.problem.fixed[["rw_code", "month"]])
    is_fixed = pd.MultiIndex.from_frame(slots[["rw_code", "month"]]).isin(by_people)
    slots["is_adopted"] = slots["is_adopted"].astype(bool)
    slots["is_fixed"] = is_fixed
    slots["own_need_served"], slots["neighbour_need_served"] = own, neighbours
    slots["reason"] = _reasons(indexed, slots, rw, at)
    return slots[list(SLOT_COLUMNS)]


def open_beside(indexed: IndexedProblem, rw: np.ndarray, month: np.ndarray) -> np.ndarray:
    """Return the visits (V×T) that could join the stops given without breaking a gap."""
    is_stop = np.zeros((indexed.rw_count, indexed.month_count), dtype=bool)
    is_stop[rw, month] = True
    near = within_gap(is_stop, indexed.problem.rules.min_gap_months)
    return indexed.is_open & ~near[indexed.pair_rw]


def adopted_objective(indexed: IndexedProblem) -> float:
    """Return the early bonus of adopted stops, which no decision changes."""
    rw, month = np.nonzero(indexed.is_adopted_visit)
    return early_worth(indexed, rw, month)


def _kinds(indexed: IndexedProblem, pair: np.ndarray, month: np.ndarray) -> np.ndarray:
    """Give each visit a team: own teams first, and never more vehicles than the month has."""
    problem = indexed.problem
    kinds = np.full(len(pair), OWN_TEAM, dtype=object)
    rank = {kind: position for position, kind in enumerate(SLOT_KINDS)}
    capacity = problem.capacity.assign(order=problem.capacity["kind"].map(rank)).sort_values("order")
    teams: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for row in records(capacity):
        team = (row.kind, bool(row.is_vehicle_needed))
        teams.setdefault((row.puskesmas_code, row.month), []).extend([team] * int(row.slots))
    puskesmas = indexed.pair_puskesmas[pair]
    for at in np.unique(month):
        spare = np.inf if indexed.vehicle_days is None else indexed.vehicle_days[at]
        groups = {p: np.flatnonzero((month == at) & (puskesmas == p)) for p in np.unique(puskesmas[month == at])}
        spare -= sum(max(0.0, len(group) - indexed.slots_free[p, at]) for p, group in groups.items())
        for p, group in groups.items():
            free = int(indexed.slots_free[p, at])
            by_vehicle = max(0, len(group) - free)
            more = int(min(spare, len(group) - by_vehicle, indexed.slots_vehicle[p, at] - by_vehicle))
            by_vehicle, spare = by_vehicle + more, spare - more
            left = {True: by_vehicle, False: len(group) - by_vehicle}
            by_need = group[np.argsort(-indexed.need[indexed.pair_rw[pair[group]]], kind="stable")]
            visits = iter(by_need)
            for kind, is_vehicle_needed in teams[(indexed.puskesmas[p], problem.months[at])]:
                if left[is_vehicle_needed] > 0:
                    kinds[next(visits)] = kind
                    left[is_vehicle_needed] -= 1
    return kinds


def _reasons(indexed: IndexedProblem, slots: pd.DataFrame, rw: np.ndarray, month: np.ndarray) -> np.ndarray:
    own, neighbours = slots["own_need_served"].to_numpy(), slots["neighbour_need_served"].to_numpy()
    gains = coverage_of(indexed, rw, month).gains()[indexed.pair_rw]
    could = np.where(open_beside(indexed, rw, month), gains, 0.0)
    best = np.zeros((len(indexed.puskesmas), indexed.month_count))
    np.maximum.at(best, indexed.pair_puskesmas, could)
    instead = best[indexed.puskesmas_at(slots["puskesmas_code"]), month]
    is_promise = own + neighbours < instead - 1e-9
    is_due = due_months(indexed)[rw] < indexed.month_count
    return np.select(
        [
            slots["is_adopted"].to_numpy(),
            slots["is_fixed"].to_numpy(),
            indexed.in_revisit[rw, month],
            is_promise & is_due,
            is_promise & (indexed.problem.rules.fair_share > 0),
            neighbours > own,
        ],
        [ADOPTED, FIXED, REVISIT, WAIT, SHARE, NEIGHBOURS],
        default=NEED,
    ).astype(object)
