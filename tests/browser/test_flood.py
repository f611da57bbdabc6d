"""Roads closed for a flood through the page: by a click on the map and by name, who is cut off, and open again."""

import pytest

from tests.browser.screen import Screen

RW, RW_NAME = "32.75.01.1004.014", "RW 014, Aren Jaya"
SCENARIO = "Banjir percobaan"


@pytest.fixture
def screen(window, demo) -> Screen:
    return window(demo, 1280, 1600).open("/akses?akses=Banjir")


def withdraw(screen: Screen, name: str) -> None:
    """Take back the scenario of this name."""
    option = screen.page.get_by_role("option").filter(has_text=name)
    screen.offered(screen.page.get_by_label("Batalkan skenario"), option, name).click()
    screen.page.get_by_role("button", name="Batalkan", exact=True).click()
    screen.page.get_by_text("Skenario dibatalkan").wait_for()
    screen.rest()


def close_a_street(screen: Screen) -> None:
    """Pick the first street of the list."""
    screen.take(screen.page.get_by_label("Jalan", exact=True), screen.page.get_by_role("option"))
    screen.page.keyboard.press("Escape")


def test_roads_are_closed_times_worked_out_anew_and_opened_again(screen: Screen) -> None:
    withdraw(screen, "Kali Bekasi")
    assert "Belum ada skenario jalan ditutup" in screen.text

    flooded = screen.map.features("rw")[RW].representative_point()
    screen.map.click(flooded)
    screen.until(lambda: "1 lingkaran" in screen.text, "the circle around the RW that was clicked")
    close_a_street(screen)
    assert "Ditutup: 1 jalan, 0 jembatan, 1 lingkaran" in screen.text

    screen.page.get_by_label("Nama skenario").fill(SCENARIO)
    screen.page.get_by_label("Alasan").fill("Genangan percobaan")
    screen.page.get_by_role("button", name="Hitung dan simpan").click()
    screen.page.get_by_text("Skenario tersimpan").wait_for()
    screen.rest()
    assert screen.shown("banjir") == SCENARIO
    hit = {row[0]: row[1:4] for row in screen.table()}
    effect, usual, flooded_time = hit[RW_NAME]
    assert effect == "terputus"
    assert usual.replace("\u00a0", " ").endswith("menit")
    assert flooded_time == "–"

    withdraw(screen, SCENARIO)
    assert "Belum ada skenario jalan ditutup" in screen.text
