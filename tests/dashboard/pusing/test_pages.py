"""The screens of the mobile clinic's work, run as pages on a small hand-written city, role by role."""

import datetime

import pandas as pd
import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from dashboard.access import LURAH, MAYOR, PLANNER, PUSKESMAS, Viewer, viewer_as
from dashboard.visit.form import due_shown
from data.queries import pusing
from data.scope import Scope, writing_connection
from tests.conftest import DatabaseMaker
from tests.dashboard.opened_page import fine, opened, press, texts
from tests.data.pusing import hand_written
from tests.data.pusing.hand_written import KELURAHAN, RWS, VISITS_IN

DINKES = viewer_as(PLANNER, "Perencana Dinkes")
LURAH_ATAS = viewer_as(LURAH, "Lurah Atas", KELURAHAN[0])
HEAD = viewer_as(PUSKESMAS, "Kepala Puskesmas Bawah", "", "PKM-2")
WALI_KOTA = viewer_as(MAYOR, "Wali Kota")


@pytest.fixture(scope="module")
def template(new_database: DatabaseMaker, migrated_template: Engine) -> Engine:
    engine = new_database(migrated_template)
    with writing_connection(engine, Scope("planner", ("",), "test")) as connection:
        hand_written.load(connection)
    return engine


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


@pytest.mark.parametrize("viewer", [DINKES, LURAH_ATAS, HEAD, WALI_KOTA], ids=lambda viewer: viewer.role)
def test_every_role_sees_the_ranking_and_only_planners_change_its_settings(city: Engine, viewer: Viewer) -> None:
    app = opened("prioritas", viewer)
    assert "Urutan" in app.dataframe[0].value.columns
    assert ("Simpan" in labels(app)) == viewer.may("weigh")
    assert ("Tetapkan" in labels(app)) == viewer.may("weigh")


def test_a_changed_limit_moves_rws_between_the_lists(city: Engine) -> None:
    app = opened("prioritas", DINKES)
    before = len(app.dataframe[0].value)
    minutes = next(field for field in app.number_input if field.label == "Jauh mulai (menit)")
    minutes.set_value(25)
    press(app, "Simpan")
    assert len(app.dataframe[0].value) < before
    assert "Batas disimpan" in texts(app)
    with city.connect() as connection:
        assert pusing.setting(connection, "priority")["far_minutes"] == 25


def test_weights_adopted_under_a_name_can_be_picked_by_it(city: Engine) -> None:
    app = opened("prioritas", DINKES, bobot="0-0-100-0-0-0-0-0")
    next(field for field in app.text_input if "nama" in field.label).set_value("Rakor Oktober")
    press(app, "Tetapkan")
    assert "“Rakor Oktober” ditetapkan" in texts(app)
    weights = next(box for box in app.selectbox if box.label == "Bobot")
    fine(weights.set_value("Rakor Oktober").run())
    assert "ditetapkan Perencana Dinkes" in texts(app)
    with city.connect() as connection:
        assert dict(pusing.presets(connection)["weights"].iloc[0])["travel_time"] == 1


def test_a_lurah_sees_only_the_own_kelurahan_and_can_answer_none(city: Engine) -> None:
    app = opened("usulan", LURAH_ATAS)
    assert next(box for box in app.selectbox if box.label == "Kelurahan").options == ["Atas, Timur"]
    press(app, "Tidak ada usulan bulan ini")
    assert "Sudah dijawab: tidak ada usulan bulan ini" in texts(app)
    tracker = opened("usulan", DINKES, bagian="Siapa sudah menjawab")
    assert "**1 dari 2 kelurahan**" in texts(tracker)


def test_a_nomination_made_elsewhere_stands_in_the_three_lists_and_can_be_withdrawn(city: Engine) -> None:
    from data.pusing.nominating import nominate

    with writing_connection(city, LURAH_ATAS.scope) as connection:
        nominate(connection, RWS[0], VISITS_IN, "banjir", "Lurah Atas")
    agenda = opened("usulan", WALI_KOTA, bagian="Bahan rakor")
    assert list(agenda.dataframe[0].value["Alasan usulan"]) == ["banjir"]
    app = opened("usulan", LURAH_ATAS)
    picked = next(box for box in app.selectbox if box.label == "Tarik usulan")
    picked.set_value(picked.options[0])
    press(app, "Tarik")
    assert "Usulan ditarik" in texts(app)
    with city.connect() as connection:
        assert pusing.nominations(connection, VISITS_IN).empty


def test_a_lurah_corrects_a_travel_time_and_takes_it_back(city: Engine) -> None:
    app = opened("usulan", LURAH_ATAS, bagian="Koreksi waktu tempuh")
    assert app.metric[0].value == "10 menit"
    next(field for field in app.number_input if "Waktu sebenarnya" in field.label).set_value(45)
    next(field for field in app.text_input if field.label == "Alasan").set_value("jembatan putus")
    press(app, "Simpan koreksi")
    assert app.metric[0].value == "45 menit"
    undo = next(box for box in app.selectbox if box.label == "Batalkan koreksi")
    undo.set_value(undo.options[0])
    press(app, "Batalkan")
    assert app.metric[0].value == "10 menit"


def test_a_correction_without_a_reason_is_refused_in_a_sentence(city: Engine) -> None:
    app = opened("usulan", LURAH_ATAS, bagian="Koreksi waktu tempuh")
    next(field for field in app.number_input if "Waktu sebenarnya" in field.label).set_value(45)
    press(app, "Simpan koreksi")
    assert "Alasan wajib diisi" in texts(app)


def test_a_puskesmas_logs_a_visit_in_its_own_wilayah_kerja_only(city: Engine) -> None:
    app = opened("kunjungan", HEAD)
    rws = next(box for box in app.selectbox if box.label == "RW yang dikunjungi")
    assert [name[-5:] for name in rws.options] == ["Bawah"] * 3
    rws.set_value(rws.options[0])
    app.date_input[0].set_value(datetime.date(2026, 10, 5))
    next(field for field in app.number_input if field.label == "Balita ditimbang").set_value(30)
    press(app, "Simpan kunjungan")
    assert "5 Oktober 2026 disimpan" in texts(app)
    with city.connect() as connection:
        row = pusing.visits(connection, datetime.date(2026, 1, 1)).iloc[0]
    assert (row["rw_code"], row["weighed"], row["puskesmas_code"]) == (RWS[3], 30, "PKM-2")
    assert row["served"] is None or row["served"] != row["served"]
    listed = opened("kunjungan", HEAD, catatan="Daftar kunjungan")
    assert list(listed.dataframe[0].value["Balita ditimbang"]) == [30]


def test_a_head_sees_below_the_form_what_is_planned_this_month_and_what_of_it_was_visited(
    city: Engine,
) -> None:
    area = pd.DataFrame({"code": RWS[3:5], "rw_name": ["RW 001", "RW 002"], "kelurahan": "Bawah"})
    told = due_shown(area, {RWS[3], RWS[4]}, {RWS[3]: datetime.date(2026, 11, 5)})
    assert told["Keadaan"].tolist() == ["dikunjungi 5 November 2026", "belum dikunjungi"]
    assert "Belum ada rencana yang ditetapkan" in texts(opened("kunjungan", HEAD))


def test_counts_that_contradict_each_other_are_refused_in_a_sentence(city: Engine) -> None:
    app = opened("kunjungan", HEAD)
    rws = next(box for box in app.selectbox if box.label == "RW yang dikunjungi")
    rws.set_value(rws.options[0])
    next(field for field in app.number_input if field.label == "Orang dilayani").set_value(10)
    next(field for field in app.number_input if field.label == "Balita ditimbang").set_value(30)
    press(app, "Simpan kunjungan")
    assert "balita ditimbang melebihi orang dilayani" in texts(app)


@pytest.mark.parametrize("viewer", [WALI_KOTA, LURAH_ATAS], ids=lambda viewer: viewer.role)
def test_those_who_do_not_log_visits_see_them_and_nothing_to_fill_in(city: Engine, viewer: Viewer) -> None:
    app = opened("kunjungan", viewer, catatan="Janji dan hasil")
    assert "Simpan kunjungan" not in labels(app)
    assert "Tidak ada kesimpulan tentang prevalensi" in texts(app)


@pytest.mark.parametrize("page", ["prioritas", "usulan"])
def test_without_figures_a_page_says_what_to_do(city: Engine, page: str) -> None:
    with city.begin() as connection:
        connection.execute(text("DELETE FROM growth_month"))
    assert "Impor data" in texts(opened(page, DINKES))


def test_a_planner_closes_a_month_with_a_reason_and_opens_it_again(city: Engine) -> None:
    app = opened("rotasi", DINKES)
    next(field for field in app.text_input if "banjir" in field.placeholder).set_value("banjir besar")
    press(app, "Tutup bulan")
    assert "tidak ada kunjungan" in texts(app)
    assert list(app.dataframe[0].value["Alasan"]) == ["banjir besar"]
    undo = next(box for box in app.selectbox if box.label == "Batalkan catatan")
    undo.set_value(undo.options[0])
    press(app, "Batalkan")
    assert "Catatan dibatalkan" in texts(app)
    with city.connect() as connection:
        assert pusing.closures(connection).empty


def test_slots_and_vehicle_days_need_a_reason_and_are_kept_with_it(city: Engine) -> None:
    app = opened("rotasi", DINKES)
    press(app, "Simpan jumlah")
    assert "Alasan wajib diisi" in texts(app)
    next(field for field in app.text_input if "klinik" in field.placeholder).set_value("klinik membantu")
    next(field for field in app.number_input if field.label == "Kunjungan sebulan").set_value(3)
    press(app, "Simpan jumlah")
    next(field for field in app.text_input if "bengkel" in field.placeholder).set_value("mobil di bengkel")
    press(app, "Simpan batas")
    with city.connect() as connection:
        assert list(pusing.capacity(connection)["slots"]) == [3]
        assert list(pusing.vehicle_days(connection)["vehicle_days"]) == [40]


@pytest.mark.parametrize("viewer", [LURAH_ATAS, HEAD, WALI_KOTA], ids=lambda viewer: viewer.role)
def test_others_see_what_holds_and_change_nothing(city: Engine, viewer: Viewer) -> None:
    assert not labels(opened("rotasi", viewer)) & {"Tutup bulan", "Simpan jumlah", "Simpan batas", "Susun rencana baru"}
