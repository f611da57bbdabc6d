"""Pengaturan, part Wilayah, for tables: findings by row, rows set aside only when agreed to, names asked for once."""

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import streamlit as st
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from dashboard.access import PLANNER, viewer_as
from dashboard.areas import templates
from dashboard.areas.picture import DOUBTFUL, FINE, Mark, picture_of_points
from dashboard.areas.table_words import FAULTS, REFUSED
from dashboard.exports import to_csv, to_xlsx
from data.intake.areas import facilities, load, rw_table, service_areas
from data.intake.areas.placing import FAULTS as LOADER_FAULTS
from data.intake.areas.prepare import Choices
from data.intake.areas.refusals import REFUSALS
from data.scope import WHOLE_CITY, Scope, scoped_connection, writing_connection
from tests.dashboard import opened_page
from tests.dashboard.opened_page import fine
from tests.data.intake.areas.squares import CITY, CITY_NAME, CODES, geojson, inside, kelurahan, square, table

SCOPE = Scope(PLANNER, (WHOLE_CITY,), "test")
DINKES = viewer_as(PLANNER, "Perencana Dinkes")
HEAD = ("Kelurahan", "RW", "Lintang", "Bujur")
RWS = table(HEAD, ("Suka Maju", 1, *inside(0, 0, 0.25)), ("Suka Maju", 2, *inside(0, 0, 0.75)))


@pytest.fixture
def city(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    path = geojson(tmp_path / "first.geojson", kelurahan())
    with writing_connection(engine, SCOPE) as connection:
        load.commit(connection, path, "first", Choices(), load.Wanted(CITY, CITY_NAME))
    st.cache_resource.clear()
    monkeypatch.setattr("dashboard.cache.keeping.opened", lambda: engine)
    return engine


def opened(step: str) -> AppTest:
    return opened_page.opened("pengaturan", DINKES, bagian="Wilayah", muat=step)


def uploaded(app: AppTest, key: str, content: bytes) -> AppTest:
    return fine(app.file_uploader(key=key).set_value(("tabel.csv", content, "text/csv")).run())


def ask(engine: Engine, query: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_rows_are_set_aside_only_when_agreed_to(city: Engine) -> None:
    rows = table(HEAD, ("Suka Maju", 1, *reversed(inside(0, 0))), ("Suka Maju", "dua", "", ""))
    shown = uploaded(opened("Tabel RW"), "berkas-rw", rows)
    found = shown.dataframe[0].value
    assert found[["Baris", "Yang ditemukan"]].values.tolist() == [
        ["3", "Nomor RW tidak terbaca"],
        ["2", "Lintang dan bujur tertukar"],
    ]
    assert shown.button(key="muat-rw").disabled
    agreed = fine(shown.checkbox(key="sisihkan-rw").check().run())
    done = fine(agreed.button(key="muat-rw").click().run())
    assert done.success[0].value.startswith("Tabel RW dimuat.")
    assert ask(city, "SELECT code, point_lat FROM area WHERE level = 'rw'") == [(f"{CODES[0]}.001", inside(0, 0)[0])]


def test_a_kelurahan_spelt_in_another_way_is_asked_for_once(city: Engine) -> None:
    odd = table(HEAD, ("Sk Maju", 1, "", ""), ("Suka Mundur", 1, "", ""))
    shown = uploaded(opened("Tabel RW"), "berkas-rw", odd)
    fine(shown.selectbox(key="tempat-muat-kelurahan--skmaju").select(f"Suka Maju ({CODES[0]})").run())
    assert ask(city, "SELECT spelling, area_code FROM area_alias") == [("skmaju", CODES[0])]
    again = uploaded(opened("Tabel RW"), "berkas-rw", odd)
    assert [box.key for box in again.checkbox if box.key == "sisihkan-rw"] == []


def test_a_table_that_is_none_is_refused_in_words(city: Engine) -> None:
    (error,) = uploaded(opened("Fasilitas"), "berkas-fasilitas", table(("apa", "saja"), (1, 2))).error
    assert "Judul kolomnya tidak ditemukan" in error.value


def test_a_template_loaded_as_it_is_changes_nothing(city: Engine) -> None:
    with writing_connection(city, SCOPE) as connection:
        rw_table.commit(connection, RWS, "a table")
        places = table(("jenis", "nama", "lat", "lon"), ("puskesmas", "Suka", *inside(0, 0)), ("RS", "RS Suka", "", ""))
        facilities.commit(connection, places, "a table")
        service_areas.commit(connection, table(("kelurahan", "puskesmas"), ("Suka Maju", "Suka")), "a table")
    for write in (to_csv, to_xlsx):
        with scoped_connection(city, SCOPE) as connection:
            made = {
                facilities.foresee: write(templates.facilities(DINKES, "1")),
                service_areas.foresee: write(templates.service_areas(DINKES, "1")),
            }
            assert [foresee(connection, content, "a template").status for foresee, content in made.items()] == [
                load.UNCHANGED,
                load.UNCHANGED,
            ]
            seen = rw_table.foresee(connection, write(templates.rws(DINKES, "1")), "a template", is_setting_aside=True)
            assert seen.status == load.UNCHANGED
            assert {fault.reason for fault in seen.set_aside} == {
                "rw_invalid"
            }  # kelurahan whose RWs are to be filled in


def test_a_template_opens_as_a_table(city: Engine) -> None:
    made = pd.read_excel(io.BytesIO(to_xlsx(templates.rws(DINKES, "1"))), engine="openpyxl")
    assert list(made["Kode kelurahan"]) == list(CODES)


def test_travel_is_worked_out_by_a_button(city: Engine) -> None:
    with writing_connection(city, SCOPE) as connection:
        rw_table.commit(connection, RWS, "a table")
        facilities.commit(
            connection, table(("jenis", "nama", "lat", "lon"), ("puskesmas", "Suka", *inside(0, 0))), "a table"
        )
    done = fine(opened("Waktu tempuh").button(key="hitung-tempuh").click().run())
    assert "2 RW ke 1 fasilitas dihitung dari garis lurus" in done.success[0].value
    assert ask(city, "SELECT count(*) FROM travel") == [(6,)]


def test_travel_without_points_says_what_is_missing(city: Engine) -> None:
    (error,) = fine(opened("Waktu tempuh").button(key="hitung-tempuh").click().run()).error
    assert "muat titik RW dan fasilitas" in error.value


def test_every_fault_and_refusal_has_its_words() -> None:
    assert set(FAULTS) == set(LOADER_FAULTS)
    assert set(REFUSED) <= set(REFUSALS)


def test_doubtful_points_are_drawn_on_top_and_kept_in_the_picture() -> None:
    marks = [Mark(150.0, -6.5, DOUBTFUL), Mark(107.005, -6.495, FINE)]
    drawn = picture_of_points(np.array([square(0, 0)]), np.empty(0, dtype=object), marks)
    first, last = drawn.split("<circle")[1:]
    assert "#777777" in first
    assert "#D55E00" in last
    width = float(drawn.split('width="')[1].split('"')[0]) - 12
    assert float(last.split('cx="')[1].split('"')[0]) == pytest.approx(width, abs=1)
