"""Kelengkapan: every gap has its words, and the page shows them to planners and administrators only."""

import pytest
import streamlit as st
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from dashboard.access import ADMIN, CAMAT, PLANNER, Viewer, viewer_as
from dashboard.cli.doctor import GAPS_IN_WORDS
from dashboard.completeness.view import listed
from dashboard.completeness.words import WORDS, heading
from data.queries.completeness import PARTS, Gap
from data.settings import PROJECT_ROOT
from tests.data.test_completeness import city

TOLD_BY_OTHER_LOOKS = {"travel_missing", "travel_straight", "rw_unreached", "months_none"}


def test_every_gap_has_its_words_on_the_page_and_in_doctor() -> None:
    assert list(WORDS) == list(PARTS)
    assert set(GAPS_IN_WORDS) | TOLD_BY_OTHER_LOOKS == set(PARTS)


def test_a_heading_counts_in_indonesian() -> None:
    assert heading(Gap("rw_without_point", 1021, 2042)) == "RW tanpa titik: 1.021 dari 2.042 RW (50,0\u00a0%)"
    assert heading(Gap("travel_straight", 1, 1)) == "Waktu tempuh dari garis lurus"


def test_what_is_not_counted_is_saved_without_a_count() -> None:
    saved = listed([Gap("targets_missing", 1, 1), Gap("rw_without_point", 3, 4)])
    assert saved["Banyaknya"].isna().tolist() == [True, False]


def opened(database: Engine, viewer: Viewer, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    st.cache_resource.clear()
    monkeypatch.setattr("dashboard.cache.keeping.opened", lambda: database)
    monkeypatch.setattr("dashboard.downloads.engine", lambda: database)
    app = AppTest.from_file(str(PROJECT_ROOT / "pages" / "kelengkapan.py"), default_timeout=60)
    app.session_state["peran"] = viewer
    app.run()
    assert [fault.message for fault in app.exception] == []
    return app


@pytest.mark.parametrize("role", [PLANNER, ADMIN])
def test_the_page_tells_each_gap_with_its_cost(engine: Engine, role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    city(engine)
    told = " ".join(part.value for part in opened(engine, viewer_as(role, role), monkeypatch).markdown)
    assert "RW tanpa titik: 1 dari 2 RW" in told
    assert WORDS["rw_without_point"].cost in told
    assert WORDS["targets_missing"].title in told


def test_a_city_that_lacks_nothing_says_so(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    city(engine)
    monkeypatch.setattr("data.queries.completeness.gaps", lambda _connection: [])
    (said,) = opened(engine, viewer_as(PLANNER, "x"), monkeypatch).success
    assert "Tidak ada yang kurang" in said.value


def test_the_page_is_not_for_a_camat() -> None:
    assert not viewer_as(CAMAT, "Camat", "32.75.01").sees("kelengkapan")
    assert viewer_as(PLANNER, "x").sees("kelengkapan")
    assert viewer_as(ADMIN, "x").sees("kelengkapan")


def test_an_admin_sees_what_a_planner_sees(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    city(engine)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO growth_month (rw_code, month, age_band, sex)"
                " SELECT code, '2026-10-01', '0-5', 1 FROM area WHERE level = 'rw'"
            )
        )
    told = " ".join(part.value for part in opened(engine, viewer_as(ADMIN, "x"), monkeypatch).markdown)
    assert WORDS["rw_silent"].title not in told
