"""What lies on a picture's ground: areas, water, borders, children, places of care and names."""

from collections.abc import Collection, Sequence

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.path import Path as Outline
from matplotlib.patheffects import withStroke
from shapely.geometry.base import BaseGeometry

from dashboard.maps.classes import NO_DATA_COLOUR, OUTSIDE_COLOUR, Colour
from dashboard.maps.fills import BUBBLE_COLOUR, NONE_COLOUR, Bubbles, Fill
from dashboard.maps.ground import Ground
from dashboard.maps.layers import FACILITY_STYLE
from dashboard.maps.picture.frame import View
from dashboard.maps.picture.ink import HATCH, HATCH_INK, INK, PARTNER, as_hex
from dashboard.maps.picture.sheet import Size, font

_WATER = "#96c4e2"
_FEW_RWS = 60


def _outline(shape: BaseGeometry) -> Outline:
    """Return a polygon or multipolygon, holes and all, as one path."""
    rings = [
        ring
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    ]
    return Outline.make_compound_path(*(Outline(shapely.get_coordinates(ring), closed=True) for ring in rings))


def draw_areas(axes: Axes, ground: Ground, drawn: Fill | Bubbles, size: Size) -> None:
    """Fill RWs with the colours and hatchings of their classes."""
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
        filled = PathCollection(of_class, facecolor=as_hex(colour), edgecolor=as_hex(colour), linewidth=0.2, zorder=1)
        axes.add_collection(filled, autolim=False)
        hatch = HATCH.get(colour)
        if hatch:
            hatched = PathCollection(
                of_class, facecolor="none", edgecolor=HATCH_INK, linewidth=0, hatch=hatch, zorder=1.1
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
                c=[as_hex(palette[number]) for number in drawn.classes[place.reindex(only["code"]).to_numpy(int)]],
                edgecolors=INK,
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


def draw_borders(axes: Axes, ground: Ground, size: Size) -> None:
    """Draw the borders of RWs, kelurahan and kecamatan, thicker upwards."""
    unit = size.text_pt / 12
    axes.add_collection(_lines(ground.rw_borders, "#ffffffb0", 0.35 * unit, 2), autolim=False)
    axes.add_collection(_lines(ground.kelurahan_borders, "#3c3c3cb0", 0.6 * unit, 2.1), autolim=False)
    axes.add_collection(_lines(ground.kecamatan_borders, "#141414e0", 1.3 * unit, 2.2), autolim=False)


def draw_focus(axes: Axes, ground: Ground, focus: Collection[str], size: Size) -> None:
    """Draw a line around the areas in focus."""
    wanted = set(focus)
    own = [shape for code, shape in zip(ground.outlined, ground.shapes, strict=True) if code in wanted]
    if own:
        edge = shapely.boundary(shapely.union_all(own))
        axes.add_collection(_lines([edge], "white", 0.32 * size.text_pt, 2.4), autolim=False)
        axes.add_collection(_lines([edge], "black", 0.17 * size.text_pt, 2.5), autolim=False)


def bubble_pt(drawn: Bubbles, counts: np.ndarray, size: Size) -> np.ndarray:
    """Return radii in points: those of the screen, whose letters are 18 pixels high."""
    return np.asarray(drawn.radii)[np.clip(counts, 0, len(drawn.radii) - 1)] * size.text_pt / 18


def draw_bubbles(axes: Axes, ground: Ground, drawn: Bubbles, size: Size) -> None:
    """Draw children as discs at the points of their RWs."""
    is_shown = (
        (drawn.counts > 0) & ground.rws["point_lat"].notna().to_numpy() & ground.rws["point_lon"].notna().to_numpy()
    )
    shown = ground.rws[is_shown]
    axes.scatter(
        shown["point_lon"],
        shown["point_lat"],
        s=(2 * bubble_pt(drawn, drawn.counts[is_shown], size)) ** 2,
        c=as_hex(BUBBLE_COLOUR),
        alpha=0.75,
        linewidths=0,
        zorder=3,
    )


def draw_facilities(axes: Axes, ground: Ground, kinds: Collection[str], size: Size) -> None:
    """Draw the places of care of some kinds, as far as they lie inside the picture."""
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
            c=as_hex(colour),
            edgecolors=[PARTNER if is_one else "white" for is_one in is_partner],
            linewidths=[(0.17 if is_one else 0.06) * size.text_pt for is_one in is_partner],
            zorder=5 + order / 10,
        )
        for x, y in points if letter else ():
            axes.text(
                x,
                y,
                letter,
                fontproperties=font(0.62 * size.text_pt, bold=True),
                color="white",
                ha="center",
                va="center_baseline",
                zorder=5.05 + order / 10,
            )


def draw_names(axes: Axes, ground: Ground, focus: Collection[str], size: Size, view: View) -> None:
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
            fontproperties=font(scale * size.text_pt, bold=is_bold),
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
