"""Every place knows what holds it and which RWs are in it."""

import pandas as pd
import pytest

from dashboard.places.place import CITY, KECAMATAN, KELURAHAN, PUSKESMAS, RW, Place, index_of

RWS = ["32.75.01.1001.001", "32.75.01.1001.002", "32.75.01.1002.001"]


@pytest.fixture
def index() -> dict[str, Place]:
    places = pd.DataFrame(
        [
            ("32.75.01", "kecamatan", "Timur", "32.75"),
            ("32.75.01.1001", "kelurahan", "Atas", "32.75.01"),
            ("32.75.01.1002", "kelurahan", "Bawah", "32.75.01"),
        ],
        columns=["code", "level", "name", "parent_code"],
    )
    rws = pd.DataFrame({"code": RWS, "rw_name": ["RW 001", "RW 002", "RW 001"], "kecamatan": "Timur"})
    rws = rws.assign(kelurahan_code=rws["code"].str[:13], kelurahan=["Atas", "Atas", "Bawah"])
    facilities = pd.DataFrame(
        [("P1", "puskesmas", "Puskesmas Atas"), ("P2", "puskesmas", "Puskesmas Sepi"), ("K1", "klinik", "Klinik")],
        columns=["code", "kind", "name"],
    )
    served = pd.DataFrame({"rw_code": [RWS[0], RWS[2]], "facility_code": "P1"})
    return index_of("32.75", "Kota Contoh", places, rws, facilities, served)


def test_places_of_every_level_are_found_in_order(index: dict[str, Place]) -> None:
    levels = [place.level for place in index.values()]
    assert levels == [CITY, KECAMATAN, KELURAHAN, KELURAHAN, RW, RW, RW, PUSKESMAS]


def test_the_way_up_leads_from_the_city_down(index: dict[str, Place]) -> None:
    assert index[RWS[0]].above == ("32.75", "32.75.01", "32.75.01.1001")


def test_a_wilayah_kerja_may_lie_in_several_kelurahan(index: dict[str, Place]) -> None:
    place = index["P1"]
    assert place.rw_codes == (RWS[0], RWS[2])
    assert not place.holds("32.75.01.1001")
    assert place.holds(RWS[2])


def test_a_puskesmas_that_serves_nobody_has_no_page(index: dict[str, Place]) -> None:
    assert "P2" not in index


def test_a_kelurahan_does_not_hold_one_whose_code_begins_alike(index: dict[str, Place]) -> None:
    assert not index["32.75.01.1001"].holds("32.75.01.10011")
    assert index["32.75.01.1001"].holds("32.75.01.1001.001")
