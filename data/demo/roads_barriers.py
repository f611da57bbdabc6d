"""What roads must cross: a river, two toll roads and a railway, schematic but roughly where the real ones are.

Modelling assumption: nothing crosses a barrier except at crossings that are put there. Streets stop at its strip of
ground, whose edge is a street along it. Coordinates are metric (the demo city's UTM zone).
"""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from data.demo.geography import METRIC_CRS

_STEP_M = 60.0


@dataclass(frozen=True)
class Barrier:
    """A line that roads cross only at crossings; `strip` is its ground, `half_width_m` to each side.

    The strip may reach farther than the line, so that no street runs round the line's end at the region's border.
    """

    kind: str  # river, toll or rail
    name: str
    line: LineString
    half_width_m: float
    strip: Polygon
    crossing_gap_m: float  # small crossings are added where none lies nearer than this


_COURSES = [
    (
        "river",
        "Kali Bekasi",
        40.0,
        1300.0,
        [
            (-6.3650, 106.9640),
            (-6.3350, 106.9665),
            (-6.3120, 106.9725),
            (-6.2970, 106.9760),
            (-6.2830, 106.9845),
            (-6.2700, 106.9880),
            (-6.2570, 106.9925),
            (-6.2460, 106.9985),
            (-6.2340, 107.0045),
            (-6.2220, 107.0120),
            (-6.2100, 107.0230),
            (-6.1950, 107.0300),
            (-6.1700, 107.0370),
        ],
    ),
    (
        "toll",
        "Tol Contoh Barat–Timur",
        45.0,
        900.0,
        [
            (-6.2470, 106.8850),
            (-6.2490, 106.9150),
            (-6.2515, 106.9370),
            (-6.2535, 106.9580),
            (-6.2510, 106.9750),
            (-6.2495, 106.9900),
            (-6.2545, 107.0030),
            (-6.2620, 107.0180),
            (-6.2665, 107.0350),
            (-6.2710, 107.0650),
        ],
    ),
    (
        "toll",
        "Tol Contoh Selatan",
        45.0,
        900.0,
        [
            (-6.2533, 106.9560),
            (-6.2700, 106.9570),
            (-6.2860, 106.9560),
            (-6.2960, 106.9510),
            (-6.3020, 106.9390),
            (-6.3050, 106.9240),
            (-6.3100, 106.8950),
        ],
    ),
    (
        "rail",
        "Jalur kereta contoh",
        22.0,
        700.0,
        [
            (-6.2165, 106.9250),
            (-6.2197, 106.9526),
            (-6.2246, 106.9797),
            (-6.2363, 106.9996),
            (-6.2469, 107.0181),
            (-6.2530, 107.0370),
            (-6.2600, 107.0650),
        ],
    ),
]


def build_barriers(region: BaseGeometry) -> list[Barrier]:
    """Return the demo city's barriers, each cut to its longest piece within the region."""
    barriers = []
    for kind, name, half_width_m, crossing_gap_m, course in _COURSES:
        pieces = shapely.get_parts(shapely.intersection(_smooth(course), region))
        line = pieces[np.argmax(shapely.length(pieces))]
        longer = _past_the_border(line, region, 4 * half_width_m)
        strip = shapely.buffer(longer, half_width_m, cap_style="flat", quad_segs=4)
        barriers.append(Barrier(kind, name, line, half_width_m, strip, crossing_gap_m))
    return barriers


def _past_the_border(line: LineString, region: BaseGeometry, metres: float) -> LineString:
    """Return the line carried straight on where it ends at the region's border."""
    corners = shapely.get_coordinates(line)
    onwards = [corners[0] - corners[1], corners[-1] - corners[-2]]
    before, after = (metres * step / np.linalg.norm(step) for step in onwards)
    at_border = shapely.distance(region.boundary, shapely.points(corners[[0, -1]])) < 1.0
    start = [corners[0] + before] if at_border[0] else []
    end = [corners[-1] + after] if at_border[1] else []
    return LineString([*start, *corners, *end])


def _smooth(course: list[tuple[float, float]]) -> LineString:
    """Return a spline through the points (lat, lon) with a corner about every 60 m."""
    lat, lon = np.array(course).T
    points = gpd.points_from_xy(lon, lat, crs="EPSG:4326").to_crs(METRIC_CRS)
    corners = np.column_stack([points.x, points.y])
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(corners, axis=0), axis=1))])
    stations = np.linspace(0.0, along[-1], int(along[-1] // _STEP_M))
    return LineString(CubicSpline(along, corners)(stations))


def crossings(barrier: Barrier, taken: NDArray[np.object_], others: list[Barrier]) -> list[LineString]:
    """Return short lines straight across the barrier, spaced out where none of the roads `taken` crosses it.

    None is put where another barrier runs close, since it would end inside that one's ground.
    """
    used = shapely.get_coordinates(shapely.intersection(taken, barrier.line))
    used_at = barrier.line.project(shapely.points(used)) if len(used) else np.array([])
    blocked = shapely.union_all([other.strip for other in others]).buffer(3 * barrier.half_width_m)
    reach_m = barrier.half_width_m + 2.0
    found: list[LineString] = []
    for station in np.arange(barrier.crossing_gap_m / 2, barrier.line.length, barrier.crossing_gap_m / 2):
        middle, ahead = (np.array(barrier.line.interpolate(station + step).coords[0]) for step in (0.0, 1.0))
        along = (ahead - middle) / max(float(np.linalg.norm(ahead - middle)), 1e-9)
        across = np.array([-along[1], along[0]]) * reach_m
        is_near_another = len(used_at) > 0 and np.abs(used_at - station).min() < barrier.crossing_gap_m
        if not is_near_another and not shapely.contains_xy(blocked, *middle):
            found.append(LineString([middle - across, middle + across]))
            used_at = np.append(used_at, station)
    return found
