"""Two maps under one camera, and months that play in the browser without asking the server."""

import numpy as np
import pytest

from tests.browser.screen import Screen


@pytest.fixture
def screen(window, demo) -> Screen:
    return window(demo)


def _opened(screen: Screen, query: str = "") -> Screen:
    screen.open(f"/bandingkan{query}")
    screen.page.locator(".rembuk[data-ready=yes]").wait_for()
    screen.page.wait_for_timeout(300)
    return screen


def _drawn(screen: Screen, number: int) -> np.ndarray:
    """Return which of a canvas's pixels, every twentieth across and down, are painted: where the city stands."""
    rows = (
        screen.page.locator(".rembuk canvas")
        .nth(number)
        .evaluate(
            """canvas => {
                 const {data, width, height} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                 const every20th = size => Array.from({length: Math.ceil(size / 20)}, (_, step) => step * 20);
                 return every20th(height).map(y => every20th(width).map(x => data[(y * width + x) * 4 + 3] > 0));
               }"""
        )
    )
    return np.array(rows, dtype=bool)


def _alike(first: np.ndarray, second: np.ndarray) -> float:
    return float((first == second).mean())


def test_both_maps_follow_when_one_is_moved(screen):
    _opened(screen)
    before = [_drawn(screen, number) for number in (0, 1)]
    assert _alike(*before) > 0.98
    box = screen.page.locator(".rembuk canvas").nth(1).bounding_box()
    screen.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    screen.page.mouse.wheel(0, -400)
    screen.page.mouse.down()
    screen.page.mouse.move(box["x"] + box["width"] / 2 + 80, box["y"] + box["height"] / 2 + 30, steps=4)
    screen.page.mouse.up()
    screen.page.wait_for_timeout(300)
    after = [_drawn(screen, number) for number in (0, 1)]
    assert _alike(*after) > 0.98
    assert _alike(before[0], after[0]) < 0.95


def test_months_play_by_keyboard_to_the_last_without_the_server(screen):
    _opened(screen, "?cara=Putar+bulan")
    slider, output = screen.page.locator(".rembuk input[type=range]"), screen.page.locator(".rembuk output")
    last = output.inner_text()
    asked, fetched = screen.traffic.asked, len(screen.traffic.fetched)
    slider.focus()
    screen.page.keyboard.press("ArrowLeft")
    screen.page.keyboard.press("ArrowLeft")
    assert output.inner_text() != last
    screen.page.locator(".rembuk .play").focus()
    screen.page.keyboard.press("Enter")
    screen.until(lambda: output.inner_text() == last, "the last month")
    screen.until(lambda: "Putar" in screen.page.locator(".rembuk .play").inner_text(), "the end of the play")
    assert screen.traffic.asked == asked
    assert [path for path in screen.traffic.fetched[fetched:] if "/map/" in path] == []


def test_a_search_moves_both_maps(screen):
    _opened(screen)
    before = _drawn(screen, 0)
    screen.search("Puskesmas Aren Jaya")
    screen.page.wait_for_timeout(500)
    after = [_drawn(screen, number) for number in (0, 1)]
    assert _alike(before, after[0]) < 0.95
    assert _alike(*after) > 0.98


def test_each_map_says_in_words_what_it_shows(screen):
    _opened(screen, "?cara=Dua+ukuran")
    told = [screen.page.locator(".rembuk canvas").nth(number).get_attribute("aria-label") for number in (0, 1)]
    assert "Prevalensi stunting" in told[0]
    assert "Waktu tempuh" in told[1]
    assert all("RW" in words for words in told)
