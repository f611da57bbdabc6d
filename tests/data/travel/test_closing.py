"""Scenarios of closed roads in the shared database: kept beside ordinary travel, computed anew, and taken back."""

from pathlib import Path

import pandas as pd
import pytest
import shapely
from sqlalchemy import Engine, insert, select, text

from data.errors import UnusableInputError
from data.queries import access
from data.schema import area, audit_log, facility, site_travel, travel, travel_closed
from data.scope import PLANNER, Scope, scoped_connection, writing_connection
from data.travel import close_roads, compute_closures, fill_travel, withdraw_closure
from geo.network import Circle, Closures, Network, build_network
from tests.geo.hand_made_map import lon_lat, write_map

# Two streets lead from the RW in the west to the puskesmas in the east: a short one, and one 400 m round.
STREETS = [
    ([(0, 0), (5, 0), (10, 0)], {"highway": "residential", "name": "Jalan Pendek"}),
    ([(0, 0), (0, 2), (10, 2), (10, 0)], {"highway": "residential", "name": "Jalan Putar"}),
    ([(10, 0), (16, 0)], {"highway": "residential", "name": "Jalan Buntu"}),
]
KELURAHAN = "32.75.01.1001"
RWS = {f"{KELURAHAN}.001": (0, 0), f"{KELURAHAN}.002": (16, 0)}


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Network:
    folder = tmp_path_factory.mktemp("streets")
    extract = write_map(folder / "streets.osm.pbf", STREETS)
    outline = shapely.box(*lon_lat((-5, -5)), *lon_lat((20, 5)))
    return build_network(extract, folder / "cache", boundary=outline, buffer_m=500)


@pytest.fixture
def city(engine: Engine, network: Network) -> Engine:
    """Two RWs at the ends of the streets, a puskesmas between them, and a posyandu beside the first RW."""
    with engine.begin() as connection:
        connection.execute(insert(area).values(code="32.75", level="kota", name="Bekasi"))
        connection.execute(insert(area).values(code="32.75.01", level="kecamatan", name="Timur", parent_code="32.75"))
        connection.execute(insert(area).values(code=KELURAHAN, level="kelurahan", name="A", parent_code="32.75.01"))
        for code, place in RWS.items():
            lon, lat = lon_lat(place)
            row = {"code": code, "level": "rw", "name": code[-3:], "parent_code": KELURAHAN}
            connection.execute(insert(area).values(**row, point_lat=lat, point_lon=lon))
        for code, kind, place in (
            ("PKM", "puskesmas", (10, 0)),
            ("PSY", "posyandu", (1, 0)),
            ("PSY-FAR", "posyandu", (-40, 0)),
        ):
            lon, lat = lon_lat(place)
            connection.execute(insert(facility).values(code=code, kind=kind, name=code, lat=lat, lon=lon))
        fill_travel(connection, network)
    return engine


def _close(city: Engine, network: Network | None, closures: Closures, name: str = "Banjir") -> int:
    with writing_connection(city, Scope(PLANNER, ("",), "test")) as connection:
        return close_roads(connection, network, name, closures, "genangan", "test").number


def _closed(city: Engine) -> pd.DataFrame:
    with city.connect() as connection:
        found = pd.read_sql(select(travel_closed), connection)
    return found.assign(rw=found["rw_code"].str[-3:])


def _ordinary(city: Engine) -> pd.DataFrame:
    with city.connect() as connection:
        return pd.read_sql(select(travel).order_by("rw_code", "facility_code", "mode"), connection)


SHORT = Closures(streets=("Jalan Pendek",))


def test_only_what_becomes_longer_is_kept_and_ordinary_travel_stays(city: Engine, network: Network) -> None:
    before = _ordinary(city)
    _close(city, network, SHORT)
    found = _closed(city).set_index(["rw", "mode"])["duration_s"]
    assert set(found.index) == {("001", "walk"), ("001", "motorcycle"), ("001", "car")}
    walk = before[(before["rw_code"] == f"{KELURAHAN}.001") & (before["mode"] == "walk")]["duration_s"].iloc[0]
    assert found[("001", "walk")] == pytest.approx(walk * 1.4, rel=0.03)
    pd.testing.assert_frame_equal(_ordinary(city), before)


def test_without_any_way_left_the_time_is_blank_and_who_lives_in_the_water_is_cut_off(
    city: Engine, network: Network
) -> None:
    lon, lat = lon_lat((16, 0))
    _close(city, network, Closures(circles=(Circle(lat, lon, 30),)))
    found = _closed(city)
    assert set(found["rw"]) == {"002"}
    assert found["duration_s"].isna().all()


def test_the_nearest_puskesmas_with_closures_is_read_beside_the_ordinary_one(city: Engine, network: Network) -> None:
    number = _close(city, network, Closures(streets=("Jalan Buntu",)))
    with scoped_connection(city, Scope(PLANNER, ("",), "test")) as connection:
        found = access.nearest_with_closures(connection, number, "walk").set_index("rw_code")
    assert found.loc[f"{KELURAHAN}.001", "duration_s"] > 0
    assert pd.isna(found.loc[f"{KELURAHAN}.002", "duration_s"])
    assert pd.isna(found.loc[f"{KELURAHAN}.002", "facility_code"])


def test_a_correction_that_is_longer_than_the_detour_holds(city: Engine, network: Network) -> None:
    number = _close(city, network, SHORT)
    with city.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO travel_correction (rw_code, facility_code, mode, duration_s, reason, corrected_by,"
                " valid_from) VALUES (:rw, 'PKM', 'walk', 9000, 'x', 'x', CURRENT_DATE)"
            ),
            {"rw": f"{KELURAHAN}.001"},
        )
    with scoped_connection(city, Scope(PLANNER, ("",), "test")) as connection:
        found = access.nearest_with_closures(connection, number, "walk").set_index("rw_code")
    assert found.loc[f"{KELURAHAN}.001", "duration_s"] == 9000


def test_a_fill_computes_standing_scenarios_again_and_straight_lines_forget_their_times(
    city: Engine, network: Network
) -> None:
    _close(city, network, SHORT)
    first = _closed(city)
    with city.begin() as connection:
        assert fill_travel(connection, network).closures == 1
    pd.testing.assert_frame_equal(_closed(city), first)
    with city.begin() as connection:
        fill_travel(connection, None)
        assert not access.closures(connection)["is_current"].any()
    assert _closed(city).empty


def test_a_withdrawn_scenario_is_gone_and_logged_and_its_name_is_free(city: Engine, network: Network) -> None:
    number = _close(city, network, SHORT)
    with pytest.raises(UnusableInputError, match="exists already"):
        _close(city, network, SHORT)
    with writing_connection(city, Scope(PLANNER, ("",), "test")) as connection:
        withdraw_closure(connection, number)
    assert _closed(city).empty
    with pytest.raises(UnusableInputError, match="withdrawn already"), city.begin() as connection:
        withdraw_closure(connection, number)
    with city.begin() as connection:
        assert compute_closures(connection, network) == []
        acts = connection.scalars(select(audit_log.c.act).order_by(audit_log.c.id)).all()
    assert acts[-2:] == ["roads closed", "roads opened"]
    assert _close(city, network, SHORT) != number


@pytest.mark.parametrize(
    ("closures", "name", "reason"),
    [
        (Closures(), "Banjir", "closure_empty"),
        (Closures(streets=("Jalan Tidak Ada",)), "Banjir", "closure_unknown"),
        (Closures(circles=(Circle(-0.005, 107.05, 20),)), "Banjir", "closure_no_road"),
        (SHORT, "   ", "closure_name"),
    ],
)
def test_what_closes_nothing_is_refused_and_nothing_is_written(
    city: Engine, network: Network, closures: Closures, name: str, reason: str
) -> None:
    with pytest.raises(UnusableInputError) as refused:
        _close(city, network, closures, name)
    assert refused.value.context["reason"] == reason
    with city.connect() as connection:
        assert access.closures(connection).empty


def test_without_a_network_on_this_machine_it_says_what_to_do(city: Engine, network: Network, tmp_path: Path) -> None:
    for absent in (None, Network("gone", tmp_path)):
        with pytest.raises(UnusableInputError, match="travel build"):
            _close(city, absent, SHORT)


def test_possible_sites_are_kept_only_where_they_are_nearer_than_every_puskesmas(city: Engine) -> None:
    with city.connect() as connection:
        found = pd.read_sql(select(site_travel), connection)
        sites = access.sites(connection)
    assert set(zip(found["rw_code"].str[-3:], found["site_code"], found["mode"], strict=True)) == {
        ("001", "PSY", "walk"),
        ("001", "PSY", "motorcycle"),
    }
    assert sites[["code", "kind"]].to_numpy().tolist() == [["PSY", "posyandu"]]


def test_a_city_without_posyandu_and_pustu_offers_its_kelurahan(city: Engine, network: Network) -> None:
    with city.begin() as connection:
        connection.execute(text("DELETE FROM facility WHERE kind = 'posyandu'"))
        lon, lat = lon_lat((2, 0))
        connection.execute(
            text("UPDATE area SET point_lat = :lat, point_lon = :lon WHERE code = :code"),
            {"lat": lat, "lon": lon, "code": KELURAHAN},
        )
        fill_travel(connection, network)
        assert access.sites(connection)[["code", "kind"]].to_numpy().tolist() == [[KELURAHAN, "kelurahan"]]
