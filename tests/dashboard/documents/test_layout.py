"""Every page fits: no box beyond the page, no line beyond its box, nothing but the source under 28 pixels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.briefing.model import Cell, Chart, Column, Figure, Sentences, Series, Slide, Table
from dashboard.briefing.story import tell
from dashboard.documents import drawing, layout, measure
from dashboard.documents.layout import HEIGHT, WIDTH, Box, Grid, Page, Paragraphs, Picture, Words, pages
from tests.dashboard.briefing import known
from tests.dashboard.documents import long

BRIEFINGS = {"known": tell(known.facts()), "long": long.briefing()}
PAGES = [pytest.param(page, id=f"{name}-{page.slide.code}") for name, of in BRIEFINGS.items() for page in pages(of)]


def words_of(page: Page) -> list[Words]:
    found = [page.title, page.source, page.stamp]
    for tile in page.tiles:
        found += [tile.name, tile.told, tile.beside]
    return found + [words for placed in page.placed if isinstance(placed, Paragraphs) for words in placed.paragraphs]


@pytest.mark.parametrize("page", PAGES)
def test_every_line_is_inside_its_box_and_every_box_on_the_page(page: Page) -> None:
    for words in words_of(page):
        assert words.box.x >= 0
        assert words.box.x + words.box.width <= WIDTH
        assert words.box.y + max(words.box.height, words.height) <= HEIGHT
        assert all(measure.width(line, words.size, is_bold=words.is_bold) <= words.box.width for line in words.lines)
        assert words.height <= words.box.height + 0.01


@pytest.mark.parametrize("page", PAGES)
def test_blocks_end_above_the_source(page: Page) -> None:
    for placed in page.placed:
        assert placed.box.y + placed.box.height <= page.source.box.y
        if isinstance(placed, Paragraphs):
            last = placed.paragraphs[-1]
            assert last.box.y + last.height <= placed.box.y + placed.box.height
        if isinstance(placed, Grid):
            note = placed.size * layout.LEADING if placed.note else 0
            assert placed.head_height + sum(placed.heights) + note <= placed.box.height
            assert len(placed.rows) + placed.left_out == len(placed.table.rows)
            assert sum(placed.widths) <= placed.box.width + 0.01


@pytest.mark.parametrize("page", PAGES)
def test_only_the_source_is_smaller_than_a_hall_reads(page: Page) -> None:
    sizes = [words.size for words in words_of(page) if words not in (page.source, page.stamp)]
    sizes += [placed.size for placed in page.placed if isinstance(placed, Grid)]
    assert min(sizes) >= 28
    assert all(tile.told.size >= 40 for tile in page.tiles)


@pytest.mark.parametrize("page", PAGES)
def test_the_source_and_the_stamp_are_whole(page: Page) -> None:
    assert "".join(page.source.lines).replace(" ", "") == page.source.told.replace(" ", "")
    assert not page.stamp.told.endswith("…")


@pytest.mark.parametrize("page", PAGES)
def test_a_charts_words_are_inside_its_box_and_large_enough(page: Page) -> None:
    for placed in page.placed:
        if not isinstance(placed, Picture) or not isinstance(placed.block, Chart):
            continue
        box = placed.box
        for shape in drawing.draw(placed.block, box):
            if isinstance(shape, drawing.Label):
                width = measure.width(shape.told, shape.size, is_bold=shape.is_bold)
                left = shape.x - {drawing.START: 0, drawing.MIDDLE: width / 2, drawing.END: width}[shape.anchor]
                assert left >= box.x - 1
                assert left + width <= box.x + box.width + 1
                assert box.y <= shape.y - shape.size * 0.8
                assert shape.y <= box.y + box.height + 1
                assert shape.size >= 28


def test_a_title_too_long_for_two_lines_is_cut_with_an_ellipsis_and_not_squeezed() -> None:
    found = layout._words("sangat panjang " * 40, Box(0, 0, 1000, 132), (54, 42), is_bold=True)
    assert found.size == 42
    assert found.lines[-1].endswith("…")


@given(st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=200), st.integers(60, 900))
def test_broken_lines_hold_every_sign_and_fit_their_room(told: str, room: int) -> None:
    found = measure.lines(told, room, 28)
    assert "".join(found).replace(" ", "") == told.replace(" ", "")
    assert all(measure.width(line, 28) <= room or len(line) == 1 for line in found)


@given(st.lists(st.integers(-300, 300), min_size=1, max_size=6), st.integers(2000, 5000))
def test_a_waterfall_is_drawn_from_where_each_step_begins(steps: list[int], start: int) -> None:
    values = [float(start), *map(float, steps), float(start + sum(steps))]
    levels = drawing.levels_of(values)
    assert all(high - low == abs(step) for (low, high), step in zip(levels[1:-1], steps, strict=True))
    assert all(drawing.cut_axis(values) <= low for low, _ in levels[1:-1])
    assert drawing.cut_axis(values) <= min(values[0], values[-1])


def test_rows_that_do_not_fit_are_counted() -> None:
    table = Table(
        (Column("Nama"), Column("Jumlah", is_number=True)), tuple((Cell(f"n{n}"), Cell("1", 1.0)) for n in range(90))
    )
    slide = Slide("x", "Judul", (table, Sentences(("a",))), "s", "p", figures=(Figure("F", "1"),), widths=(1, 1))
    page = layout._page(slide, BRIEFINGS["known"], 1, 1)
    grid = page.placed[0]
    assert isinstance(grid, Grid)
    assert grid.left_out == 90 - len(grid.rows) > 0
    assert grid.note == f"dan {grid.left_out} baris lagi di berkas Excel"


def test_a_chart_without_a_value_says_so() -> None:
    empty = Chart("line", "Judul", ("a", "b"), (Series("s", (None, None)),))
    told = [shape.told for shape in drawing.draw(empty, Box(0, 0, 800, 400)) if isinstance(shape, drawing.Label)]
    assert "Tidak ada angka untuk digambar." in told
