"""Where the demo city's streets run: main roads, crossings, collectors, frontages, and what fills the blocks.

Modelling assumption: a barrier's strip of ground holds no street but those that cross it, and its edge is a street.
Coordinates are metric (the demo city's UTM zone).
"""

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import shortest_path
from shapely.geometry.base import BaseGeometry

from data.demo.geography import METRIC_CRS, DemoGeography
from data.demo.roads_barriers import Barrier, crossings
from data.demo.roads_streets import Lines, Street, borders, fill_blocks, fill_density, main_roads, neighbouring
from geo.tessellation import subdivide

_OUTSIDE_BLOCK_KM2 = 0.35
_INNER_KM_PER_KM2 = 24.9  # before gates and dead ends are taken out
_LONGEST_BRIDGE_M = 320.0
_LONGEST_OUTSIDE_M = 300.0


def street_lines(
    geography: DemoGeography, region: BaseGeometry, barriers: list[Barrier], rng: np.random.Generator
) -> Lines:
    """Return every street of the region and the railway as loose lines."""
    rw = geography.rw.to_crs(METRIC_CRS)
    city = shapely.coverage_union_all(rw.geometry.to_numpy())
    strips = shapely.intersection(shapely.union_all([barrier.strip for barrier in barriers]), region)
    outside = shapely.difference(region, city)
    count = round(outside.area / 1e6 / _OUTSIDE_BLOCK_KM2)
    around = np.array(subdivide(outside, count, seed=int(rng.integers(2**31)), rounds=4))
    blocks = np.concatenate([rw.geometry.to_numpy(), around])
    lines = Lines()
    lines.add([barrier.line for barrier in barriers if barrier.kind == "rail"], Street.RAIL)
    _add_main_roads(lines, geography, region, strips, rng)
    _add_crossings(lines, barriers)
    kelurahan = geography.kelurahan.to_crs(METRIC_CRS).geometry.to_numpy()
    collectors = shapely.difference(borders(kelurahan), strips)
    lines.add(collectors, Street.TERTIARY, [f"Jalan Contoh Batas {place + 1}" for place in range(len(collectors))])
    frontage = shapely.intersection(shapely.boundary(strips), shapely.buffer(region, -1.0))
    lines.add([frontage], Street.FRONTAGE, "Jalan Contoh Inspeksi")
    between = shapely.difference(np.concatenate([borders(rw.geometry.to_numpy()), borders(around)]), strips)
    lines.add(between, Street.BORDER, [f"Jalan Contoh Lingkungan {place + 1}" for place in range(len(between))])
    people = np.concatenate([rw["under_five_weight"] / rw["area_km2"], np.zeros(len(around))])
    streets, is_gang = fill_blocks(
        shapely.difference(blocks, strips),
        _row_angles(rw["parent_code"].to_numpy(), len(around), rng),
        fill_density(people, _INNER_KM_PER_KM2),
        rng,
    )
    wide, narrow = streets[~is_gang], streets[is_gang]
    lines.add(wide, Street.RESIDENTIAL, [f"Jalan Contoh {place + 1}" for place in range(len(wide))])
    lines.add(narrow, Street.GANG, [f"Gang Contoh {place + 1}" for place in range(len(narrow))])
    return lines


def _add_main_roads(
    lines: Lines, geography: DemoGeography, region: BaseGeometry, strips: BaseGeometry, rng: np.random.Generator
) -> None:
    kelurahan = geography.kelurahan
    middles = gpd.points_from_xy(kelurahan["point_lon"], kelurahan["point_lat"], crs="EPSG:4326").to_crs(METRIC_CRS)
    points = np.column_stack([middles.x, middles.y])
    pairs = neighbouring(points)
    roads = main_roads(points, pairs, rng)
    # A road that follows a barrier rather than crossing it would be one long bridge; the streets beside it serve.
    longest = np.array(
        [max(shapely.length(shapely.get_parts(part)), default=0.0) for part in shapely.intersection(roads, strips)]
    )
    outside = shapely.length(shapely.difference(roads, region))
    is_usable = (longest < _LONGEST_BRIDGE_M) & (outside < _LONGEST_OUTSIDE_M)
    roads, pairs = roads[is_usable], pairs[is_usable]
    hubs = kelurahan.reset_index(drop=True).sort_values("under_five_weight").drop_duplicates("parent_code", keep="last")
    is_primary = _on_the_way(points, pairs, hubs.index.to_numpy())
    name = kelurahan["name"].to_numpy()
    names = np.array([f"Contoh {name[first]}–{name[second]}" for first, second in pairs])
    lines.add(roads[is_primary], Street.PRIMARY, [f"Jalan Raya {road}" for road in names[is_primary]])
    lines.add(roads[~is_primary], Street.SECONDARY, [f"Jalan {road}" for road in names[~is_primary]])


def _on_the_way(points: NDArray[np.float64], pairs: NDArray[np.int64], hubs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which roads lie on a shortest way between neighbouring hubs."""
    gaps = np.linalg.norm(points[pairs[:, 0]] - points[pairs[:, 1]], axis=1)
    graph = coo_matrix((gaps, pairs.T), shape=(len(points),) * 2)
    _, before = shortest_path(graph, directed=False, indices=hubs, return_predecessors=True)
    used: set[tuple[int, int]] = set()
    for first, second in neighbouring(points[hubs]):
        place = int(hubs[second])
        while (previous := int(before[first, place])) >= 0:
            used.add((min(place, previous), max(place, previous)))
            place = previous
    return np.array([(int(low), int(high)) in used for low, high in np.sort(pairs, axis=1)])


def _add_crossings(lines: Lines, barriers: list[Barrier]) -> None:
    main = np.array(lines.geometry)[np.isin(lines.kind, [Street.PRIMARY, Street.SECONDARY])]
    for barrier in barriers:
        others = [other for other in barriers if other is not barrier]
        small = np.array(crossings(barrier, main, others))
        if barrier.kind == "toll":
            lines.add(small[::2], Street.FOOTBRIDGE, "Jembatan Penyeberangan Contoh")
            lines.add(small[1::2], Street.UNDERPASS, "Jalan Contoh Kolong")
        else:
            lines.add(small, Street.CROSSING, "Jalan Contoh Seberang")


def _row_angles(kelurahan: NDArray[np.object_], outside_count: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return the direction of each block's rows: mostly its kelurahan's, sometimes its own."""
    _, index = np.unique(kelurahan.astype(str), return_inverse=True)
    shared = rng.uniform(0, np.pi, index.max() + 1)[index] + rng.normal(0, 0.08, len(index))
    own = rng.uniform(0, np.pi, len(index))
    return np.concatenate([np.where(rng.random(len(index)) < 0.3, own, shared), rng.uniform(0, np.pi, outside_count)])
