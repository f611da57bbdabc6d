"""A second way to the same answer: shortest walking times with scipy's Dijkstra on the extract's raw ways.

It reads the extract itself and knows the walking rules (5 km/h, slower on loose ground, 2 s at traffic lights), but
shares no code with the routing engine. Lengths are WGS 84 geodesics.
"""

import itertools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import osmium
from pyproj import Geod
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra

_CLASSES_WITH_LINKS = ("primary", "secondary", "tertiary")
WALKABLE = {
    *_CLASSES_WITH_LINKS,
    *(f"{name}_link" for name in _CLASSES_WITH_LINKS),
    *("unclassified", "residential", "living_street", "service", "track", "path"),
    *("steps", "pedestrian", "platform", "footway", "pier"),
}
CLOSED = {"no", "agricultural", "forestry", "private", "delivery", "use_sidepath"}
SLOW_GROUND = {"fine_gravel": 0.75, "gravel": 0.75, "pebblestone": 0.75, "mud": 0.5, "sand": 0.5}
WALK_M_S = 5 / 3.6
SIGNAL_S = 2.0


@dataclass(frozen=True)
class WalkGraph:
    """Nodes with their positions, and directed edges as matrices of seconds and of metres."""

    lon: np.ndarray
    lat: np.ndarray
    is_signal: np.ndarray
    seconds: csr_matrix
    metres: csr_matrix

    def ends(self, count: int, seed: int) -> np.ndarray:
        """Draw nodes of the largest connected part that are no traffic lights."""
        _, part = connected_components(self.seconds, connection="strong")
        largest = np.flatnonzero((part == np.bincount(part).argmax()) & ~self.is_signal)
        return np.random.default_rng(seed).choice(largest, count, replace=False)

    def matrix(self, origins: np.ndarray, destinations: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the seconds of the fastest ways and their metres."""
        seconds, before = dijkstra(self.seconds, indices=origins, return_predecessors=True)
        metres = np.zeros((len(origins), len(destinations)))
        for row, origin in enumerate(origins):
            for column, node in enumerate(destinations):
                while node != origin:
                    previous = before[row, node]
                    metres[row, column] += self.metres[previous, node]
                    node = previous
        return seconds[:, destinations], metres


def walk_graph(extract: Path) -> WalkGraph:
    """Read the ways that may be walked."""
    positions: dict[int, tuple[float, float]] = {}
    closed: set[int] = set()
    signals: set[int] = set()
    edges: list[tuple[int, int, float]] = []
    for thing in osmium.FileProcessor(str(extract)):
        tags = dict(thing.tags)
        if thing.is_node():
            positions[thing.id] = (thing.lon, thing.lat)
            access = tags.get("foot", tags.get("access"))
            if access in CLOSED or (access is None and tags.get("barrier") in {"yes", "wall", "fence"}):
                closed.add(thing.id)
            if tags.get("highway") == "traffic_signals":
                signals.add(thing.id)
        elif thing.is_way():
            pace = _pace(tags)
            if pace:
                nodes = [node.ref for node in thing.nodes]
                edges += [(a, b, pace) for a, b in itertools.pairwise(nodes)]
    edges = [edge for edge in edges if edge[0] in positions and edge[1] in positions]
    edges = [edge for edge in edges if edge[0] not in closed and edge[1] not in closed]
    number = {node: index for index, node in enumerate(sorted({end for edge in edges for end in edge[:2]}))}
    lon, lat = np.array([positions[node] for node in number]).T
    is_signal = np.array([node in signals for node in number])
    a = np.array([number[edge[0]] for edge in edges])
    b = np.array([number[edge[1]] for edge in edges])
    metres = np.asarray(Geod(ellps="WGS84").inv(lon[a], lat[a], lon[b], lat[b])[2])
    seconds = metres / (WALK_M_S * np.array([edge[2] for edge in edges]))
    size = len(number)
    start, end = np.concatenate([a, b]), np.concatenate([b, a])
    both_s = np.concatenate([seconds, seconds]) + SIGNAL_S * is_signal[end]
    both_m = np.concatenate([metres, metres])
    order = np.argsort(-both_s, kind="stable")  # of two edges between the same nodes the quicker is written last
    unique = dict(zip(zip(start[order], end[order], strict=True), order, strict=True))
    kept = np.array(list(unique.values()))
    at = (start[kept], end[kept])
    return WalkGraph(
        lon,
        lat,
        is_signal,
        csr_matrix((np.maximum(both_s[kept], 1e-6), at), shape=(size, size)),
        csr_matrix((both_m[kept], at), shape=(size, size)),
    )


def _pace(tags: dict[str, str]) -> float:
    """Return the share of full walking speed, 0 where walking is not allowed."""
    if not {"highway", "railway", "amenity", "man_made", "public_transport", "route", "platform"} & tags.keys():
        return 0.0
    access = tags.get("foot", tags.get("access"))
    if access in CLOSED or tags.get("impassable") == "yes" or tags.get("motorroad") == "yes":
        return 0.0
    separate = any(tags.get(f"sidewalk{side}") == "separate" for side in ("", ":both", ":left", ":right"))
    if separate and access is None:
        return 0.0
    is_walkable = (
        tags.get("highway") in WALKABLE
        or tags.get("railway") == "platform"
        or tags.get("amenity") in {"parking", "parking_entrance"}
        or tags.get("man_made") == "pier"
        or access is not None
    )
    return SLOW_GROUND.get(tags.get("surface", ""), 1.0) if is_walkable else 0.0
