"""From the city down to the card of an RW by clicks, and its sheet of paper, which tells what the screen tells."""

import io

import pypdf
import pytest

from tests.browser.screen import Screen

ROW_PX = 35
"""Height of a row of a table, its head included."""


@pytest.fixture
def screen(window, demo) -> Screen:
    return window(demo, 1440, 900).open("/wilayah")


def figures(screen: Screen) -> list[str]:
    """Return the figures at the head of the page."""
    return [words.replace("\u00a0", " ") for words in screen.html(".kpi.place .figure").all_inner_texts()]


def name(screen: Screen) -> str:
    return screen.html(".card.place h2").inner_text()


def open_first_row(screen: Screen) -> None:
    """Open the first place of the list by the box at the left of its row."""
    table = screen.html("[data-testid=stDataFrame]").first
    table.scroll_into_view_if_needed()
    before = name(screen)
    screen.act(lambda: table.click(position={"x": 18, "y": 1.5 * ROW_PX}))
    screen.until(lambda: name(screen) != before, "the place that was clicked")


def printed(screen: Screen) -> pypdf.PdfReader:
    with screen.page.expect_download() as sent:
        screen.page.get_by_role("button", name="Cetak satu halaman (PDF)").click()
    return pypdf.PdfReader(io.BytesIO(sent.value.path().read_bytes()))


def test_from_the_city_down_to_an_rw_and_onto_paper(screen: Screen) -> None:
    assert "Kota" in name(screen)
    names = []
    for _ in range(3):
        open_first_row(screen)
        names.append(name(screen))
    kecamatan, kelurahan, rw = names
    assert kecamatan.startswith("Kecamatan")
    assert kelurahan.startswith("Kelurahan")
    assert rw.startswith("RW ")
    assert screen.query["wilayah"].count(".") == 4

    (page,) = printed(screen).pages
    told = " ".join(page.extract_text().split())
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    assert rw in told
    assert [figure for figure in figures(screen) if figure not in told] == []

    screen.act(screen.page.get_by_role("link", name=kecamatan).click)
    screen.until(lambda: name(screen) == kecamatan, "the kecamatan above")


def test_a_link_opens_an_rw_and_a_broken_one_says_so(screen: Screen) -> None:
    screen.open("/wilayah?wilayah=32.75.01.1004.014")
    assert name(screen).startswith("RW 014")
    screen.open("/wilayah?wilayah=99.99")
    assert "yang tidak ada di data ini" in screen.text
    assert "Kota" in name(screen)
