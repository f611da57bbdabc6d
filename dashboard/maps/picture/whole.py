"""From figures and ground to one PNG with its words."""

import io
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from dashboard.maps.classes import OUTSIDE_COLOUR
from dashboard.maps.fills import OUTSIDE, Bubbles, Fill, LegendRow, bubbles
from dashboard.maps.ground import Ground
from dashboard.maps.layers import FACILITY_STYLE
from dashboard.maps.picture.frame import draw_scale_and_north, framed
from dashboard.maps.picture.ink import QUIET
from dashboard.maps.picture.layers import (
    draw_areas,
    draw_borders,
    draw_bubbles,
    draw_facilities,
    draw_focus,
    draw_names,
)
from dashboard.maps.picture.legend import write_legend_below, write_legend_beside
from dashboard.maps.picture.sheet import SAVED, Sheet, Size

_DRAWING = threading.Lock()


@dataclass(frozen=True)
class Words:
    """What is written around a map. A blank title leaves its line to the paper or slide that it is put on."""

    title: str
    place: str
    period: str
    source: str
    caveat: str = ""
    is_demo: bool = False
    snapshot: str = ""


def map_picture(
    ground: Ground,
    drawn: Fill | Bubbles,
    words: Words,
    size: Size = SAVED,
    kinds: Collection[str] = ("puskesmas", "rumah_sakit"),
    focus: Collection[str] = (),
) -> bytes:
    """Draw a map as PNG.

    `drawn` is in the order of `ground.rws`. `kinds` are the kinds of places of care to mark. With `focus`, codes of
    RWs, the picture is framed on them, those RWs are named where they are few, and all others stay without a figure.
    """
    if focus:
        drawn = _only(drawn, ground.rws["code"].isin(list(focus)).to_numpy())
    with _DRAWING:
        figure = Figure((size.width_px / size.dpi, size.height_px / size.dpi), dpi=size.dpi, facecolor="white")
        FigureCanvasAgg(figure)
        sheet = Sheet(figure, size)
        _write_around(sheet, drawn, words, _kinds_there(ground, kinds))
        axes = figure.add_axes(sheet.map_box())
        view = framed(axes, ground, focus)
        draw_areas(axes, ground, drawn, size)
        draw_borders(axes, ground, size)
        if focus:
            draw_focus(axes, ground, focus, size)
        if isinstance(drawn, Bubbles):
            draw_bubbles(axes, ground, drawn, size)
        draw_facilities(axes, ground, kinds, size)
        draw_names(axes, ground, focus, size, view)
        draw_scale_and_north(sheet, view)
        stream = io.BytesIO()
        figure.savefig(
            stream, format="png", dpi=size.dpi, pil_kwargs={"compress_level": 6}, metadata={"Software": None}
        )
    return stream.getvalue()


def _only(drawn: Fill | Bubbles, is_in: np.ndarray) -> Fill | Bubbles:
    """Leave the RWs outside a focus without a figure; the legend counts those inside."""
    if isinstance(drawn, Bubbles):
        inside_only = bubbles(pd.Series(drawn.counts[is_in]).where(lambda counts: counts >= 0), drawn.title)
        return replace(inside_only, counts=np.where(is_in, drawn.counts, OUTSIDE))
    inside = drawn.classes[is_in]
    numbers = {colour: int((inside == index).sum()) for index, colour in enumerate(drawn.palette)}

    def counted(rows: Sequence[LegendRow]) -> tuple[LegendRow, ...]:
        return tuple(replace(row, rw_count=numbers.get(row.colour, 0)) for row in rows)

    return replace(
        drawn,
        classes=np.where(is_in, drawn.classes, len(drawn.palette)),
        palette=(*drawn.palette, OUTSIDE_COLOUR),
        legend=counted(drawn.legend),
        special=tuple(row for row in counted(drawn.special) if row.rw_count),
    )


def _kinds_there(ground: Ground, kinds: Collection[str]) -> list[str]:
    located = ground.facilities[ground.facilities["lat"].notna() & ground.facilities["kind"].isin(list(kinds))]
    there = set(located["kind"])
    partners = ["partner"] if located["is_partner"].any() else []
    return [*(kind for kind in reversed(FACILITY_STYLE) if kind in there), *partners]


def _write_around(sheet: Sheet, drawn: Fill | Bubbles, words: Words, kinds: list[str]) -> None:
    line = sheet.size.text_pt
    if words.title:
        sheet.top -= 1.6 * line
        title = sheet.wrapped(words.title, sheet.right - sheet.left, 1.55, bold=True)
        for number, part in enumerate(title):
            sheet.top -= 1.9 * line if number else 0
            sheet.write(sheet.left, sheet.top, part, 1.55, bold=True)
        sheet.top -= 1.7 * line
        sheet.write(sheet.left, sheet.top, f"{words.place} · {words.period}", 1.05, colour=QUIET)
        sheet.top -= 0.9 * line
    told = [f"Sumber: {words.source}. Periode: {words.period}.", words.caveat, words.snapshot]
    if words.is_demo:
        told.append("Batas wilayah di data contoh adalah bagan, bukan batas resmi.")
    room = sheet.right - sheet.left - (9 * line if words.is_demo else 0)
    lines = sheet.wrapped(" ".join(part for part in told if part), room, 0.8)
    for part in reversed(lines):
        sheet.write(sheet.left, sheet.bottom, part, 0.8, colour=QUIET)
        sheet.bottom += 1.15 * line
    if words.is_demo:
        _write_demo(sheet)
    sheet.bottom += 0.3 * line
    if sheet.size.width_px > sheet.size.height_px * 1.1:
        write_legend_beside(sheet, drawn, kinds)
    else:
        write_legend_below(sheet, drawn, kinds)


def _write_demo(sheet: Sheet) -> None:
    line, label = sheet.size.text_pt, "DATA CONTOH"
    wide = sheet.width(label, 0.9, bold=True) + line
    x, y = sheet.right - wide, 0.55 * line
    sheet.axes.add_patch(Rectangle((x, y), wide, 1.55 * line, facecolor="#fff3cd", edgecolor="#8a6d00", linewidth=0.6))
    sheet.write(x + wide / 2, y + 0.48 * line, label, 0.9, bold=True, colour="#5c4800", ha="center")
