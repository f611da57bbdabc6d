"""Travel to care: of the own puskesmas, the nearest, others, and with roads closed."""

import pandas as pd

from dashboard import own_areas, small_cells
from dashboard.cache.ground import own_rws
from dashboard.cache.growth import rw_month_of_city
from dashboard.cache.keeping import engine, engine_of, kept, read
from dashboard.reach import closed as reach_closed
from dashboard.reach import figures as reach_figures
from dashboard.reach import site_figures as reach_sites
from data import settings
from data.queries import access as access_queries
from data.queries import areas, city, travel
from data.schema import AGE_BANDS
from data.scope import Scope, scoped_connection
from data.travel import current_network_files
from geo.network import RoadNames
from geo.network import road_names as read_road_names
from models.rates.attendance import NO_DATA


@kept("Membaca waktu tempuh…", is_by_areas=True)
def own_and_nearest(scope: Scope, version: str, mode: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return each RW's travel to its own and its nearest puskesmas."""
    return read(scope, travel.own_and_nearest, mode)


@kept("Menghitung jangkauan…")
def reach_of_rws(scope: Scope, version: str, mode: str) -> pd.DataFrame:
    """Return every travel time of the scope's RWs with their children, one row per RW (`reach.figures.reach_table`)."""
    whole = _reach_of_city(small_cells.is_told_exactly(scope), version, mode)
    return own_areas.own_rows(whole, own_rws(scope, version))


@kept("Menghitung jangkauan…", 12)
def _reach_of_city(is_exact: bool, version: str, mode: str) -> pd.DataFrame:
    with scoped_connection(engine(), engine_of(version)) as connection:
        state = city.city_state(connection)
        puskesmas = travel.own_and_nearest(connection, mode)
        other = access_queries.other_care(connection, mode)
        around = access_queries.puskesmas_within(connection, mode, reach_figures.LONGEST_S)
        names = areas.rw_names(connection)
    if state is None or state.latest_month is None:
        table = names.assign(s_target=float("nan"), rate=float("nan"), status=NO_DATA)
    else:
        table = rw_month_of_city(is_exact, version, state.latest_month, AGE_BANDS, (1, 2))
    return reach_figures.reach_table(table, puskesmas, other, around)


@kept()
def city_reach(scope: Scope, version: str, mode: str, care: str) -> pd.Series | None:
    """Return the whole city's shares of under-fives within reach, for every scope, where they give no RW away."""
    whole = _reach_of_city(small_cells.is_told_exactly(scope), version, mode)
    return reach_figures.city_shares(whole, own_rws(scope, version), care)


@kept()
def reach_by_area(scope: Scope, version: str, mode: str, care: str, level: str) -> pd.DataFrame:
    """Return the shares within reach of each area of a level, over the RWs that the scope sees."""
    return reach_figures.area_shares(reach_of_rws(scope, version, mode), level, care)


@kept()
def closures(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the scenarios of closed roads that hold."""
    return read(scope, access_queries.closures)


@kept("Membandingkan waktu tempuh…")
def closed_reach(scope: Scope, version: str, closure_id: int, mode: str) -> pd.DataFrame:
    """Return the scope's RWs with ordinary and closed minutes to the nearest puskesmas, and the effect."""
    whole = _closed_reach_of_city(small_cells.is_told_exactly(scope), version, closure_id, mode)
    return own_areas.own_rows(whole, own_rws(scope, version))


@kept("Membandingkan waktu tempuh…")
def closed_city(scope: Scope, version: str, closure_id: int, mode: str) -> pd.DataFrame | None:
    """Return the whole city's children by effect of closed roads, for every scope, where it gives no RW away."""
    whole = _closed_reach_of_city(small_cells.is_told_exactly(scope), version, closure_id, mode)
    return reach_closed.city_effects(whole, own_rws(scope, version))


@kept("Membandingkan waktu tempuh…", 12)
def _closed_reach_of_city(is_exact: bool, version: str, closure_id: int, mode: str) -> pd.DataFrame:
    closed = read(engine_of(version), access_queries.nearest_with_closures, closure_id, mode)
    return reach_closed.compared(_reach_of_city(is_exact, version, mode), closed)


@kept("Membaca nama jalan…", 2)
def road_names(scope: Scope, version: str) -> RoadNames | None:  # noqa: ARG001 - part of the key
    """Return the names of streets and bridges of the current network, where its roads are on this machine."""
    network = read(scope, current_network_files, settings.networks())
    return None if network is None or not network.roads.exists() else read_road_names(network.roads)


@kept()
def population(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the city's population where somebody entered it, as one row or none."""
    return read(scope, access_queries.population)


@kept()
def sites(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the places where care could stand, as far as travel to them was computed."""
    return read(scope, access_queries.sites)


@kept("Mencari lokasi…")
def site_curve(scope: Scope, version: str, mode: str, limit_min: int, kind: str) -> pd.DataFrame:
    """Return the places that would bring the most children of the scope's RWs within reach, one after another."""
    whole = reach_of_rws(scope, version, mode)
    reach = read(scope, access_queries.site_reach, mode, 60.0 * limit_min)
    return reach_sites.curve(whole, reach, sites(scope, version), limit_min, kind)


@kept()
def travel_of_rw(scope: Scope, version: str, rw_code: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return one RW's travel to every puskesmas and hospital."""
    return read(scope, travel.travel_of_rw, rw_code)


@kept()
def travel_to_facility(scope: Scope, version: str, facility_code: str, mode: str) -> pd.DataFrame:  # noqa: ARG001
    """Return every RW's travel to one facility."""
    return read(scope, travel.travel_to_facility, facility_code, mode)


@kept()
def routes_of_rw(scope: Scope, version: str, rw_code: str, mode: str) -> pd.DataFrame:  # noqa: ARG001
    """Return the roads drawn for one RW."""
    return read(scope, travel.routes_of_rw, rw_code, mode)


@kept()
def current_network(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the road network that travel speaks of, as one row or none."""
    return read(scope, travel.current_network)
