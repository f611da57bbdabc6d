"""Nominations, rotation plans and visits of the mobile clinic."""

import datetime

import pandas as pd

from dashboard import own_areas, small_cells
from dashboard.cache.keeping import engine, engine_of, kept, read
from dashboard.cache.priority import expected_children, priority_settings, ranked_city, shares_of
from dashboard.priority import ranking
from dashboard.rotation import plan as rotation_plan
from dashboard.rotation.day_round import Round
from dashboard.rotation.day_round import day_round as find_day_round
from dashboard.visit.effects import MONTHS_BEFORE, before_and_after
from dashboard.visit.reach import reach_of
from data import settings
from data.queries import places as place_queries
from data.queries import pusing
from data.scope import Scope, scoped_connection
from models.months import month_after
from models.priority.weights import DEFAULT_PRESET, PRESETS
from models.rotation import BackTest, Reach
from models.rotation.effects import Effect


@kept()
def rotation_plans(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the rotation plans, newest first."""
    return read(scope, pusing.plans)


@kept()
def rotation_slots(scope: Scope, version: str, plan_id: int) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return a plan's stops."""
    return read(scope, pusing.slots, plan_id)


@kept()
def rotation_staffing(scope: Scope, version: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:  # noqa: ARG001
    """Return what is written of slots, of closed months and of vehicle-days."""
    with scoped_connection(engine(), scope) as connection:
        return pusing.capacity(connection), pusing.closures(connection), pusing.vehicle_days(connection)


@kept()
def nominations(scope: Scope, version: str, month: datetime.date) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the RWs named for a month."""
    return read(scope, pusing.nominations, month)


@kept()
def nomination_answers(scope: Scope, version: str, month: datetime.date) -> pd.DataFrame:  # noqa: ARG001
    """Return every kelurahan and whether it answered the call for a month."""
    return read(scope, pusing.answers, month)


@kept()
def travel_corrections(scope: Scope, version: str, within: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the corrected travel times that hold in the areas under a code prefix."""
    return read(scope, pusing.corrections, within)


@kept()
def visits(scope: Scope, version: str, since: datetime.date) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the visits made since a day, newest first."""
    return small_cells.visits_told(scope, read(scope, pusing.visits, since))


@kept()
def adopted_slots(scope: Scope, version: str, until: datetime.date) -> pd.DataFrame:  # noqa: ARG001
    """Return the stops of adopted plans up to a month."""
    return read(scope, pusing.adopted_slots, until)


@kept("Membandingkan sebelum dan sesudah…")
def visit_effects(scope: Scope, version: str, since: datetime.date, puskesmas: str) -> dict[str, Effect]:
    """Return how the scope's RWs visited since a month changed beside RWs like them that were not, by outcome.

    Those like them are looked for in the whole city.
    """
    is_exact = small_cells.is_told_exactly(scope)
    before = ranked_city(is_exact, version, since, shares_of(PRESETS[DEFAULT_PRESET]), ranking.DEFAULT_K)
    counts = read(engine_of(version), pusing.counts_by_rw_and_month, month_after(since, -MONTHS_BEFORE))
    counts = small_cells.months_told(own_areas.teller(is_exact), counts)
    return before_and_after(before, counts, visits(scope, version, since), puskesmas)


@kept("Menghitung jangkauan…")
def visit_reach(scope: Scope, version: str, since: datetime.date, puskesmas: str) -> Reach:
    """Return the coverage that visits since a month gained."""
    facts = expected_children(scope, version, since)
    points, made = read(scope, pusing.rw_points), visits(scope, version, since)
    return reach_of(facts, points, made, priority_settings(scope, version).far_s, puskesmas)


@kept("Menyusun ulang bulan-bulan lalu dengan aturan ini…", 4)
def looked_back(scope: Scope, version: str, last_month: datetime.date, months: int) -> BackTest:  # noqa: ARG001
    """Return the rule against the visits of the last months."""
    return read(scope, rotation_plan.looked_back, last_month, months)


@kept("Mencari urutan perjalanan…")
def day_round(scope: Scope, version: str, puskesmas: str, rw_codes: tuple[str, ...]) -> Round:  # noqa: ARG001
    """Return the quickest round of a day from a puskesmas by some RWs."""
    return read(scope, find_day_round, settings.networks(), puskesmas, rw_codes)


@kept()
def nominations_since(scope: Scope, version: str, since: datetime.date) -> pd.DataFrame:  # noqa: ARG001
    """Return the nominations that stand, for months from one on."""
    return read(scope, place_queries.nominations_since, since)
