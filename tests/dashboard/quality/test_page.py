"""Mutu data: every part at every level shows something true, for planner and puskesmas, and an empty city says so."""

import pandas as pd
import pytest
import streamlit as st
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from dashboard.access import CAMAT, MAYOR, PLANNER, PUSKESMAS, Viewer, viewer_as
from dashboard.quality.choices import CHECKS, FIRST, LEVEL_NAMES, REPORTS, TARGETS
from dashboard.quality.targets import sources
from data.schema import quality_month
from data.settings import PROJECT_ROOT
from tests.conftest import DatabaseMaker
from tests.data.access import two_kecamatan

PLANNING = viewer_as(PLANNER, "Perencana")
HEAD = viewer_as(PUSKESMAS, "Kepala", "", "PKM-1")


@pytest.fixture(scope="module")
def city(new_database: DatabaseMaker, migrated_template: Engine) -> Engine:
    engine = new_database(migrated_template)
    with engine.begin() as connection:
        two_kecamatan.load(connection)
    return engine


def opened(database: Engine, viewer: Viewer, monkeypatch: pytest.MonkeyPatch, **asked: str) -> AppTest:
    st.cache_resource.clear()
    monkeypatch.setattr("dashboard.cache.keeping.opened", lambda: database)
    monkeypatch.setattr("dashboard.downloads.engine", lambda: database)
    monkeypatch.setattr("dashboard.cache.demo_roles", lambda _version: {viewer.name: viewer})
    app = AppTest.from_file(str(PROJECT_ROOT / "pages" / "mutu.py"), default_timeout=60)
    app.session_state["peran"] = viewer
    for name, value in asked.items():
        app.query_params[name] = value
    app.run()
    assert [fault.message for fault in app.exception] == []
    return app


def told(app: AppTest) -> str:
    found = [*app.markdown, *app.caption, *app.info, *app.success]
    return " ".join([*(str(part.value) for part in found), *(str(part.proto.body) for part in app.get("html"))])


@pytest.mark.parametrize("part", [CHECKS, REPORTS, FIRST, TARGETS])
@pytest.mark.parametrize("level", LEVEL_NAMES.values())
def test_every_part_opens_at_every_level(city: Engine, monkeypatch: pytest.MonkeyPatch, part: str, level: str) -> None:
    assert told(opened(city, PLANNING, monkeypatch, bagian=part, tingkat=level))


def test_a_place_with_few_lengths_has_no_grade_and_says_why(city: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = told(opened(city, PLANNING, monkeypatch, tingkat="RW"))
    assert "belum cukup data" in shown
    assert "baru 9 hasil ukur" in shown


def test_a_puskesmas_reads_the_own_levels_only(city: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(city, HEAD, monkeypatch)
    assert app.selectbox(key="tingkat").options == ["Puskesmas", "RW", "Posyandu"]
    assert len(app.selectbox(key="di-puskesmas").options) == 1


def test_a_posyandu_of_the_register_that_never_wrote_is_named(city: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(city, PLANNING, monkeypatch, bagian=REPORTS, tingkat="RW")
    grid = app.dataframe[0].value
    assert "Posyandu Mawar" in set(grid["Posyandu"])
    assert "kosong" in set(grid[grid["Posyandu"] == "Posyandu Mawar"].iloc[0])


def test_sources_stand_side_by_side_and_an_unknown_one_is_blank(city: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(city, PLANNING, monkeypatch, bagian=TARGETS, tingkat="Kelurahan")
    shown = app.dataframe[0].value.set_index("Sumber")["Balita"]
    assert shown["Dukcapil (penduduk tercatat)"] == "90"
    assert shown["BPS (proyeksi penduduk)"] == "–"


def test_an_approximate_figure_is_told_as_one() -> None:
    figures = pd.DataFrame(
        {
            "area_code": ["32.75"],
            "source": ["bps"],
            "as_of": [pd.Timestamp("2026-07-01").date()],
            "children": [200],
            "is_approximate": [True],
            "citation": ["BPS"],
        }
    )
    found = sources(pd.DataFrame({"s_target": [100.0], "k_enrolled": [None]}), figures, "32.75").set_index("source")
    assert found.loc["BPS (proyeksi penduduk)", "told"] == "sekitar; BPS, 1 Juli 2026"
    assert pd.isna(found.loc["Terdaftar, punya KMS atau buku KIA (K)", "children"])


def test_the_page_is_for_planner_and_puskesmas() -> None:
    assert PLANNING.sees("mutu")
    assert HEAD.sees("mutu")
    assert not any(viewer_as(role, role, area).sees("mutu") for role, area in ((MAYOR, ""), (CAMAT, "32.75.01")))


def test_a_city_without_weighings_says_what_to_do(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = told(opened(engine, PLANNING, monkeypatch))
    assert "kosong" in shown or "muat berkas" in shown


def test_two_names_of_one_posyandu_are_joined_and_parted_by_a_planner_only(
    city: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with city.begin() as connection:
        code = connection.scalar(text("SELECT min(rw_code) FROM posyandu_alias"))
        connection.execute(text("INSERT INTO posyandu_alias VALUES (:rw, 'melatii', 'Melati I', NULL)"), {"rw": code})
        columns = ", ".join(column.name for column in quality_month.columns if column.name != "posyandu")
        connection.execute(
            text(
                f"INSERT INTO quality_month (posyandu, {columns}) SELECT 'Melati I', {columns} FROM quality_month"
                " WHERE rw_code = :rw AND posyandu = 'Melati'"
            ),
            {"rw": code},
        )
    app = opened(city, PLANNING, monkeypatch, tingkat="Posyandu")
    box = next(box for box in app.selectbox if box.label.startswith("Hitung nama ini"))
    assert box.options in (["Melati I"], ["Melati"])
    box.select(box.options[0]).run()
    next(button for button in app.button if button.label == "Gabungkan").click().run()
    assert not app.exception
    with city.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM posyandu_alias WHERE decided_by IS NOT NULL")) == 1
    assert not [box for box in opened(city, HEAD, monkeypatch, tingkat="Posyandu").selectbox if "Hitung" in box.label]
