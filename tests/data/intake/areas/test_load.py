"""Areas taken in: a new city, repairs, the same file again, and areas that come and go."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from sqlalchemy import Engine, text

from data.errors import UnusableInputError
from data.intake.areas.load import IMPORTED, UNCHANGED
from tests.data.intake.areas.conftest import A_YEAR_AGO
from tests.data.intake.areas.squares import CITY, CODES, kelurahan, raw_geojson, square

Load, Ask = Callable[..., Any], Callable[..., list[Any]]


def reason(error: pytest.ExceptionInfo[UnusableInputError]) -> str:
    return str(error.value.context["reason"])


def test_the_first_file_makes_the_city_and_its_kecamatan(load_areas: Load, ask: Ask) -> None:
    assert load_areas(kelurahan()).status == IMPORTED
    assert ask("SELECT level, name FROM area ORDER BY code") == [
        ("kota", "Kota Contoh"),
        ("kecamatan", "Suka"),
        ("kelurahan", "Suka Maju"),
        ("kelurahan", "Suka Mundur"),
        ("kecamatan", "Mekar"),
        ("kelurahan", "Mekar Jaya"),
        ("kelurahan", "Mekar Sari"),
    ]
    assert ask("SELECT value -> 'is_demo', value ->> 'city_code' FROM setting WHERE code = 'city'") == [(False, CITY)]


def test_kecamatan_and_city_are_their_kelurahan_joined(city: Engine, ask: Ask) -> None:
    whole = {code: shapely.from_wkb(held) for code, held in ask("SELECT code, geometry FROM area")}
    for code, box in (("32.99.01", (107.0, -6.5, 107.02, -6.49)), ("32.99", (107.0, -6.5, 107.02, -6.48))):
        assert whole[code].symmetric_difference(shapely.box(*box)).area < 1e-8
        assert shapely.get_num_geometries(whole[code]) == 1


def test_the_same_file_again_changes_nothing(load_areas: Load, city: Engine, ask: Ask) -> None:
    before = ask("SELECT max(id) FROM audit_log")
    assert load_areas(kelurahan()).status == UNCHANGED
    assert ask("SELECT max(id) FROM audit_log") == before


def test_an_overlap_and_a_gap_are_repaired_and_told(load_areas: Load, ask: Ask) -> None:
    # 0.0002° is some 22 m: the first square reaches so far into its neighbour, and the third one into nothing.
    shapes = [square(0, 0, east=0.0002), square(1, 0), square(0, 1, east=-0.0002), square(1, 1)]
    shapes.append(square(2, 1))
    seen = load_areas(kelurahan(geometry=shapes[:4])).preview.as_json()
    assert seen["repaired"]["overlaps"] == 1
    assert seen["repaired"]["overlap_m2"] == pytest.approx(22.1 * 1106, rel=0.01)
    drawn = [shapely.from_wkb(held) for (held,) in ask("SELECT geometry FROM area WHERE level = 'kelurahan'")]
    assert shapely.coverage_is_valid(drawn)


def test_codes_as_numbers_and_shouted_names_are_read(load_areas: Load, ask: Ask) -> None:
    numbers = [float(code.replace(".", "")) for code in CODES]
    load_areas(kelurahan(kode=numbers, kelurahan=["SUKA MAJU", "DESA SUKA MUNDUR", "mekar jaya", "Mekar Sari"]))
    assert [name for (name,) in ask("SELECT name FROM area WHERE level = 'kelurahan' ORDER BY code")] == [
        "Suka Maju",
        "Suka Mundur",
        "Mekar Jaya",
        "Mekar Sari",
    ]


def test_codes_that_occur_twice_are_refused_by_their_rows(load_areas: Load, ask: Ask) -> None:
    with pytest.raises(UnusableInputError, match=r"32\.99\.01\.1001 in numbers 1, 2") as error:
        load_areas(kelurahan(kode=(CODES[0], CODES[0], CODES[2], CODES[3])))
    assert reason(error) == "areas_duplicates"
    assert ask("SELECT count(*) FROM area") == [(0,)]


def test_parts_of_one_area_in_several_rows_are_joined_when_asked(load_areas: Load, ask: Ask) -> None:
    load_areas(kelurahan(kode=(CODES[0], CODES[0], CODES[2], CODES[3])), is_merging_parts=True)
    assert ask("SELECT count(*) FROM area WHERE level = 'kelurahan'") == [(3,)]


def test_areas_of_another_city_are_refused_or_left_out(load_areas: Load, ask: Ask) -> None:
    mixed = kelurahan(kode=(*CODES[:3], "32.16.01.2001"))
    with pytest.raises(UnusableInputError, match=r"1 of its 4 areas belong to 32\.16"):
        load_areas(mixed)
    load_areas(mixed, is_only_city=True)
    assert ask("SELECT count(*) FROM area WHERE level = 'kelurahan'") == [(3,)]


def test_a_second_city_is_refused(load_areas: Load, city: Engine) -> None:
    with pytest.raises(UnusableInputError) as error:
        load_areas(kelurahan(), city_code="32.16", city_name="Kabupaten Lain")
    assert reason(error) == "areas_city_differs"


def test_bps_codes_are_refused_in_words(load_areas: Load) -> None:
    frame = kelurahan(kode=("3299010001", "3299010002", "3299020001", "3299020002"))
    with pytest.raises(UnusableInputError, match="BPS"):
        load_areas(frame)


def test_areas_without_codes_are_known_by_name_once_the_city_is_there(load_areas: Load, city: Engine) -> None:
    nameless = kelurahan().drop(columns="kode")
    nameless["kelurahan"] = [name.upper() for name in nameless["kelurahan"]]
    assert load_areas(nameless).status == UNCHANGED


def test_right_codes_on_wrong_ground_are_refused(load_areas: Load, city: Engine, tmp_path: Path) -> None:
    moved = shapely.transform(kelurahan().geometry.to_numpy(), lambda xy: xy + 1.0)
    with pytest.raises(UnusableInputError) as error:
        load_areas(raw_geojson(tmp_path / "moved.geojson", moved))
    assert reason(error) == "areas_other_ground"


def test_two_areas_on_the_same_ground_are_refused_by_their_codes(load_areas: Load) -> None:
    shapes = [square(0, 0), square(0, 0), square(0, 1), square(1, 1)]
    with pytest.raises(UnusableInputError, match=r"32\.99\.01\.1001 and 32\.99\.01\.1002"):
        load_areas(kelurahan(geometry=shapes))


def test_a_kelurahan_that_is_gone_gets_a_last_day_and_stays(load_areas: Load, city: Engine, ask: Ask) -> None:
    seen = load_areas(kelurahan().iloc[[0, 2, 3]], as_of=A_YEAR_AGO).preview
    assert seen.changes.ended == (CODES[1],)
    assert ask("SELECT valid_to FROM area WHERE code = :code", code=CODES[1]) == [(datetime.date(2025, 6, 30),)]


def test_a_file_of_one_kecamatan_ends_nothing_in_another(load_areas: Load, city: Engine) -> None:
    assert load_areas(kelurahan().iloc[[2, 3]]).status == UNCHANGED


def test_a_file_of_some_areas_keeps_the_others_when_asked(load_areas: Load, city: Engine) -> None:
    assert load_areas(kelurahan().iloc[[0, 2, 3]], is_keeping=True).status == UNCHANGED


def test_an_area_that_is_back_is_open_again(load_areas: Load, city: Engine, ask: Ask) -> None:
    load_areas(kelurahan().iloc[[0, 2, 3]], as_of=A_YEAR_AGO)
    assert load_areas(kelurahan()).preview.changes.back == (CODES[1],)
    assert ask("SELECT count(*) FROM area WHERE valid_to IS NOT NULL") == [(0,)]


def test_a_day_to_come_is_refused(load_areas: Load, city: Engine) -> None:
    with pytest.raises(UnusableInputError, match="in the future"):
        load_areas(kelurahan().iloc[[0]], as_of=datetime.date(2999, 1, 1))


def test_a_split_rw_keeps_its_measurements_and_the_new_one_begins_on_its_day(
    load_areas: Load, city: Engine, ask: Ask
) -> None:
    half = [shapely.box(107.0, -6.5, 107.005, -6.49), shapely.box(107.005, -6.5, 107.01, -6.49)]
    quarter = [shapely.box(107.005, -6.5, 107.01, -6.495), shapely.box(107.005, -6.495, 107.01, -6.49)]
    rw = kelurahan().iloc[[0, 0]].assign(kode=CODES[0], rw=[1, 2])
    load_areas(rw.set_geometry(half, crs=4326), level="rw")
    with city.begin() as connection:
        connection.execute(
            text("INSERT INTO nomination (rw_code, month, reason, nominated_by) VALUES (:rw, '2025-05-01', 'x', 'y')"),
            {"rw": f"{CODES[0]}.002"},
        )
    split = kelurahan().iloc[[0, 0, 0]].assign(kode=CODES[0], rw=[1, 3, 4])
    load_areas(split.set_geometry([half[0], *quarter], crs=4326), level="rw", as_of=A_YEAR_AGO)
    assert ask("SELECT right(code, 3), valid_from, valid_to FROM area WHERE level = 'rw' ORDER BY code") == [
        ("001", datetime.date(1900, 1, 1), None),
        ("002", datetime.date(1900, 1, 1), datetime.date(2025, 6, 30)),
        ("003", A_YEAR_AGO, None),
        ("004", A_YEAR_AGO, None),
    ]
    assert ask("SELECT rw_code FROM nomination") == [(f"{CODES[0]}.002",)]


def test_loading_into_the_demo_is_refused_with_what_to_do(load_areas: Load, database: Engine) -> None:
    with database.begin() as connection:
        connection.execute(
            text('INSERT INTO setting (code, value) VALUES (\'city\', \'{"city_code": "32.75", "is_demo": true}\')')
        )
    with pytest.raises(UnusableInputError, match="demo --clear"):
        load_areas(kelurahan())


def test_two_rws_merged_in_mid_year_end_and_keep_their_months(load_areas: Load, city: Engine, ask: Ask) -> None:
    half = [shapely.box(107.0, -6.5, 107.005, -6.49), shapely.box(107.005, -6.5, 107.01, -6.49)]
    rw = kelurahan().iloc[[0, 0]].assign(kode=CODES[0], rw=[1, 2])
    load_areas(rw.set_geometry(half, crs=4326), level="rw")
    with city.begin() as connection:
        connection.execute(
            text("INSERT INTO growth_month (rw_code, month, age_band, sex) VALUES (:rw, '2025-05-01', '0-5', 1)"),
            {"rw": f"{CODES[0]}.002"},
        )
    merged = kelurahan().iloc[[0]].assign(kode=CODES[0], rw=[3])
    seen = load_areas(merged.set_geometry([square(0, 0)], crs=4326), level="rw", as_of=A_YEAR_AGO).preview
    assert (seen.changes.new, seen.changes.ended) == ((f"{CODES[0]}.003",), (f"{CODES[0]}.001", f"{CODES[0]}.002"))
    assert ask("SELECT rw_code FROM growth_month") == [(f"{CODES[0]}.002",)]


def test_parts_and_heights_of_an_outline_are_kept_and_flattened(load_areas: Load, ask: Ask) -> None:
    island = shapely.box(107.05, -6.5, 107.06, -6.49)
    shapes = [shapely.force_3d(shapely.MultiPolygon([square(0, 0), island]), 12.0), square(1, 0), square(0, 1)]
    load_areas(kelurahan(geometry=[*shapes, square(1, 1)]))
    ((held,),) = ask("SELECT geometry FROM area WHERE code = :code", code=CODES[0])
    outline = shapely.from_wkb(held)
    assert (shapely.get_num_geometries(outline), shapely.has_z(outline)) == (2, False)
    assert outline.area == pytest.approx(2 * 1e-4, rel=1e-4)
