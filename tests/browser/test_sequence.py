"""A sequence of slides arranged through the page: put in another order, saved, presented, and deleted."""

import pytest

from tests.browser.conftest import OpenWindow
from tests.browser.screen import Screen
from tests.browser.serving import Served
from tests.browser.test_presenting import Stage

ROW_PX, NUMBER_X_PX = 40, 90
"""Where the number of a row stands in the table that is edited."""
NAME = "Rakor percobaan"


@pytest.fixture
def screen(window: OpenWindow, demo: Served) -> Screen:
    return window(demo, 1280, 900).open("/paparan")


def arranging(screen: Screen) -> None:
    """Unfold the part in which a sequence is arranged."""
    screen.page.get_by_text("Atur urutan halaman").click()
    screen.page.get_by_label("Nama urutan").wait_for()


def parts(screen: Screen) -> list[str]:
    """Return the parts of the sequence that is chosen, in their order."""
    rows = screen.html(".st-key-paparan-isi tbody tr")
    rows.first.wait_for()
    return [row.locator("td").nth(1).inner_text() for row in rows.all()]


def number_row(screen: Screen, row: int, number: int) -> None:
    """Write another number of one digit into a row (from 0), by which it moves."""
    table = screen.html("[data-testid=stDataFrame]").first
    table.scroll_into_view_if_needed()
    table.click(position={"x": NUMBER_X_PX, "y": (row + 1.5) * ROW_PX})
    screen.page.keyboard.press(str(number))
    editor = screen.page.locator("#portal input")
    screen.until(lambda: editor.count() == 1 and editor.input_value() == str(number), "the editor of the number")
    screen.act(lambda: screen.page.keyboard.press("Enter"))


def test_a_sequence_is_arranged_saved_presented_and_deleted(screen: Screen) -> None:
    usual = parts(screen)
    arranging(screen)
    number_row(screen, 0, 9)
    screen.page.get_by_label("Nama urutan").fill(NAME)
    screen.page.keyboard.press("Tab")
    screen.page.get_by_role("button", name="Simpan urutan").click()
    screen.page.get_by_text(f"Urutan “{NAME}” disimpan dan kini ditampilkan").wait_for()
    screen.rest()

    assert parts(screen) == [*usual[1:8], usual[0], *usual[8:]]

    screen.page.get_by_role("button", name="Mulai paparan").click()
    stage = Stage(screen)
    assert len(stage.codes) == len(usual)
    assert stage.shown == stage.codes[0] == "target"
    assert stage.codes[7] == "janji"
    stage.page.keyboard.press("Escape")
    screen.page.get_by_role("button", name="Mulai paparan").wait_for()
    screen.rest()

    arranging(screen)
    screen.page.get_by_role("button", name="Hapus urutan ini").click()
    screen.page.get_by_text("Urutan dihapus.").wait_for()
    screen.rest()
    assert parts(screen) == usual
