"""The slides of a rakor in a real window: by keyboard, at both sizes, as a kiosk, and with the server gone and back."""

import os
import time
from pathlib import Path

import pytest

from tests.browser.conftest import OpenWindow
from tests.browser.screen import Screen
from tests.browser.serving import Served
from tests.browser.small_city import copy_home, shared_home

SIZES = {"1920 x 1080": (1920, 1080), "1280 x 720": (1280, 720)}

CUT_OFF = """() => {
  const cut = [];
  const root = (function find(node) {
    for (const e of node.querySelectorAll('*')) {
      if (e.classList.contains('rembuk-stage')) return e;
      if (e.shadowRoot) { const found = find(e.shadowRoot); if (found) return found; }
    }
    return null;
  })(document);
  const slide = root.querySelector('.slide.is-shown');
  const seen = slide.getBoundingClientRect();
  if (seen.left < -1 || seen.top < -1 || seen.right > innerWidth + 1 || seen.bottom > innerHeight + 1)
    cut.push('the slide is larger than the window');
  for (const e of [slide, ...slide.querySelectorAll('.at, td, th')])
    if (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)
      cut.push(e.className + ': ' + e.innerText.slice(0, 60));
  for (const picture of slide.querySelectorAll('svg')) {
    const room = picture.getBoundingClientRect();
    for (const words of picture.querySelectorAll('text')) {
      const box = words.getBoundingClientRect();
      if (box.right > room.right + 1 || box.left < room.left - 1 || box.bottom > room.bottom + 1)
        cut.push('chart: ' + words.textContent);
    }
  }
  const ground = document.documentElement;
  if (ground.scrollWidth > ground.clientWidth) cut.push('the page scrolls');
  return cut;
}"""


class Stage:
    """The slides in a window."""

    def __init__(self, screen: Screen) -> None:
        self.screen, self.page = screen, screen.page
        self.page.locator(".slide.is-shown").wait_for()

    @property
    def shown(self) -> str:
        """The code of the slide that is seen."""
        return str(self.page.locator(".slide.is-shown").get_attribute("data-slide"))

    @property
    def codes(self) -> list[str]:
        """The codes of all slides in their order."""
        return [str(slide.get_attribute("data-slide")) for slide in self.page.locator(".slide").all()]

    def press(self, key: str) -> None:
        """Press a key and let the window paint once: what changes by then was not asked of the server."""
        self.page.evaluate(
            """key => new Promise(done => {
                 dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
                 requestAnimationFrame(() => requestAnimationFrame(done));
               })""",
            key,
        )

    def until(self, code: str) -> None:
        self.screen.until(lambda: self.shown == code, f"the slide {code}")


@pytest.mark.parametrize("size", SIZES)
def test_a_whole_sequence_by_keyboard_fits_one_screen(window: OpenWindow, demo: Served, size: str) -> None:
    stage = Stage(window(demo, *SIZES[size]).open("/paparan?tayang=ya"))
    seen, cut = [], {}
    for number in range(len(stage.codes)):
        seen.append(stage.shown)
        if found := stage.page.evaluate(CUT_OFF):
            cut[stage.shown] = found
        stage.press("PageDown" if number % 2 else "ArrowRight")
    assert cut == {}
    assert seen == stage.codes
    assert len(seen) == 10


def test_a_kecamatan_fits_one_screen_too(window: OpenWindow, demo: Served) -> None:
    screen = window(demo, 1280, 720).open("/paparan")
    box = screen.page.locator(".st-key-wilayah input").first
    screen.offered(box, screen.page.get_by_role("option"))
    place = screen.html("[role=option]").nth(1).inner_text()
    screen.act(screen.page.get_by_role("option", name=place, exact=True).click)
    stage = Stage(screen.open(f"/paparan?tayang=ya&wilayah={place.replace(' ', '+')}"))
    cut = []
    for _ in stage.codes:
        cut += stage.page.evaluate(CUT_OFF)
        stage.press("PageDown")
    assert cut == []
    assert place in stage.page.locator(".slide.is-shown .stamp").inner_text()


def test_keys_go_back_and_to_the_ends_turn_the_screen_black_and_leave(window: OpenWindow, demo: Served) -> None:
    stage = Stage(window(demo).open("/paparan?tayang=ya"))
    codes = stage.codes
    stage.page.keyboard.press("End")
    assert stage.shown == codes[-1]
    stage.page.keyboard.press("PageUp")
    assert stage.shown == codes[-2]
    stage.page.keyboard.press("Home")
    assert stage.shown == codes[0]
    stage.page.keyboard.press("b")
    assert stage.page.locator(".black.is-on").is_visible()
    stage.page.keyboard.press("PageDown")
    assert not stage.page.locator(".black.is-on").is_visible()
    assert stage.shown == codes[0]
    stage.page.keyboard.press("Escape")
    stage.page.get_by_role("button", name="Mulai paparan").wait_for()
    assert "tayang" not in stage.screen.query


@pytest.mark.parametrize(
    ("name", "begins"), [("PDF", b"%PDF"), ("PowerPoint", b"PK"), ("HTML tanpa jaringan", b"<!DOC")]
)
def test_a_file_comes_at_one_press(window: OpenWindow, demo: Served, tmp_path: Path, name: str, begins: bytes) -> None:
    page = window(demo).open("/paparan").page
    with page.expect_download() as coming:
        page.get_by_role("button", name=name).click()
    coming.value.save_as(tmp_path / "file")
    assert (tmp_path / "file").read_bytes().startswith(begins)
    assert coming.value.suggested_filename.startswith("rembuk-paparan-kota-bekasi-")


def test_the_html_file_runs_from_a_disk_without_a_network(window: OpenWindow, chromium, demo: Served, tmp_path) -> None:
    page = window(demo).open("/paparan").page
    with page.expect_download() as coming:
        page.get_by_role("button", name="HTML tanpa jaringan").click()
    coming.value.save_as(tmp_path / "paparan.html")
    context = chromium.new_context(offline=True, viewport={"width": 1280, "height": 720})
    asked: list[str] = []
    alone = context.new_page()
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto((tmp_path / "paparan.html").as_uri())
    cut = []
    slides = alone.locator(".slide").count()
    for _ in range(slides):
        cut += alone.evaluate(CUT_OFF)
        alone.keyboard.press("PageDown")
    assert slides == 10
    assert alone.locator(".slide.is-shown").get_attribute("data-slide") == "cara-baca"
    assert cut == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()


def test_a_kiosk_turns_by_itself_and_begins_again(window: OpenWindow, demo: Served) -> None:
    stage = Stage(window(demo).open("/paparan?tayang=ya&putar=5"))
    codes = stage.codes
    stage.until(codes[1])
    stage.page.keyboard.press("End")
    stage.until(codes[0])


def test_every_slide_says_how_old_its_data_are(window: OpenWindow, demo: Served) -> None:
    stage = Stage(window(demo).open("/paparan?tayang=ya"))
    for _ in stage.codes:
        told = stage.page.locator(".slide.is-shown .stamp").inner_text()
        assert "Data sampai" in told
        assert "DATA\u00a0CONTOH" in told
        stage.press("PageDown")


def test_slides_survive_the_server_and_are_taken_up_again(chromium, shared_folder: Path, tmp_path: Path) -> None:
    """The window outlives its server: the slide stays, a sign says so, and the same slide is there when it is back."""
    resting = Path(os.environ.get("REMBUK_TEST_SMALL_CITY") or shared_home(shared_folder))
    home = copy_home(resting, tmp_path / "home")
    first = Served(home, "--no-demo")
    page = chromium.new_page(locale="id-ID", viewport={"width": 1280, "height": 720})
    with first:
        stage = Stage(Screen(page, first).open("/paparan?tayang=ya"))
        stage.page.keyboard.press("PageDown")
        stage.page.keyboard.press("PageDown")
        here = stage.shown
    page.locator(".sign.is-on").wait_for()
    stage.page.keyboard.press("PageDown")
    stage.page.keyboard.press("PageUp")
    assert stage.shown == here
    with Served(home, "--no-demo", port=first.port):
        page.wait_for_event("framenavigated", timeout=60_000)
        page.locator(".slide.is-shown").wait_for()
        deadline = time.monotonic() + 60
        while page.locator(".sign.is-on").count() and time.monotonic() < deadline:
            page.wait_for_timeout(100)
        assert stage.shown == here
        assert page.locator(".sign.is-on").count() == 0
    page.close()
