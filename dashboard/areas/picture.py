"""A small map of a file of places: outlines, points, and where something was mended or is in doubt; no tiles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

_WIDTH, _HEIGHT, _ROOM = 640.0, 420.0, 0.96
_DETAIL_PX = 0.5
_ORANGE, _BLUE, _GREY = "#D55E00", "#0072B2", "#777777"

FIXED, DOUBTFUL, FINE = "fixed", "doubtful", "fine"
_DOTS = {FINE: (_GREY, 2.0), FIXED: (_BLUE, 4.0), DOUBTFUL: (_ORANGE, 4.0)}
"""Colour and radius of a point; those worth a look are drawn last, on top."""


@dataclass(frozen=True)
class Mark:
    """A point in degrees and how it stands: fine, fixed, or doubtful."""

    lon: float
    lat: float
    standing: str


def picture(outlines: NDArray[np.object_], overlaps: NDArray[np.object_], gaps: NDArray[np.object_]) -> str:
    """Return an SVG of outlines (degrees) with a ring around each mended place; north is up."""
    ground = _Ground(outlines)
    return ground.svg(ground.areas(outlines) + ground.rings(overlaps, _ORANGE) + ground.rings(gaps, _BLUE))


def picture_of_points(outlines: NDArray[np.object_], drawn: NDArray[np.object_], marks: Sequence[Mark]) -> str:
    """Return an SVG of outlines (degrees), those that a table makes as thin lines, and points by their standing.

    A point outside the picture is drawn at its edge.
    """
    ground = _Ground(outlines if len(outlines) else shapely.points([(mark.lon, mark.lat) for mark in marks]))
    dots = sorted(marks, key=lambda mark: list(_DOTS).index(mark.standing))
    return ground.svg(ground.areas(outlines) + ground.lines(drawn) + "".join(map(ground.dot, dots)))


class _Ground:
    """A picture's ground: where a place in degrees is in it."""

    def __init__(self, shown: NDArray[np.object_]) -> None:
        self.west, south, east, self.north = shapely.total_bounds(shown)
        self.shrink = float(np.cos(np.radians((south + self.north) / 2)))
        wide, high = max((east - self.west) * self.shrink, 1e-9), max(self.north - south, 1e-9)
        self.scale = min(_WIDTH / wide, _HEIGHT / high) * _ROOM
        self.width, self.height = wide * self.scale, high * self.scale

    def at(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(
            [(xy[:, 0] - self.west) * self.shrink * self.scale, (self.north - xy[:, 1]) * self.scale]
        )

    def areas(self, outlines: NDArray[np.object_]) -> str:
        style = f'fill="#99999955" stroke="{_GREY}" stroke-width="0.7" fill-rule="evenodd"'
        return f'<path d="{self._paths(outlines)}" {style}/>' if len(outlines) else ""

    def lines(self, outlines: NDArray[np.object_]) -> str:
        style = f'fill="none" stroke="{_BLUE}" stroke-width="0.4"'
        return f'<path d="{self._paths(outlines)}" {style}/>' if len(outlines) else ""

    def rings(self, faces: NDArray[np.object_], colour: str) -> str:
        if len(faces) == 0:
            return ""
        middles = self.at(shapely.get_coordinates(shapely.centroid(faces)))
        return "".join(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="none" stroke="{colour}" stroke-width="1.2"/>'
            for x, y in middles
        )

    def dot(self, mark: Mark) -> str:
        colour, radius = _DOTS[mark.standing]
        x, y = self.at(np.array([[mark.lon, mark.lat]]))[0]
        x, y = np.clip(x, 0, self.width), np.clip(y, 0, self.height)
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{colour}"/>'

    def svg(self, parts: str) -> str:
        width, height = f"{self.width + 12:.0f}", f"{self.height + 12:.0f}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-6 -6 {width} {height}" width="{width}"'
            f' height="{height}">{parts}</svg>'
        )

    def _paths(self, outlines: NDArray[np.object_]) -> str:
        move: Callable[[NDArray[np.float64]], NDArray[np.float64]] = self.at
        shapes = shapely.simplify(shapely.transform(outlines, move), _DETAIL_PX)
        return "".join(_path(ring) for ring in shapely.get_rings(shapes))


def _path(ring: shapely.LinearRing) -> str:
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in shapely.get_coordinates(ring)) + "Z"
