"""Toll roads: two carriageways that keep left, and interchanges where a main road crosses them.

Modelling assumption: an interchange is four ramps between the carriageways and the two ends of the main road's bridge,
at most one every few kilometres; nobody walks here.
"""

from collections.abc import Callable

import numpy as np
import shapely
from numpy.typing import NDArray

from data.demo.roads_barriers import Barrier
from data.demo.roads_pbf import OsmFile

_MEDIAN_HALF_M = 13.0
_VERTEX_GAP_M = 60.0
_RAMP_REACH_M = 280.0
_INTERCHANGE_GAP_M = 3000.0
_MOTORWAY = {"highway": "motorway", "oneway": "yes", "foot": "no", "toll": "yes"}
_RAMP = {"highway": "motorway_link", "oneway": "yes", "foot": "no"}


def add_toll_road(
    file: OsmFile,
    barrier: Barrier,
    nodes: NDArray[np.float64],
    spans: NDArray[np.int64],
    bent: Callable[[NDArray[np.float64]], NDArray[np.float64]],
) -> None:
    """Add the toll road along `barrier` to the file, with ramps to the ends `spans` (m, 2) of bridges over it.

    `nodes` (n, 2) are the street network's nodes, in metres before bending, numbered as in the file.
    """
    stations = np.linspace(0.0, barrier.line.length, int(barrier.line.length // _VERTEX_GAP_M))
    middle = shapely.get_coordinates(shapely.line_interpolate_point(barrier.line, stations))
    forward = np.gradient(middle, axis=0)
    forward /= np.linalg.norm(forward, axis=1)[:, None]
    left = np.column_stack([-forward[:, 1], forward[:, 0]])
    # Traffic keeps left: the left carriageway runs along the line, the right one against it.
    there = file.add_nodes(bent(middle + _MEDIAN_HALF_M * left))
    back = file.add_nodes(bent(middle - _MEDIAN_HALF_M * left))
    file.add_way(there, {**_MOTORWAY, "name": barrier.name})
    file.add_way(back[::-1], {**_MOTORWAY, "name": barrier.name})
    for station, on_left, on_right in _interchanges(barrier, nodes, spans):
        before = int(np.abs(stations - (station - _RAMP_REACH_M)).argmin())
        after = int(np.abs(stations - (station + _RAMP_REACH_M)).argmin())
        for ramp in (
            (there[before], on_left),
            (on_left, there[after]),
            (back[after], on_right),
            (on_right, back[before]),
        ):
            file.add_way(np.array(ramp), _RAMP)


def _interchanges(
    barrier: Barrier, nodes: NDArray[np.float64], spans: NDArray[np.int64]
) -> list[tuple[float, int, int]]:
    """Return station, left end and right end of the bridges that become interchanges."""
    ends = shapely.points(nodes[spans])
    strip = shapely.buffer(barrier.strip, 2.0)
    crosses = shapely.contains(strip, shapely.linestrings(nodes[spans])) & shapely.intersects(
        barrier.line, shapely.linestrings(nodes[spans])
    )
    spans, ends = spans[crosses], ends[crosses]
    at = (barrier.line.project(ends[:, 0]) + barrier.line.project(ends[:, 1])) / 2
    found: list[tuple[float, int, int]] = []
    for place in np.argsort(at, kind="stable"):
        station = float(at[place])
        is_apart = not found or station - found[-1][0] > _INTERCHANGE_GAP_M
        has_room = _RAMP_REACH_M < station < barrier.line.length - _RAMP_REACH_M
        if is_apart and has_room:
            first, second = spans[place]
            origin, ahead = (np.array(barrier.line.interpolate(station + step).coords[0]) for step in (0.0, 1.0))
            along, towards = ahead - origin, nodes[first] - origin
            is_first_left = along[0] * towards[1] - along[1] * towards[0] > 0
            found.append((station, int(first), int(second)) if is_first_left else (station, int(second), int(first)))
    return found
