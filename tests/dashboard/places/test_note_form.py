"""Who is offered the form for a note on a place."""

import pytest

from dashboard.access import Viewer
from dashboard.places.note_form import may_write
from dashboard.places.place import Place
from data.scope import Scope

RW = Place("32.75.01.1001.001", "rw", "RW 001", "", (), ())
KELURAHAN = Place("32.75.01.1001", "kelurahan", "Kelurahan Atas", "", (), ())
KECAMATAN = Place("32.75.01", "kecamatan", "Kecamatan Timur", "", (), ())
CITY = Place("32.75", "kota", "Kota", "", (), ())
PUSKESMAS = Place("PKM-1", "puskesmas", "Puskesmas Atas", "", (), ())
EVERY = (RW, KELURAHAN, KECAMATAN, CITY, PUSKESMAS)


@pytest.mark.parametrize(
    ("role", "area_code", "facility_code", "offered"),
    [
        ("planner", "", "", EVERY),
        ("camat", "32.75.01", "", (RW, KELURAHAN, KECAMATAN)),
        ("lurah", "32.75.01.1001", "", (RW, KELURAHAN)),
        ("lurah", "32.75.01.100", "", (RW,)),
        ("puskesmas", "", "PKM-1", (RW, PUSKESMAS)),
        ("puskesmas", "", "PKM-2", (RW,)),
        ("mayor", "", "", ()),
        ("screen", "", "", ()),
    ],
)
def test_a_note_is_offered_on_the_own_places_only(
    role: str, area_code: str, facility_code: str, offered: tuple[Place, ...]
) -> None:
    viewer = Viewer(role, role, Scope(role, ()), area_code=area_code, facility_code=facility_code)
    assert tuple(place for place in EVERY if may_write(viewer, place)) == offered
