"""Which ground a picture shows, its scale bar and its north."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrow, Rectangle
from pyproj import Geod

from dashboard import format as fmt
from dashboard.maps.ground import Ground
from dashboard.maps.picture.sheet import Sheet

_EARTH = Geod(ellps="WGS84")


@dataclass(frozen=True)
class View:
    """What the map shows: degrees at its edges."""

    west: float
    south: float
    east: float
    north: float


def framed(axes: Axes, ground: Ground, focus: Collection[str]) -> View:
    """Set the axes to the ground that is shown, a focus with its surroundings, and return what they show."""
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
    view = View(middle_x - half_x, middle_y - half_y, middle_x + half_x, middle_y + half_y)
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


def draw_scale_and_north(sheet: Sheet, view: View) -> None:
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
