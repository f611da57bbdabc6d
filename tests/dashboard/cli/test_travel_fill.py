"""`travel build` and `travel fill`, from an extract to the rows that the screens read."""

import json
from pathlib import Path

import pytest
import shapely
from sqlalchemy import Engine, insert, select
from typer.testing import CliRunner

from dashboard.cli.travel import app
from data.schema import area, facility, road_network, travel
from tests.geo.hand_made_map import lon_lat, write_map


@pytest.fixture
def city(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A city of one RW and one puskesmas, in a home of its own."""
    monkeypatch.setattr("data.engine.get_engine", lambda: engine)
    monkeypatch.setenv("REMBUK_HOME", str(tmp_path / "home"))
    outline = shapely.to_wkb(shapely.box(*lon_lat((0, -5)), *lon_lat((10, 5))))
    (rw_lon, rw_lat), (lon, lat) = lon_lat((0, 0)), lon_lat((10, 0))
    with engine.begin() as connection:
        connection.execute(insert(area).values(code="32.75", level="kota", name="Bekasi", geometry=outline))
        row = {"code": "32.75.01.1001.001", "level": "rw", "name": "001", "parent_code": "32.75"}
        connection.execute(insert(area).values(**row, point_lat=rw_lat, point_lon=rw_lon))
        connection.execute(insert(facility).values(code="P", kind="puskesmas", name="P", lat=lat, lon=lon))
    return engine


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """The city's street, and one that is far away."""
    ways = [
        ([(0, 0), (10, 0)], {"highway": "primary", "name": "Jalan Raya"}),
        ([(900, 900), (910, 900)], {"highway": "primary", "name": "Jalan Jauh"}),
    ]
    return write_map(tmp_path / "java.osm.pbf", ways)


def test_build_clips_to_the_city_and_keeps_the_basemap_and_fill_uses_it(city: Engine, extract: Path) -> None:
    built = CliRunner().invoke(app, ["build", str(extract)], catch_exceptions=False)
    filled = CliRunner().invoke(app, ["fill"], catch_exceptions=False)
    with city.connect() as connection:
        network = connection.execute(select(road_network)).one()
        rows = connection.execute(select(travel)).all()
    assert (built.exit_code, filled.exit_code) == (0, 0)
    assert network.is_current
    assert "Jalan Raya" in json.dumps(network.basemap)
    assert "Jalan Jauh" not in json.dumps(network.basemap)
    assert {(row.mode, row.method, row.network_id) for row in rows} == {
        (mode, "network", network.id) for mode in ("walk", "motorcycle", "car")
    }
    assert "3 travel times (network): 1 RW x 1 facilities x 3 modes" in filled.output


def test_fill_without_a_network_says_that_distances_are_straight(city: Engine) -> None:
    filled = CliRunner().invoke(app, ["fill"], catch_exceptions=False)
    with city.connect() as connection:
        methods = connection.scalars(select(travel.c.method)).all()
    assert methods == ["straight_line"] * 3
    assert "travel build FILE.osm.pbf" in filled.output


def test_fill_can_be_told_to_use_straight_lines(city: Engine, extract: Path) -> None:
    CliRunner().invoke(app, ["build", str(extract)], catch_exceptions=False)
    CliRunner().invoke(app, ["fill", "--straight-line"], catch_exceptions=False)
    with city.connect() as connection:
        assert set(connection.scalars(select(travel.c.method))) == {"straight_line"}


def test_build_of_an_extract_from_elsewhere_is_refused(city: Engine, tmp_path: Path) -> None:
    from geo.errors import NoRoadError

    elsewhere = write_map(tmp_path / "papua.osm.pbf", [([(900, 900), (910, 900)], {"highway": "primary"})])
    with pytest.raises(NoRoadError, match=r"papua\.osm\.pbf has no road within 5 km"):
        CliRunner().invoke(app, ["build", str(elsewhere)], catch_exceptions=False)
