"""Roads closed for a while, such as streets under water: what is closed, and the same network without it.

Closing is a matter of speeds: every segment that is closed gets the speed zero and the network's weights are worked out
again (OSRM's traffic update), which takes a second where building takes ten. Assumption: a closed segment is closed to
everybody, on foot as well, in both directions.
"""

import contextlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import osmium
import shapely

from geo.errors import ClosureError
from geo.extract import pbf, readable
from geo.local_map import LocalMap
from geo.modes import Mode
from geo.network.build import Network, rebuild_mode
from geo.network.osrm import can_update, update_speeds

LARGEST_RADIUS_M = 20_000.0


@dataclass(frozen=True)
class Circle:
    """Ground around a point (degrees, EPSG:4326) on which every road is closed."""

    lat: float
    lon: float
    radius_m: float


@dataclass(frozen=True)
class Closures:
    """What is closed: roads within circles, whole streets by name, and bridges by the name of their street."""

    circles: tuple[Circle, ...] = ()
    streets: tuple[str, ...] = ()
    bridges: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is closed."""
        return not (self.circles or self.streets or self.bridges)


@dataclass(frozen=True)
class ClosedRoads:
    """The segments that closures close: OSM node pairs (n, 2), their ends (n, 4: lon, lat, lon, lat) and length."""

    nodes: np.ndarray
    ends: np.ndarray
    length_km: float
    unknown: tuple[str, ...] = ()
    """Names that no road bears."""


@dataclass(frozen=True)
class RoadNames:
    """Names of streets, and of those that have a bridge, in alphabetical order."""

    streets: tuple[str, ...]
    bridges: tuple[str, ...]


@dataclass(frozen=True)
class _Segments:
    nodes: np.ndarray
    ends: np.ndarray
    name: np.ndarray
    is_bridge: np.ndarray


def road_names(extract: Path) -> RoadNames:
    """Return the names of the roads of an extract (`.osm.pbf`). Raises BrokenExtractError."""
    streets, bridges = set(), set()
    with readable(extract):
        for way in osmium.FileProcessor(pbf(extract), osmium.osm.WAY):
            if isinstance(way, osmium.osm.Way) and "highway" in way.tags and "name" in way.tags:
                streets.add(way.tags["name"])
                if _is_bridge(way):
                    bridges.add(way.tags["name"])
    return RoadNames(tuple(sorted(streets)), tuple(sorted(bridges)))


def closed_roads(extract: Path, closures: Closures) -> ClosedRoads:
    """Return the road segments of an extract that `closures` close.

    A segment is in a circle when any part of it is. Names are compared without regard to case.
    Raises ClosureError for a circle that is no circle, and BrokenExtractError.
    """
    for circle in closures.circles:
        if not (0 < circle.radius_m <= LARGEST_RADIUS_M and abs(circle.lat) <= 90 and abs(circle.lon) <= 180):
            raise ClosureError(
                f"a circle of {circle.radius_m:g} m around {circle.lat:g}, {circle.lon:g} cannot be closed; give a "
                f"place on Earth and a radius of up to {LARGEST_RADIUS_M / 1000:g} km."
            )
    found = _segments(extract)
    folded = np.array([name.casefold() for name in found.name], dtype=object)
    is_closed = np.zeros(len(found.nodes), dtype=bool)
    unknown: list[str] = []
    lines = _lines(found.ends)
    for name in closures.streets:
        here = folded == name.casefold()
        is_closed |= here
        unknown += [] if here.any() else [name]
    for name in closures.bridges:
        here = (folded == name.casefold()) & found.is_bridge
        is_closed |= here
        unknown += [] if here.any() else [name]
    for circle in closures.circles if len(lines) else ():
        is_closed |= _touches(lines, circle)
    ends = found.ends[is_closed]
    return ClosedRoads(found.nodes[is_closed], ends, _length_m(ends) / 1000, tuple(unknown))


def inside(closures: Closures, lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Say of points (degrees) whether they lie in a closed circle: who lives there stands in the water too."""
    points = np.asarray(shapely.points(lon, lat), dtype=object)
    is_inside = np.zeros(len(points), dtype=bool)
    for circle in closures.circles if len(points) else ():
        is_inside |= _touches(points, circle)
    return is_inside


@contextlib.contextmanager
def network_without(network: Network, mode: Mode, closed: ClosedRoads) -> Iterator[Network]:
    """Lend the network of one mode without the closed segments; its files go away with the block.

    The network itself stays as it is. One that was built before closures existed is first built again from its clipped
    extract. Raises ClosureError where it has none, RoutingUnavailableError or NetworkBuildError.
    """
    if not can_update(network.base(mode)):
        if not network.roads.exists():
            raise ClosureError(
                f"the network {network.id} keeps no roads of its own to close; load the city's outlines and run "
                "`python -m dashboard travel build FILE.osm.pbf` again."
            )
        rebuild_mode(network, mode)
    work = Path(tempfile.mkdtemp(prefix=".closed-", dir=network.folder))
    try:
        lent = Network(f"{network.id} closed", work, network.extract_date)
        update_speeds(network.base(mode), lent.base(mode), mode, _speeds(closed))
        yield lent
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _speeds(closed: ClosedRoads) -> Iterable[str]:
    for start, end in closed.nodes.tolist():
        yield f"{start},{end},0\n{end},{start},0\n"


def _segments(extract: Path) -> _Segments:
    """Return every segment of every road: its two nodes, where these are, its street and whether it is a bridge."""
    refs: list[int] = []
    places: list[tuple[float, float]] = []
    sizes: list[int] = []
    names: list[str] = []
    bridges: list[bool] = []
    with readable(extract):
        for way in osmium.FileProcessor(pbf(extract)).with_locations():
            if not isinstance(way, osmium.osm.Way) or "highway" not in way.tags:
                continue
            known = [node for node in way.nodes if node.location.valid()]
            refs += [node.ref for node in known]
            places += [(node.lon, node.lat) for node in known]
            sizes.append(len(known))
            names.append(way.tags.get("name") or "")
            bridges.append(_is_bridge(way))
    way_of = np.repeat(np.arange(len(sizes)), sizes)
    joined = way_of[:-1] == way_of[1:] if len(way_of) else np.zeros(0, dtype=bool)
    node = np.array(refs, dtype=np.int64)
    at = np.array(places, dtype=float).reshape(-1, 2)
    owner = way_of[:-1][joined] if len(way_of) else way_of
    return _Segments(
        np.column_stack([node[:-1][joined], node[1:][joined]]),
        np.hstack([at[:-1][joined], at[1:][joined]]),
        np.array(names, dtype=object)[owner],
        np.array(bridges, dtype=bool)[owner],
    )


def _is_bridge(way: osmium.osm.Way) -> bool:
    return way.tags.get("bridge", "no") != "no"


def _touches(shapes: np.ndarray, circle: Circle) -> np.ndarray:
    """Say of points or lines in degrees whether any part of them lies in a circle."""
    metric = LocalMap(circle.lat, circle.lon).to_metres(shapes)
    return np.asarray(shapely.distance(metric, shapely.Point(0, 0)) <= circle.radius_m)


def _lines(ends: np.ndarray) -> np.ndarray:
    return np.asarray(shapely.linestrings(ends.reshape(-1, 2, 2)), dtype=object)


def _length_m(ends: np.ndarray) -> float:
    if not len(ends):
        return 0.0
    middle = ends.mean(axis=0)
    return float(shapely.length(LocalMap(middle[1], middle[0]).to_metres(_lines(ends))).sum())
