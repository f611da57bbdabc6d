"""The first page says to each role what waits for them, and nothing of another's."""

import datetime

import pytest
from sqlalchemy import Engine, text

from dashboard import cache
from dashboard.access import CAMAT, LURAH, MAYOR, OPD, PLANNER, PUSKESMAS, SCREEN, Viewer, viewer_as
from dashboard.landing.waiting import title_for, waiting
from data.rakor.meetings import Meeting, add_meeting
from data.rakor.promises import Owner, Promise, add_promise
from data.rakor.signing import sign_month
from data.scope import writing_connection
from tests.conftest import DatabaseMaker
from tests.dashboard.page_reader import forget
from tests.data.access import two_kecamatan
from tests.data.access.people import PEOPLE
from tests.data.pusing.hand_written import KECAMATAN, KELURAHAN, MONTHS

TODAY = datetime.date(2026, 11, 21)
VIEWERS = {
    PLANNER: viewer_as(PLANNER, "Perencana Dinkes"),
    MAYOR: viewer_as(MAYOR, "Wali Kota"),
    CAMAT: viewer_as(CAMAT, "Camat", KECAMATAN),
    LURAH: viewer_as(LURAH, "Lurah", KELURAHAN[0]),
    PUSKESMAS: viewer_as(PUSKESMAS, "Kepala", "", "PKM-1"),
    OPD: viewer_as(OPD, "Dinas Sosial (OPD)", unit="Dinas Sosial"),
    SCREEN: viewer_as(SCREEN, "Layar rakor"),
}


@pytest.fixture
def city(new_database: DatabaseMaker, migrated_template: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    engine = new_database(migrated_template)
    with engine.begin() as connection:
        two_kecamatan.load(connection)
        connection.execute(text("DELETE FROM action_item; DELETE FROM meeting; DELETE FROM month_signoff"))
        connection.execute(text("DELETE FROM nomination_answer"))
    with writing_connection(engine, PEOPLE["planner"].scope) as connection:
        meeting = add_meeting(connection, Meeting(datetime.date(2026, 7, 7), "Rakor TW-II 2026"), "Dinkes")
        late = datetime.date(2026, 9, 30)
        for owner in (Owner("kecamatan", "Kecamatan Timur", KECAMATAN), Owner("opd", "Dinas Sosial")):
            add_promise(connection, Promise(meeting, owner, "Timbang ulang", late), "Dinkes")
    monkeypatch.setattr("dashboard.cache.keeping.opened", lambda: engine)
    forget()
    return engine


def _waiting(viewer: Viewer) -> dict[str, str]:
    version = cache.data_version(viewer.scope)
    state = cache.city_state(viewer.scope, version)
    assert state is not None
    return {item.subject: item.told for item in waiting(viewer, version, state, TODAY)}


@pytest.mark.parametrize(
    ("role", "subjects"),
    [
        (CAMAT, {"Janji", "Usulan wilayah"}),
        (LURAH, {"Usulan wilayah"}),
        (PUSKESMAS, {"Pengesahan"}),
        (OPD, {"Janji"}),
        (SCREEN, set()),
    ],
)
@pytest.mark.usefixtures("city")
def test_each_role_is_told_its_own(role: str, subjects: set[str]) -> None:
    assert set(_waiting(VIEWERS[role])) - {"Kunjungan"} == subjects


@pytest.mark.usefixtures("city")
def test_a_planner_has_the_to_do_and_a_mayor_what_needs_a_mayor() -> None:
    planner, mayor = _waiting(VIEWERS[PLANNER]), _waiting(VIEWERS[MAYOR])
    assert {"Pengesahan", "Usulan wilayah", "Janji"} <= set(planner)
    assert "Janji" in mayor
    assert "Usulan wilayah" not in mayor


@pytest.mark.usefixtures("city")
def test_a_camat_is_told_of_the_own_kelurahan_only() -> None:
    told = _waiting(VIEWERS[CAMAT])["Usulan wilayah"]
    assert "Sana" not in told


def test_a_signed_month_waits_no_more_until_newer_figures_come(city: Engine) -> None:
    with writing_connection(city, VIEWERS[PUSKESMAS].scope) as connection:
        sign_month(connection, "PKM-1", MONTHS[-1], "Kepala")
    forget()
    assert "Pengesahan" not in _waiting(VIEWERS[PUSKESMAS])
    with city.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO import_batch (kind, content_sha256, rows_read, accepted, parked, duplicates, totals,"
                " imported_at) VALUES ('eppgbm', 'y', 1, 1, 0, 0, '{}', now() + interval '1 hour')"
            )
        )
    forget()
    assert "sebelum data terakhir dimuat" in _waiting(VIEWERS[PUSKESMAS])["Pengesahan"]


@pytest.mark.parametrize("role", VIEWERS)
def test_every_role_has_a_heading(role: str) -> None:
    assert title_for(VIEWERS[role])
