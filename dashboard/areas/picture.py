"""A small map of a file of areas: its outlines, and where overlaps and gaps were mended; one drawing, no tiles."""

from collections.abc import Callable

import numpy as np
import shapely
from numpy.typing import NDArray

_WIDTH, _HEIGHT = 640.0, 420.0
_DETAIL_PX = 0.5


def picture(outlines: NDArray[np.object_], overlaps: NDArray[np.object_], gaps: NDArray[np.object_]) -> str:
    """Return an SVG of outlines (degrees) with a ring around each mended place; north is up."""
    west, south, east, north = shapely.total_bounds(outlines)
    shrink = float(np.cos(np.radians((south + north) / 2)))
    scale = min(_WIDTH / max((east - west) * shrink, 1e-9), _HEIGHT / max(north - south, 1e-9)) * 0.96
    width, height = (east - west) * shrink * scale, (north - south) * scale

    def drawn(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack([(xy[:, 0] - west) * shrink * scale, (north - xy[:, 1]) * scale])

    shapes = shapely.simplify(shapely.transform(outlines, drawn), _DETAIL_PX)
    paths = "".join(_path(ring) for ring in shapely.get_rings(shapes))
    rings = _rings(overlaps, drawn, "#D55E00") + _rings(gaps, drawn, "#0072B2")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-6 -6 {width + 12:.0f} {height + 12:.0f}"'
        f' width="{width + 12:.0f}" height="{height + 12:.0f}">'
        f'<path d="{paths}" fill="#99999955" stroke="#777777" stroke-width="0.7" fill-rule="evenodd"/>{rings}</svg>'
    )


def _path(ring: shapely.LinearRing) -> str:
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in shapely.get_coordinates(ring)) + "Z"


def _rings(faces: NDArray[np.object_], drawn: Callable[[NDArray[np.float64]], NDArray[np.float64]], colour: str) -> str:
    if len(faces) == 0:
        return ""
    middles = shapely.get_coordinates(shapely.transform(shapely.centroid(faces), drawn))
    return "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="none" stroke="{colour}" stroke-width="1.2"/>'
        for x, y in middles
    )
