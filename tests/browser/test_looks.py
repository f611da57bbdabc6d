"""Every page at the sizes people use, in both themes, in Indonesian."""

import re
from dataclasses import dataclass

import pytest

from dashboard.access import PLANNER, pages_of
from tests.browser.screen import Screen

ENGLISH = re.compile(
    r"\b(?:upload|browse|choose|select|loading|running|stop|error|warning|drag and drop|limit|per file|deploy|rerun|"
    r"search|settings|no results|no options|showing|page not found|empty|download|close|clear|source|list of|more|view|"
    r"apply|submit)\b",
    re.IGNORECASE,
)
SIZES = {"1280 x 720": (1280, 720), "1920 x 1080": (1920, 1080), "1280 x 720 at 200 %": (640, 360)}
WITH_CARDS = ("/peta?pilih=32.75.01.1004.014", "/peta?pilih=32750200014")
PATHS = (*(f"/{page}" for page in sorted(pages_of(PLANNER))), *WITH_CARDS)


@dataclass(frozen=True)
class Seen:
    """What one page showed that it should not have."""

    too_wide: list[str]
    english: list[str]
    exceptions: int


@pytest.fixture(scope="module")
def looks(chromium, demo) -> dict[str, dict[str, Seen]]:
    """Every page in every size, by size and path; opened once, in a window that is then drawn larger and smaller."""
    page = chromium.new_page(locale="id-ID")
    screen = Screen(page, demo)
    found: dict[str, dict[str, Seen]] = {size: {} for size in SIZES}
    for path in PATHS:
        screen.open(path)
        for size, (width, height) in SIZES.items():
            found[size][path] = look(screen.resize(width, height))
    page.close()
    return found


@pytest.fixture(params=SIZES)
def seen(request, looks) -> dict[str, Seen]:
    return looks[request.param]


def look(screen: Screen) -> Seen:
    words = sorted({hit.lower() for hit in ENGLISH.findall(screen.text)})
    return Seen(screen.still_overflowing(), words, screen.html("[data-testid=stException]").count())


def test_nothing_scrolls_sideways_and_no_figure_is_cut(seen):
    assert {path: of_page.too_wide for path, of_page in seen.items() if of_page.too_wide} == {}


def test_every_page_speaks_indonesian(seen):
    assert {path: of_page.english for path, of_page in seen.items() if of_page.english} == {}


def test_no_page_shows_a_traceback(seen):
    assert [path for path, of_page in seen.items() if of_page.exceptions] == []


def test_the_dark_theme_shows_light_words_on_dark_ground(window, demo):
    screen = window(demo, color_scheme="dark").open("/")
    ground = brightness(screen, "[data-testid=stApp]", "backgroundColor")
    words = brightness(screen, ".kpi .figure", "color")
    assert ground < 60
    assert words > 180


def brightness(screen: Screen, selector: str, what: str) -> float:
    """Return the mean of a colour's three channels."""
    colour = screen.html(selector).first.evaluate(f"e => getComputedStyle(e).{what}")
    channels = [float(number) for number in re.findall(r"[\d.]+", colour)[:3]]
    return sum(channels) / 3
