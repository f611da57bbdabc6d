"""A map as a picture, drawn on the server: for slides, for cards on paper and to be saved.

Classes, colours and words are those of the map on the screen. RWs weighed too little are hatched besides, so that the
class survives a black-and-white print; no data has a hatching of its own. The picture is drawn in degrees, stretched
so that lengths are true at its middle; across a kabupaten of 80 km the scale bar is out by less than one in a thousand.
Drawing takes no display, and one at a time: Matplotlib is not made for several threads.
"""

import io
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, FancyArrow, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from dashboard import format as fmt
from dashboard.maps.classes import (
    LOW_ATTENDANCE_COLOUR,
    NO_DATA_COLOUR,
    OUTSIDE_COLOUR,
    UNKNOWN_ATTENDANCE_COLOUR,
    Colour,
)
from dashboard.maps.fills import BUBBLE_COLOUR, NONE_COLOUR, OUTSIDE, Bubbles, Fill, LegendRow, bubbles
from dashboard.maps.ground import Ground
from dashboard.maps.layers import FACILITY_STYLE
from dashboard.maps.legend import FACILITY_NAMES

_DRAWING = threading.Lock()
_FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
_REGULAR, _BOLD = _FONTS / "DejaVuSans.ttf", _FONTS / "DejaVuSans-Bold.ttf"
_HATCH: dict[Colour, str] = {
    LOW_ATTENDANCE_COLOUR: "//////",
    UNKNOWN_ATTENDANCE_COLOUR: "\\\\\\\\\\\\",
    NO_DATA_COLOUR: ".....",
}
_HATCH_INK = "#7a5566"
_INK, _QUIET, _PARTNER = "#1b2327", "#55606a", "#e69f00"
_WATER = "#96c4e2"
_EARTH = Geod(ellps="WGS84")
_FEW_RWS = 60


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
        sheet = _Sheet(figure, size)
        _write_around(sheet, drawn, words, _kinds_there(ground, kinds))
        axes = figure.add_axes(sheet.map_box())
        view = _framed(axes, ground, focus)
        _draw_areas(axes, ground, drawn, size)
        _draw_borders(axes, ground, size)
        if focus:
            _draw_focus(axes, ground, focus, size)
        if isinstance(drawn, Bubbles):
            _draw_bubbles(axes, ground, drawn, size)
        _draw_facilities(axes, ground, kinds, size)
        _draw_names(axes, ground, focus, size, view)
        _draw_scale_and_north(sheet, view)
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


class _Sheet:
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
        self, x: float, y: float, words: str, scale: float = 1.0, *, bold: bool = False, colour: str = _INK, **how: Any
    ) -> Text:
        """Write one line with its baseline at y."""
        return self.axes.text(
            x,
            y,
            words,
            fontproperties=_font(self.size.text_pt * scale, bold=bold),
            color=colour,
            parse_math=False,
            **how,
        )

    def width(self, words: str, scale: float = 1.0, *, bold: bool = False) -> float:
        """Return how wide a line is, in points."""
        wide, _, _ = self._renderer.get_text_width_height_descent(
            words, _font(self.size.text_pt * scale, bold=bold), ismath=False
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


def _font(points: float, *, bold: bool = False) -> FontProperties:
    return FontProperties(fname=str(_BOLD if bold else _REGULAR), size=points)


def _write_around(sheet: _Sheet, drawn: Fill | Bubbles, words: Words, kinds: list[str]) -> None:
    line = sheet.size.text_pt
    if words.title:
        sheet.top -= 1.6 * line
        title = sheet.wrapped(words.title, sheet.right - sheet.left, 1.55, bold=True)
        for number, part in enumerate(title):
            sheet.top -= 1.9 * line if number else 0
            sheet.write(sheet.left, sheet.top, part, 1.55, bold=True)
        sheet.top -= 1.7 * line
        sheet.write(sheet.left, sheet.top, f"{words.place} · {words.period}", 1.05, colour=_QUIET)
        sheet.top -= 0.9 * line
    told = [f"Sumber: {words.source}. Periode: {words.period}.", words.caveat, words.snapshot]
    if words.is_demo:
        told.append("Batas wilayah di data contoh adalah bagan, bukan batas resmi.")
    room = sheet.right - sheet.left - (9 * line if words.is_demo else 0)
    lines = sheet.wrapped(" ".join(part for part in told if part), room, 0.8)
    for part in reversed(lines):
        sheet.write(sheet.left, sheet.bottom, part, 0.8, colour=_QUIET)
        sheet.bottom += 1.15 * line
    if words.is_demo:
        _write_demo(sheet)
    sheet.bottom += 0.3 * line
    if sheet.size.width_px > sheet.size.height_px * 1.1:
        _write_legend_beside(sheet, drawn, kinds)
    else:
        _write_legend_below(sheet, drawn, kinds)


def _write_demo(sheet: _Sheet) -> None:
    line, label = sheet.size.text_pt, "DATA CONTOH"
    wide = sheet.width(label, 0.9, bold=True) + line
    x, y = sheet.right - wide, 0.55 * line
    sheet.axes.add_patch(Rectangle((x, y), wide, 1.55 * line, facecolor="#fff3cd", edgecolor="#8a6d00", linewidth=0.6))
    sheet.write(x + wide / 2, y + 0.48 * line, label, 0.9, bold=True, colour="#5c4800", ha="center")


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


def _write_legend_beside(sheet: _Sheet, drawn: Fill | Bubbles, kinds: list[str]) -> None:
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


def _write_legend_below(sheet: _Sheet, drawn: Fill | Bubbles, kinds: list[str]) -> None:
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


def _write_key(sheet: _Sheet, key: _Key, drawn: Fill | Bubbles, x: float, y: float, right: float) -> None:
    line = sheet.size.text_pt
    middle = (x + 0.9 * line, y + 0.36 * line)
    if key.kind in FACILITY_STYLE:
        _write_symbol(sheet, key.kind, middle)
    elif key.kind == "partner":
        ring = Circle(middle, 0.5 * line, facecolor="white", edgecolor=_PARTNER, linewidth=0.18 * line)
        sheet.axes.add_patch(ring)
    elif key.kind == "bubble" and isinstance(drawn, Bubbles) and key.row is not None:
        few = int("".join(sign for sign in key.words.split("–")[0] if sign.isdigit()) or 1)
        radius = min(_bubble_pt(drawn, np.array([few]), sheet.size)[0], 0.75 * line)
        sheet.axes.add_patch(Circle(middle, radius, facecolor=_hex(BUBBLE_COLOUR), edgecolor="none"))
    elif key.row is not None:
        hatch = _HATCH.get(key.row.colour)
        sheet.axes.add_patch(
            Rectangle(
                (x, y - 0.25 * line),
                1.8 * line,
                1.2 * line,
                facecolor=_hex(key.row.colour),
                edgecolor=_HATCH_INK if hatch else "#8a8a8a",
                hatch=hatch,
                hatch_linewidth=0.05 * line,
                linewidth=0.5,
            )
        )
    sheet.write(x + 2.3 * line, y, key.words, 0.9, bold=key.is_bold)
    if key.number:
        sheet.write(right, y, key.number, 0.9, colour=_QUIET, ha="right")


def _write_symbol(sheet: _Sheet, kind: str, middle: tuple[float, float]) -> None:
    line = sheet.size.text_pt
    colour, letter, _ = FACILITY_STYLE[kind]
    sheet.axes.add_patch(
        Circle(middle, (0.62 if letter else 0.25) * line, facecolor=_hex(colour), edgecolor="white", linewidth=0.6)
    )
    if letter:
        sheet.write(*middle, letter, 0.75, bold=True, colour="white", ha="center", va="center_baseline")


@dataclass(frozen=True)
class _View:
    """What the map shows: degrees at its edges."""

    west: float
    south: float
    east: float
    north: float


def _framed(axes: Axes, ground: Ground, focus: Collection[str]) -> _View:
    west, south, east, north = _bounds_of(ground, focus)
    squeeze = max(float(np.cos(np.radians((south + north) / 2))), 0.05)
    figure = axes.get_figure()
    box = axes.get_position()
    if figure is None:
        raise RuntimeError("axes without a figure cannot be framed")
    wide_in, high_in = box.width * figure.get_figwidth(), box.height * figure.get_figheight()  # type: ignore[union-attr]
    wide, high = (east - west) * 1.06, (north - south) * 1.06
    degrees_per_inch = max(wide * squeeze / wide_in, high / high_in)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    half_x, half_y = degrees_per_inch * wide_in / squeeze / 2, degrees_per_inch * high_in / 2
    view = _View(middle_x - half_x, middle_y - half_y, middle_x + half_x, middle_y + half_y)
    axes.set(xlim=(view.west, view.east), ylim=(view.south, view.north))
    axes.set_axis_off()
    return view


def _bounds_of(ground: Ground, focus: Collection[str]) -> tuple[float, float, float, float]:
    chosen = [shape for code, shape in zip(ground.outlined, ground.shapes, strict=True) if code in set(focus)]
    if chosen:
        west, south, east, north = shapely.total_bounds(chosen)
    elif focus:
        placed = ground.placed[ground.placed["code"].isin(list(focus))]
        if placed.empty:
            return ground.bounds
        west, east = placed["point_lon"].min() - 0.005, placed["point_lon"].max() + 0.005
        south, north = placed["point_lat"].min() - 0.005, placed["point_lat"].max() + 0.005
    else:
        return ground.bounds
    return float(west), float(south), float(east), float(north)


def _outline(shape: BaseGeometry) -> Outline:
    """Return a polygon or multipolygon, holes and all, as one path."""
    rings = [
        ring
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    ]
    return Outline.make_compound_path(*(Outline(shapely.get_coordinates(ring), closed=True) for ring in rings))


def _draw_areas(axes: Axes, ground: Ground, drawn: Fill | Bubbles, size: Size) -> None:
    place = ground.rws.reset_index(drop=True).reset_index().set_index("code")["index"]
    numbers = place.reindex(list(ground.outlined)).to_numpy(int)
    outlines = [_outline(shape) for shape in ground.shapes]
    palette: tuple[Colour, ...]
    if isinstance(drawn, Fill):
        palette, classes = drawn.palette, drawn.classes[numbers]
    else:
        palette, classes = (NONE_COLOUR, NO_DATA_COLOUR, OUTSIDE_COLOUR), -drawn.counts.clip(max=0)[numbers]
    for index, colour in enumerate(palette):
        of_class = [outline for outline, number in zip(outlines, classes, strict=True) if number == index]
        if not of_class:
            continue
        filled = PathCollection(of_class, facecolor=_hex(colour), edgecolor=_hex(colour), linewidth=0.2, zorder=1)
        axes.add_collection(filled, autolim=False)
        hatch = _HATCH.get(colour)
        if hatch:
            hatched = PathCollection(
                of_class, facecolor="none", edgecolor=_HATCH_INK, linewidth=0, hatch=hatch, zorder=1.1
            )
            hatched.set_hatch_linewidth(0.05 * size.text_pt)
            axes.add_collection(hatched, autolim=False)
    if isinstance(drawn, Fill):
        only = ground.only_placed
        if len(only):
            axes.scatter(
                only["point_lon"],
                only["point_lat"],
                s=(0.8 * size.text_pt) ** 2,
                c=[_hex(palette[number]) for number in drawn.classes[place.reindex(only["code"]).to_numpy(int)]],
                edgecolors=_INK,
                linewidths=0.5,
                zorder=4,
            )
    _draw_water(axes, ground)


def _draw_water(axes: Axes, ground: Ground) -> None:
    features = ground.basemap.get("water", {}).get("features", [])
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    lakes = [
        _outline(shape) for shape in shapes if shape.geom_type in ("Polygon", "MultiPolygon") and not shape.is_empty
    ]
    if lakes:
        axes.add_collection(PathCollection(lakes, facecolor=_WATER, edgecolor="none", zorder=1.5), autolim=False)
    rivers = [shape for shape in shapes if shape.geom_type in ("LineString", "MultiLineString")]
    if rivers:
        axes.add_collection(_lines(rivers, "#5c9ecc", 0.9, 1.6), autolim=False)


def _lines(shapes: Sequence[BaseGeometry], colour: str, width_pt: float, order: float) -> LineCollection:
    parts = [shapely.get_coordinates(part) for shape in shapes for part in shapely.get_parts(shape)]
    return LineCollection(parts, colors=colour, linewidths=width_pt, capstyle="round", zorder=order)


def _draw_borders(axes: Axes, ground: Ground, size: Size) -> None:
    unit = size.text_pt / 12
    axes.add_collection(_lines(ground.rw_borders, "#ffffffb0", 0.35 * unit, 2), autolim=False)
    axes.add_collection(_lines(ground.kelurahan_borders, "#3c3c3cb0", 0.6 * unit, 2.1), autolim=False)
    axes.add_collection(_lines(ground.kecamatan_borders, "#141414e0", 1.3 * unit, 2.2), autolim=False)


def _draw_focus(axes: Axes, ground: Ground, focus: Collection[str], size: Size) -> None:
    wanted = set(focus)
    own = [shape for code, shape in zip(ground.outlined, ground.shapes, strict=True) if code in wanted]
    if own:
        edge = shapely.boundary(shapely.union_all(own))
        axes.add_collection(_lines([edge], "white", 0.32 * size.text_pt, 2.4), autolim=False)
        axes.add_collection(_lines([edge], "black", 0.17 * size.text_pt, 2.5), autolim=False)


def _bubble_pt(drawn: Bubbles, counts: np.ndarray, size: Size) -> np.ndarray:
    """Return radii in points: those of the screen, whose letters are 18 pixels high."""
    return np.asarray(drawn.radii)[np.clip(counts, 0, len(drawn.radii) - 1)] * size.text_pt / 18


def _draw_bubbles(axes: Axes, ground: Ground, drawn: Bubbles, size: Size) -> None:
    is_shown = (
        (drawn.counts > 0) & ground.rws["point_lat"].notna().to_numpy() & ground.rws["point_lon"].notna().to_numpy()
    )
    shown = ground.rws[is_shown]
    axes.scatter(
        shown["point_lon"],
        shown["point_lat"],
        s=(2 * _bubble_pt(drawn, drawn.counts[is_shown], size)) ** 2,
        c=_hex(BUBBLE_COLOUR),
        alpha=0.75,
        linewidths=0,
        zorder=3,
    )


def _draw_facilities(axes: Axes, ground: Ground, kinds: Collection[str], size: Size) -> None:
    located = ground.facilities[ground.facilities["lat"].notna() & ground.facilities["lon"].notna()]
    west, east = axes.get_xlim()
    south, north = axes.get_ylim()
    located = located[located["lon"].between(west, east) & located["lat"].between(south, north)]
    for order, (kind, (colour, letter, radius)) in enumerate(FACILITY_STYLE.items()):
        of_kind = located[located["kind"] == kind] if kind in kinds else located[:0]
        if of_kind.empty:
            continue
        is_partner = of_kind["is_partner"].astype(bool).to_numpy()
        points = of_kind[["lon", "lat"]].to_numpy(float)
        wide = 2 * radius * size.text_pt / 20
        axes.scatter(
            points[:, 0],
            points[:, 1],
            s=wide**2,
            c=_hex(colour),
            edgecolors=[_PARTNER if is_one else "white" for is_one in is_partner],
            linewidths=[(0.17 if is_one else 0.06) * size.text_pt for is_one in is_partner],
            zorder=5 + order / 10,
        )
        for x, y in points if letter else ():
            axes.text(
                x,
                y,
                letter,
                fontproperties=_font(0.62 * size.text_pt, bold=True),
                color="white",
                ha="center",
                va="center_baseline",
                zorder=5.05 + order / 10,
            )


def _draw_names(axes: Axes, ground: Ground, focus: Collection[str], size: Size, view: _View) -> None:
    """Write names from the most to the least important, each only where it hides no other."""
    wanted = set(focus)
    names = []
    if 0 < len(wanted) <= _FEW_RWS:
        own = ground.placed[ground.placed["code"].isin(wanted)]
        points = own[["point_lon", "point_lat", "rw_name"]].to_numpy().tolist()
        names += [(lon, lat, name.removeprefix("RW "), 0.85, False) for lon, lat, name in points]
    names += [
        (label.lon, label.lat, label.text if focus else label.text.upper(), 0.85 if focus else 0.8, True)
        for label in ground.labels
        if label.level == ("kelurahan" if focus else "kecamatan")
        and view.west < label.lon < view.east
        and view.south < label.lat < view.north
    ]
    taken: list[tuple[float, float, float, float]] = []
    renderer = axes.get_figure().canvas.get_renderer()  # type: ignore[union-attr] # Agg's canvas has one
    for lon, lat, words, scale, is_bold in names:
        written = axes.annotate(
            words,
            (lon, lat),
            (0, 0),
            textcoords="offset points",
            fontproperties=_font(scale * size.text_pt, bold=is_bold),
            color="#141414",
            ha="center",
            va="center",
            zorder=7,
            parse_math=False,
            path_effects=[withStroke(linewidth=0.22 * size.text_pt, foreground="white", alpha=0.9)],
        )
        for up in (0, -1.2, 1.2, -2.4, 2.4):
            written.xyann = (0, up * size.text_pt)
            box = written.get_window_extent(renderer)
            if not any(box.x0 < x1 and x0 < box.x1 and box.y0 < y1 and y0 < box.y1 for x0, y0, x1, y1 in taken):
                taken.append((box.x0, box.y0, box.x1, box.y1))
                break
        else:
            written.remove()


def _draw_scale_and_north(sheet: _Sheet, view: _View) -> None:
    """Draw a bar whose length on the ground is a round number, measured on the ellipsoid, and where north is."""
    line = sheet.size.text_pt
    middle = (view.south + view.north) / 2
    _, _, across_m = _EARTH.inv(view.west, middle, view.east, middle)
    metres_per_pt = across_m / (sheet.right - sheet.left)
    length_m = nice_length_m(metres_per_pt * min((sheet.right - sheet.left) / 3, sheet.scale_room - 6 * line))
    wide = length_m / metres_per_pt
    x, y = sheet.scale_at
    label = f"{fmt.decimal(length_m / 1000, 0)} km" if length_m >= 1000 else f"{fmt.count(length_m)} m"
    for part, colour in ((0, "black"), (1, "white")):
        half = (x + part * wide / 2, y)
        sheet.axes.add_patch(Rectangle(half, wide / 2, 0.4 * line, facecolor=colour, edgecolor="black", linewidth=0.6))
    sheet.write(x, y + 0.8 * line, "0", 0.85)
    sheet.write(x + wide, y + 0.8 * line, label, 0.85, ha="center")
    north = x + wide + sheet.width(label, 0.85) / 2 + 1.4 * line
    sheet.axes.add_patch(
        FancyArrow(
            north,
            y - 0.3 * line,
            0,
            1.45 * line,
            width=0.12 * line,
            head_width=0.7 * line,
            head_length=0.7 * line,
            length_includes_head=True,
            color="black",
        )
    )
    sheet.write(north, y + 1.3 * line, "U", 0.85, bold=True, ha="center")


def nice_length_m(longest_m: float) -> float:
    """Return the largest of 1, 2 or 5 times a power of ten that is no longer than a length."""
    tenth = 10.0 ** np.floor(np.log10(longest_m))
    return float(max(step * tenth for step in (0.5, 1, 2, 5) if step * tenth <= longest_m))


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)
