"""What the colours and signs of a map mean, written beside or below it."""

from dataclasses import dataclass

import numpy as np
from matplotlib.patches import Circle, Rectangle

from dashboard import format as fmt
from dashboard.maps.fills import BUBBLE_COLOUR, Bubbles, Fill, LegendRow
from dashboard.maps.layers import FACILITY_STYLE
from dashboard.maps.legend import FACILITY_NAMES
from dashboard.maps.picture.ink import HATCH, HATCH_INK, PARTNER, QUIET, as_hex
from dashboard.maps.picture.layers import bubble_pt
from dashboard.maps.picture.sheet import Sheet


@dataclass(frozen=True)
class _Key:
    """A line of the legend: what stands before it, its words, and its number of RWs."""

    row: LegendRow | None
    kind: str
    words: str
    number: str = ""
    is_bold: bool = False


def _keys(drawn: Fill | Bubbles, kinds: list[str]) -> tuple[list[_Key], list[_Key]]:
    rows = [
        _Key(
            row,
            "bubble" if isinstance(drawn, Bubbles) and row.colour == BUBBLE_COLOUR else "area",
            row.label + (" ◄ target kota" if row.is_target else ""),
            f"{fmt.count(row.rw_count)} RW",
            row.is_target,
        )
        for row in (*drawn.legend, *drawn.special)
    ]
    return rows, [_Key(None, kind, FACILITY_NAMES.get(kind, "Mitra Pusing")) for kind in kinds]


def write_legend_beside(sheet: Sheet, drawn: Fill | Bubbles, kinds: list[str]) -> None:
    """Write the legend right of the map, one class a line."""
    line = sheet.size.text_pt
    rows, places = _keys(drawn, kinds)
    wide = max(
        15 * line,
        *(sheet.width(key.words, 0.9, bold=key.is_bold) + sheet.width(key.number, 0.9) + 3.4 * line for key in rows),
    )
    wide = min(wide, 0.42 * sheet.size.width_pt)
    x, y = sheet.right - wide, sheet.top - line
    for part in sheet.wrapped(drawn.title, wide, 1.0, bold=True):
        sheet.write(x, y, part, 1.0, bold=True)
        y -= 1.35 * line
    y -= 0.35 * line
    for key in rows:
        _write_key(sheet, key, drawn, x, y, sheet.right)
        y -= 1.55 * line
    y -= 0.6 * line
    for key in places:
        _write_key(sheet, key, drawn, x, y, sheet.right)
        y -= 1.5 * line
    sheet.scale_at, sheet.scale_room = (x, sheet.bottom + 0.4 * line), wide
    sheet.right = x - 1.2 * line


def write_legend_below(sheet: Sheet, drawn: Fill | Bubbles, kinds: list[str]) -> None:
    """Write the legend below the map, classes side by side."""
    line = sheet.size.text_pt
    rows, places = _keys(drawn, kinds)
    gap = 1.5 * line
    column = (sheet.right - sheet.left - gap) / 2
    in_column = (len(rows) + 1) // 2
    across = [*range(0, len(places), 3)]
    y = sheet.bottom + 0.3 * line
    for start in reversed(across):
        for number, key in enumerate(places[start : start + 3]):
            _write_key(sheet, key, drawn, sheet.left + number * (sheet.right - sheet.left) / 3, y, sheet.right)
        y += 1.55 * line
    y += 0.3 * line
    for number in reversed(range(in_column)):
        for side in (0, 1):
            if number + side * in_column < len(rows):
                x = sheet.left + side * (column + gap)
                _write_key(sheet, rows[number + side * in_column], drawn, x, y, x + column)
        y += 1.55 * line
    for part in reversed(sheet.wrapped(drawn.title, sheet.right - sheet.left, 1.0, bold=True)):
        sheet.write(sheet.left, y, part, 1.0, bold=True)
        y += 1.35 * line
    sheet.scale_at = (sheet.left, y + 0.6 * line)
    sheet.scale_room = (sheet.right - sheet.left) / 2
    sheet.bottom = y + 2.9 * line


def _write_key(sheet: Sheet, key: _Key, drawn: Fill | Bubbles, x: float, y: float, right: float) -> None:
    line = sheet.size.text_pt
    middle = (x + 0.9 * line, y + 0.36 * line)
    if key.kind in FACILITY_STYLE:
        _write_symbol(sheet, key.kind, middle)
    elif key.kind == "partner":
        ring = Circle(middle, 0.5 * line, facecolor="white", edgecolor=PARTNER, linewidth=0.18 * line)
        sheet.axes.add_patch(ring)
    elif key.kind == "bubble" and isinstance(drawn, Bubbles) and key.row is not None:
        few = int("".join(sign for sign in key.words.split("–")[0] if sign.isdigit()) or 1)
        radius = min(bubble_pt(drawn, np.array([few]), sheet.size)[0], 0.75 * line)
        sheet.axes.add_patch(Circle(middle, radius, facecolor=as_hex(BUBBLE_COLOUR), edgecolor="none"))
    elif key.row is not None:
        hatch = HATCH.get(key.row.colour)
        sheet.axes.add_patch(
            Rectangle(
                (x, y - 0.25 * line),
                1.8 * line,
                1.2 * line,
                facecolor=as_hex(key.row.colour),
                edgecolor=HATCH_INK if hatch else "#8a8a8a",
                hatch=hatch,
                hatch_linewidth=0.05 * line,
                linewidth=0.5,
            )
        )
    sheet.write(x + 2.3 * line, y, key.words, 0.9, bold=key.is_bold)
    if key.number:
        sheet.write(right, y, key.number, 0.9, colour=QUIET, ha="right")


def _write_symbol(sheet: Sheet, kind: str, middle: tuple[float, float]) -> None:
    line = sheet.size.text_pt
    colour, letter, _ = FACILITY_STYLE[kind]
    sheet.axes.add_patch(
        Circle(middle, (0.62 if letter else 0.25) * line, facecolor=as_hex(colour), edgecolor="white", linewidth=0.6)
    )
    if letter:
        sheet.write(*middle, letter, 0.75, bold=True, colour="white", ha="center", va="center_baseline")
