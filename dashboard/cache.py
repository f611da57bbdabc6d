"""The only place that caches: what pages read, keyed by the viewer's scope and by the data's version.

The version changes with every import, travel fill and setting, so nothing stale is shown and nothing needs a clock. The
scope is part of every key, so that one person's frame never reaches another.
"""

import datetime
import functools
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd
import streamlit as st
from sqlalchemy import Engine, text

from dashboard import own_areas, small_cells
from dashboard.access import PLANNER, Viewer, viewer_as
from dashboard.login.demo_roles import demo_roles as roles_of
from dashboard.maps import geometry, ground
from dashboard.maps.named_places import Named, named
from dashboard.places.peers import peers_by_level, whole_ones, with_rates
from dashboard.priority import ranking
from dashboard.priority.figures import ranked_with_figures
from dashboard.promises.figures import with_figures_now
from dashboard.quality import grading
from dashboard.reach import closed as reach_closed
from dashboard.reach import figures as reach_figures
from dashboard.reach import site_figures as reach_sites
from dashboard.rotation import plan as rotation_plan
from dashboard.rotation.day_round import Round
from dashboard.rotation.day_round import day_round as find_day_round
from dashboard.rw_table import rw_table
from dashboard.summary import Summary, summarise
from dashboard.trend import target as trend_target
from dashboard.trend.words import STUNTING
from dashboard.visit.effects import MONTHS_BEFORE, before_and_after
from dashboard.visit.reach import reach_of
from data import settings
from data.engine import get_engine
from data.indicators.series import series_by_indicator
from data.migrate import upgrade
from data.queries import access as access_queries
from data.queries import (
    areas,
    city,
    completeness,
    facilities,
    growth,
    imports,
    pusing,
    sequences,
    snapshots,
    statistics,
    travel,
    trend,
)
from data.queries import indicators as indicator_queries
from data.queries import places as place_queries
from data.queries import quality as quality_queries
from data.queries import rakor as rakor_queries
from data.queries.snapshots import Snapshot
from data.rakor.figures import figure_area
from data.schema import AGE_BANDS
from data.scope import ENGINE, Frozen, Scope, last_write, scoped_connection
from data.travel import current_network_files
from geo.adjacency import adjacent
from geo.network import RoadNames
from geo.network import road_names as read_road_names
from models.months import month_after
from models.priority.codes import CRITERIA
from models.priority.explain import Reason, reasons
from models.priority.hotspots import hotspots
from models.priority.ranking import DEFAULT_SEED
from models.priority.settings import PrioritySettings
from models.priority.weights import DEFAULT_PRESET, PRESETS, Weights
from models.rates import past as past_rates
from models.rates.attendance import NO_DATA, expected_stunted
from models.rotation import BackTest, Reach
from models.rotation.effects import Effect
from models.trend.series import ROUTINE

_ENTRIES = 200
_BEGINNING = datetime.date(1900, 1, 1)
SUMMARY_YEARS = 2
VERSION_AGE_S = 0.5
"""What another process wrote is seen after so long: less than anyone needs to look from one screen to another."""

Shares = tuple[float, ...]


def _kept[**P, T](
    show_spinner: bool | str = False, max_entries: int = _ENTRIES, *, is_by_areas: bool = False
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Cache what a read returns, once for all sessions whose key is the same, without packing and unpacking it.

    With `is_by_areas` its rows depend on the areas alone, and all who see the whole city share what the screen reads.

    A frame is handed out as a shallow copy: pandas copies what someone writes to, so that nobody changes another's.
    """

    def decorate(read: Callable[P, T]) -> Callable[P, T]:
        cached = st.cache_resource(show_spinner=show_spinner, max_entries=max_entries)(read)
        reader = Scope.for_areas if is_by_areas else Scope.for_reading

        @functools.wraps(read)
        def handed_out(*arguments: P.args, **named: P.kwargs) -> T:
            shared = (reader(part) if isinstance(part, Scope) else part for part in arguments)
            return _own_copy(cached(*shared, **named))  # type: ignore[arg-type] # the same, without a person's name

        return handed_out

    return decorate


def _own_copy[T](found: T) -> T:
    if isinstance(found, pd.DataFrame):
        return cast(T, found.copy(deep=False))
    if isinstance(found, tuple) and type(found) is tuple:
        return cast(T, tuple(_own_copy(part) for part in found))
    return found


@st.cache_resource(show_spinner="Menyiapkan basis data…")
def engine() -> Engine:
    """Return the engine of this process, its database brought to this version's schema."""
    opened = get_engine()
    upgrade(opened)
    return opened


def data_version(scope: Scope) -> str:
    """Return a text that changes whenever what pages show may have changed.

    A snapshot has one version for ever. That of live data is the same for everyone, so that one look serves all who ask
    within VERSION_AGE_S; a write of this process is seen at once.
    """
    global _version
    if scope.snapshot is not None:
        return _frozen_version(scope.snapshot)
    opened, written = engine(), last_write()
    seen = _version
    if seen is None or (seen.engine, seen.written) != (opened, written) or time.monotonic() > seen.until:
        with scoped_connection(opened, scope) as connection:
            told = str(connection.scalar(text("SELECT data_version()")))
        seen = _version = _Version(opened, written, time.monotonic() + VERSION_AGE_S, told)
    return seen.told


_FROZEN = "potret"


def _frozen_version(snapshot: Frozen) -> str:
    return f"{_FROZEN} {snapshot.number} {snapshot.as_of.isoformat()}"


def _engine_of(version: str) -> Scope:
    """Return the scope of the dashboard itself on the data that a version speaks of: live ones, or a snapshot."""
    word, _, told = version.partition(" ")
    if word != _FROZEN:
        return ENGINE
    number, _, as_of = told.partition(" ")
    return ENGINE.reading(Frozen(int(number), datetime.date.fromisoformat(as_of)))


@dataclass(frozen=True)
class _Version:
    engine: Engine
    written: int
    until: float
    told: str


_version: _Version | None = None


def _read[T](scope: Scope, query: Callable[..., T], *arguments: Any) -> T:
    with scoped_connection(engine(), scope) as connection:
        return query(connection, *arguments)


@_kept()
def snapshot_named(scope: Scope, version: str, snapshot_id: str) -> Snapshot | None:  # noqa: ARG001 - part of the key
    """Return a frozen state by its id, or None where there is none of that id."""
    return _read(scope, snapshots.snapshot_named, snapshot_id)


@_kept()
def all_snapshots(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the frozen states, newest first."""
    return _read(scope, snapshots.snapshots)


@_kept()
def city_state(scope: Scope, version: str) -> city.CityState | None:  # noqa: ARG001 - part of the key
    """Return which city the database holds and up to which month."""
    return _read(scope, city.city_state)


@_kept()
def places(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return kecamatan and kelurahan for pick lists."""
    return _read(scope, areas.places)


@_kept("Memeriksa kelengkapan…")
def gaps(version: str) -> tuple[completeness.Gap, ...]:
    """Return what the city lacks: counts and names of places, the same for whoever may ask."""
    with scoped_connection(engine(), _engine_of(version)) as connection:
        return tuple(completeness.gaps(connection))


@_kept()
def demo_roles(version: str) -> dict[str, Viewer]:
    """Return the roles in which the demo city can be tried; no figures are in them."""
    everyone = viewer_as(PLANNER, "").scope.reading(_engine_of(version).snapshot)
    return roles_of(places(everyone, version), all_facilities(everyone, version))


@_kept()
def rw_names(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return every RW with the names of its kelurahan and kecamatan."""
    return _read(scope, areas.rw_names)


@_kept("Menghitung angka per RW…")
def rw_month(
    scope: Scope,
    version: str,
    month: datetime.date,
    age_bands: tuple[str, ...],
    sexes: tuple[int, ...],
) -> pd.DataFrame:
    """Return one row per RW of the scope with counts, smoothed rate and attendance class for a month."""
    whole = _rw_month_of_city(small_cells.is_told_exactly(scope), version, month, age_bands, sexes)
    return own_areas.own_rows(whole, own_rws(scope, version), "code")


@_kept("Menghitung angka per RW…")
def _rw_month_of_city(
    is_exact: bool,
    version: str,
    month: datetime.date,
    age_bands: tuple[str, ...],
    sexes: tuple[int, ...],
) -> pd.DataFrame:
    with scoped_connection(engine(), _engine_of(version)) as connection:
        names = areas.rw_names(connection, areas.layout_day(connection, month))
        counts = growth.counts_by_rw(connection, month, age_bands, sexes)
        past = growth.counts_by_rw(
            connection, month_after(month, -past_rates.MONTHS_BEFORE), (past_rates.AGE_BAND,), (1, 2)
        )
    told = small_cells.month_told(own_areas.teller(is_exact), counts, age_bands, sexes)
    return rw_table(names, told, settings.ATTENDANCE_MINIMUM, past if is_exact else None)


@_kept()
def own_rws(scope: Scope, version: str) -> frozenset[str] | None:  # noqa: ARG001 - part of the key
    """Return the codes of the RWs that a scope sees, or None where it sees them all."""
    return _read(scope, areas.own_rws)


def city_months(scope: Scope, version: str, since: datetime.date) -> pd.DataFrame:
    """Return the whole city's counts by month from one on, for every scope."""
    months = _city_months(scope, version)
    return months[months["month"] >= since].reset_index(drop=True)


@_kept(is_by_areas=True)
def _city_months(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    return _read(scope, growth.city_counts_by_month, _BEGINNING)


@_kept(show_spinner="Merangkum keadaan kota…")
def summary_of(scope: Scope, version: str, month: datetime.date, today: datetime.date) -> Summary:
    """Return what the first page says of the city's newest month on a day; ask only where there is one."""
    state = city_state(scope, version)
    if state is None:
        raise RuntimeError("a summary was asked for without a city")
    return summarise(
        city_months(scope, version, month.replace(year=month.year - SUMMARY_YEARS)),
        rw_month(scope, version, month, AGE_BANDS, (1, 2)),
        own_and_nearest(scope, version, "walk"),
        state,
        map_geometry(scope, version).rw_without_place,
        today,
    )


@_kept()
def all_facilities(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the places of care."""
    return _read(scope, facilities.facilities)


@_kept()
def named_places(scope: Scope, version: str, month: datetime.date | None = None) -> Named:
    """Return the RWs, of a month or of today, and the places of care that can be chosen on a map."""
    return named(map_ground(scope, version, month).rws, all_facilities(scope, version))


@_kept()
def service_areas(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return which puskesmas serves which RW."""
    return _read(scope, facilities.service_areas)


@_kept("Membaca waktu tempuh…", is_by_areas=True)
def own_and_nearest(scope: Scope, version: str, mode: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return each RW's travel to its own and its nearest puskesmas."""
    return _read(scope, travel.own_and_nearest, mode)


@_kept("Menghitung jangkauan…")
def reach_of_rws(scope: Scope, version: str, mode: str) -> pd.DataFrame:
    """Return every travel time of the scope's RWs with their children, one row per RW (`reach.figures.reach_table`)."""
    whole = _reach_of_city(small_cells.is_told_exactly(scope), version, mode)
    return own_areas.own_rows(whole, own_rws(scope, version))


@_kept("Menghitung jangkauan…", 12)
def _reach_of_city(is_exact: bool, version: str, mode: str) -> pd.DataFrame:
    with scoped_connection(engine(), _engine_of(version)) as connection:
        state = city.city_state(connection)
        puskesmas = travel.own_and_nearest(connection, mode)
        other = access_queries.other_care(connection, mode)
        around = access_queries.puskesmas_within(connection, mode, reach_figures.LONGEST_S)
        names = areas.rw_names(connection)
    if state is None or state.latest_month is None:
        table = names.assign(s_target=float("nan"), rate=float("nan"), status=NO_DATA)
    else:
        table = _rw_month_of_city(is_exact, version, state.latest_month, AGE_BANDS, (1, 2))
    return reach_figures.reach_table(table, puskesmas, other, around)


@_kept()
def city_reach(scope: Scope, version: str, mode: str, care: str) -> pd.Series | None:
    """Return the whole city's shares of under-fives within reach, for every scope, where they give no RW away."""
    whole = _reach_of_city(small_cells.is_told_exactly(scope), version, mode)
    return reach_figures.city_shares(whole, own_rws(scope, version), care)


@_kept()
def reach_by_area(scope: Scope, version: str, mode: str, care: str, level: str) -> pd.DataFrame:
    """Return the shares within reach of each area of a level, over the RWs that the scope sees."""
    return reach_figures.area_shares(reach_of_rws(scope, version, mode), level, care)


@_kept()
def closures(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the scenarios of closed roads that hold."""
    return _read(scope, access_queries.closures)


@_kept("Membandingkan waktu tempuh…")
def closed_reach(scope: Scope, version: str, closure_id: int, mode: str) -> pd.DataFrame:
    """Return the scope's RWs with ordinary and closed minutes to the nearest puskesmas, and the effect."""
    whole = _closed_reach_of_city(small_cells.is_told_exactly(scope), version, closure_id, mode)
    return own_areas.own_rows(whole, own_rws(scope, version))


@_kept("Membandingkan waktu tempuh…")
def closed_city(scope: Scope, version: str, closure_id: int, mode: str) -> pd.DataFrame | None:
    """Return the whole city's children by effect of closed roads, for every scope, where it gives no RW away."""
    whole = _closed_reach_of_city(small_cells.is_told_exactly(scope), version, closure_id, mode)
    return reach_closed.city_effects(whole, own_rws(scope, version))


@_kept("Membandingkan waktu tempuh…", 12)
def _closed_reach_of_city(is_exact: bool, version: str, closure_id: int, mode: str) -> pd.DataFrame:
    closed = _read(_engine_of(version), access_queries.nearest_with_closures, closure_id, mode)
    return reach_closed.compared(_reach_of_city(is_exact, version, mode), closed)


@_kept("Membaca nama jalan…", 2)
def road_names(scope: Scope, version: str) -> RoadNames | None:  # noqa: ARG001 - part of the key
    """Return the names of streets and bridges of the current network, where its roads are on this machine."""
    network = _read(scope, current_network_files, settings.networks())
    return None if network is None or not network.roads.exists() else read_road_names(network.roads)


@_kept()
def population(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the city's population where somebody entered it, as one row or none."""
    return _read(scope, access_queries.population)


@_kept()
def sites(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the places where care could stand, as far as travel to them was computed."""
    return _read(scope, access_queries.sites)


@_kept("Mencari lokasi…")
def site_curve(scope: Scope, version: str, mode: str, limit_min: int, kind: str) -> pd.DataFrame:
    """Return the places that would bring the most children of the scope's RWs within reach, one after another."""
    whole = reach_of_rws(scope, version, mode)
    reach = _read(scope, access_queries.site_reach, mode, 60.0 * limit_min)
    return reach_sites.curve(whole, reach, sites(scope, version), limit_min, kind)


@_kept()
def travel_of_rw(scope: Scope, version: str, rw_code: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return one RW's travel to every puskesmas and hospital."""
    return _read(scope, travel.travel_of_rw, rw_code)


@_kept()
def travel_to_facility(scope: Scope, version: str, facility_code: str, mode: str) -> pd.DataFrame:  # noqa: ARG001
    """Return every RW's travel to one facility."""
    return _read(scope, travel.travel_to_facility, facility_code, mode)


@_kept()
def routes_of_rw(scope: Scope, version: str, rw_code: str, mode: str) -> pd.DataFrame:  # noqa: ARG001
    """Return the roads drawn for one RW."""
    return _read(scope, travel.routes_of_rw, rw_code, mode)


@_kept()
def current_network(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the road network that travel speaks of, as one row or none."""
    return _read(scope, travel.current_network)


@_kept()
def survey_figures(scope: Scope, version: str, area_code: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the published survey prevalences of an area."""
    return _read(scope, statistics.survey_figures, area_code)


@_kept()
def recent_batches(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the newest imports."""
    return _read(scope, imports.recent_batches)


@_kept(max_entries=4)
def level_outlines(scope: Scope, version: str, level: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the outlines of one level: code, name, geometry (WKB), point_lat, point_lon."""
    return _read(scope, areas.outlines, level)


@_kept()
def _outlines_of(scope: Scope, version: str, codes: tuple[str, ...], on: datetime.date | None) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    return _read(scope, areas.outlines_of, codes, on)


def outlines_of(scope: Scope, version: str, codes: tuple[str, ...], month: datetime.date | None = None) -> pd.DataFrame:
    """Return the outlines of some areas, of a month or of today; those that were not there then are absent."""
    return _outlines_of(scope, version, codes, None if month is None else layout_day(scope, version, month))


def map_geometry(scope: Scope, version: str, month: datetime.date | None = None) -> geometry.MapGeometry:
    """Publish the map's geometry as static files and return where they are; with the areas of a month, or of today."""
    return _map_geometry(scope, version, None if month is None else layout_day(scope, version, month))


@_kept("Menyiapkan peta…", 8)
def _map_geometry(scope: Scope, version: str, on: datetime.date | None) -> geometry.MapGeometry:
    return geometry.publish_ground(_map_ground(scope, version, on))


def map_ground(scope: Scope, version: str, month: datetime.date | None = None) -> ground.Ground:
    """Return what lies under the figures of a map, with the areas of a month, or of today."""
    return _map_ground(scope, version, None if month is None else layout_day(scope, version, month))


@_kept("Menyiapkan peta…", 8)
def _map_ground(scope: Scope, version: str, on: datetime.date | None) -> ground.Ground:  # noqa: ARG001 - part of the key
    return _read(scope, ground.read_ground, on)


@_kept()
def layout_day(scope: Scope, version: str, month: datetime.date) -> datetime.date | None:  # noqa: ARG001
    """Return since when the areas were as they were in a month, blank for those of today."""
    return _read(scope, areas.layout_day, month)


@_kept()
def priority_settings(scope: Scope, version: str) -> PrioritySettings:  # noqa: ARG001 - part of the key
    """Return the settings of the ranking."""
    return _read(scope, ranking.priority_settings)


@_kept()
def adopted_presets(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the weights adopted under a name: name, weights, adopted_by, adopted_at."""
    return _read(scope, pusing.presets)


def presets(scope: Scope, version: str) -> dict[str, Weights]:
    """Return every preset by its name: those that come with Rembuk and those adopted."""
    return ranking.with_adopted(adopted_presets(scope, version))


@_kept("Membaca angka per RW…")
def _ranking_frame(is_exact: bool, version: str, visit_month: datetime.date) -> pd.DataFrame:
    """Return what the ranking for a month of visits starts from, one row per RW of the whole city."""
    with scoped_connection(engine(), _engine_of(version)) as connection:
        chosen = ranking.priority_settings(connection)
        month = ranking.data_month_for(connection, visit_month)
        facts = pusing.ranking_inputs(connection, month, visit_month, chosen.mode)
    return ranking.ranking_frame(small_cells.ranking_facts_told(own_areas.teller(is_exact), facts))


@_kept("Menyusun urutan RW…")
def ranked_rws(scope: Scope, version: str, visit_month: datetime.date, shares: Shares, k: int) -> pd.DataFrame:
    """Return the scope's RWs in the city's ranking for a month of visits, with the figure behind every criterion."""
    whole = _ranked_city(small_cells.is_told_exactly(scope), version, visit_month, shares, k)
    return own_areas.own_rows(whole, own_rws(scope, version))


@_kept("Menyusun urutan RW…")
def _ranked_city(is_exact: bool, version: str, visit_month: datetime.date, shares: Shares, k: int) -> pd.DataFrame:
    frame, chosen = _ranking_frame(is_exact, version, visit_month), priority_settings(_engine_of(version), version)
    return ranked_with_figures(frame, _weights(shares), chosen, k)


@_kept()
def reasons_of_rw(scope: Scope, version: str, visit_month: datetime.date, shares: Shares, rw_code: str) -> list[Reason]:
    """Return why an RW of the scope stands where it stands; nothing for another's."""
    own = own_rws(scope, version)
    if own is not None and rw_code not in own:
        return []
    frame = _ranking_frame(small_cells.is_told_exactly(scope), version, visit_month)
    return reasons(frame, _weights(shares), priority_settings(scope, version))[rw_code]


@_kept(max_entries=4)
def neighbours(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the pairs of RWs whose outlines share a border: rw_code, neighbour_code."""
    outlined = _read(scope, areas.outlines, "rw")
    return adjacent(list(outlined["code"]), list(outlined["geometry"]))


@_kept("Mencari kelompok RW…")
def clusters(scope: Scope, version: str, visit_month: datetime.date) -> pd.DataFrame:
    """Return each own RW's hot-spot cluster on the figures that a month of visits is ranked by: rw_code, cluster."""
    whole = _clusters_of_city(small_cells.is_told_exactly(scope), version, visit_month)
    return own_areas.own_rows(whole, own_rws(scope, version))


@_kept("Mencari kelompok RW…")
def _clusters_of_city(is_exact: bool, version: str, visit_month: datetime.date) -> pd.DataFrame:
    frame = _ranking_frame(is_exact, version, visit_month)
    counts = pd.DataFrame(
        {"rw_code": frame["rw_code"]}
        | {
            name: frame[column].fillna(0).astype(int)
            for name, column in (("cases", "stunted"), ("measured", "measured"))
        }
    )
    return hotspots(counts, neighbours(_engine_of(version), version), DEFAULT_SEED)[["rw_code", "cluster"]]


@_kept()
def expected_children(scope: Scope, version: str, visit_month: datetime.date) -> pd.DataFrame:
    """Return the facts of the scope's RWs for a visit month, with the children to expect."""
    whole = _ranking_frame(small_cells.is_told_exactly(scope), version, visit_month)
    frame = own_areas.own_rows(whole, own_rws(scope, version))
    return frame.join(expected_stunted(frame)[["children", "expected_stunted"]])


@_kept()
def rotation_plans(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the rotation plans, newest first."""
    return _read(scope, pusing.plans)


@_kept()
def rotation_slots(scope: Scope, version: str, plan_id: int) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return a plan's stops."""
    return _read(scope, pusing.slots, plan_id)


@_kept()
def rotation_staffing(scope: Scope, version: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:  # noqa: ARG001
    """Return what is written of slots, of closed months and of vehicle-days."""
    with scoped_connection(engine(), scope) as connection:
        return pusing.capacity(connection), pusing.closures(connection), pusing.vehicle_days(connection)


@_kept()
def nominations(scope: Scope, version: str, month: datetime.date) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the RWs named for a month."""
    return _read(scope, pusing.nominations, month)


@_kept()
def nomination_answers(scope: Scope, version: str, month: datetime.date) -> pd.DataFrame:  # noqa: ARG001
    """Return every kelurahan and whether it answered the call for a month."""
    return _read(scope, pusing.answers, month)


@_kept()
def travel_corrections(scope: Scope, version: str, within: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the corrected travel times that hold in the areas under a code prefix."""
    return _read(scope, pusing.corrections, within)


@_kept()
def visits(scope: Scope, version: str, since: datetime.date) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the visits made since a day, newest first."""
    return small_cells.visits_told(scope, _read(scope, pusing.visits, since))


@_kept()
def adopted_slots(scope: Scope, version: str, until: datetime.date) -> pd.DataFrame:  # noqa: ARG001
    """Return the stops of adopted plans up to a month."""
    return _read(scope, pusing.adopted_slots, until)


@_kept("Membandingkan sebelum dan sesudah…")
def visit_effects(scope: Scope, version: str, since: datetime.date, puskesmas: str) -> dict[str, Effect]:
    """Return how the scope's RWs visited since a month changed beside RWs like them that were not, by outcome.

    Those like them are looked for in the whole city.
    """
    is_exact = small_cells.is_told_exactly(scope)
    before = _ranked_city(is_exact, version, since, shares_of(PRESETS[DEFAULT_PRESET]), ranking.DEFAULT_K)
    counts = _read(_engine_of(version), pusing.counts_by_rw_and_month, month_after(since, -MONTHS_BEFORE))
    counts = small_cells.months_told(own_areas.teller(is_exact), counts)
    return before_and_after(before, counts, visits(scope, version, since), puskesmas)


@_kept("Menghitung jangkauan…")
def visit_reach(scope: Scope, version: str, since: datetime.date, puskesmas: str) -> Reach:
    """Return the coverage that visits since a month gained."""
    facts = expected_children(scope, version, since)
    points, made = _read(scope, pusing.rw_points), visits(scope, version, since)
    return reach_of(facts, points, made, priority_settings(scope, version).far_s, puskesmas)


@_kept("Menyusun ulang bulan-bulan lalu dengan aturan ini…", 4)
def looked_back(scope: Scope, version: str, last_month: datetime.date, months: int) -> BackTest:  # noqa: ARG001
    """Return the rule against the visits of the last months."""
    return _read(scope, rotation_plan.looked_back, last_month, months)


@_kept("Memeriksa mutu data…", 8)
def _quality_facts(version: str, month: datetime.date, months: int) -> grading.QualityFacts:
    since = month_after(month, 1 - months)
    with scoped_connection(engine(), _engine_of(version)) as connection:
        return grading.QualityFacts(
            counts=quality_queries.counts_by_posyandu(connection, since, month),
            receipts=quality_queries.receipts(connection, since, month),
            first=quality_queries.first_reports(connection),
            register=quality_queries.posyandu_register(connection),
            attendance=quality_queries.attendance_by_rw(connection, since, month),
        )


@_kept("Memeriksa mutu data…", 32)
def _quality_of_city(
    is_exact: bool, version: str, month: datetime.date, level: str, today: datetime.date, months: int
) -> pd.DataFrame:
    facts, served = _quality_facts(version, month, months), service_areas(_engine_of(version), version)
    units = grading.by_posyandu(facts, grading.months_back(month, months), today)
    judged = grading.graded_level(units, facts.attendance, level, served)
    return judged if is_exact else grading.without_values(judged)


def _rws_and_holders(version: str) -> tuple[pd.Series, pd.DataFrame]:
    """Return the codes of every RW, and which puskesmas serves which: both are open."""
    return rw_names(_engine_of(version), version)["code"], service_areas(_engine_of(version), version)


def quality_grades(
    scope: Scope, version: str, month: datetime.date, level: str, today: datetime.date, months: int = grading.MONTHS
) -> pd.DataFrame:
    """Return how the places of a level measured in the months that end with `month`: code, grade and checks.

    `level` is posyandu (code is then its RW's, besides `posyandu`), rw, kelurahan, kecamatan, puskesmas or kota. Only
    places that lie wholly in the scope, and the city for everybody; roles that are not told counts exactly read grades
    and statuses without their figures. `models.quality.grade.findings` gives a row's reasons.
    """
    whole = _quality_of_city(small_cells.is_told_exactly(scope), version, month, level, today, months)
    own = own_rws(scope, version)
    if own is None or level == "kota":
        return whole
    return grading.own_places(whole, level, own, *_rws_and_holders(version))


@_kept()
def posyandu_names(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return under which posyandu each spelling is counted: rw_code, spelling, posyandu, is_joined."""
    return _read(scope, quality_queries.posyandu_names)


@_kept("Membaca laporan posyandu…", 32)
def quality_grid(scope: Scope, version: str, month: datetime.date, today: datetime.date, months: int) -> pd.DataFrame:
    """Return which posyandu of the scope reported in which month: rw_code, posyandu, month, state."""
    facts = _quality_facts(version, month, months)
    grid = grading.grid_of(facts, grading.months_back(month, months), today)
    return own_areas.own_rows(grid, own_rws(scope, version))


@_kept("Memeriksa mutu data…", 64)
def quality_counts(
    scope: Scope,
    version: str,  # noqa: ARG001 - part of the key
    month: datetime.date,
    months: int,
    rw_codes: tuple[str, ...],
    posyandu: str | None,
) -> pd.DataFrame:
    """Return every count and histogram of some RWs, or of a posyandu in them, as one row; only for exact roles."""
    small_cells.refuse_unless_exact(scope)
    return _read(scope, quality_queries.counts_of_place, month_after(month, 1 - months), month, rw_codes, posyandu)


@_kept()
def under_five_figures(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return each source's newest number of children under five by area."""
    return _read(scope, quality_queries.under_five_figures)


@_kept(max_entries=_ENTRIES)
def made[T](scope: Scope, version: str, key: tuple[object, ...], _make: Callable[[], T]) -> T:  # noqa: ARG001
    """Return what a page draws from kept reads (a chart with its table, a tile), made once for all of one scope.

    `key` names everything that it depends on besides scope and version; `_make` makes it and is no part of the key.
    """
    return _make()


@_kept("Membaca angka bulanan…", 8, is_by_areas=True)
def kelurahan_months(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return every month of every kelurahan with its flows."""
    return _read(scope, trend.kelurahan_months)


@_kept()
def routine_target(scope: Scope, version: str, month: datetime.date) -> float | None:
    """Return what the city's routine prevalence of stunting should be in a month, a fraction, where a target says so.

    A target of a survey's series is none: it speaks of another measure.
    """
    state = city_state(scope, version)
    if state is None:
        return None
    return trend_target.aim(targets(scope, version), state.code, STUNTING, ROUTINE, month)


@_kept("Memeriksa jumlah kecil…", 4)
def kept_totals(version: str) -> dict[str, frozenset[tuple[str, datetime.date]]]:
    """Return which kelurahan and kecamatan are not told their count of a month, by column: code and month."""
    return small_cells.kept_totals(_read(_engine_of(version), trend.rw_counts))


@_kept()
def months_of_rws(scope: Scope, version: str, rw_codes: tuple[str, ...]) -> pd.DataFrame:  # noqa: ARG001
    """Return every month of some RWs with their flows; only for roles that are told counts exactly."""
    small_cells.refuse_unless_exact(scope)
    return _read(scope, trend.rw_months, rw_codes)


@_kept()
def reported_months(scope: Scope, version: str, level: str, within: str, code: str, is_maternal: bool) -> pd.DataFrame:  # noqa: ARG001
    """Return the months of one area's maternal or intervention indicator: month, numerator, denominator, RWs."""
    first, last = datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)
    with scoped_connection(engine(), scope) as connection:
        if is_maternal:
            found = indicator_queries.maternal_by_area(connection, level, first, last, within)
        else:
            found = indicator_queries.coverage_by_area(connection, level, first, last, [code], within)
    return found[found["indicator_code"] == code].reset_index(drop=True)


@_kept()
def groups_of_month(scope: Scope, version: str, month: datetime.date, within: str) -> pd.DataFrame:  # noqa: ARG001
    """Return who was measured in a month by RW and age band."""
    return _read(scope, trend.groups_of_month, month, within)


@_kept()
def published(scope: Scope, version: str, area_code: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return an area's published figures of every series."""
    return _read(scope, trend.published, area_code)


@_kept()
def targets(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the targets that hold."""
    return _read(scope, indicator_queries.targets)


@_kept()
def break_events(scope: Scope, version: str, area_code: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the events that touch an area."""
    return _read(scope, indicator_queries.break_events, area_code)


@_kept()
def forecasts(scope: Scope, version: str, area_code: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return an area's forecast months."""
    return _read(scope, trend.forecasts, area_code)


@_kept()
def forecast_checks(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return how each area's forecast did on its own past."""
    return _read(scope, trend.forecast_checks)


@_kept("Mencari urutan perjalanan…")
def day_round(scope: Scope, version: str, puskesmas: str, rw_codes: tuple[str, ...]) -> Round:  # noqa: ARG001
    """Return the quickest round of a day from a puskesmas by some RWs."""
    return _read(scope, find_day_round, settings.networks(), puskesmas, rw_codes)


def shares_of(weights: Weights) -> Shares:
    """Return weights as what a cached read can be keyed by."""
    return tuple(weights[code] for code in CRITERIA)


def _weights(shares: Shares) -> Weights:
    return Weights(dict(zip(CRITERIA, shares, strict=True)))


@_kept()
def indicator_dictionary(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the dictionary of indicators."""
    return _read(scope, indicator_queries.indicators)


@_kept()
def indicator_series(scope: Scope, version: str) -> dict[str, tuple[str, ...]]:  # noqa: ARG001 - part of the key
    """Return the series of every indicator, routine first."""
    return _read(scope, series_by_indicator)


@_kept()
def target_history(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return every target that ever held, newest first."""
    return _read(scope, indicator_queries.target_history)


@_kept()
def break_history(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return every event that explains a jump, also those withdrawn, newest first."""
    return _read(scope, indicator_queries.break_history)


@_kept()
def intervention_months(scope: Scope, version: str) -> list[datetime.date]:  # noqa: ARG001 - part of the key
    """Return the months with any figure of an intervention, oldest first."""
    return _read(scope, indicator_queries.intervention_months)


@_kept("Menghitung cakupan…")
def coverage(
    scope: Scope,
    version: str,  # noqa: ARG001 - part of the key
    level: str,
    first: datetime.date,
    last: datetime.date,
    codes: tuple[str, ...],
    within: str,
) -> pd.DataFrame:
    """Return the coverage of interventions and of care for pregnant women, by area, month and indicator.

    The level kota is the whole city named by `within`, also for those who see only a part of it.
    """
    if level == "kota":
        return _read(scope, indicator_queries.coverage_of_city, within, first, last, codes)
    return _read(scope, indicator_queries.all_coverage, level, first, last, codes, within)


@_kept()
def area_months(scope: Scope, version: str, since: datetime.date, prefix: str) -> pd.DataFrame:  # noqa: ARG001
    """Return the counts of an area by month; a blank prefix is the whole city."""
    if not prefix:
        return _read(scope, growth.city_counts_by_month, since)
    return _read(scope, growth.counts_by_month, since, prefix)


@_kept()
def slide_sequences(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the sequences of slides that planners arranged; ask on live data, for they are never frozen."""
    return _read(scope, sequences.sequences)


@_kept()
def rw_facts(scope: Scope, version: str, visit_month: datetime.date) -> pd.DataFrame:
    """Return what the ranking for a month of visits starts from, of the scope's RWs, with rates, D/S and status."""
    whole = _rated_city(small_cells.is_told_exactly(scope), version, visit_month)
    return own_areas.own_rows(whole, own_rws(scope, version))


@_kept("Menghitung angka per RW…")
def _rated_city(is_exact: bool, version: str, visit_month: datetime.date) -> pd.DataFrame:
    return with_rates(_ranking_frame(is_exact, version, visit_month), settings.ATTENDANCE_MINIMUM)


@_kept()
def peers(scope: Scope, version: str, visit_month: datetime.date, level: str) -> pd.DataFrame:
    """Return the scope's own places of one level (rw, kelurahan, kecamatan, puskesmas) among all of the city.

    A place of which the scope sees only a part is absent.
    """
    is_exact = small_cells.is_told_exactly(scope)
    whole = _peers_of_city(is_exact, version, visit_month)[level]
    return whole_ones(whole, _rated_city(is_exact, version, visit_month), level, own_rws(scope, version))


@_kept("Membandingkan wilayah…")
def _peers_of_city(is_exact: bool, version: str, visit_month: datetime.date) -> dict[str, pd.DataFrame]:
    now = month_after(visit_month, -1)
    months = _area_months_of_city(is_exact, version, now)
    told = months[months["month"] == now].set_index("area_code")["stunted"]
    return peers_by_level(_rated_city(is_exact, version, visit_month), told.dropna())


@_kept()
def rw_history(scope: Scope, version: str, since: datetime.date) -> pd.DataFrame:
    """Return the months of the scope's RWs since one, as the role may be told: s_target, d_weighed, haz_valid, stunted
    with stunted_low and stunted_high."""
    whole = _history_of_city(small_cells.is_told_exactly(scope), version, since)
    return own_areas.own_rows(whole, own_rws(scope, version))


@_kept()
def area_history(scope: Scope, version: str, since: datetime.date, code: str) -> pd.DataFrame:
    """Return the months of a kelurahan or kecamatan since one, as the role may be told; none where it sees a part."""
    whole = _area_months_of_city(small_cells.is_told_exactly(scope), version, since)
    rws = rw_names(scope, version)["code"]
    is_seen = own_areas.is_whole(own_rws(scope, version), list(rws[rws.str.startswith(f"{code}.")]))
    return whole[whole["area_code"].eq(code) & is_seen].reset_index(drop=True)


@_kept("Membaca angka bulanan…", 4)
def _history_of_city(is_exact: bool, version: str, since: datetime.date) -> pd.DataFrame:
    return small_cells.month_told(own_areas.teller(is_exact), _months_of_city(version, since))


@_kept("Membaca angka bulanan…", 4)
def _area_months_of_city(is_exact: bool, version: str, since: datetime.date) -> pd.DataFrame:
    return small_cells.area_months_told(own_areas.teller(is_exact), _months_of_city(version, since))


@_kept("Membaca angka bulanan…", 4)
def _months_of_city(version: str, since: datetime.date) -> pd.DataFrame:
    return _read(_engine_of(version), place_queries.rw_months_since, since)


@_kept()
def services_of_rws(
    scope: Scope,
    version: str,  # noqa: ARG001 - part of the key
    rw_codes: tuple[str, ...],
    first: datetime.date,
    last: datetime.date,
) -> pd.DataFrame:
    """Return the services of some RWs together, by month and indicator."""
    return _read(scope, place_queries.coverage_of_rws, rw_codes, first, last)


@_kept()
def nominations_since(scope: Scope, version: str, since: datetime.date) -> pd.DataFrame:  # noqa: ARG001
    """Return the nominations that stand, for months from one on."""
    return _read(scope, place_queries.nominations_since, since)


@_kept()
def place_notes(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the notes that stand on places of the scope, newest first."""
    return _read(scope, place_queries.notes, "")


@_kept()
def meetings(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the meetings that stand, newest first."""
    return _read(scope, rakor_queries.meetings)


@_kept()
def withdrawn_meetings(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the meetings that were taken back, the last first."""
    return _read(scope, rakor_queries.withdrawn_meetings)


@_kept()
def withdrawn_promises(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the promises that were taken back and can stand again, the last first."""
    return _read(scope, rakor_queries.withdrawn_promises)


@_kept()
def promises(scope: Scope, version: str) -> pd.DataFrame:
    """Return the promises that the scope sees, by due day, with what their figure is now."""
    found = _read(scope, rakor_queries.promises)
    pairs = found.loc[found["indicator_code"].ne(""), ["indicator_code", "area_code"]].to_numpy().tolist()
    asked = tuple(sorted({(str(code), str(area)) for code, area in pairs}))
    state = city_state(scope, version)
    month = None if state is None else state.latest_month
    now = {} if month is None else _promised_figures(version, month, asked)
    return with_figures_now(found, now, month)


@_kept()
def _promised_figures(
    version: str, month: datetime.date, asked: tuple[tuple[str, str], ...]
) -> dict[tuple[str, str], float | None]:
    """Return the rounded figures of areas large enough to be told of to all, by indicator and the promise's area."""
    with scoped_connection(engine(), _engine_of(version)) as connection:
        return {
            (code, area): rakor_queries.figure_at(connection, code, figure_area(code, area), month)
            for code, area in asked
        }


@_kept()
def signatures(scope: Scope, version: str, since: datetime.date) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return which months puskesmas of the scope signed since a month."""
    return _read(scope, rakor_queries.signatures, since)
