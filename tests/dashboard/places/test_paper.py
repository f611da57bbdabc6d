"""A place's sheet is one page of A4, whatever is told of the place."""

import io
import re
from dataclasses import replace

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.places.content import Section
from dashboard.places.paper import one_page
from dashboard.places.paper_text import fitted, width, wrapped
from tests.dashboard.places.contents import NOW, content, map_of_squares

A4_POINTS = (595, 842)
LONGEST = "Kelurahan " + "Pondok Jatirangga Kaliabang Tengah Harapan Indah " * 3


def opened(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def places_of_words(page: pypdf.PageObject) -> list[tuple[float, float, str]]:
    """Return where each piece of text begins, in points from the lower left corner."""
    found: list[tuple[float, float, str]] = []

    def note(text: str, _: object, at: list[float], *__: object) -> None:
        if text.strip():
            found.append((at[4], at[5], text))

    page.extract_text(visitor_text=note)
    return found


@settings(max_examples=30, deadline=None)
@given(
    level=st.sampled_from(["kota", "kecamatan", "kelurahan", "rw", "puskesmas"]),
    rows=st.integers(0, 60),
    members=st.integers(0, 200),
    words=st.sampled_from(["x", "Puskesmas Jatisampurna", "kata " * 40, "tanpajeda" * 30, "Žižek ☺ 漢字"]),
    guard=st.sampled_from(["", "Belum cukup ditimbang: " + "angka di bawah ini belum bisa dipakai. " * 5]),
    months=st.integers(0, 36),
)
def test_every_sheet_is_one_page_of_a4(
    level: str, rows: int, members: int, words: str, guard: str, months: int
) -> None:
    told = content(level, LONGEST, rows, words, 0 if level == "rw" else members, guard, months)
    (page,) = opened(one_page(told, map_of_squares(), NOW)).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == A4_POINTS
    assert all(0 <= x < A4_POINTS[0] and 30 < y < A4_POINTS[1] for x, y, _ in places_of_words(page))


def test_the_sheet_tells_name_figures_source_period_age_and_day_of_print() -> None:
    told = opened(one_page(content(), map_of_squares(), NOW)).pages[0].extract_text()
    for words in (
        "Kelurahan Atas", "32.75.01.1001", "DATA CONTOH", "Sumber", "Agustus–Oktober 2026", "Data sampai Oktober 2026",
        "Dicetak 21 November 2026 pukul 09.30 WIB", "Tanpa nama anak",
    ):  # fmt: skip
        assert words in " ".join(told.split()), words


def test_the_guard_stands_on_the_sheet() -> None:
    told = (
        opened(one_page(content(guard="Belum cukup ditimbang: awas."), map_of_squares(), NOW)).pages[0].extract_text()
    )
    assert "Belum cukup ditimbang: awas." in told


def test_a_list_that_is_shortened_says_how_many_rows_are_left_out() -> None:
    told = opened(one_page(content(rows=0, members=90), map_of_squares(), NOW)).pages[0].extract_text()
    shown = len(re.findall(r"1\.013 \(1\.000–1\.013\)", told))
    assert f"dan {90 - shown} lagi" in told
    assert shown > 20


def test_the_same_content_gives_the_same_bytes() -> None:
    assert one_page(content(), map_of_squares(), NOW) == one_page(content(), map_of_squares(), NOW)


@given(st.text(alphabet="abc dé…", max_size=200), st.floats(20, 200), st.integers(1, 4))
def test_words_never_leave_their_box(told: str, room: float, lines: int) -> None:
    found = wrapped(told, room, 8, lines)
    assert len(found) <= lines
    assert all(width(line, 8) <= room for line in found)


@pytest.mark.parametrize("told", ["pendek", "dua kata"])
def test_words_that_fit_are_left_as_they_are(told: str) -> None:
    assert fitted(told, 200, 8) == told


def test_a_long_name_and_a_long_fact_stand_whole_where_there_is_room() -> None:
    name = "Lebih dekat ke puskesmas lain daripada wilayahnya"
    fact = (
        "pembulatan panjang atau tinggi skor 16 (batas skor 12); cara ukur keliru atau tidak dicatat 17 % (batas 10 %)"
    )
    section = Section("Mutu data", ((name, fact),), "")
    told = replace(content(rows=0), sections=(section, section))
    written = " ".join(piece for _, _, piece in places_of_words(opened(one_page(told, map_of_squares(), NOW)).pages[0]))
    assert "…" not in written
    assert {*name.split(), *fact.split()} <= set(written.split())
