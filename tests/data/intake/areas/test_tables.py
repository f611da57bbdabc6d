"""Tables of RWs, facilities and service areas, in the city of four squares."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
import shapely
from sqlalchemy import Engine

from data.errors import UnusableInputError
from data.intake.areas import facilities, service_areas
from data.intake.areas.load import IMPORTED, UNCHANGED
from data.intake.places import UnknownPlace
from data.scope import writing_connection
from tests.data.intake.areas.conftest import A_YEAR_AGO, SCOPE
from tests.data.intake.areas.squares import CODES, inside, kelurahan, table

Ask, LoadRws = Callable[..., list[Any]], Callable[..., Any]
HEAD = ("Kelurahan", "RW", "Lintang", "Bujur")
WEST_HALF, EAST_HALF = inside(0, 0, 0.25), inside(0, 0, 0.75)
TWO = table(HEAD, ("SUKA MAJU", 1, *WEST_HALF), ("Kel. Suka Maju", "RW 02", *EAST_HALF))
A, B = f"{CODES[0]}.001", f"{CODES[0]}.002"


def outlines(ask: Ask) -> dict[str, Any]:
    found = ask("SELECT code, geometry FROM area WHERE level = 'rw' AND geometry IS NOT NULL")
    return {code: shapely.from_wkb(held) for code, held in found}


def test_rws_with_points_share_their_kelurahan_by_the_line_between_them(
    city: Engine, load_rws: LoadRws, ask: Ask
) -> None:
    assert load_rws(TWO).status == IMPORTED
    drawn = outlines(ask)
    assert drawn[A].bounds == pytest.approx((107.0, -6.5, 107.005, -6.49), abs=1e-6)
    assert drawn[B].bounds == pytest.approx((107.005, -6.5, 107.01, -6.49), abs=1e-6)
    assert ask("SELECT DISTINCT geometry_source, point_source FROM area WHERE level = 'rw'") == [
        ("approximate", "posyandu")
    ]


def test_the_same_table_again_changes_nothing(city: Engine, load_rws: LoadRws) -> None:
    load_rws(TWO)
    assert load_rws(TWO).status == UNCHANGED


def test_a_decimal_comma_is_read(city: Engine, load_rws: LoadRws, ask: Ask) -> None:
    load_rws(table(HEAD, ("Suka Maju", 1, "-6,495", "107,005")))
    assert ask("SELECT point_lat, point_lon FROM area WHERE level = 'rw'") == [(-6.495, 107.005)]


def test_a_point_outside_its_kelurahan_is_told_and_not_used(city: Engine, load_rws: LoadRws, ask: Ask) -> None:
    rows = [("Suka Maju", number, *inside(0, 0, number / 10)) for number in range(1, 6)]
    seen = load_rws(table(HEAD, *rows, ("Suka Maju", 6, *inside(1, 1)))).preview
    assert seen.drawn.outside == (f"{CODES[0]}.006",)
    assert len(outlines(ask)) == 5
    assert ask("SELECT point_source, geometry_source FROM area WHERE code = :code", code=f"{CODES[0]}.006") == [
        ("none", "none")
    ]


def test_a_kelurahan_with_few_points_is_not_drawn(city: Engine, load_rws: LoadRws, ask: Ask) -> None:
    seen = load_rws(table(HEAD, ("Suka Maju", 1, *WEST_HALF), ("Suka Maju", 2, "", ""))).preview
    assert seen.drawn.undrawn == (CODES[0],)
    assert outlines(ask) == {}


def test_two_rws_on_one_spot_are_told(city: Engine, load_rws: LoadRws) -> None:
    rows = [("Suka Maju", number, *inside(0, 0, number / 10)) for number in range(1, 6)]
    assert load_rws(table(HEAD, *rows, ("Suka Maju", 6, *rows[0][2:]))).preview.drawn.coincident == (f"{CODES[0]}.006",)


def test_drawn_outlines_are_never_replaced_by_approximate_ones(
    city: Engine, load_areas: Callable[..., Any], load_rws: LoadRws, ask: Ask
) -> None:
    rw = kelurahan().iloc[[0, 0]].assign(kode=CODES[0], rw=[1, 2])
    halves = [shapely.box(107.0, -6.5, 107.002, -6.49), shapely.box(107.002, -6.5, 107.01, -6.49)]
    load_areas(rw.set_geometry(halves, crs=4326), level="rw")
    before = outlines(ask)
    load_rws(table(HEAD, ("Suka Maju", 1, *inside(0, 0, 0.1)), ("Suka Maju", 2, *EAST_HALF)))
    assert outlines(ask) == before
    assert ask("SELECT DISTINCT geometry_source FROM area WHERE level = 'rw'") == [("official",)]


def test_an_rw_that_the_table_lacks_ends_and_one_that_it_has_more_begins(
    city: Engine, load_rws: LoadRws, ask: Ask
) -> None:
    load_rws(TWO)
    load_rws(table(HEAD, ("Suka Maju", 1, *WEST_HALF), ("Suka Maju", 3, *EAST_HALF)), as_of=A_YEAR_AGO)
    assert ask("SELECT right(code, 3), valid_from, valid_to FROM area WHERE level = 'rw' ORDER BY code") == [
        ("001", datetime.date(1900, 1, 1), None),
        ("002", datetime.date(1900, 1, 1), datetime.date(2025, 6, 30)),
        ("003", A_YEAR_AGO, None),
    ]


def test_a_swapped_point_is_put_right_and_told(city: Engine, load_rws: LoadRws, ask: Ask) -> None:
    seen = load_rws(table(HEAD, ("Suka Maju", 1, *WEST_HALF), ("Suka Maju", 2, *reversed(EAST_HALF)))).preview
    assert (seen.turned, seen.numbers[B]) == ((B,), 3)
    assert ask("SELECT point_lat, point_lon FROM area WHERE code = :code", code=B) == [EAST_HALF]


def test_a_point_outside_indonesia_is_a_fault_of_its_row(city: Engine, load_rws: LoadRws) -> None:
    with pytest.raises(UnusableInputError, match=r"row 2 has a point outside Indonesia \(51.5; 0\)"):
        load_rws(table(HEAD, ("Suka Maju", 1, 51.5, 0)))


def test_rows_set_aside_are_told_and_end_nothing(city: Engine, load_rws: LoadRws, ask: Ask) -> None:
    load_rws(TWO)
    some = table(HEAD, ("Suka Maju", 1, *WEST_HALF), ("Suka Maju", "dua", *EAST_HALF))
    seen = load_rws(some, is_setting_aside=True).preview
    assert [(fault.row, fault.reason) for fault in seen.set_aside] == [(3, "rw_invalid")]
    assert ask("SELECT count(*) FROM area WHERE level = 'rw' AND valid_to IS NULL") == [(2,)]


def test_a_table_with_no_row_of_use_is_refused_even_then(city: Engine, load_rws: LoadRws) -> None:
    with pytest.raises(UnusableInputError, match="row 2 has no RW number"):
        load_rws(table(HEAD, ("Suka Maju", "dua", "", "")), is_setting_aside=True)


def test_an_unknown_kelurahan_is_told_as_the_crosswalk_would_remember_it(city: Engine, load_rws: LoadRws) -> None:
    rows = (("Suka Maju", 1, *WEST_HALF), ("Sk. Maju", 2, *EAST_HALF))
    (fault,) = load_rws(table(HEAD, *rows), is_setting_aside=True).preview.set_aside
    assert fault.unknown == UnknownPlace("kelurahan", "", "skmaju", "", "Sk. Maju", "")


def test_rows_that_cannot_be_used_are_named_with_their_fault(city: Engine, load_rws: LoadRws, ask: Ask) -> None:
    with pytest.raises(UnusableInputError) as error:
        load_rws(table(HEAD, ("Suka Majuu", 1, "", ""), ("Suka Maju", "x", "", ""), ("Suka Maju", 3, "-6.4", "")))
    told = str(error.value)
    assert "row 2 names a kelurahan that is not here (Suka Majuu)" in told
    assert "row 3 has no RW number (x)" in told
    assert "row 4 has half a point" in told
    assert ask("SELECT count(*) FROM area WHERE level = 'rw'") == [(0,)]


def test_a_spelling_told_once_is_remembered(city: Engine, load_rws: LoadRws, ask: Ask) -> None:
    odd = table(HEAD, ("Sk Maju", 1, *WEST_HALF))
    load_rws(odd, aliases=[f"Sk Maju={CODES[0]}"])
    assert load_rws(odd).status == UNCHANGED


PLACES = table(
    ("jenis", "nama", "kelurahan", "lat", "lon", "mitra"),
    ("Puskesmas", "SUKA MAJU", "", *inside(0, 0), ""),
    ("RS", "RS Mekar", "Mekar Jaya", *inside(0, 1), "ya"),
    ("Klinik", "Klinik Sari", "Mekar Sari", "", "", "tidak"),
)


@pytest.fixture
def load_facilities(city: Engine) -> Callable[..., facilities.FacilityOutcome]:
    def load(content: bytes, **options: Any) -> facilities.FacilityOutcome:
        with writing_connection(city, SCOPE) as connection:
            return facilities.commit(connection, content, "a table", **options)

    return load


def test_facilities_get_their_kind_their_kelurahan_and_a_code(load_facilities: Callable[..., Any], ask: Ask) -> None:
    load_facilities(PLACES)
    assert ask("SELECT code, kind, name, area_code, is_partner FROM facility ORDER BY code") == [
        ("KLINIK-sari", "klinik", "Klinik Sari", CODES[3], False),
        ("PUSKESMAS-sukamaju", "puskesmas", "Puskesmas Suka Maju", CODES[0], False),
        ("RUMAH-SAKIT-mekar", "rumah_sakit", "RS Mekar", CODES[2], True),
    ]


def test_the_same_facilities_again_change_nothing(load_facilities: Callable[..., Any]) -> None:
    load_facilities(PLACES)
    assert load_facilities(PLACES).status == UNCHANGED


def test_a_table_that_says_less_takes_nothing_away(load_facilities: Callable[..., Any], ask: Ask) -> None:
    load_facilities(PLACES)
    load_facilities(table(("jenis", "nama"), ("rumah sakit", "RS Mekar")))
    assert ask("SELECT is_partner, lat IS NOT NULL FROM facility WHERE kind = 'rumah_sakit'") == [(True, True)]


def test_a_facility_with_swapped_coordinates_is_put_right_and_told(
    load_facilities: Callable[..., Any], ask: Ask
) -> None:
    swapped = table(("jenis", "nama", "lat", "lon"), ("puskesmas", "Suka", *reversed(inside(0, 0))))
    assert load_facilities(swapped).preview.turned == ("Puskesmas Suka",)
    assert ask("SELECT lat, lon FROM facility") == [inside(0, 0)]


def test_a_table_with_rows_set_aside_closes_nothing(load_facilities: Callable[..., Any], ask: Ask) -> None:
    load_facilities(PLACES)
    head = ("jenis", "nama", "lat", "lon")
    some = table(head, ("puskesmas", "Baru", "", ""), ("puskesmas", "Suka Maju", "satu", "dua"))
    seen = load_facilities(some, is_complete=True, is_setting_aside=True).preview
    assert [(fault.row, fault.reason) for fault in seen.set_aside] == [(3, "number_invalid")]
    assert ask("SELECT count(*) FROM facility WHERE valid_to IS NOT NULL") == [(0,)]


def test_only_a_complete_table_closes_what_it_lacks(load_facilities: Callable[..., Any], ask: Ask) -> None:
    load_facilities(PLACES)
    one = table(("jenis", "nama"), ("puskesmas", "Puskesmas Baru"))
    load_facilities(one)
    assert ask("SELECT count(*) FROM facility WHERE valid_to IS NOT NULL") == [(0,)]
    load_facilities(one, is_complete=True, as_of=A_YEAR_AGO)
    assert ask("SELECT name, valid_to FROM facility WHERE valid_to IS NOT NULL") == [
        ("Puskesmas Suka Maju", datetime.date(2025, 6, 30))
    ]


def test_a_point_in_another_kelurahan_than_the_one_stated_is_told(load_facilities: Callable[..., Any]) -> None:
    head = ("jenis", "nama", "kelurahan", "lat", "lon")
    seen = load_facilities(table(head, ("puskesmas", "Suka", "Mekar Sari", *inside(0, 0)))).preview
    assert seen.other_kelurahan == ("Puskesmas Suka",)


@pytest.fixture
def load_services(
    load_facilities: Callable[..., Any], load_rws: LoadRws, city: Engine
) -> Callable[..., service_areas.ServiceOutcome]:
    load_facilities(table(("jenis", "nama"), ("puskesmas", "Suka"), ("puskesmas", "Mekar")))
    load_rws(TWO)

    def load(content: bytes, **options: Any) -> service_areas.ServiceOutcome:
        with writing_connection(city, SCOPE) as connection:
            return service_areas.commit(connection, content, "a table", **options)

    return load


SERVICES = "SELECT right(rw_code, 3), facility_code, valid_from, valid_to FROM service_area ORDER BY 1, 3"
BEGINNING = datetime.date(1900, 1, 1)


def test_a_row_without_rw_speaks_of_the_whole_kelurahan(load_services: Callable[..., Any], ask: Ask) -> None:
    load_services(table(("kelurahan", "puskesmas"), ("Suka Maju", "PKM Suka")))
    assert ask(SERVICES) == [
        ("001", "PUSKESMAS-suka", BEGINNING, None),
        ("002", "PUSKESMAS-suka", BEGINNING, None),
    ]


def test_an_rw_that_changes_hands_keeps_its_earlier_puskesmas_until_the_day_before(
    load_services: Callable[..., Any], ask: Ask
) -> None:
    load_services(table(("kelurahan", "puskesmas"), ("Suka Maju", "Suka")))
    head = ("kode rw", "puskesmas", "sejak")
    assert load_services(table(head, (A, "Puskesmas Mekar", "01/07/2025"))).preview.moved == (A,)
    assert ask(SERVICES) == [
        ("001", "PUSKESMAS-suka", BEGINNING, datetime.date(2025, 6, 30)),
        ("001", "PUSKESMAS-mekar", A_YEAR_AGO, None),
        ("002", "PUSKESMAS-suka", BEGINNING, None),
    ]


def test_unknown_puskesmas_and_rw_are_refused_by_their_rows(load_services: Callable[..., Any]) -> None:
    head = ("kelurahan", "rw", "puskesmas")
    with pytest.raises(UnusableInputError) as error:
        load_services(table(head, ("Suka Maju", 1, "Entah"), ("Suka Maju", 9, "Suka")))
    assert "row 2 names a puskesmas that is not here (Entah)" in str(error.value)
    assert "row 3 names an RW that is not here" in str(error.value)


def test_an_rw_that_ended_without_a_puskesmas_is_given_to_one_and_then_stays_with_it(
    load_services: Callable[..., Any], load_rws: LoadRws, ask: Ask
) -> None:
    load_rws(table(HEAD, ("Suka Maju", 1, *WEST_HALF)), as_of=A_YEAR_AGO)
    table_of_kelurahan = table(("kelurahan", "puskesmas"), ("Suka Maju", "Suka"))
    seen = load_services(table_of_kelurahan).preview
    assert (len(seen.new), seen.lacking) == (2, 0)
    load_services(table(("kelurahan", "puskesmas"), ("Suka Maju", "Mekar")), as_of=A_YEAR_AGO)
    assert ask("SELECT right(rw_code, 3), facility_code FROM rembuk_last_holders()") == [("002", "PUSKESMAS-suka")]
