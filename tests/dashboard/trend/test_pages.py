"""Tren & target and Mengapa berubah, run as pages on a small hand-written city with six years of months."""

import datetime
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from dashboard.access import LURAH, MAYOR, PLANNER, PUSKESMAS, Viewer, viewer_as
from data.forecast import refresh_forecasts
from data.indicators.dictionary import ensure_dictionary
from data.scope import WHOLE_CITY, Scope, writing_connection
from data.settings import PROJECT_ROOT
from tests.conftest import DatabaseMaker
from tests.data.pusing import hand_written
from tests.data.pusing.hand_written import CITY, KELURAHAN, RWS

DINKES = viewer_as(PLANNER, "Perencana Dinkes")
WALI_KOTA = viewer_as(MAYOR, "Wali Kota")
LURAH_ATAS = viewer_as(LURAH, "Lurah Atas", KELURAHAN[0])
HEAD = viewer_as(PUSKESMAS, "Kepala Puskesmas Bawah", "", "PKM-2")
TREND, REAL, AHEAD = "Tren dan target", "Nyata atau kebetulan?", "Ke mana arahnya?"
PARTS = "Susunan atau angkanya?"
MONTHS = 70


def month_number(step: int) -> datetime.date:
    index = 2026 * 12 + 9 - (MONTHS - 1 - step)
    return datetime.date(index // 12, index % 12 + 1, 1)


@pytest.fixture(scope="module")
def template(new_database: DatabaseMaker, migrated_template: Engine) -> Engine:
    """Six RWs whose stunted children fall evenly; in each month two are newly stunted, and the rest recover."""
    engine = new_database(migrated_template)
    with writing_connection(engine, Scope(PLANNER, (WHOLE_CITY,), "test")) as connection:
        hand_written.load(connection)
        ensure_dictionary(connection)
        connection.execute(text("DELETE FROM growth_month"))
        rows = []
        for place, code in enumerate(RWS):
            stunted = [round(300 * 0.985**step) + 5 * place for step in range(MONTHS)]
            for step in range(MONTHS):
                fallen = stunted[step - 1] - stunted[step] if step else 0
                rows.append(
                    {
                        "rw": code, "month": month_number(step), "stunted": stunted[step], "new": 2,
                        "found": 1, "recovered": fallen + 2, "aged": 1,
                    }
                )  # fmt: skip
        connection.execute(
            text(
                "INSERT INTO growth_month (rw_code, month, age_band, sex, s_target, k_enrolled, d_weighed, n_gained,"
                " haz_valid, stunted, newly_stunted, newly_found, recovered, aged_out)"
                " VALUES (:rw, :month, '24-59', 1, 4000, 3900, 3200, 2000, 3000, :stunted, :new, :found, :recovered,"
                " :aged)"
            ),
            rows,
        )
        for year, value in ((2024, 9.0), (2027, 1.0)):
            connection.execute(
                text(
                    "INSERT INTO target (area_code, area_name, indicator_code, series, year, value, decree, citation,"
                    " path) VALUES (:area, 'Kota Contoh', 'stunting_prevalence', 'e-PPGBM', :year, :value,"
                    " 'Perwal contoh', 'contoh', 'straight')"
                ),
                {"area": CITY, "year": year, "value": value},
            )
        connection.execute(
            text(
                "INSERT INTO official_statistic (area_code, area_name, indicator_code, series, period, value, citation,"
                " is_approximate) VALUES"
                " (:area, 'Kota Contoh', 'stunting_prevalence', 'SSGI', '2024', 11.7, 'laporan contoh', false),"
                " (:area, 'Kota Contoh', 'stunted_children', 'e-PPGBM', '2025-04', 4000, 'berita contoh', true)"
            ),
            {"area": CITY},
        )
        connection.execute(
            text(
                "INSERT INTO break_event (area_code, happened_on, kind, note, written_by)"
                " VALUES (:area, '2025-03-01', 'cleaning', 'Data dibersihkan', 'test')"
            ),
            {"area": CITY},
        )
        refresh_forecasts(connection)
    return engine


@pytest.fixture
def city(new_database: DatabaseMaker, template: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Engine:
    engine = new_database(template)
    st.cache_data.clear()
    st.cache_resource.clear()
    monkeypatch.setattr("dashboard.cache.keeping.opened", lambda: engine)
    return engine


def opened(page: str, viewer: Viewer = DINKES, **asked: str) -> AppTest:
    app = AppTest.from_file(str(PROJECT_ROOT / "pages" / f"{page}.py"), default_timeout=60)
    app.session_state["peran"] = viewer
    for name, value in asked.items():
        app.query_params[name] = value
    app.run()
    assert [fault.message for fault in app.exception] == []
    return app


def told(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.info, *app.warning, *app.error]
    return " ".join([*(part.value for part in parts), *(part.proto.body for part in app.get("html"))])


def options(app: AppTest) -> list[str]:
    return list(next(box for box in app.multiselect if box.label == "Wilayah").options)


def test_the_citys_trend_says_by_how_many_children_the_target_is_missed(city):
    app = opened("tren")
    words = told(app)
    assert "Meleset" in words or "Pada jalur" in words
    assert "Perwal contoh" in words
    assert " anak</b>" in words
    assert "per tahun" in words


def test_a_survey_has_its_own_tile_and_no_target_of_the_routine_series(city):
    words = told(opened("tren"))
    assert '<p class="name">Survei SSGI, 2024</p>' in words
    assert "Belum ada target untuk wilayah ini pada deret ini." in words
    assert "tidak disambung" in words


def test_the_table_holds_every_month_and_the_published_list_its_citation(city):
    app = opened("tren")
    assert len(app.dataframe[0].value) == MONTHS
    assert app.dataframe[1].value["Dikutip dari"].tolist() == ["laporan contoh"]


def test_an_approximate_figure_stays_approximate(city):
    app = opened("tren", indikator="Balita stunting (anak)")
    assert app.dataframe[1].value["Angka"].tolist() == ["sekitar 4.000"]


def test_events_are_listed(city):
    assert "Pembersihan data: Data dibersihkan" in told(opened("tren"))


@pytest.mark.parametrize(("unit", "rows"), [("Triwulan", 24), ("Tahun", 6)])
def test_quarters_and_years_have_a_row_each(city, unit, rows):
    assert len(opened("tren", satuan=unit).dataframe[0].value) == rows


@pytest.mark.parametrize(
    "indicator",
    ["Kehadiran timbang (D/S)", "Berat badan naik cukup (N/D)", "Ibu hamil diperiksa", "Gizi kurang dan buruk"],
)
def test_every_kind_of_indicator_opens(city, indicator):
    assert opened("tren", indikator=indicator).exception == []


def test_a_lurah_may_ask_for_the_own_kelurahan_and_the_city_and_no_single_rw(city):
    assert options(opened("tren", LURAH_ATAS)) == ["Kel. Atas", "Kota Contoh"]


def test_a_puskesmas_may_ask_for_its_rws_and_the_city(city):
    assert options(opened("tren", HEAD)) == [*(f"RW {code[-3:]} Bawah" for code in RWS[3:]), "Kota Contoh"]


def test_the_mayor_is_offered_no_single_rw(city):
    assert not [name for name in options(opened("tren", WALI_KOTA)) if name.startswith("RW ")]


def test_a_lurah_is_never_shown_the_own_sum_as_the_citys(city):
    """With three RWs outside the own kelurahan the city's total would tell them, so it is withheld."""
    app = opened("tren", LURAH_ATAS, wilayah="Kota Contoh")
    assert "Belum ada angka untuk wilayah" in told(app)
    assert len(app.dataframe) == 0


def test_flows_of_a_part_of_the_city_are_for_roles_that_are_told_counts_exactly(city):
    assert "Tidak ada wilayah yang angkanya boleh dibuka" in told(opened("perubahan", LURAH_ATAS))


def test_real_or_chance_shows_a_control_chart_and_a_funnel(city):
    app = opened("tren", bagian=REAL)
    assert "isyarat" in told(app)
    assert "Spiegelhalter 2005" in told(app)
    assert len(app.dataframe) == 2


def test_the_forecast_is_shown_with_its_interval_and_a_chance(city):
    words = told(opened("tren", bagian=AHEAD, tahun="2027"))
    assert "(80 %)" in words
    assert "Target rutin 2027" in words
    assert "bukan janji" in words


def test_an_rw_has_no_forecast_and_says_why(city):
    words = told(opened("tren", bagian=AHEAD, wilayah="RW 001 Atas"))
    assert "Ramalan tidak dibuat untuk RW" in words


def test_a_forecast_that_does_not_win_says_that_it_cannot_be_said_yet(city):
    with city.begin() as connection:
        connection.execute(text("UPDATE forecast_check SET status = 'loses'"))
    words = told(opened("tren", bagian=AHEAD))
    assert "belum bisa dikatakan" in words
    assert "(80 %)" not in words


def test_scenarios_are_arithmetic_on_todays_counts(city):
    words = told(opened("tren", bagian=AHEAD, ds="100"))
    assert "dari 6.000 balita lagi yang diukur" in words


def test_the_waterfalls_table_sums_to_the_difference(city):
    app = opened("perubahan", dari="Januari 2026", sampai="Oktober 2026")
    children = app.dataframe[0].value["Anak"].tolist()
    assert children[0] + sum(children[1:-1]) == children[-1]


def test_the_parts_of_a_change_sum_to_it(city):
    app = opened("perubahan", dari="Januari 2026", sampai="Oktober 2026", bagian=PARTS)
    table = app.dataframe[0].value
    parts = table["Karena susunan (poin)"].sum() + table["Karena angkanya (poin)"].sum()
    change = table["Prevalensi kini (%)"].iloc[0] - table["Prevalensi dulu (%)"].iloc[0]
    assert parts == pytest.approx(change, abs=0.011)


@pytest.mark.parametrize("page", ["tren", "perubahan"])
def test_without_figures_a_page_says_what_to_do(city, page):
    with city.begin() as connection:
        connection.execute(text("DELETE FROM growth_month"))
    assert "Belum ada angka penimbangan" in told(opened(page))
