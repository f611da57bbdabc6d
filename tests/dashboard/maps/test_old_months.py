"""A month's map shows the areas of its time: an RW split in mid-year is whole before, and two after.

Also where one of the two keeps its code: then the outline is another, and the file that the browser fetches.
"""

import datetime
import json
from pathlib import Path

import pytest
import shapely
from sqlalchemy import Engine, text

from dashboard import cache
from dashboard.access import PLANNER as PLANNING
from dashboard.access import PUSKESMAS, viewer_as
from dashboard.compare.choices import moved_between
from dashboard.compare.frames import Frame, Pane, sent
from dashboard.maps import geometry
from dashboard.maps.ground import read_ground
from data.intake.areas.past import keep_past
from data.queries import areas
from data.scope import PLANNER, Scope, scoped_connection, writing_connection
from tests.dashboard.opened_page import opened, texts
from tests.data.access import two_kecamatan
from tests.data.pusing import hand_written

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
        connection.execute(text("DELETE FROM area_past"))
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


KEPT = two_kecamatan.OTHER_RWS[0]


@pytest.fixture
def halved(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The two kecamatan, of which one RW lost its eastern half on 15 June and kept its code."""
    monkeypatch.setattr(geometry, "FOLDER", tmp_path)
    monkeypatch.setattr("dashboard.cache.keeping.opened", lambda: engine)
    with engine.begin() as connection:
        two_kecamatan.load(connection)
    with writing_connection(engine, EVERYBODY) as connection:
        keep_past(connection, [KEPT], SPLIT)
        west, south, east, north = shapely.from_wkb(
            connection.scalar(text("SELECT geometry FROM area WHERE code = :code"), {"code": KEPT})
        ).bounds
        connection.execute(
            text("UPDATE area SET geometry = :half WHERE code = :code"),
            {"code": KEPT, "half": shapely.to_wkb(shapely.box(west, south, (west + east) / 2, north))},
        )
    return engine


def test_a_code_that_stays_has_its_old_outline_in_maps_pictures_and_files_of_old_months(halved: Engine) -> None:
    viewer = viewer_as(PLANNING, "Perencana")
    version = cache.data_version(viewer.scope)
    may, june = (cache.map_ground(viewer.scope, version, month).outline_by_code[KEPT] for month in (MAY, JUNE))
    assert may.area == pytest.approx(2 * june.area)
    marked = [cache.outlines_of(viewer.scope, version, (KEPT,), month)["geometry"].iloc[0] for month in (MAY, JUNE)]
    assert shapely.area(shapely.from_wkb(marked)) == pytest.approx([may.area, june.area])


def test_linked_maps_fetch_a_ground_for_each_layout_and_no_more(halved: Engine) -> None:
    viewer = viewer_as(PLANNING, "Perencana")
    version = cache.data_version(viewer.scope)
    months = (datetime.date(2026, 4, 1), MAY, JUNE, JULY)
    frames = tuple(Frame(str(month), "", cache.map_geometry(viewer.scope, version, month)) for month in months)
    told = sent([Pane("x", (), (), 0, frames)])
    assert [frame["ground"] for frame in told["panes"][0]["frames"]] == [0, 0, 1, 1]  # type: ignore[index]


def test_a_difference_is_not_taken_between_two_grounds_of_one_code(halved: Engine) -> None:
    viewer = viewer_as(PLANNING, "Perencana")
    version = cache.data_version(viewer.scope)
    assert moved_between(viewer, version, MAY, JULY) == {KEPT}
    assert moved_between(viewer, version, JUNE, JULY) == frozenset()


def test_a_puskesmas_reads_the_old_months_of_an_rw_that_has_ended(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.cache.keeping.opened", lambda: engine)
    august, october = datetime.date(2026, 8, 1), datetime.date(2026, 10, 1)
    with engine.begin() as connection:
        two_kecamatan.load(connection)
        connection.execute(text("DELETE FROM travel_route"))
        connection.execute(text("UPDATE area SET valid_to = '2026-09-30' WHERE code = :code"), {"code": OLD})
        connection.execute(text("UPDATE service_area SET valid_to = '2026-09-30' WHERE rw_code = :code"), {"code": OLD})
        connection.execute(text("UPDATE setting SET value = value || '{\"is_demo\": false}' WHERE code = 'city'"))
    viewer = viewer_as(PUSKESMAS, "Kepala", "", "PKM-3")
    version = cache.data_version(viewer.scope)
    tables = {
        month: set(cache.rw_month(viewer.scope, version, month, ("0-5", "6-23", "24-59"), (1, 2))["code"])
        for month in (august, october)
    }
    assert tables == {august: {*two_kecamatan.OTHER_RWS}, october: {*two_kecamatan.OTHER_RWS} - {OLD}}
    page = opened("peta", viewer, bulan="Agustus 2026", pilih=OLD)
    assert "di luar wilayah Anda" not in texts(page)
    assert "RW ini sudah berakhir" in texts(page)
    assert any("RW 003" in part.proto.body for part in page.get("html"))  # as the RW that it is a copy of is called


def test_borders_of_a_kelurahan_do_not_stray_where_files_of_two_days_meet_a_centimetre_apart(engine: Engine) -> None:
    # Two rows of three squares of 0.01°: around them and between them runs a border of 0.13°.
    with engine.begin() as connection:
        hand_written.load(connection)
        west, south, east, north = 107.0099999, -6.2, 107.02, -6.19
        later = shapely.Polygon([(west, south), (east, south), (east, north), (107.015, north), (west, north)])
        connection.execute(
            text("UPDATE area SET geometry = :geometry WHERE code = :code"),
            {"code": hand_written.RWS[1], "geometry": shapely.to_wkb(later)},
        )
    with scoped_connection(engine, EVERYBODY) as connection:
        ground = read_ground(connection)
    assert shapely.coverage_is_valid(list(ground.shapes))
    assert shapely.length(ground.kelurahan_borders).sum() == pytest.approx(0.13, rel=1e-4)
