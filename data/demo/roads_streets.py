"""Streets of the demo city as loose lines: main roads, collectors, residential streets and gangs.

Modelling assumptions: main roads join the middles of neighbouring kelurahan; RW borders are streets; inside an RW lies
either a housing estate (a grid, turned as its kelurahan is) or a kampung (the borders of a Voronoi diagram), denser
where more people live. A share of the inner streets are gangs, too narrow for a car. Coordinates are metric.
"""

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Delaunay
from shapely.geometry.base import BaseGeometry

_KAMPUNG_SHARE = 0.35
_SHORTEST_PIECE_M = 40.0
_FEWEST_KM_PER_KM2 = 7.0
_MOST_KM_PER_KM2 = 27.0
_OUTSIDE_KM_PER_KM2 = 6.0
_BEND = 0.07  # how far a main road's middle lies off the straight line, as a share of its length
_MAIN_STEP_M = 70.0


class Street(IntEnum):
    """Kinds of street, the most important first: where two lines coincide, the first one names the road."""

    RAIL = 0
    PRIMARY = 1
    SECONDARY = 2
    UNDERPASS = 3
    CROSSING = 4
    FOOTBRIDGE = 5
    TERTIARY = 6
    FRONTAGE = 7
    BORDER = 8
    RESIDENTIAL = 9
    GANG = 10


@dataclass
class Lines:
    """Loose lines with their kind and name; they meet only in space, not yet in shared nodes."""

    geometry: list[BaseGeometry] = field(default_factory=list)
    kind: list[int] = field(default_factory=list)
    name: list[str] = field(default_factory=list)

    def add(self, lines: NDArray[np.object_] | list[BaseGeometry], kind: Street, names: list[str] | str = "") -> None:
        """Append the simple lines within `lines`, all of one kind; a line's parts share its name."""
        parts, owner = shapely.get_parts(np.asarray(lines, dtype=object), return_index=True)
        is_line = (shapely.get_type_id(parts) == 1) & (shapely.length(parts) > 1.0)
        self.geometry.extend(parts[is_line])
        self.kind.extend([int(kind)] * int(is_line.sum()))
        self.name.extend([names] * int(is_line.sum()) if isinstance(names, str) else [names[o] for o in owner[is_line]])


def neighbouring(points: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the pairs (m, 2) of points with no third point in the circle between them (Gabriel and Sokal, 1969)."""
    triangles = Delaunay(points).simplices
    pairs = np.unique(np.sort(triangles[:, [[0, 1], [1, 2], [0, 2]]].reshape(-1, 2), axis=1), axis=0)
    middles = points[pairs].mean(axis=1)
    radii = np.linalg.norm(points[pairs[:, 0]] - middles, axis=1)
    gaps = np.linalg.norm(points[None] - middles[:, None], axis=2).min(axis=1)
    return pairs[gaps > radii * (1 - 1e-9)]


def main_roads(points: NDArray[np.float64], pairs: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.object_]:
    """Return a gently bent road between each pair of points."""
    start, end = points[pairs[:, 0]], points[pairs[:, 1]]
    length = np.linalg.norm(end - start, axis=1)
    sideways = np.column_stack([start[:, 1] - end[:, 1], end[:, 0] - start[:, 0]])
    control = (start + end) / 2 + sideways * (2 * _BEND * rng.uniform(-1, 1, len(pairs)))[:, None]
    roads = []
    for a, b, c, metres in zip(start, control, end, length, strict=True):
        t = np.linspace(0, 1, max(int(metres // _MAIN_STEP_M), 2))[:, None]
        roads.append(shapely.linestrings((1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c))
    return np.array(roads)


def borders(polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the borders of a coverage, each once, as lines from junction to junction."""
    rings, owner = shapely.get_coordinates(shapely.boundary(polygons), return_index=True)
    is_side = owner[:-1] == owner[1:]
    sides = np.stack([rings[:-1][is_side], rings[1:][is_side]], axis=1)
    order = np.lexsort((sides[:, :, 1].T[0], sides[:, :, 0].T[0]))
    flip = (sides[:, 0, 0] > sides[:, 1, 0]) | ((sides[:, 0, 0] == sides[:, 1, 0]) & (sides[:, 0, 1] > sides[:, 1, 1]))
    sides[flip] = sides[flip][:, ::-1]
    sides = np.unique(sides[order].reshape(-1, 4), axis=0).reshape(-1, 2, 2)
    return shapely.get_parts(shapely.line_merge(shapely.multilinestrings(shapely.linestrings(sides))))


def fill_density(people_per_km2: NDArray[np.float64], typical: float) -> NDArray[np.float64]:
    """Return each block's wanted km of inner street per km², `typical` at the median density of people."""
    relative = people_per_km2 / np.median(people_per_km2[people_per_km2 > 0])
    wanted = np.clip(typical * relative**0.35, _FEWEST_KM_PER_KM2, _MOST_KM_PER_KM2)
    return np.where(people_per_km2 > 0, wanted, _OUTSIDE_KM_PER_KM2)


def fill_blocks(
    ground: NDArray[np.object_],
    angle: NDArray[np.float64],
    km_per_km2: NDArray[np.float64],
    rng: np.random.Generator,
) -> tuple[NDArray[np.object_], NDArray[np.bool_]]:
    """Return the inner streets of the blocks, and which of them are gangs.

    `ground` (n,) is each block's buildable ground, `angle` (n,) the direction of its rows in radians.
    """
    is_kampung = rng.random(len(ground)) < _KAMPUNG_SHARE
    gang_share = rng.uniform(0.3, 0.75, len(ground))
    estate, owner, is_row = _grid_lines(ground, angle, km_per_km2, rng)
    keep = ~is_kampung[owner]
    kampung, home = _kampung_lines(ground, km_per_km2, np.flatnonzero(is_kampung), rng)
    lines = np.concatenate([estate[keep], kampung])
    blocks = np.concatenate([owner[keep], home])
    can_be_gang = np.concatenate([is_row[keep], np.ones(len(kampung), dtype=bool)])
    pieces, source = shapely.get_parts(shapely.intersection(lines, ground[blocks]), return_index=True)
    is_long = (shapely.length(pieces) > _SHORTEST_PIECE_M) | (source >= keep.sum())
    is_street = is_long & (shapely.get_type_id(pieces) == 1)
    source = source[is_street]
    is_gang = can_be_gang[source] & (rng.random(len(lines)) < gang_share[blocks])[source]
    return pieces[is_street], is_gang


def _grid_lines(
    ground: NDArray[np.object_],
    angle: NDArray[np.float64],
    km_per_km2: NDArray[np.float64],
    rng: np.random.Generator,
) -> tuple[NDArray[np.object_], NDArray[np.int64], NDArray[np.bool_]]:
    """Return the lines of a turned grid over each block: rows, and cross streets twice as far apart."""
    bounds = shapely.bounds(ground)
    middle = np.column_stack([bounds[:, [0, 2]].mean(axis=1), bounds[:, [1, 3]].mean(axis=1)])
    reach = np.hypot(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1]) / 2
    stretch = rng.uniform(1.6, 2.6, len(ground))
    row_gap_m = 1000.0 / km_per_km2 * (1 + 1 / stretch)
    lines, owner, is_row = [], [], []
    for gap, direction, row in ((row_gap_m, angle, True), (row_gap_m * stretch, angle + np.pi / 2, False)):
        steps = np.ceil(reach / gap).astype(int)
        block = np.repeat(np.arange(len(ground)), 2 * steps + 1)
        first = np.repeat(np.cumsum(2 * steps + 1) - (2 * steps + 1), 2 * steps + 1)
        rank = np.arange(len(block)) - first - steps[block]
        offset = (rank + rng.uniform(-0.15, 0.15, len(block)) + rng.random(len(ground))[block]) * gap[block]
        along = np.column_stack([np.cos(direction), np.sin(direction)])[block]
        across = np.column_stack([-along[:, 1], along[:, 0]])
        foot = middle[block] + offset[:, None] * across
        span = reach[block][:, None] * along
        lines.append(shapely.linestrings(np.stack([foot - span, foot + span], axis=1)))
        owner.append(block)
        is_row.append(np.full(len(block), row))
    return np.concatenate(lines), np.concatenate(owner), np.concatenate(is_row)


def _kampung_lines(
    ground: NDArray[np.object_], km_per_km2: NDArray[np.float64], blocks: NDArray[np.int64], rng: np.random.Generator
) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """Return Voronoi borders over each of the `blocks`; a Poisson Voronoi diagram of n points per km² has 2√n km."""
    lines, owner = [], []
    for block in blocks:
        west, south, east, north = ground[block].bounds
        gap = 2000.0 / km_per_km2[block]
        x, y = np.meshgrid(np.arange(west - gap, east + 2 * gap, gap), np.arange(south - gap, north + 2 * gap, gap))
        middles = np.column_stack([x.ravel(), y.ravel()]) + rng.uniform(-0.42, 0.42, (x.size, 2)) * gap
        edges = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(middles), only_edges=True))
        lines.append(edges)
        owner.append(np.full(len(edges), block))
    return np.concatenate(lines), np.concatenate(owner)
