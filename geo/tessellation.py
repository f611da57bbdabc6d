"""Subdivision of an area into roundish parts: invented RWs for a demo city, approximate ones for a real city.

Modelling assumption: a neighbourhood is the ground nearer to its middle than to any other's (a Voronoi cell), its
middle is its centroid (Lloyd, 1982), and where sizes are known the cells of a power diagram honour them. Outlines made
here follow no street and no decree; whoever stores them marks them `approximate`. Coordinates are metric.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from geo.coverage import join_stray_pieces, largest_piece, repair_coverage
from geo.errors import CoverageError, PartitionError
from geo.mending import mend
from geo.power import balanced_cells, power_cells

_WELD_M = 0.2
_SHARE_TOLERANCE = 0.01
_SETTLING_ROUNDS = 3


def subdivide(
    polygon: BaseGeometry, n: int, *, seed: int, shares: ArrayLike | None = None, rounds: int = 10
) -> list[Polygon]:
    """Return `n` contiguous parts of the polygon as a valid coverage, the same ones for the same seed.

    The parts are a centroidal Voronoi diagram after `rounds` of Lloyd's method; with `shares` (n,) each part gets that
    share of the area, within a hundredth of its own.

    Raises PartitionError when `n` is not positive, the polygon has no area, or the shares are unusable.
    """
    _check_polygon(polygon)
    if n < 1:
        raise PartitionError(f"an area cannot be divided into {n} parts; give one or more.")
    wanted = None if shares is None else _wanted_areas(shares, n, polygon.area)
    sites = _scattered(polygon, n, np.random.default_rng(seed))
    for _ in range(rounds):
        sites = _middles(_voronoi(polygon, sites), sites)
    if wanted is None or n == 1:
        return _finished(_voronoi(polygon, sites))
    weights = np.zeros(n)
    for turn in range(_SETTLING_ROUNDS):
        weights, parts = balanced_cells(sites, weights, wanted, polygon, _SHARE_TOLERANCE)
        if turn < _SETTLING_ROUNDS - 1:
            sites = _middles(parts, sites)
    return _finished(parts)


def subdivide_by_points(polygon: BaseGeometry, points: ArrayLike) -> list[Polygon]:
    """Return the polygon's ground nearest to each of the `points` (n, 2): approximate RWs where only points are known.

    The parts are contiguous and a valid coverage, in the order of the points. A point may lie a little outside.

    Raises PartitionError when two points coincide, or a point has no ground in the polygon.
    """
    _check_polygon(polygon)
    sites = np.asarray(points, dtype=float).reshape(-1, 2)
    if len(sites) == 0 or not np.isfinite(sites).all():
        raise PartitionError("a point is missing; give every RW of the area a point.")
    if len(np.unique(np.round(sites, 1), axis=0)) < len(sites):
        raise PartitionError("two RW points of one area coincide; give each RW its own point.")
    parts = _voronoi(polygon, sites)
    if (shapely.area(parts) == 0).any():
        place = int(np.flatnonzero(shapely.area(parts) == 0)[0]) + 1
        raise PartitionError(f"RW point number {place} lies so far outside its area that no ground is nearest to it.")
    return _finished(parts)


def simplify_coverage(
    polygons: Sequence[BaseGeometry] | NDArray[np.object_], tolerance_m: float
) -> NDArray[np.object_]:
    """Return the polygons with fewer vertices, shared borders still shared: for drawing, not for measuring.

    Details smaller than about `tolerance_m` across go (Visvalingam and Whyatt, 1993). Polygons are in a metric CRS and
    a valid coverage.
    """
    return shapely.coverage_simplify(np.asarray(polygons, dtype=object), tolerance_m)


def _check_polygon(polygon: BaseGeometry) -> None:
    if polygon.area <= 0 or not polygon.is_valid:
        raise PartitionError("the area to divide has no ground or a broken outline; repair it first.")


def _wanted_areas(shares: ArrayLike, n: int, area: float) -> NDArray[np.float64]:
    given = np.asarray(shares, dtype=float).ravel()
    if len(given) != n or not np.isfinite(given).all() or (given <= 0).any():
        raise PartitionError(f"the shares of {n} parts must be {n} positive numbers.")
    return given / given.sum() * area


def _scattered(polygon: BaseGeometry, n: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return `n` points inside the polygon, each the farthest from its forerunners among a handful of random ones."""
    west, south, east, north = polygon.bounds
    found = np.empty((0, 2))
    while len(found) < 10 * n:
        candidates = rng.uniform((west, south), (east, north), size=(20 * n, 2))
        found = np.vstack([found, candidates[shapely.contains_xy(polygon, *candidates.T)]])
    sites = found[:1]
    for turn in range(1, n):
        handful = found[10 * turn : 10 * turn + 10]
        gaps = np.linalg.norm(handful[:, None] - sites[None], axis=2).min(axis=1)
        sites = np.vstack([sites, handful[np.argmax(gaps)]])
    return sites


def _voronoi(polygon: BaseGeometry, sites: NDArray[np.float64]) -> NDArray[np.object_]:
    west, south, east, north = polygon.bounds
    cells = power_cells(sites, np.zeros(len(sites)), reach=max(east - west, north - south))
    return shapely.intersection(cells.polygons, polygon)


def _middles(parts: NDArray[np.object_], sites: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the parts' centroids, and the old site where a part has no ground."""
    middles = shapely.get_coordinates(shapely.centroid(np.where(shapely.area(parts) > 0, parts, shapely.points(sites))))
    return np.asarray(middles)


def _finished(parts: NDArray[np.object_]) -> list[Polygon]:
    joined = join_stray_pieces(parts)
    try:
        return repair_coverage(joined, tolerance_m=_WELD_M)
    except CoverageError:
        # Welding can bend a side across a vertex that lies just beyond it; borders cut where they cross cannot.
        return [largest_piece(shape) for shape in mend(joined, gap_m=_WELD_M).outlines]
