"""The mobile clinic's month, by the people who make it: drafted, nominated for, changed, adopted, visited."""

import io

import openpyxl
import pytest
from babel.dates import get_month_names

from tests.browser.screen import Screen

TRACEBACK = "[data-testid=stException]"


@pytest.fixture
def screen(window, demo) -> Screen:
    return window(demo, 1440, 900).open("/rotasi")


def become(screen: Screen, role: str) -> None:
    """Try the screens in another role, within the same session."""
    screen.html("[data-testid=stPopover] button").last.click()
    option = screen.page.get_by_role("option", name=role, exact=True)
    screen.take(screen.html(".st-key-coba-sebagai input").first, option, role)  # longer than what is drawn of it
    screen.page.keyboard.press("Escape")
    screen.html("[data-testid=stPopover] button", role).last.wait_for()
    screen.rest()


def go_to(screen: Screen, page: str) -> None:
    """Go to another page by the menu, which keeps the session."""
    screen.html("[data-testid=stTopNavSection]", "Pusing").click()
    screen.act(screen.page.get_by_test_id("stTopNavDropdownLink").filter(has_text=page).first.click)
    screen.html("h1", page).wait_for()


def press(screen: Screen, name: str) -> None:
    """Press a button and wait for the answer."""
    screen.act(screen.page.get_by_role("button", name=name, exact=True).last.click)


def told(screen: Screen, words: str) -> None:
    """Wait until the page says something: an act runs the page twice, and its word comes with the second run."""
    screen.until(lambda: words in screen.text, words)
    screen.rest()


def fill_day(screen: Screen, month: str) -> None:
    """Set the visit's day to the fifth of a month told in words, as a head who writes a visit down later does."""
    names = [get_month_names("wide", locale="id")[number] for number in range(1, 13)]
    name, year = month.split()
    day = screen.html("[data-testid=stDateInput]")
    day.get_by_role("spinbutton").first.wait_for()
    for part, value in zip(
        day.get_by_role("spinbutton").all(), ("05", f"{names.index(name) + 1:02d}", year), strict=True
    ):
        part.click()
        screen.page.keyboard.type(value)


def workbook_with_one_rw_named(content: bytes) -> bytes:
    """Fill the first RW of a nominations' workbook in, as a lurah would."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "Usulkan (ya)" for cell in row))
    column = {str(cell.value): cell.column for cell in head}
    first = head[0].row + 1
    sheet.cell(first, column["Usulkan (ya)"], "ya")
    sheet.cell(first, column["Alasan"], "jembatan putus")
    filled = io.BytesIO()
    book.save(filled)
    return filled.getvalue()


def test_a_plan_goes_from_draft_to_visited(screen: Screen) -> None:
    press(screen, "Susun rencana baru")
    press(screen, "Susun")
    screen.page.get_by_text("dari rencana terbaik yang mungkin").wait_for()
    assert all("RW " in cell for cell in screen.table(0)[0][1:])

    become(screen, "Lurah Bekasi Jaya")
    go_to(screen, "Usulan wilayah")
    screen.act(screen.page.get_by_role("radio", name="Lewat berkas Excel").click)
    with screen.page.expect_download() as sent:
        screen.page.get_by_role("button", name="Unduh berkas isian").click()
    screen.upload("usulan.xlsx", workbook_with_one_rw_named(sent.value.path().read_bytes()))
    press(screen, "Masukkan")
    told(screen, "1 RW diusulkan untuk")

    become(screen, "Perencana Dinkes")
    go_to(screen, "Rotasi Pusing")
    press(screen, "Ganti satu kunjungan")
    screen.take(screen.page.get_by_label("Menjadi RW"), screen.page.get_by_role("option"))
    screen.page.get_by_label("Alasan").last.fill("Permintaan lurah")
    press(screen, "Ganti dan susun ulang sisanya")
    screen.until(lambda: any("◆" in cell for row in screen.table(0) for cell in row), "the stop that a person chose")

    become(screen, "Wali Kota")
    press(screen, "Tetapkan rencana ini")
    told(screen, "Ditetapkan oleh Wali Kota")
    assert screen.page.get_by_role("button", name="Ganti satu kunjungan").count() == 0

    screen.act(screen.page.get_by_role("tab", name="Daftar").click)
    month, puskesmas, rw, state, *_ = screen.table(0)[0]
    assert state == "direncanakan"

    become(screen, f"Kepala Puskesmas {puskesmas}")
    go_to(screen, "Kunjungan")
    option = screen.page.get_by_role("option").filter(has_text=rw)
    screen.offered(screen.page.get_by_label("RW yang dikunjungi"), option, rw).click()
    fill_day(screen, month)
    for count, people in (("Orang dilayani", "40"), ("Balita ditimbang", "25"), ("Stunting baru ditemukan", "2")):
        screen.page.get_by_label(count).fill(people)
    press(screen, "Simpan kunjungan")
    told(screen, f"Kunjungan ke {rw} pada")

    become(screen, "Perencana Dinkes")
    go_to(screen, "Rotasi Pusing")
    told(screen, "1 sudah dibuat")
    assert "✓" in " ".join(cell for row in screen.table(0) for cell in row)
    screen.act(screen.page.get_by_role("tab", name="Daftar").click)
    assert screen.table(0)[0][2:4] == [rw, "dikunjungi"]
    assert screen.html(TRACEBACK).count() == 0
