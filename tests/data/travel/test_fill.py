"""Filling travel times: every RW × facility × mode, whole or not at all, by road or by a labelled estimate."""

from pathlib import Path

import pandas as pd
import pytest
import shapely
from sqlalchemy import Connection, Engine, insert, select, text

from data.errors import UnusableInputError
from data.schema import area, facility, road_network, service_area, travel, travel_route
from data.travel import city_boundary, fill_travel, latest_network, record_network
from geo.network import Network, build_network
from tests.geo.hand_made_map import lon_lat, write_map

STREET = {"highway": "residential"}
RW = {"001": (0, 0.5), "002": (9, 0), "003": (5, -20), "004": None}
PLACES = {
    "P-WEST": ("puskesmas", (1, 0)),
    "P-EAST": ("puskesmas", (10, 0)),
    "RS": ("rumah_sakit", (8, 0)),
    "P-LOST": ("puskesmas", None),
}
KELURAHAN = "32.75.01.1001"


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Network:
    """A street of one kilometre."""
    folder = tmp_path_factory.mktemp("city")
    extract = write_map(folder / "city.osm.pbf", [([(0, 0), (5, 0), (10, 0)], STREET)])
    return build_network(extract, folder / "cache")


@pytest.fixture
def city(engine: Engine) -> Engine:
    """Four RWs, one far from the street and one without a point; three puskesmas, one without a point."""
    outline = shapely.to_wkb(shapely.box(*lon_lat((0, -5)), *lon_lat((10, 5))))
    with engine.begin() as connection:
        connection.execute(insert(area).values(code="32.75", level="kota", name="Bekasi"))
        connection.execute(insert(area).values(code="32.75.01", level="kecamatan", name="Timur", parent_code="32.75"))
        connection.execute(
            insert(area).values(code=KELURAHAN, level="kelurahan", name="A", parent_code="32.75.01", geometry=outline)
        )
        for number, place in RW.items():
            lon, lat = lon_lat(place) if place else (None, None)
            row = {"code": f"{KELURAHAN}.{number}", "level": "rw", "name": number, "parent_code": KELURAHAN}
            connection.execute(insert(area).values(**row, point_lat=lat, point_lon=lon))
        for code, (kind, place) in PLACES.items():
            lon, lat = lon_lat(place) if place else (None, None)
            connection.execute(insert(facility).values(code=code, kind=kind, name=code, lat=lat, lon=lon))
        connection.execute(insert(service_area).values(rw_code=f"{KELURAHAN}.001", facility_code="P-EAST"))
    return engine


def rows(connection: Connection) -> pd.DataFrame:
    found = pd.read_sql(select(travel), connection)
    return found.assign(rw=found["rw_code"].str[-3:]).set_index(["rw", "facility_code", "mode"]).sort_index()


def test_every_rw_and_facility_with_a_point_has_a_row_by_every_mode(city: Engine, network: Network) -> None:
    with city.begin() as connection:
        summary = fill_travel(connection, network)
        found = rows(connection)
    assert (summary.rw, summary.facilities, summary.rows, len(found)) == (3, 3, 27, 27)
    assert (summary.rw_without_point, summary.facilities_without_point) == (1, 1)
    walk = found.loc[("001", "P-EAST", "walk")]
    assert walk["distance_m"] == pytest.approx(1_000, rel=0.005)
    assert walk["origin_snap_m"] == pytest.approx(50, rel=0.01)
    assert (walk["method"], walk["network_id"]) == ("network", network.id)


def test_an_rw_far_from_a_road_is_kept_as_unrouted_and_told(city: Engine, network: Network) -> None:
    with city.begin() as connection:
        summary = fill_travel(connection, network)
        found = rows(connection)
    far = found.loc["003"]
    assert set(far["method"]) == {"unrouted"}
    assert far["duration_s"].isna().all()
    assert (far["origin_snap_m"] > 1_900).all()
    assert summary.off_network["walk"] == [f"{KELURAHAN}.003"]


def test_roads_are_drawn_to_the_own_and_to_the_nearest_puskesmas(city: Engine, network: Network) -> None:
    with city.begin() as connection:
        summary = fill_travel(connection, network)
        drawn = pd.read_sql(select(travel_route).where(travel_route.c.mode == "walk"), connection)
    pairs = set(zip(drawn["rw_code"].str[-3:], drawn["facility_code"], strict=True))
    assert pairs == {("001", "P-EAST"), ("001", "P-WEST"), ("002", "P-EAST")}
    assert summary.routes == 9
    own = drawn.loc[drawn["facility_code"].eq("P-EAST") & drawn["rw_code"].str.endswith("001"), "geometry"].iloc[0]
    line = shapely.from_wkb(bytes(own))
    assert line.coords[0] == pytest.approx(lon_lat((0, 0)), abs=1e-5)
    assert line.coords[-1] == pytest.approx(lon_lat((10, 0)), abs=1e-5)


def test_without_a_network_every_row_is_labelled_straight_line(city: Engine) -> None:
    with city.begin() as connection:
        summary = fill_travel(connection, None)
        found = rows(connection)
        current = connection.execute(select(road_network.c.id, road_network.c.source).where(road_network.c.is_current))
        (network_row,) = current.all()
    assert set(found["method"]) == {"straight_line"}
    assert found.loc[("002", "P-EAST", "car"), "distance_m"] == pytest.approx(141.7, rel=0.01)
    assert (summary.method, summary.routes, network_row.id) == ("straight_line", 0, "straight_line")
    assert "1.417" in network_row.source


def test_a_second_fill_replaces_the_first_and_moves_the_current_network(city: Engine, network: Network) -> None:
    with city.begin() as connection:
        fill_travel(connection, None)
    with city.begin() as connection:
        fill_travel(connection, network)
        found = rows(connection)
        current = connection.scalars(select(road_network.c.id).where(road_network.c.is_current)).all()
    assert len(found) == 27
    assert set(found["network_id"]) == {network.id}
    assert current == [network.id]


def test_a_fill_that_fails_leaves_the_earlier_rows(
    city: Engine, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    with city.begin() as connection:
        fill_travel(connection, network)
        before = rows(connection)

    def fail(*_: object, **__: object) -> None:
        raise OSError("out of memory")

    monkeypatch.setattr("data.travel.fill.routes", fail)
    with pytest.raises(OSError, match="memory"), city.begin() as connection:
        fill_travel(connection, network)
    with city.connect() as connection:
        pd.testing.assert_frame_equal(rows(connection), before)


def test_an_empty_database_is_refused_with_what_to_do(engine: Engine, network: Network) -> None:
    with pytest.raises(UnusableInputError, match="load the areas"), engine.begin() as connection:
        fill_travel(connection, network)


def test_the_boundary_is_joined_from_the_finest_outlines_there_are(city: Engine) -> None:
    with city.connect() as connection:
        boundary = city_boundary(connection)
    assert boundary is not None
    assert boundary.bounds == pytest.approx((*lon_lat((0, -5)), *lon_lat((10, 5))))


def test_a_city_without_outlines_has_no_boundary(engine: Engine) -> None:
    with engine.connect() as connection:
        assert city_boundary(connection) is None


def test_the_latest_network_is_one_whose_files_are_here(city: Engine, network: Network, tmp_path: Path) -> None:
    with city.begin() as connection:
        record_network(connection, network, basemap={"roads": b'{"type":"FeatureCollection","features":[]}'})
        elsewhere = Network("built-elsewhere", tmp_path / "built-elsewhere")
        record_network(connection, elsewhere)
        connection.execute(
            text("UPDATE road_network SET built_at = now() + interval '1 day' WHERE id = 'built-elsewhere'")
        )
        found = latest_network(connection, network.folder.parent)
        basemap = connection.scalar(select(road_network.c.basemap).where(road_network.c.id == network.id))
    assert found == network
    assert basemap == {"roads": {"type": "FeatureCollection", "features": []}}
