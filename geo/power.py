"""Power diagrams: areas drawn from nothing but a centre and a size for each.

A power diagram gives every site the plane's points where |x - site|² - weight is smallest. Where the outside is a cell
too, with power 0, a site's part is its power cell within the disc of radius √weight, and one set of weights gives every
part its wanted area (the partial optimal transport of Lévy, 2022; Newton steps after Kitagawa, Mérigot and Thibert,
2019). Modelling assumption: an area is roundish about its centre and pressed flat by its neighbours, which is right for
a kelurahan to about nine tenths of its ground and says nothing about its true border.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.linalg import spsolve
from scipy.spatial import ConvexHull
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from geo.coverage import join_stray_pieces, repair_coverage
from geo.errors import PartitionError

_FAR = 30.0  # the dummy sites that bound the outer cells, in widths of the diagram
_ARC_SEGMENTS = 48  # per quarter circle: a chord leaves the arc by 0.1 m at a radius of 1 km
_NEWTON_STEPS = 60
_SMALLEST_PACE = 1e-3
_WELD_M = 0.5
_CENTROID_ROUNDS = 12


@dataclass(frozen=True)
class PowerCells:
    """The cells of a power diagram, unclipped, and the borders between them.

    `polygons` holds one convex cell per site (empty where the site lost all its ground), `pairs` (m, 2) the sites on
    the two sides of each border, and `borders` (m, 2, 2) its end points.
    """

    polygons: NDArray[np.object_]
    pairs: NDArray[np.int64]
    borders: NDArray[np.float64]


def power_cells(sites: NDArray[np.float64], weights: NDArray[np.float64], *, reach: float = 0.0) -> PowerCells:
    """Return the power diagram of `sites` (n, 2) with `weights` (n,), in squared units of the sites.

    The diagram is the dual of the lower convex hull of the sites lifted to (x, y, x² + y² - weight)
    (Aurenhammer, 1987). Cells that would reach to infinity end far outside the sites, farther than `reach`.
    """
    middle = sites.mean(axis=0)
    width = max(np.ptp(sites, axis=0).max(), np.sqrt(np.abs(weights).max()), reach, 1e-9)
    count = len(sites)
    angles = np.linspace(0, 2 * np.pi, 8, endpoint=False) + 0.1
    dummies = _FAR * np.column_stack([np.cos(angles), np.sin(angles)])
    points = np.vstack([(sites - middle) / width, dummies])
    lifted_weights = np.concatenate([weights / width**2, np.zeros(len(dummies))])
    hull = ConvexHull(np.column_stack([points, (points**2).sum(axis=1) - lifted_weights]))
    is_lower = hull.equations[:, 2] < -1e-12
    slopes = hull.equations[:, 2]
    vertices = np.full((len(slopes), 2), np.nan)
    vertices[is_lower] = -hull.equations[is_lower, :2] / (2 * slopes[is_lower, None])
    vertices = vertices * width + middle
    return PowerCells(
        _convex_polygons(hull.simplices[is_lower], vertices[is_lower], count),
        *_borders(hull.simplices, hull.neighbors, is_lower, vertices, count),
    )


def _convex_polygons(triangles: NDArray[np.int64], vertices: NDArray[np.float64], count: int) -> NDArray[np.object_]:
    site = triangles.ravel()
    corner = np.repeat(vertices, 3, axis=0)
    keep = site < count
    site, corner = site[keep], corner[keep]
    corners_per_site = np.bincount(site, minlength=count)
    middles = np.column_stack([np.bincount(site, corner[:, axis], count) for axis in (0, 1)])
    middles /= np.maximum(corners_per_site, 1)[:, None]
    offset = corner - middles[site]
    order = np.lexsort((np.arctan2(offset[:, 1], offset[:, 0]), site))
    polygons = np.full(count, Polygon(), dtype=object)
    is_area = corners_per_site >= 3
    ring_corners = order[is_area[site[order]]]
    if is_area.any():
        rings = shapely.linearrings(
            corner[ring_corners], indices=np.repeat(np.arange(is_area.sum()), corners_per_site[is_area])
        )
        polygons[is_area] = shapely.polygons(rings)
    return polygons


def _borders(
    triangles: NDArray[np.int64],
    neighbours: NDArray[np.int64],
    is_lower: NDArray[np.bool_],
    vertices: NDArray[np.float64],
    count: int,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    first = np.repeat(np.arange(len(triangles)), 3)
    second = neighbours.ravel()
    # The facet beyond corner k shares the other two corners.
    pairs = np.stack([triangles[:, [1, 2]], triangles[:, [0, 2]], triangles[:, [0, 1]]], axis=1).reshape(-1, 2)
    keep = (first < second) & is_lower[first] & is_lower[second] & (pairs < count).all(axis=1)
    return pairs[keep], np.stack([vertices[first[keep]], vertices[second[keep]]], axis=1)


def power_partition(
    points: ArrayLike,
    areas_km2: ArrayLike,
    *,
    match_centroids: bool = False,
    gap_m: float = 0.0,
    tolerance: float = 0.002,
) -> list[Polygon]:
    """Return one polygon per point whose area is the wanted one, in the points' metric CRS.

    `points` (n, 2) are in metres and `areas_km2` (n,) in km². The polygons are a valid coverage: neighbours share their
    borders vertex by vertex. With `match_centroids` the points are the wanted centroids of the polygons rather than the
    sites of the diagram. Holes between areas, and inlets narrower than twice `gap_m`, are divided among the neighbours
    when `gap_m` is positive; otherwise ground that no disc reaches belongs to nobody.

    Raises PartitionError for points that coincide, areas that are not positive, or areas that cannot be reached.
    """
    centres = np.asarray(points, dtype=float).reshape(-1, 2)
    wanted = np.asarray(areas_km2, dtype=float).ravel() * 1e6
    _check(centres, wanted)
    rounds = _CENTROID_ROUNDS if match_centroids else 1
    sites, weights, parts = _settled(centres, centres, wanted / np.pi, wanted, None, rounds, tolerance)
    if gap_m > 0:
        ground = _without_gaps(parts, gap_m)
        parts = _settled(centres, sites, weights, wanted, ground, rounds, tolerance)[2]
    return repair_coverage(join_stray_pieces(parts), tolerance_m=_WELD_M)


def _settled(
    centres: NDArray[np.float64],
    sites: NDArray[np.float64],
    weights: NDArray[np.float64],
    wanted: NDArray[np.float64],
    ground: BaseGeometry | None,
    rounds: int,
    tolerance: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.object_]]:
    """Return sites, weights and parts after moving the sites `rounds - 1` times to bring the centroids to `centres`."""
    for turn in range(rounds):
        weights, parts = balanced_cells(sites, weights, wanted, ground, tolerance)
        if turn < rounds - 1:
            sites = sites + 0.5 * (centres - shapely.get_coordinates(shapely.centroid(parts)))
    return sites, weights, parts


def _without_gaps(parts: NDArray[np.object_], gap_m: float) -> BaseGeometry:
    """Return the parts' union without holes and inlets, pulled in from outside until its area is theirs again."""
    total = shapely.area(parts).sum()
    union = shapely.union_all(shapely.buffer(parts, gap_m, quad_segs=16))
    solid = shapely.union_all([Polygon(part.exterior) for part in shapely.get_parts(union)])
    low, high = -2 * gap_m, -gap_m / 4
    for _ in range(40):
        middle = (low + high) / 2
        if shapely.buffer(solid, middle, quad_segs=16).area > total:
            high = middle
        else:
            low = middle
    ground = shapely.buffer(solid, high, quad_segs=16)
    return shapely.simplify(ground, 0.05)


def _check(centres: NDArray[np.float64], wanted: NDArray[np.float64]) -> None:
    if len(centres) != len(wanted):
        raise PartitionError(f"{len(centres)} points but {len(wanted)} areas; give one area for each point.")
    if not (np.isfinite(centres).all() and np.isfinite(wanted).all() and (wanted > 0).all()):
        raise PartitionError("a point or an area is missing or not positive; every area needs both.")
    if len(np.unique(centres, axis=0)) < len(centres):
        raise PartitionError("two areas have the same centre; give each its own.")


def balanced_cells(
    sites: NDArray[np.float64],
    weights: NDArray[np.float64],
    wanted: NDArray[np.float64],
    ground: BaseGeometry | None,
    tolerance: float,
) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
    """Return weights, and power cells with the `wanted` areas (n,), within `ground` or, without one, within the discs.

    Newton's method on the weights, damped so that no cell loses all its ground. `wanted` must add up to the ground's
    area. Areas are in the squared units of `sites` (n, 2); `weights` (n,) are the first guess.

    Raises PartitionError when the areas cannot be reached within `tolerance` (relative).
    """
    parts, areas, slopes = _clipped(sites, weights, ground)
    if areas.min() <= 0:
        # Equal weights make a Voronoi diagram, in which every site has ground.
        weights = np.full(len(sites), wanted.mean() / np.pi)
        parts, areas, slopes = _clipped(sites, weights, ground)
    floor = min(areas.min(), wanted.min()) / 4
    for _ in range(_NEWTON_STEPS):
        miss = areas - wanted
        if np.abs(miss / wanted).max() < tolerance:
            return weights, parts
        step = spsolve(slopes, miss)
        pace = 1.0
        while True:
            trial = weights - pace * step
            if ground is None:
                trial = np.maximum(trial, weights / 10)
            parts, areas, slopes = _clipped(sites, trial, ground)
            is_nearer = np.linalg.norm(areas - wanted) < np.linalg.norm(miss)
            if (areas.min() > floor and is_nearer) or pace < _SMALLEST_PACE:
                break
            pace /= 2
        weights = trial
    raise PartitionError(
        "the areas cannot all be reached from these centres; check for a centre that lies far inside a larger area."
    )


def _clipped(
    sites: NDArray[np.float64], weights: NDArray[np.float64], ground: BaseGeometry | None
) -> tuple[NDArray[np.object_], NDArray[np.float64], csr_matrix]:
    """Return the parts, their areas, and how each area changes with each weight (n, n)."""
    reach = 0.0 if ground is None else float(np.ptp(np.reshape(ground.bounds, (2, 2)), axis=0).max())
    cells = power_cells(sites, weights, reach=reach)
    borders = shapely.linestrings(cells.borders)
    first, second = cells.pairs.T
    count = len(sites)
    if ground is None:
        radii = np.sqrt(weights)
        discs = shapely.buffer(shapely.points(sites), radii, quad_segs=_ARC_SEGMENTS)
        parts = shapely.intersection(cells.polygons, discs)
        lengths = shapely.length(shapely.intersection(borders, discs[first]))
        shared = np.bincount(first, lengths, count) + np.bincount(second, lengths, count)
        own = np.maximum(shapely.length(parts) - shared, 0) / (2 * radii)
    else:
        parts = shapely.intersection(cells.polygons, ground)
        lengths = shapely.length(shapely.intersection(borders, ground))
        own = np.zeros(count)
    pull = lengths / (2 * np.linalg.norm(sites[first] - sites[second], axis=1))
    # A thousandth more on the diagonal keeps the matrix regular where only differences of weights matter.
    own += 1.001 * (np.bincount(first, pull, count) + np.bincount(second, pull, count)) + 1e-9
    diagonal = np.arange(count)
    values = np.concatenate([own, -pull, -pull])
    rows, columns = np.concatenate([diagonal, first, second]), np.concatenate([diagonal, second, first])
    slopes = coo_matrix((values, (rows, columns)), shape=(count, count)).tocsr()
    return parts, shapely.area(parts), slopes
