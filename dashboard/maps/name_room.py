"""Room for the names on a map: a name that would lie on another is moved down or up by some pixels.

Letters are taken to be as wide as wide bold capitals, so that the room is a little too large and never too small.
"""

import math
from collections.abc import Sequence

from dashboard.maps.ground import Label

LETTER_PX, LINE_PX = 8.6, 18.0
_TILE_PX = 512
_MOST_LINES = 3


def moved_px(labels: Sequence[Label], zoom: float) -> list[int]:
    """Return how far down (negative: up) each name is written at this zoom (Web Mercator), in pixels.

    The northernmost keeps its place; each other takes the nearest free line, at most three away, else its own place.
    """
    moved = [0] * len(labels)
    taken: list[tuple[float, float, float]] = []
    for at in sorted(range(len(labels)), key=lambda one: -labels[one].lat):
        x, y = _pixels(labels[at], zoom)
        half = len(labels[at].text) * LETTER_PX / 2
        for offset in _offsets():
            if not any(
                abs(x - other) < half + wide and abs(y + offset - line) < LINE_PX for other, line, wide in taken
            ):
                moved[at] = offset
                break
        taken.append((x, y + moved[at], half))
    return moved


def _offsets() -> list[int]:
    step = int(LINE_PX / 2)
    return [0, *(sign * step * lines for lines in range(1, 2 * _MOST_LINES + 1) for sign in (1, -1))]


def _pixels(label: Label, zoom: float) -> tuple[float, float]:
    scale = _TILE_PX * 2**zoom
    mercator = math.log(math.tan(math.pi / 4 + math.radians(label.lat) / 2))
    return label.lon / 360 * scale, -mercator / (2 * math.pi) * scale
