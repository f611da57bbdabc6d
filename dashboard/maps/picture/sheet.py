"""The paper of a map's picture: its size, its letters, and where the map lies on it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

from dashboard.maps.picture.ink import INK

_FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
_REGULAR, _BOLD = _FONTS / "DejaVuSans.ttf", _FONTS / "DejaVuSans-Bold.ttf"


@dataclass(frozen=True)
class Size:
    """A picture's size: pixels, dots per inch, and the height of its letters in points."""

    width_px: int
    height_px: int
    dpi: int
    text_pt: float

    @property
    def width_pt(self) -> float:
        """Width in points."""
        return self.width_px / self.dpi * 72

    @property
    def height_pt(self) -> float:
        """Height in points."""
        return self.height_px / self.dpi * 72


SLIDE = Size(1920, 1080, 144, 13)
"""A whole slide of 16:9, 13.33 by 7.5 inches."""
A4_WIDE = Size(1417, 945, 200, 7.5)
"""180 by 120 mm, for a card on A4."""
SAVED = Size(2400, 1600, 180, 11)
"""What the map page saves: 13.3 by 8.9 inches."""


class Sheet:
    """The paper around the map, in points from its lower left corner, and the room that is still free."""

    def __init__(self, figure: Figure, size: Size) -> None:
        self.size = size
        self.axes: Axes = figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, size.width_pt), ylim=(0, size.height_pt))
        self.axes.set_axis_off()
        self.axes.set_zorder(5)
        self.axes.patch.set_alpha(0)
        self._renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined] # Agg's canvas has one
        margin = size.text_pt
        self.left, self.bottom = margin, margin * 0.8
        self.right, self.top = size.width_pt - margin, size.height_pt - margin * 0.8
        self.scale_at = (self.left, self.bottom)
        self.scale_room = self.right - self.left

    def map_box(self) -> tuple[float, float, float, float]:
        """Return the free room as fractions of the figure: left, bottom, width, height."""
        wide, high = self.size.width_pt, self.size.height_pt
        return self.left / wide, self.bottom / high, (self.right - self.left) / wide, (self.top - self.bottom) / high

    def write(
        self, x: float, y: float, words: str, scale: float = 1.0, *, bold: bool = False, colour: str = INK, **how: Any
    ) -> Text:
        """Write one line with its baseline at y."""
        return self.axes.text(
            x,
            y,
            words,
            fontproperties=font(self.size.text_pt * scale, bold=bold),
            color=colour,
            parse_math=False,
            **how,
        )

    def width(self, words: str, scale: float = 1.0, *, bold: bool = False) -> float:
        """Return how wide a line is, in points."""
        wide, _, _ = self._renderer.get_text_width_height_descent(
            words, font(self.size.text_pt * scale, bold=bold), ismath=False
        )
        return float(wide) / self.size.dpi * 72

    def wrapped(self, words: str, room: float, scale: float = 1.0, *, bold: bool = False) -> list[str]:
        """Break words into lines that fit a width in points."""
        lines: list[str] = []
        for word in words.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, scale, bold=bold) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines


def font(points: float, *, bold: bool = False) -> FontProperties:
    """Return the letters of every picture in a size of points."""
    return FontProperties(fname=str(_BOLD if bold else _REGULAR), size=points)
