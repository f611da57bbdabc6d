"""A month's map shows the areas of its time: an RW split in mid-year is whole before, and two after."""

import datetime
import json
from pathlib import Path

import pytest
import shapely
from sqlalchemy import Engine, text

from dashboard.maps import geometry
from dashboard.maps.ground import read_ground
from data.queries import areas
from data.scope import PLANNER, Scope, scoped_connection
from tests.data.access import two_kecamatan

EVERYBODY = Scope(PLANNER, ("",))
OLD = two_kecamatan.OTHER_RWS[-1]
PARTS = (f"{two_kecamatan.OTHER_KELURAHAN}.007", f"{two_kecamatan.OTHER_KELURAHAN}.008")
SPLIT = datetime.date(2026, 6, 15)
MAY, JUNE, JULY = (datetime.date(2026, month, 1) for month in (5, 6, 7))


@pytest.fixture
def split(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The two kecamatan, of which one RW became two on 15 June."""
    monkeypatch.setattr(geometry, "FOLDER", tmp_path)
    with engine.begin() as connection:
        two_kecamatan.load(connection)
        outline = shapely.from_wkb(
            connection.scalar(text("SELECT geometry FROM area WHERE code = :code"), {"code": OLD})
        )
        west, south, east, north = outline.bounds
        middle = (west + east) / 2
        connection.execute(
            text("UPDATE area SET valid_to = :last WHERE code = :code"),
            {"code": OLD, "last": SPLIT - datetime.timedelta(days=1)},
        )
        halves = (shapely.box(west, south, middle, north), shapely.box(middle, south, east, north))
        for code, half in zip(PARTS, halves, strict=True):
            connection.execute(
                text(
                    "INSERT INTO area (code, level, name, parent_code, geometry, geometry_source, valid_from)"
                    " VALUES (:code, 'rw', :name, :parent, :geometry, 'official', :day)"
                ),
                {
                    "code": code,
                    "name": f"RW {code[-3:]}",
                    "parent": two_kecamatan.OTHER_KELURAHAN,
                    "geometry": shapely.to_wkb(half),
                    "day": SPLIT,
                },
            )
    return engine


def _codes(engine: Engine, month: datetime.date | None) -> set[str]:
    with scoped_connection(engine, EVERYBODY) as connection:
        on = None if month is None else areas.layout_day(connection, month)
        return set(areas.rw_names(connection, on)["code"])


def test_before_a_split_the_old_rw_is_whole(split: Engine) -> None:
    assert _codes(split, MAY) == set(two_kecamatan.RWS)


@pytest.mark.parametrize("month", [JUNE, JULY, None])
def test_from_the_month_of_the_split_on_its_parts_are_there(split: Engine, month: datetime.date | None) -> None:
    assert _codes(split, month) == {*two_kecamatan.RWS, *PARTS} - {OLD}


def test_months_of_the_same_areas_share_a_layout_and_that_of_today_needs_no_day(split: Engine) -> None:
    with scoped_connection(split, EVERYBODY) as connection:
        april, may = (areas.layout_day(connection, month) for month in (datetime.date(2026, 4, 1), MAY))
        assert april == may
        assert may is not None
        assert areas.layout_day(connection, JUNE) is None


def test_a_month_before_the_first_area_shows_the_first_areas(engine: Engine) -> None:
    with engine.begin() as connection:
        two_kecamatan.load(connection)
        connection.execute(text("UPDATE area SET valid_from = '2026-08-01'"))
    assert _codes(engine, MAY) == set(two_kecamatan.RWS)


def test_the_published_outline_of_an_old_month_is_the_old_one(split: Engine, tmp_path: Path) -> None:
    with scoped_connection(split, EVERYBODY) as connection:
        old = geometry.publish(connection, areas.layout_day(connection, MAY))
        new = geometry.publish(connection)
    drawn = {
        name: {
            feature["properties"]["c"]
            for feature in json.loads((tmp_path / Path(made.links["rw"]).name).read_text())["features"]
        }
        for name, made in (("old", old), ("new", new))
    }
    assert OLD in drawn["old"]
    assert drawn["new"] >= set(PARTS)
    assert OLD not in drawn["new"]
    assert not drawn["old"] & set(PARTS)


def test_an_old_months_ground_covers_what_todays_does(split: Engine) -> None:
    with scoped_connection(split, EVERYBODY) as connection:
        old, new = read_ground(connection, areas.layout_day(connection, MAY)), read_ground(connection)
    assert shapely.union_all(old.shapes).symmetric_difference(shapely.union_all(new.shapes)).area < 1e-9
