"""A link opens a page on frozen data, in every role, with what it is written on it, and one click leads back."""

import ast
import datetime

import pytest
import streamlit as st
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from dashboard import cache
from dashboard.access import CAMAT, LURAH, MAYOR, PLANNER, PUSKESMAS, SCREEN, Viewer, viewer_as
from dashboard.snapshot.words import stamp
from data.queries.snapshots import Snapshot
from data.settings import PROJECT_ROOT
from data.snapshots import make_snapshot
from tests.conftest import DatabaseMaker
from tests.dashboard.page_reader import forget, look_at
from tests.data.access import two_kecamatan
from tests.data.access.people import PEOPLE
from tests.data.pusing.hand_written import KECAMATAN, KELURAHAN

VIEWERS = {
    PLANNER: viewer_as(PLANNER, "Perencana Dinkes"),
    MAYOR: viewer_as(MAYOR, "Wali Kota"),
    CAMAT: viewer_as(CAMAT, "Camat", KECAMATAN),
    LURAH: viewer_as(LURAH, "Lurah", KELURAHAN[0]),
    PUSKESMAS: viewer_as(PUSKESMAS, "Kepala", "", "PKM-1"),
    SCREEN: viewer_as(SCREEN, "Layar rakor"),
}


@pytest.fixture(scope="module")
def frozen(new_database: DatabaseMaker, migrated_template: Engine) -> tuple[Engine, Snapshot]:
    """A city whose live figures are gone after its snapshot was made."""
    engine = new_database(migrated_template)
    with engine.begin() as connection:
        two_kecamatan.load(connection)
        connection.execute(text("DELETE FROM weight_preset"))  # its weights are none
    made = make_snapshot(
        engine, PEOPLE["planner"].scope, "Rakor TW-III 2026", datetime.date(2026, 11, 21), "Perencana Dinkes"
    )
    with engine.begin() as connection:
        connection.execute(text("UPDATE growth_month SET stunted = 0, severely_stunted = 0, haz_valid = 1000"))
    return engine, made


def _open(
    frozen: tuple[Engine, Snapshot], page: str, viewer: Viewer, monkeypatch: pytest.MonkeyPatch, asked: str = ""
) -> AppTest:
    look_at(frozen[0], monkeypatch)
    monkeypatch.setattr(st, "page_link", lambda *_, **__: None)
    monkeypatch.setattr("streamlit.delta_generator.DeltaGenerator.page_link", lambda *_, **__: None)
    app = AppTest.from_file(str(PROJECT_ROOT / "pages" / f"{page}.py"), default_timeout=60)
    app.session_state["peran"] = viewer
    if asked:
        app.query_params["snapshot"] = asked
    return app.run()


def _html(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def test_the_link_shows_then_and_says_so_and_one_click_leads_back(
    frozen: tuple[Engine, Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    live = _open(frozen, "ringkasan", VIEWERS[PLANNER], monkeypatch)
    app = _open(frozen, "ringkasan", VIEWERS[PLANNER], monkeypatch, frozen[1].id)
    assert not app.exception
    assert stamp(frozen[1]) in _html(app)
    assert "21 November 2026, no." in stamp(frozen[1])
    assert '<div class="figure">48</div>' in _html(app)
    assert '<div class="figure">0</div>' in _html(live)
    app.run()
    assert "Potret data" in _html(app)
    app.button(key="tinggalkan-potret").click().run()
    assert "Potret data" not in _html(app)
    assert '<div class="figure">0</div>' in _html(app)


def test_a_snapshot_that_is_not_there_is_told_and_live_data_shown(
    frozen: tuple[Engine, Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = _open(frozen, "ringkasan", VIEWERS[PLANNER], monkeypatch, "77-deadbeef")
    assert "77-deadbeef tidak ada" in app.warning[0].value
    assert "Potret data:" not in _html(app)


@pytest.mark.parametrize("role", VIEWERS)
@pytest.mark.parametrize(
    "page", ["ringkasan", "peta", "tren", "prioritas", "rotasi", "usulan", "kunjungan", "intervensi"]
)
def test_every_page_opens_on_it_and_offers_no_act(
    frozen: tuple[Engine, Snapshot], monkeypatch: pytest.MonkeyPatch, role: str, page: str
) -> None:
    viewer = VIEWERS[role]
    if not viewer.sees(page):
        pytest.skip("not a page of this role")
    app = _open(frozen, page, viewer, monkeypatch, frozen[1].id)
    assert not app.exception
    assert stamp(frozen[1]) in _html(app)
    assert [form for form in app.get("form") if form] == []


def test_where_a_snapshot_is_read_nobody_may_do_anything_and_writing_pages_are_none(
    frozen: tuple[Engine, Snapshot],
) -> None:
    inside = VIEWERS[PLANNER].reading(frozen[1].frozen)
    assert not inside.may("import")
    assert VIEWERS[PLANNER].may("import")
    assert inside.sees("peta")
    assert not inside.sees("impor")


def test_what_is_kept_of_a_snapshot_and_of_live_data_is_apart(
    frozen: tuple[Engine, Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    forget()
    monkeypatch.setattr("dashboard.cache.keeping.opened", lambda: frozen[0])
    scope = VIEWERS[LURAH].scope
    inside = scope.reading(frozen[1].frozen)
    since = datetime.date(2000, 1, 1)
    live = cache.city_months(scope, cache.data_version(scope), since)
    then = cache.city_months(inside, cache.data_version(inside), since)
    assert int(live["stunted"].sum()) == 0
    assert int(then["stunted"].sum()) > 0
    assert cache.data_version(inside) != cache.data_version(scope)


def test_the_whole_city_behind_a_rate_is_the_frozen_one_too(
    frozen: tuple[Engine, Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    forget()
    monkeypatch.setattr("dashboard.cache.keeping.opened", lambda: frozen[0])
    inside = VIEWERS[PLANNER].scope.reading(frozen[1].frozen)
    state = cache.city_state(inside, cache.data_version(inside))
    assert state is not None
    assert state.latest_month is not None
    table = cache.rw_month(inside, cache.data_version(inside), state.latest_month, ("0-5", "6-23", "24-59"), (1, 2))
    assert int(table["stunted"].sum()) == 48


def test_what_is_read_of_the_whole_city_is_read_of_the_version_asked_for() -> None:
    named = {
        function.name
        for module in (PROJECT_ROOT / "dashboard" / "cache").glob("*.py")
        for function in ast.parse(module.read_text()).body
        if isinstance(function, ast.FunctionDef)
        and any(isinstance(node, ast.Name) and node.id == "ENGINE" for node in ast.walk(function))
    }
    assert named == {"engine_of"}, "read with engine_of(version): ENGINE alone would show live data in a snapshot"
