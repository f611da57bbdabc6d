"""The screens of interventions and settings, run as pages on a small hand-written city, role by role."""

import datetime

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from dashboard.access import LURAH, MAYOR, OPD, PLANNER, PUSKESMAS, viewer_as
from data.indicators.breaks import BreakEvent, add_break
from data.indicators.series import REPORTS
from data.indicators.targets import Target, set_target
from data.intake.interventions import commit
from data.queries.indicators import break_events, break_history, target_history, targets
from data.scope import writing_connection
from tests.conftest import DatabaseMaker
from tests.dashboard.opened_page import fine, opened, press, texts
from tests.data.indicators.conftest import SCOPE, load_city
from tests.data.indicators.filled import coverage, needs, workbook
from tests.data.pusing.hand_written import KELURAHAN

DINKES = viewer_as(PLANNER, "Perencana Dinkes")
WALI_KOTA = viewer_as(MAYOR, "Wali Kota")
LURAH_ATAS = viewer_as(LURAH, "Lurah Atas", KELURAHAN[0])
HEAD = viewer_as(PUSKESMAS, "Kepala Puskesmas Bawah", "", "PKM-2")
SOCIAL = viewer_as(OPD, "Dinas Sosial (OPD)", unit="Dinas Sosial")


@pytest.fixture(scope="module")
def template(new_database: DatabaseMaker, migrated_template: Engine) -> Engine:
    engine = new_database(migrated_template)
    with writing_connection(engine, SCOPE) as connection:
        load_city(connection)
        commit(
            connection,
            coverage(
                *[(rw, "iron_tablets", 10, 9 - rw) for rw in range(5)],
                (5, "iron_tablets", 10, None, "belum mulai"),
                *[(rw, "healthy_kitchen", 20, None, "belum mulai") for rw in range(6)],
            ),
            "x",
        )
        spm = needs(
            (0, "spm_health", 5, 4, 2), (1, "spm_social", 3, 3, 0), *[(rw, "spm_health", 0, 0, 0) for rw in range(1, 6)]
        )
        commit(connection, workbook({"Isian SPM": spm}), "y")
        set_target(connection, Target("32.75", "iron_tablets", REPORTS, 2026, 75, "Perwal 1/2026"), "Sekda")
        add_break(
            connection,
            BreakEvent("32.75", "cleaning", datetime.date(2026, 6, 1), "Pembersihan data"),
            "Sekda",
            datetime.date(2026, 11, 1),
        )
    return engine


def field(app: AppTest, kind: str, label: str):
    return next(found for found in getattr(app, kind) if found.label.startswith(label))


def test_every_service_stands_beside_its_target_and_the_unstarted_is_no_zero(city: Engine) -> None:
    table = opened("intervensi", WALI_KOTA).dataframe[0].value.set_index("Layanan")
    iron, kitchen = table.loc["Tablet tambah darah ibu hamil"], table.loc["Dapur sehat (Dashat)"]
    assert (iron["Cakupan"], iron["Target"], iron["Keadaan"]) == ("70,0\u00a0%", "75,0\u00a0%", "▼ Di bawah target")
    assert iron["RW belum mulai"] == "1"
    assert (kitchen["Cakupan"], kitchen["Keadaan"]) == ("–", "◇ Belum mulai")


def test_services_can_be_narrowed_to_an_opd(city: Engine) -> None:
    app = opened("intervensi", WALI_KOTA, opd="Dinas Sosial")
    assert set(app.dataframe[0].value["OPD"]) == {"Dinas Sosial"}


def test_an_opd_reads_totals_of_the_city_and_compares_no_areas(city: Engine) -> None:
    app = opened("intervensi", SOCIAL, opd="Semua OPD")
    table = app.dataframe[0].value.set_index("Layanan")
    assert table.loc["Tablet tambah darah ibu hamil", "Cakupan"] == "70,0\u00a0%"
    assert "Per wilayah" not in app.segmented_control[0].options
    assert "Impor" not in app.segmented_control[0].options


def test_an_opd_begins_with_its_own_services(city: Engine) -> None:
    assert set(opened("intervensi", SOCIAL).dataframe[0].value["OPD"]) == {"Dinas Sosial"}


def test_a_service_is_compared_by_kelurahan(city: Engine) -> None:
    app = opened(
        "intervensi", WALI_KOTA, bagian="Per wilayah", layanan="Tablet tambah darah ibu hamil", tingkat="Kelurahan"
    )
    table = app.dataframe[0].value.set_index("Kelurahan")
    assert dict(table["Cakupan"]) == {"Atas": "80,0\u00a0%", "Bawah": "55,0\u00a0%"}
    assert dict(table["Kurang (sasaran)"]) == {"Atas": "0", "Bawah": "4"}
    assert "1 mencapai target, 1 di bawah target" in texts(app)


def test_a_planner_sees_the_people_of_an_rw_and_a_lurah_a_rounded_share(city: Engine) -> None:
    asked = {"bagian": "Per wilayah", "layanan": "Tablet tambah darah ibu hamil", "tingkat": "RW"}
    exact = opened("intervensi", DINKES, **asked).dataframe[0].value
    rounded = opened("intervensi", LURAH_ATAS, **asked)
    assert set(exact["Tercapai"]) == {"9", "8", "7"}
    assert set(rounded.dataframe[0].value["Tercapai"]) == {"–"}
    assert "dibulatkan ke puluhan" in texts(rounded)


def test_a_puskesmas_compares_its_own_rws_only(city: Engine) -> None:
    app = opened("intervensi", HEAD, bagian="Per wilayah", layanan="Tablet tambah darah ibu hamil")
    assert field(app, "selectbox", "Tingkat").options == ["RW"]
    table = app.dataframe[0].value.set_index("RW")
    assert dict(table["Keadaan"]) == {"RW 001": "▼ Di bawah target", "RW 002": "▼ Di bawah target"} | {
        "RW 003": "◇ Belum mulai"
    }


def test_a_service_that_nobody_began_says_so_instead_of_an_empty_chart(city: Engine) -> None:
    app = opened("intervensi", WALI_KOTA, bagian="Per wilayah", layanan="Dapur sehat (Dashat)")
    assert "Belum ada laporan Dapur sehat" in texts(app)


def test_needs_go_from_raised_to_done_by_sector(city: Engine) -> None:
    app = opened("intervensi", WALI_KOTA, bagian="SPM posyandu")
    table = app.dataframe[0].value.set_index("Bidang")
    assert list(table.loc["Kesehatan", ["Diangkat", "Diterima OPD", "Selesai"]]) == ["5", "4", "2"]
    assert len(table) == 6
    assert "8 kebutuhan diangkat warga Kota Contoh" in texts(app)


def test_an_opd_reads_needs_of_the_whole_city(city: Engine) -> None:
    app = opened("intervensi", SOCIAL, bagian="SPM posyandu")
    assert app.dataframe[0].value.set_index("Bidang").loc["Kesehatan", "Diangkat"] == "5"


def test_a_planner_sets_a_target_and_sees_what_was_before(city: Engine) -> None:
    app = opened("pengaturan", DINKES)
    picked = field(app, "selectbox", "Tetapkan yang baru")
    fine(picked.set_value(next(option for option in picked.options if "Perwal 1/2026" in option)).run())
    field(app, "number_input", "Nilai").set_value(82.5)
    press(app, "Simpan target")
    assert "Target Kota Contoh 2026 disimpan: 82,5\u00a0%. Sebelumnya 75\u00a0%" in texts(app)
    newest = app.dataframe[1].value.iloc[0]
    assert (newest["Sebelumnya"], newest["Menjadi"], newest["Oleh"]) == ("75\u00a0%", "82,5\u00a0%", "Perencana Dinkes")
    with city.connect() as connection:
        assert list(targets(connection)["value"]) == [82.5]


def test_a_target_is_withdrawn_with_a_reason_and_restored(city: Engine) -> None:
    app = opened("pengaturan", DINKES)
    picked = field(app, "selectbox", "Tetapkan yang baru")
    fine(picked.set_value(picked.options[1]).run())
    press(app, "Tarik target")
    assert "Alasan wajib diisi" in texts(app)
    field(app, "text_input", "Alasan menarik").set_value("salah tahun")
    press(app, "Tarik target")
    assert "bisa dipulihkan" in texts(app)
    old = field(app, "selectbox", "Target lama")
    fine(old.set_value(old.options[0]).run())
    press(app, "Pulihkan")
    with city.connect() as connection:
        assert list(targets(connection)["value"]) == [75]
        assert len(target_history(connection)) == 2


def test_a_new_target_without_a_decree_is_refused_in_a_sentence(city: Engine) -> None:
    app = opened("pengaturan", DINKES)
    field(app, "number_input", "Nilai").set_value(50.0)
    press(app, "Simpan target")
    assert "Dasar hukum atau dokumen wajib diisi" in texts(app)


def test_a_new_target_offers_only_series_that_the_indicator_has(city: Engine) -> None:
    app = opened("pengaturan", DINKES)
    fine(field(app, "selectbox", "Indikator").set_value("Prevalensi stunting").run())
    assert field(app, "selectbox", "Seri").options == ["e-PPGBM", "SSGI"]


def test_others_read_targets_and_events_and_change_none(city: Engine) -> None:
    for part in ("Target", "Peristiwa"):
        app = opened("pengaturan", WALI_KOTA, bagian=part)
        assert not {"Simpan target", "Simpan peristiwa"} & {button.label for button in app.button}
        assert "hanya membaca" in texts(app)


def test_an_event_is_added_and_corrected_with_its_history(city: Engine) -> None:
    app = opened("pengaturan", DINKES, bagian="Peristiwa")
    field(app, "text_input", "Keterangan").set_value("Gerakan penimbangan serentak")
    press(app, "Simpan peristiwa")
    assert "disimpan; tampil di setiap tren" in texts(app)
    picked = field(app, "selectbox", "Catat yang baru")
    fine(picked.set_value(next(option for option in picked.options if "Pembersihan" in option)).run())
    field(app, "text_input", "Keterangan").set_value("Pembersihan data ganda")
    press(app, "Simpan koreksi")
    with city.connect() as connection:
        assert set(break_events(connection)["note"]) == {"Gerakan penimbangan serentak", "Pembersihan data ganda"}
        assert len(break_history(connection)) == 3


def test_the_import_part_offers_the_workbook_to_planners_only(city: Engine) -> None:
    app = opened("intervensi", DINKES, bagian="Impor")
    assert "6 RW; indikator:" in texts(app)
    assert "Impor" not in opened("intervensi", LURAH_ATAS).segmented_control[0].options


def test_an_empty_city_says_what_to_do(city: Engine) -> None:
    with city.begin() as connection:
        connection.execute(text("TRUNCATE intervention_month, maternal_month"))
    assert "Belum ada laporan intervensi" in texts(opened("intervensi", WALI_KOTA))
