"""The files to take home, opened by their own libraries: the same words and figures as the screen, to the digit."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator

import lxml.html
import openpyxl
import pptx
import pypdf
import pypdfium2
import pytest
from pptx.chart.chart import Chart as NativeChart

from dashboard.briefing.model import Briefing, Chart, Sentences, Table
from dashboard.briefing.stamp import source_line, stamp_line
from dashboard.briefing.story import tell
from dashboard.documents import deck, html, paper, workbook
from dashboard.documents.deck import native_series
from dashboard.documents.kinds import KINDS
from dashboard.documents.layout import Grid, pages
from dashboard.documents.measure import printable
from dashboard.documents.workbook import _tabular
from tests.dashboard.briefing import known
from tests.dashboard.documents import long

CITY = tell(known.facts())
LONG = long.briefing()
BRIEFINGS = pytest.mark.parametrize("briefing", [CITY, LONG], ids=["known", "long"])


def squeezed(told: str) -> str:
    """Words without blanks, in the signs of a PDF's fonts: line breaks are the program's own."""
    return re.sub(r"\s", "", printable(told))


def shown(briefing: Briefing) -> Iterator[tuple[int, list[str]]]:
    """What each page of the screen says, by its number: sentences, tiles and the rows that fit."""
    for page in pages(briefing):
        told = [page.title.told, page.source.told, page.stamp.told]
        for tile in page.tiles:
            told += [tile.name.told, tile.told.told, tile.beside.told]
        for placed in page.placed:
            if isinstance(placed, Grid):
                told += [column.name for column in placed.table.columns]
                told += [cell.told for row in placed.table.rows[: len(placed.rows)] for cell in row]
        for block in page.slide.blocks:
            if isinstance(block, Sentences):
                told += block.lines
        yield page.number, told


def deck_pages(content: bytes) -> list[str]:
    found = []
    for slide in pptx.Presentation(io.BytesIO(content)).slides:
        told = []
        for shape in slide.shapes:
            if shape.has_text_frame:
                told.append(shape.text_frame.text)
            if shape.has_table:
                told += [cell.text for row in shape.table.rows for cell in row.cells]
        found.append(squeezed(" ".join(told)))
    return found


def pdf_pages(content: bytes) -> list[str]:
    return [squeezed(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def html_pages(content: bytes) -> list[str]:
    tree = lxml.html.document_fromstring(content)
    return [squeezed(section.text_content()) for section in tree.find_class("slide")]


@BRIEFINGS
@pytest.mark.parametrize(
    ("write", "read"),
    [(deck.write, deck_pages), (html.whole_file, html_pages)],
    ids=["pptx", "html"],
)
def test_every_word_and_figure_of_the_screen_is_on_the_same_page(
    briefing: Briefing, write: Callable[[Briefing], bytes], read: Callable[[bytes], list[str]]
) -> None:
    found = read(write(briefing))
    missing = [
        (number, told) for number, of in shown(briefing) for told in of if squeezed(told) not in found[number - 1]
    ]
    assert missing == []
    assert len(found) == len(briefing.slides)


def test_a_pdf_says_what_the_screen_says() -> None:
    found = pdf_pages(paper.write(CITY))
    missing = [(number, told) for number, of in shown(CITY) for told in of if squeezed(told) not in found[number - 1]]
    assert missing == []


@BRIEFINGS
def test_a_pdf_of_anything_has_a_page_for_each_slide_that_draws_within_its_edges(briefing: Briefing) -> None:
    document = pypdfium2.PdfDocument(paper.write(briefing))
    assert len(document) == len(briefing.slides)
    for page in document:
        picture = page.render(scale=1).to_pil().convert("L")
        width, height = picture.size
        assert (width, height) == (960, 540)
        assert picture.crop((0, 20, 16, height)).getextrema()[0] == 255
        assert picture.crop((width - 16, 20, width, height)).getextrema()[0] == 255
        assert picture.crop((0, height - 8, width, height)).getextrema()[0] == 255
        assert picture.getextrema()[0] < 128


def test_charts_of_the_deck_are_the_programs_own_with_the_screens_numbers() -> None:
    slides = list(pptx.Presentation(io.BytesIO(deck.write(CITY))).slides)
    for told, slide in zip(CITY.slides, slides, strict=True):
        charts: list[NativeChart] = [shape.chart for shape in slide.shapes if shape.has_chart]
        wanted = [block for block in told.blocks if isinstance(block, Chart)]
        assert len(charts) == len(wanted)
        for chart, block in zip(charts, wanted, strict=True):
            assert tuple(chart.plots[0].categories) == block.categories
            assert [(series.name, tuple(series.values)) for series in chart.plots[0].series] == [
                (name, values) for name, values in native_series(block)
            ]


def test_the_decks_titles_are_titles_and_its_words_can_be_edited_in_indonesian() -> None:
    content = deck.write(CITY)
    slides = list(pptx.Presentation(io.BytesIO(content)).slides)
    assert [slide.shapes.title.text for slide in slides] == [slide.title for slide in CITY.slides]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b'lang="id-ID"' in parts.read("ppt/slides/slide1.xml")


@BRIEFINGS
def test_a_workbook_holds_every_figure_as_a_number_and_whole_tables(briefing: Briefing) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(briefing)))
    figures = list(book["Angka"].iter_rows(min_row=5, values_only=True))
    assert [(row[1], row[2]) for row in figures] == [
        (figure.name, figure.value) for slide in briefing.slides for figure in slide.figures
    ]
    for number, slide in enumerate(briefing.slides, start=1):
        for place, table in enumerate(_tabular(slide), start=1):
            rows = list(book[f"{number}.{place} {slide.code}"].iter_rows(min_row=5, values_only=True))
            assert len(rows) == len(table.rows)
            for row, wanted in zip(rows, table.rows, strict=True):
                for value, cell, column in zip(row, wanted, table.columns, strict=True):
                    assert value == (cell.value if column.is_number else cell.told)


def test_a_workbooks_dictionary_explains_every_column_and_figure() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(CITY)))
    explained = {row[0]: row[2] for row in book["Kamus data"].iter_rows(min_row=5, values_only=True)}
    named = {figure.name for slide in CITY.slides for figure in slide.figures}
    named |= {column.name for slide in CITY.slides for table in _tabular(slide) for column in table.columns}
    assert named <= set(explained)
    months = {name for name in named if re.fullmatch(r"\w{3} \d{4}", name)}
    borrowed = {name for name in named - months if explained[name] == "Kunjungan yang direncanakan pada bulan itu"}
    assert borrowed == set()


@BRIEFINGS
def test_the_stamp_with_the_snapshot_is_on_every_page_and_sheet(briefing: Briefing) -> None:
    stamp = squeezed(stamp_line(briefing.stamp))
    for found in (
        deck_pages(deck.write(briefing)),
        pdf_pages(paper.write(briefing)),
        html_pages(html.whole_file(briefing)),
    ):
        assert all(stamp in page for page in found)
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(briefing)))
    assert {sheet["A2"].value for sheet in book} == {stamp_line(briefing.stamp)}


@pytest.mark.parametrize("ending", KINDS)
def test_the_same_briefing_gives_the_same_bytes(ending: str) -> None:
    assert KINDS[ending].write(CITY, lambda done: None) == KINDS[ending].write(tell(known.facts()), lambda done: None)


def test_the_html_file_names_nothing_outside_itself() -> None:
    told = html.whole_file(LONG).decode()
    assert re.findall(r"""(?:src|href|url\()\s*=?["'(]?\s*(?:https?:)?//""", told) == []
    assert "default-src 'none'" in lxml.html.document_fromstring(told).xpath("//meta[@http-equiv]")[0].get("content")


def test_what_people_typed_cannot_become_markup_or_a_formula() -> None:
    promises = known.promises().assign(text="<script>alert(1)</script> =1+1", owner="=cmd()")
    briefing = tell(known.facts(promises=promises))
    assert b"<script>alert" not in html.whole_file(briefing)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write(briefing)))["1.1 janji"]
    assert {cell.data_type for row in sheet.iter_rows(min_row=5) for cell in row} == {"s"}


def test_every_page_says_its_source_and_period() -> None:
    found = pdf_pages(paper.write(CITY))
    assert all(squeezed(source_line(slide)) in page for slide, page in zip(CITY.slides, found, strict=True))


def test_blank_cells_are_not_zeros() -> None:
    kept = tell(known.facts(parts=known.parts().assign(stunted=[250.0, float("nan")])), ("wilayah",))
    table = next(block for block in kept.slides[0].blocks if isinstance(block, Table))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write(kept)))["1.1 wilayah"]
    assert table.rows[1][1].value is None
    assert sheet["B6"].value is None
