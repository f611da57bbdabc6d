"""A browser window on the dashboard: what a person does there, and what went over the wire meanwhile."""

import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import shapely
from PIL import Image
from playwright.sync_api import ConsoleMessage, FloatRect, Locator, Page, Request, Response, WebSocket
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.serving import Served

PATIENCE_MS = 120_000
_LOOK_AGAIN_MS = 40
_PICTURE_AGAIN_MS = 200
"""Without a GPU a picture of the map keeps a core busy as long as drawing it does."""
_HEARD_MS, _FORM_MS = 500, 4_000
_PRESSES, _UNHEARD_MS = 10, 6_000
_TIMES_OPENED, _LIST_MS = 10, 6_000
_TILE_PX = 512
_OWN_PROBES = ("/_stcore/health", "/_stcore/host-config")
"""Streamlit asks for these below the page's own path first, to find out where it is mounted; a 404 is its answer."""

Colour = tuple[int, int, int]


@dataclass
class Traffic:
    """What passed between the window and the rest of the world."""

    foreign: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    asked: int = 0
    finished: int = 0
    received_bytes: int = 0
    deck: dict[str, Any] | None = None


class Screen:
    """One window; every act waits until the dashboard has answered it and is at rest."""

    def __init__(self, page: Page, served: Served) -> None:
        self.page, self.served, self.traffic = page, served, Traffic()
        self._decks: dict[str, dict[str, Any]] = {}
        page.set_default_timeout(PATIENCE_MS)
        page.on("request", self._note_request)
        page.on("response", self._note_response)
        page.on("pageerror", lambda error: self.traffic.faults.append(f"page error: {error}"))
        page.on("console", self._note_console)
        page.on("websocket", self._listen)

    def open(self, path: str) -> "Screen":
        """Open a page by its path and query, as a link does."""
        seen = self.traffic.finished
        self.page.goto(self.served.url + path)
        self.until(lambda: self.traffic.finished > seen, f"the first run of {path}")
        return self.rest()

    def open_and_read_note(self, path: str) -> str:
        """Open a page and return what it says for a moment, which may be over before the page is at rest."""
        self.page.goto(self.served.url + path)
        said = self.page.locator("[data-testid=stToast]").first.inner_text()
        self.rest()
        return said

    def resize(self, width_px: int, height_px: int) -> "Screen":
        """Make the window larger or smaller and wait for what the page asks because of it."""
        self.page.set_viewport_size({"width": width_px, "height": height_px})
        self.page.wait_for_timeout(_HEARD_MS)  # a page that hears of its new size asks again only after a moment
        return self.rest()

    def act(self, deed: Callable[[], object]) -> int:
        """Do something that makes the dashboard run again; return the bytes that it sent back."""
        asked, received = self.traffic.asked, self.traffic.received_bytes
        finished = self.traffic.finished
        deed()
        self.until(lambda: self.traffic.asked > asked and self.traffic.finished > finished, "the dashboard's answer")
        self.rest()
        return self.traffic.received_bytes - received

    def rest(self) -> "Screen":
        """Wait until no script runs and nothing on the page is left over from an earlier run."""
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
        self.page.wait_for_selector("[data-testid=stMainBlockContainer] h1")
        self.until(lambda: self.page.locator("[data-stale=true], [data-testid=stSkeleton]").count() == 0, "the page")
        return self

    def has_asked_since(self, asked: int, patience_ms: int) -> bool:
        """Say whether the window asks for another run within some time, counting from those asked before."""
        for _ in range(patience_ms // _LOOK_AGAIN_MS):
            if self.traffic.asked > asked:
                return True
            self.page.wait_for_timeout(_LOOK_AGAIN_MS)
        return False

    def until(self, is_so: Callable[[], bool], what: str, every_ms: int = _LOOK_AGAIN_MS) -> None:
        """Wait for a condition; fail with its name."""
        for _ in range(PATIENCE_MS // every_ms):
            if is_so():
                return
            self.page.wait_for_timeout(every_ms)
        raise TimeoutError(f"waited too long for {what}; faults so far: {self.traffic.faults}")

    def pick(self, key: str, words: str) -> int:
        """Pick an option of a select box by its words; return the bytes that came back."""
        self.page.mouse.move(0, 0)  # off the map, whose buttons float over the boxes while the pointer is on it
        box = self.page.locator(f".st-key-{key} input").first
        return self.take(box, self.page.get_by_role("option", name=words, exact=True))

    def take(self, box: Locator, option: Locator, typed: str = "") -> int:
        """Take the first such option of a box, after some words typed into it; return the bytes that came back."""
        return self.act(self.offered(box, option, typed).click)

    def offered(self, box: Locator, option: Locator, typed: str = "") -> Locator:
        """Open a box's list, with some words typed into it, and return the first such option.

        A list shuts when the page scrolls, or draws its box anew: it is opened where it stands, and again, as a person
        would.
        """
        for _ in range(_TIMES_OPENED):
            box.scroll_into_view_if_needed()
            self.page.wait_for_timeout(_HEARD_MS)
            box.click()
            if typed:
                box.fill("")
                box.fill(typed)
            with contextlib.suppress(PlaywrightTimeoutError):
                option.first.wait_for(timeout=_LIST_MS)
                break
            self.rest()
        return option.first

    def search(self, words: str) -> int:
        """Choose an RW or a place of care by name; return the bytes that came back."""
        option = self.page.get_by_role("option", name=words, exact=True)
        return self.take(self.page.locator(".st-key-cari input").first, option, words)

    def shown(self, key: str) -> str:
        """Return the words that a select box shows."""
        return self.page.locator(f".st-key-{key} input").first.input_value()

    def upload(self, name: str, content: bytes) -> None:
        """Choose a file for the page's uploader, in place of any chosen before, and wait for what is said of it."""
        chooser = self.page.locator("[data-testid=stFileUploader] input[type=file]")
        self.act(lambda: chooser.set_input_files({"name": name, "mimeType": "text/csv", "buffer": content}))

    def table(self, number: int = 0) -> list[list[str]]:
        """Return the cells of a table of the page, as they are told to those who cannot see it."""
        rows = self.page.locator("[data-testid=stDataFrame]").nth(number).locator("tbody tr")
        rows.first.wait_for(state="attached")
        return [row.locator("td").all_text_contents() for row in rows.all()]

    @property
    def query(self) -> dict[str, str]:
        """What the address says after its question mark."""
        return {name: values[-1] for name, values in parse_qs(urlsplit(self.page.url).query).items()}

    @property
    def text(self) -> str:
        """All that can be read on the page, with hints of empty fields; no names of icons, no letters of no size."""
        told: str = self.page.evaluate(_READABLE)
        return told

    @property
    def overflowing(self) -> list[str]:
        """What is wider than its room: the page itself, or a tile or card whose text is cut off."""
        found: list[str] = self.page.evaluate(_OVERFLOWING)
        return found

    def still_overflowing(self) -> list[str]:
        """Return what does not fit after charts and tables have had their time to find their form."""
        for _ in range(_FORM_MS // _LOOK_AGAIN_MS):
            if not self.overflowing:
                return []
            self.page.wait_for_timeout(_LOOK_AGAIN_MS)
        return self.overflowing

    def html(self, selector: str, words: str | None = None) -> Locator:
        """Return the parts of the page that a selector names, those with some words in them if words are given."""
        return self.page.locator(selector, has_text=words)

    @property
    def map(self) -> "MapOnScreen":
        """The map of the page, drawn."""
        self.page.wait_for_selector("#deckgl-overlay")
        self.until(lambda: self.traffic.deck is not None, "the map's content")
        return MapOnScreen(self)

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("blob", "data"):
            return
        if parts.hostname != "127.0.0.1":
            self.traffic.foreign.append(request.url)
        self.traffic.fetched.append(parts.path)

    def _note_response(self, response: Response) -> None:
        path = urlsplit(response.url).path
        if response.status >= 400 and not path.endswith(_OWN_PROBES):
            self.traffic.faults.append(f"{response.status} for {path}")

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.traffic.faults.append(f"console: {message.text[:500]}")

    def _listen(self, socket: WebSocket) -> None:
        if urlsplit(socket.url).hostname != "127.0.0.1":
            self.traffic.foreign.append(socket.url)
        socket.on("framesent", self._note_sent)
        socket.on("framereceived", self._note_received)

    def _note_sent(self, payload: str | bytes) -> None:
        message = BackMsg()
        message.ParseFromString(payload if isinstance(payload, bytes) else payload.encode())
        self.traffic.asked += message.WhichOneof("type") == "rerun_script"

    def _note_received(self, payload: str | bytes) -> None:
        self.traffic.received_bytes += len(payload)
        message = ForwardMsg()
        message.ParseFromString(payload if isinstance(payload, bytes) else payload.encode())
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.new_element.WhichOneof("type") == "deck_gl_json_chart":
            self.traffic.deck = self._decks[message.hash] = json.loads(
                message.delta.new_element.deck_gl_json_chart.json
            )
        elif kind == "ref_hash" and message.ref_hash in self._decks:
            self.traffic.deck = self._decks[message.ref_hash]
        elif kind == "script_finished":
            self.traffic.finished += 1


_OVERFLOWING = """() => {
  const wide = [];
  const name = e => (e.className || e.tagName) + ': ' + e.innerText.slice(0, 60);
  for (const e of [document.documentElement, ...document.querySelectorAll('[data-testid=stMain]')])
    if (e.scrollWidth > e.clientWidth) wide.push('the page scrolls sideways: ' + e.scrollWidth + ' > ' + e.clientWidth);
  for (const box of document.querySelectorAll('.kpi, .card, .legend, .status-line, .totals')) {
    const room = box.getBoundingClientRect();
    if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight + 1) wide.push(name(box));
    for (const e of box.querySelectorAll('*'))
      if (e.getBoundingClientRect().right > room.right + 1) { wide.push(name(box) + ' > ' + name(e)); break; }
  }
  return wide;
}"""


_READABLE = """() => {
  const told = [];
  const seen = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = seen.nextNode(); node; node = seen.nextNode()) {
    const e = node.parentElement;
    if (!node.data.trim() || !e.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    if (e.closest('script, style, canvas, [data-testid=stIconMaterial]')) continue;
    if (getComputedStyle(e).fontSize === '0px') continue;
    told.push(node.data.trim());
  }
  for (const e of document.querySelectorAll('input[placeholder], textarea[placeholder]'))
    if (!e.value && e.checkVisibility({visibilityProperty: true})) told.push(e.placeholder);
  return told.join('\\n');
}"""


class MapOnScreen:
    """The map: where a place is in the picture, what a click there does, and what can be seen."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.settle()

    @property
    def deck(self) -> dict[str, Any]:
        """What the server last sent to be drawn."""
        deck = self.screen.traffic.deck
        if deck is None:
            raise LookupError("no map was sent")
        return deck

    @property
    def camera(self) -> dict[str, float]:
        """Where the server says to look."""
        camera: dict[str, float] = self.deck["initialViewState"]
        return camera

    def layer(self, layer_id: str) -> dict[str, Any] | None:
        """Return a layer of the deck, or None."""
        return next((layer for layer in self.deck["layers"] if layer["id"] == layer_id), None)

    def features(self, layer_id: str) -> dict[str, shapely.Geometry]:
        """Return a linked layer's shapes by code, as the browser fetches them."""
        layer = self.layer(layer_id)
        if layer is None:
            raise LookupError(f"the map has no layer {layer_id}")
        _, content = self.screen.served.get(f"/{layer['data']}")
        return {
            feature["properties"]["c"]: shapely.geometry.shape(feature["geometry"])
            for feature in json.loads(content)["features"]
        }

    def project(self, places: np.ndarray) -> np.ndarray:
        """Return where places (n × 2, degrees) are in the window (pixels), while nobody has moved the map by hand."""
        box = self.screen.page.locator("#deckgl-overlay").bounding_box()
        if box is None:
            raise LookupError("the map is not in the window")
        scale = _TILE_PX * 2 ** self.camera["zoom"]
        east = (places[:, 0] - self.camera["longitude"]) / 360 * scale
        south = (_mercator(self.camera["latitude"]) - _mercator(places[:, 1])) / (2 * np.pi) * scale
        return np.column_stack([box["x"] + box["width"] / 2 + east, box["y"] + box["height"] / 2 + south])

    def position(self, place: shapely.Point) -> tuple[float, float]:
        """Return where one place is in the window."""
        x, y = self.project(shapely.get_coordinates(place))[0]
        return float(x), float(y)

    def click(self, place: shapely.Point) -> int:
        """Click a place; return the bytes that came back."""
        return self.click_at(*self.position(place))

    def click_at(self, x: float, y: float) -> int:
        """Click a point of the window as a person does: go there, see what it is, press, and press again if unheard.

        What lies under the pointer lights up, and without a GPU that is a second in which the map takes a press for a
        long one and does nothing.
        """
        self.screen.page.mouse.move(x, y)
        self.screen.until(lambda: self.screen.page.locator(".deck-tooltip").is_visible(), "the name under the pointer")
        self.settle()
        bytes_back = self.screen.act(lambda: self._press(x, y))
        self.settle()
        return bytes_back

    def _press(self, x: float, y: float) -> None:
        asked = self.screen.traffic.asked
        for _ in range(_PRESSES):
            self.screen.page.mouse.click(x, y)
            if self.screen.has_asked_since(asked, _UNHEARD_MS):
                return
        raise TimeoutError(f"the map heard none of {_PRESSES} presses")

    def picture(self) -> Image.Image:
        """Return the map as it stands in the window."""
        box = self.screen.page.locator("[data-testid=stDeckGlJsonChart]").bounding_box()
        if box is None:
            raise LookupError("the map is not in the window")
        clip = FloatRect(x=box["x"], y=box["y"], width=box["width"], height=box["height"])
        taken = self.screen.page.screenshot(clip=clip, animations="disabled")
        return Image.open(BytesIO(taken)).convert("RGB")

    def settle(self) -> None:
        """Wait until the picture holds more than its ground and no longer changes."""
        before: list[Image.Image] = []

        def is_still() -> bool:
            now = self.picture()
            colours = now.getcolors(maxcolors=1 << 24) or []
            is_same = bool(before) and before[-1].tobytes() == now.tobytes()
            before[:] = [now]
            return is_same and len(colours) > 50

        self.screen.until(is_still, "the map to be drawn", _PICTURE_AGAIN_MS)

    def pixels_of(self, colour: Colour, tolerance: int = 0) -> int:
        """Count the pixels of this colour, each channel within the tolerance."""
        apart = np.abs(np.asarray(self.picture(), dtype=int) - np.array(colour))
        return int((apart.max(axis=2) <= tolerance).sum())


def _mercator(latitude: Any) -> Any:
    return np.log(np.tan(np.pi / 4 + np.radians(latitude) / 2))
