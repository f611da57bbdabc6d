"""The demo city's road network, generated as OpenStreetMap data: a city's fabric without a real street in it.

Main roads join the kelurahan, collectors run between RWs, estates and kampung fill them with streets and gangs; a
river, two toll roads and a railway cut the city, with few crossings. Written as a real `.osm.pbf`, so that it is read
by the same path as a real extract. Modelling assumption: about 22 km of road per km², denser where more people live.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from data.demo.geography import METRIC_CRS, DemoGeography
from data.demo.roads_barriers import Barrier, build_barriers
from data.demo.roads_layout import street_lines
from data.demo.roads_network import (
    Network,
    Ways,
    as_ways,
    in_one_piece,
    joined,
    one_way,
    pruned,
    with_gangs_where_no_car_comes,
)
from data.demo.roads_pbf import OsmFile
from data.demo.roads_streets import Street
from data.demo.roads_tolls import add_toll_road

_MARGIN_M = 800.0
_WATER_HALF_WIDTH_M = 22.0
_AT_GRADE, _BRIDGE, _TUNNEL = 0, 1, 2
_HIGHWAY = {
    Street.PRIMARY: "primary",
    Street.SECONDARY: "secondary",
    Street.UNDERPASS: "tertiary",
    Street.CROSSING: "residential",
    Street.FOOTBRIDGE: "footway",
    Street.TERTIARY: "tertiary",
    Street.FRONTAGE: "unclassified",
    Street.BORDER: "residential",
    Street.RESIDENTIAL: "residential",
}
_GANG_HIGHWAYS = ("path", "living_street", "footway")


@dataclass(frozen=True)
class RoadSummary:
    """What was written: kilometres of street within the city, and counts over the whole file."""

    km: float
    km_per_km2: float
    gang_km: float
    one_way_km: float
    nodes: int
    ways: int
    bridges: int
    level_crossings: int


def write_demo_roads(geography: DemoGeography, path: Path, seed: int) -> RoadSummary:
    """Write the road network to `path` (`.osm.pbf`), the same bytes for the same seed, and say what it holds."""
    rng = np.random.default_rng([seed, 11])
    city = shapely.coverage_union_all(geography.rw.to_crs(METRIC_CRS).geometry.to_numpy())
    region = shapely.buffer(city, _MARGIN_M, quad_segs=4)
    barriers = build_barriers(region)
    lines = street_lines(geography, region, barriers, rng)
    everything = joined(lines)
    is_rail = everything.kind == Street.RAIL
    rails = everything.only(is_rail)
    network = in_one_piece(pruned(everything.only(~is_rail), rng))
    network = with_gangs_where_no_car_comes(network)
    ways = as_ways(network, _spans(network, barriers))
    is_one_way = one_way(ways, len(network.nodes), rng)
    bent = _Bend(rng)
    file = OsmFile()
    file.add_nodes(bent(network.nodes))
    level_crossings = np.intersect1d(rails.edges, network.edges)
    file.tag_nodes(level_crossings, {"railway": "level_crossing"})
    _add_streets(file, ways, is_one_way, lines.name)
    _add_barriers(file, barriers, rails, ways, network.nodes, bent)
    nodes, way_count = file.write(path)
    metres = _lengths(ways, bent(network.nodes), city)
    km = float(metres.sum()) / 1000
    return RoadSummary(
        km=km,
        km_per_km2=km / (city.area / 1e6),
        gang_km=float(metres[ways.kind == Street.GANG].sum()) / 1000,
        one_way_km=float(metres[is_one_way].sum()) / 1000,
        nodes=nodes,
        ways=way_count,
        bridges=int((ways.flag == _BRIDGE).sum()),
        level_crossings=len(level_crossings),
    )


def _lengths(ways: Ways, nodes: NDArray[np.float64], city: Polygon) -> NDArray[np.float64]:
    """Return the metres of each way within the city, by the middles of its edges."""
    way = np.repeat(np.arange(len(ways.kind)), np.diff(ways.start))
    is_step = way[:-1] == way[1:]
    tail, head = nodes[ways.node[:-1][is_step]], nodes[ways.node[1:][is_step]]
    metres = np.linalg.norm(head - tail, axis=1) * shapely.contains_xy(city, *((head + tail) / 2).T)
    return np.bincount(way[:-1][is_step], metres, len(ways.kind))


def _spans(network: Network, barriers: list[Barrier]) -> NDArray[np.int64]:
    """Return which edges are bridges or tunnels: those over the ground of a river or a toll road, and added links."""
    middles = network.nodes[network.edges].mean(axis=1)
    is_over = network.source < 0
    for barrier in barriers:
        if barrier.kind != "rail":
            ground = shapely.buffer(barrier.strip, -3.0)
            shapely.prepare(ground)
            is_over = is_over | shapely.contains_xy(ground, *middles.T)
    return np.where(is_over, np.where(network.kind == Street.UNDERPASS, _TUNNEL, _BRIDGE), _AT_GRADE)


class _Bend:
    """A gentle bend of the whole plane, so that nothing looks drawn with a ruler; lines that meet still meet."""

    def __init__(self, rng: np.random.Generator) -> None:
        wavelength_m = np.concatenate([rng.uniform(500, 1200, 8), rng.uniform(170, 260, 4)])
        heading = rng.uniform(0, 2 * np.pi, len(wavelength_m))
        self._waves = 2 * np.pi / wavelength_m * np.array([np.cos(heading), np.sin(heading)])
        self._phase = rng.uniform(0, 2 * np.pi, (2, len(wavelength_m)))
        self._height_m = np.where(wavelength_m > 400, 9.0, 2.5)

    def __call__(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        angle = points @ self._waves
        return points + np.column_stack([np.sin(angle + phase) @ self._height_m for phase in self._phase])


def _add_streets(file: OsmFile, ways: Ways, is_one_way: NDArray[np.bool_], names: list[str]) -> None:
    for way in range(len(ways.kind)):
        kind, source = Street(ways.kind[way]), int(ways.source[way])
        tags = {"highway": _HIGHWAY.get(kind) or _GANG_HIGHWAYS[source % len(_GANG_HIGHWAYS)]}
        if source >= 0 and names[source]:
            tags["name"] = names[source]
        if kind == Street.GANG:
            tags |= {"motor_vehicle": "no", "motorcycle": "yes", "foot": "yes"}
        if is_one_way[way]:
            tags |= {"oneway": "yes"}
        if ways.flag[way] == _BRIDGE:
            tags |= {"bridge": "yes", "layer": "1"}
        if ways.flag[way] == _TUNNEL:
            tags |= {"tunnel": "yes", "layer": "-1"}
        file.add_way(ways.node[ways.start[way] : ways.start[way + 1]], tags)


def _add_barriers(
    file: OsmFile, barriers: list[Barrier], rails: Network, ways: Ways, nodes: NDArray[np.float64], bent: _Bend
) -> None:
    runs = as_ways(rails, np.zeros(len(rails.edges), dtype=np.int64))
    for barrier in barriers:
        if barrier.kind == "rail":
            for first, last in zip(runs.start[:-1], runs.start[1:], strict=True):
                file.add_way(runs.node[first:last], {"railway": "rail", "name": barrier.name})
        if barrier.kind == "river":
            course = file.add_nodes(bent(shapely.get_coordinates(barrier.line)))
            file.add_way(course, {"waterway": "river", "name": barrier.name})
            water = shapely.buffer(barrier.line, _WATER_HALF_WIDTH_M, cap_style="flat", quad_segs=4)
            bank = file.add_nodes(bent(shapely.get_coordinates(water.exterior)[:-1]))
            file.add_way(np.append(bank, bank[0]), {"natural": "water", "water": "river", "name": barrier.name})
        if barrier.kind == "toll":
            add_toll_road(file, barrier, nodes, _ends_of_spans(ways), bent)


def _ends_of_spans(ways: Ways) -> NDArray[np.int64]:
    """Return the first and last node (m, 2) of every main road's bridge."""
    is_main = np.isin(ways.kind, [Street.PRIMARY, Street.SECONDARY]) & (ways.flag == _BRIDGE)
    return np.column_stack([ways.node[ways.start[:-1]], ways.node[ways.start[1:] - 1]])[is_main]
