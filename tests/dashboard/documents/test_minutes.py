"""The minutes say who met, on which state, what was adopted with which weights, what was overridden and why."""

import datetime
import io
from dataclasses import replace

import docx

from dashboard.documents.minutes import Minutes, Override, Plan, Promised, write

PLAN = Plan(
    number=7,
    first_month=datetime.date(2026, 11, 1),
    months=3,
    visits=201,
    status="ditetapkan",
    adopted_by="Wali Kota atau Sekda",
    weights={"Waktu tempuh ke puskesmas terdekat": 0.25, "Perkiraan balita stunting": 0.75},
    proof="Terbukti paling jauh 0,40 % dari rencana terbaik yang mungkin.",
)
MINUTES = Minutes(
    name="Rakor TW-III 2026",
    kind="Rakor",
    held_on=datetime.date(2026, 11, 20),
    place="Aula Dinas Kesehatan",
    chair="Sekretaris Daerah",
    about="Kota Contoh",
    present=("Dinas Kesehatan", "Kecamatan Timur"),
    state="Rakor TW-III 2026, 20 November 2026, no. 3, sidik 7f2a 91bc",
    decisions=("Posyandu RW 003 dibuka kembali",),
    promises=(Promised("Kecamatan Timur", "Mendata ulang balita", datetime.date(2026, 12, 31), "D/S 61 %"),),
    plan=PLAN,
    overrides=(Override(datetime.date(2026, 11, 1), "Atas", "RW 002 Atas", "jembatan putus"),),
)


def read(minutes: Minutes) -> tuple[str, list[list[str]]]:
    """Return the paragraphs and the rows of all tables."""
    document = docx.Document(io.BytesIO(write(minutes)))
    told = "\n".join(paragraph.text for paragraph in document.paragraphs)
    return told, [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


def test_who_met_where_and_on_which_state_is_said() -> None:
    _, rows = read(MINUTES)
    assert ["Dihadiri oleh", "Dinas Kesehatan; Kecamatan Timur"] in rows
    assert ["Dipimpin oleh", "Sekretaris Daerah"] in rows
    assert ["Dasar data", f"Potret data: {MINUTES.state}"] in rows


def test_what_was_adopted_stands_with_its_weights_heaviest_first() -> None:
    told, rows = read(MINUTES)
    assert "Rencana No. 7, ditetapkan oleh Wali Kota atau Sekda: 201 kunjungan dalam 3 bulan" in told
    weights = [row for row in rows if row[-1].endswith("\u00a0%") and len(row) == 2]
    assert weights == [
        ["Perkiraan balita stunting", "75\u00a0%"],
        ["Waktu tempuh ke puskesmas terdekat", "25\u00a0%"],
    ]


def test_what_was_overridden_stands_with_its_reason() -> None:
    _, rows = read(MINUTES)
    assert ["November 2026", "Atas", "RW 002 Atas", "jembatan putus"] in rows


def test_promises_stand_with_owner_day_and_figure() -> None:
    _, rows = read(MINUTES)
    assert ["Kecamatan Timur", "Mendata ulang balita", "31 Desember 2026", "D/S 61 %"] in rows


def test_nobody_is_invented_where_nothing_was_typed_in() -> None:
    told, rows = read(replace(MINUTES, chair="", present=(), place="", state="", plan=None, overrides=(), promises=()))
    assert ["Dipimpin oleh", "belum dicatat"] in rows
    assert ["Dasar data", "Data berjalan, tanpa potret"] in rows
    assert "Tidak ada rencana rotasi yang ditetapkan pada rapat ini." in told
    assert "Tidak ada janji yang dicatat." in told


def test_the_state_is_on_every_page_and_the_bytes_are_the_same() -> None:
    content = write(MINUTES)
    footer = docx.Document(io.BytesIO(content)).sections[0].footer.paragraphs[0].text
    assert footer == f"Rakor TW-III 2026, 20 November 2026 · Potret data: {MINUTES.state}"
    assert content == write(replace(MINUTES))
