"""Every page opened by every role on a city of two kecamatan: nothing of an RW outside comes to a screen or a file."""

import pytest
from sqlalchemy import Engine, text

from dashboard.access import ROLE_NAMES, Viewer, pages_of
from dashboard.reach.choices import PARTS
from tests.conftest import DatabaseMaker
from tests.dashboard.page_reader import Reader
from tests.data.access import two_kecamatan
from tests.data.access.people import PEOPLE

KINDS = ("mayor", "planner", "screen", "camat", "lurah", "puskesmas", "opd", "partner", "admin", "inspector")
PAGES = sorted(set().union(*map(pages_of, ROLE_NAMES)))
_OTHER_PLACES = ("32.75", "32.75.01", "32.75.02", two_kecamatan.OTHER_KELURAHAN, "PKM-1", "PKM-3")
ASKED: dict[str, list[dict[str, str]]] = {
    "akses": [{"akses": part} for part in PARTS],
    "wilayah": [{}, *({"wilayah": code} for code in _OTHER_PLACES)],
    "kartu": [{}, {"wilayah": two_kecamatan.OTHER_RWS[0]}],
    "puskesmas": [{}, {"wilayah": "PKM-3"}],
    "peta": [{}, {"pilih": two_kecamatan.OTHER_RWS[0]}, {"ukuran": "Waktu tempuh ke puskesmas"}, {"pilih": "PKM-3"}],
    "bandingkan": [{}, {"cara": "Dua ukuran"}, {"cara": "Putar bulan"}],
    "prioritas": [{}, {"pilih": two_kecamatan.OTHER_RWS[0]}],
    "paparan": [{}, {"tayang": "ya"}],
    "kunjungan": [{"catatan": "Daftar kunjungan"}, {"catatan": "Janji dan hasil"}],
}


@pytest.fixture(scope="module")
def city(new_database: DatabaseMaker, migrated_template: Engine) -> Engine:
    engine = new_database(migrated_template)
    with engine.begin() as connection:
        two_kecamatan.load(connection)
        # a real city, which offers no roles to try: a page must stay with the viewer that it was opened by
        connection.execute(text("DELETE FROM weight_preset; DELETE FROM travel_route"))  # rows without a real value
        connection.execute(text("UPDATE setting SET value = value || '{\"is_demo\": false}' WHERE code = 'city'"))
    return engine


def viewer_of(kind: str) -> Viewer:
    scope = PEOPLE[kind].scope
    area = scope.areas[0] if scope.areas else ""
    return Viewer(scope.role, kind, scope, area, scope.facility_code)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_page_tells_of_an_rw_outside(city: Engine, read: Reader, kind: str, page: str) -> None:
    outside = set(two_kecamatan.RWS) - PEOPLE[kind].rws
    for asked in ASKED.get(page, [{}]):
        named = next((value for value in asked.values() if value in two_kecamatan.RWS), "-")
        told = [words for words in read(city, page, viewer_of(kind), asked) if named not in words]
        assert [(code, words[:300]) for words in told for code in outside if code in words] == []
