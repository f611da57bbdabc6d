"""Coverages: polygons that share their borders vertex by vertex, without overlaps, gaps or stray pieces.

Polygons that were cut or drawn apart meet only nearly. Here they are made to meet exactly, so that unions leave no
slivers and simplification moves a border once, for both sides. Coordinates are metric.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from geo.errors import CoverageError


def repair_coverage(polygons: Sequence[BaseGeometry] | NDArray[np.object_], tolerance_m: float) -> list[Polygon]:
    """Return the polygons with vertices that lie within `tolerance_m` of one another made one, shared by all.

    A vertex that lies half that near to a side becomes a vertex of that side too. Holes are kept.

    Raises CoverageError when the polygons overlap or gape by more than the tolerance can mend.
    """
    shapes = np.asarray(polygons, dtype=object)
    rings, owner = shapely.get_rings(shapes, return_index=True)
    corners, ring_of = shapely.get_coordinates(rings, return_index=True)
    welded = _welded(corners, tolerance_m)
    # Half the welding distance, so that no side is bent back on a vertex that was just too far from its end to weld.
    corners, ring_of = _with_touching_vertices(welded, ring_of, tolerance_m / 2)
    mended = _polygons(corners, ring_of, owner, len(shapes))
    if not (shapely.is_valid(mended).all() and shapely.coverage_is_valid(mended)):
        faulty = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(mended)) | ~shapely.is_valid(mended))
        raise CoverageError(
            f"{len(faulty)} of {len(mended)} areas overlap or gape by more than {tolerance_m:g} m "
            f"(the first is number {faulty[0] + 1}); mend their borders first."
        )
    return list(mended)


def _welded(corners: NDArray[np.float64], tolerance_m: float) -> NDArray[np.float64]:
    unique, index = np.unique(corners, axis=0, return_inverse=True)
    pairs = cKDTree(unique).query_pairs(tolerance_m, output_type="ndarray")
    links = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(unique),) * 2)
    cluster = connected_components(links, directed=False)[1]
    first = np.full(cluster.max() + 1, len(unique))
    np.minimum.at(first, cluster, np.arange(len(unique)))
    return unique[first[cluster[index.ravel()]]]


def _with_touching_vertices(
    corners: NDArray[np.float64], ring_of: NDArray[np.int64], tolerance_m: float
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the rings' corners with every vertex that lies on a side (within the tolerance) inserted into it."""
    is_side = ring_of[:-1] == ring_of[1:]
    start = np.flatnonzero(is_side)
    tails, heads = corners[start], corners[start + 1]
    vertices = np.unique(corners, axis=0)
    sides = shapely.linestrings(np.stack([tails, heads], axis=1))
    points = shapely.points(vertices)
    point, side = shapely.STRtree(sides).query(points, predicate="dwithin", distance=tolerance_m)
    is_end = (vertices[point] == tails[side]).all(axis=1) | (vertices[point] == heads[side]).all(axis=1)
    point, side = point[~is_end], side[~is_end]
    along = shapely.line_locate_point(sides[side], points[point])
    place = np.concatenate([np.arange(len(corners), dtype=float), start[side].astype(float)])
    step = np.concatenate([np.full(len(corners), -1.0), along])
    order = np.lexsort((step, place))
    everything = np.concatenate([corners, vertices[point]])[order]
    owner = np.concatenate([ring_of, ring_of[start[side]]])[order]
    return everything, owner


def _polygons(
    corners: NDArray[np.float64], ring_of: NDArray[np.int64], owner: NDArray[np.int64], count: int
) -> NDArray[np.object_]:
    corners, ring_of = _without_repeats(corners, ring_of)
    rings = np.unique(ring_of)
    polygons = np.full(count, Polygon(), dtype=object)
    shells: dict[int, list[NDArray[np.float64]]] = {}
    bounds = np.searchsorted(ring_of, [rings, rings + 1])
    for ring, low, high in zip(rings, *bounds, strict=True):
        if high - low >= 4:
            shells.setdefault(int(owner[ring]), []).append(corners[low:high])
    for index, (shell, *holes) in shells.items():
        polygons[index] = Polygon(shell, holes)
    return polygons


def _without_repeats(
    corners: NDArray[np.float64], ring_of: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    is_repeat = np.zeros(len(corners), dtype=bool)
    is_repeat[1:] = (corners[1:] == corners[:-1]).all(axis=1) & (ring_of[1:] == ring_of[:-1])
    return corners[~is_repeat], ring_of[~is_repeat]


def join_stray_pieces(parts: Sequence[BaseGeometry] | NDArray[np.object_]) -> list[Polygon]:
    """Return one polygon per part: its largest piece, and others' stray pieces that touch it most.

    A part that was cut by a border elsewhere keeps one contiguous piece. A stray piece that touches no other part is
    dropped, for it belongs to nobody.
    """
    pieces, owner = shapely.get_parts(np.asarray(parts, dtype=object), return_index=True)
    is_area = shapely.area(pieces) > 0
    pieces, owner = pieces[is_area], owner[is_area]
    order = np.lexsort((-shapely.area(pieces), owner))
    pieces, owner = pieces[order], owner[order]
    is_main = np.ones(len(owner), dtype=bool)
    is_main[1:] = owner[1:] != owner[:-1]
    joined = dict(zip(owner[is_main], pieces[is_main], strict=True))
    for piece, home in zip(pieces[~is_main], owner[~is_main], strict=True):
        touching = {
            other: shapely.length(shapely.intersection(shapely.buffer(shape, 0.01), shapely.boundary(piece)))
            for other, shape in joined.items()
            if other != home and shapely.dwithin(shape, piece, 0.01)
        }
        if touching and max(touching.values()) > 0:
            nearest = max(touching, key=lambda other: touching[other])
            joined[nearest] = shapely.union(joined[nearest], shapely.buffer(piece, 0.01, join_style="mitre"))
    return [largest_piece(joined.get(index, Polygon())) for index in range(len(parts))]


def largest_piece(shape: BaseGeometry) -> Polygon:
    """Return the piece of a shape with the most ground, empty where it has none."""
    pieces = shapely.get_parts(shape)
    return pieces[np.argmax(shapely.area(pieces))] if len(pieces) else Polygon()
