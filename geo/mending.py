"""Outlines as files bring them, made into a coverage: overlaps given to one area, thin gaps to a neighbour.

Modelling assumption: people who draw borders apart disagree by metres, so a thin strip that two areas claim, or none,
is a slip of the pen. An overlap goes to the area whose own ground it touches along the longer border, and a gap that is
shut in on all sides and thinner than `gap_m` likewise; a wider gap (a lake, an enclave) stays open. All borders are cut
into faces where they cross, and each face has one owner: neighbours then share their borders vertex by vertex. Parts,
holes and ground that only one area claims are never changed. Coordinates are metric.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.errors import CoverageError

GRID_M = 0.01
"""Vertices are rounded to a centimetre, so that borders that cross do so in one place."""


MOST_VERTICES = 500_000
"""A kabupaten's desa drawn every ten metres or so have as many."""

_DETAILS_M = (0.5, 1.0, 2.0, 4.0, 8.0)


@dataclass(frozen=True)
class Mended:
    """A coverage and what it took: faces that changed hands, as shapes to draw, with their sizes in square metres."""

    outlines: NDArray[np.object_]
    overlaps: NDArray[np.object_]
    gaps: NDArray[np.object_]

    @property
    def overlap_m2(self) -> float:
        """Ground that two or more areas claimed."""
        return float(shapely.area(self.overlaps).sum())

    @property
    def gap_m2(self) -> float:
        """Ground between areas that none claimed."""
        return float(shapely.area(self.gaps).sum())


def polygons_only(shapes: Sequence[BaseGeometry] | NDArray[np.object_]) -> NDArray[np.object_]:
    """Return shapes made valid and flat, with their polygons and nothing else: no heights, no stray lines or points.

    A figure of eight becomes its two lobes, and several parts stay several. What has no ground becomes empty.
    """
    flat = shapely.force_2d(np.asarray(shapes, dtype=object))
    is_broken = ~shapely.is_valid(flat)
    flat[is_broken] = shapely.make_valid(flat[is_broken], method="structure", keep_collapsed=False)
    is_mixed = ~np.isin(shapely.get_type_id(flat), (3, 6))
    flat[is_mixed] = [_ground_of(shape) for shape in flat[is_mixed]]
    return flat


def thinned(shapes: NDArray[np.object_], most: int = MOST_VERTICES) -> tuple[NDArray[np.object_], float]:
    """Return metric polygons with at most about `most` vertices, and the size in metres of the details that went.

    Mending takes some 15 microseconds and 2.4 kB for each vertex: a file of 100 MB would take a server's memory.
    Shared borders are thinned once, for both sides; shapes of fewer vertices stay as they are, and 0 is returned.
    """
    detail_m = 0.0
    for detail_m_next in _DETAILS_M:
        if shapely.get_num_coordinates(shapes).sum() <= most:
            break
        detail_m = detail_m_next
        shapes = polygons_only(shapely.coverage_simplify(shapes, detail_m))
    return shapes, detail_m


def _ground_of(shape: BaseGeometry | None) -> BaseGeometry:
    if shape is None:
        return shapely.MultiPolygon()
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts) if parts else shapely.MultiPolygon()


def mend(
    shapes: Sequence[BaseGeometry] | NDArray[np.object_], gap_m: float = 30.0, largest_overlap: float = 0.1
) -> Mended:
    """Return the polygons as a valid coverage, in their order, and what was mended.

    Raises CoverageError, with the places (from 1) of both, when two areas share more than `largest_overlap` of the
    smaller one's ground: that is no slip, and nobody but their owner can say whose it is.
    """
    drawn = shapely.set_precision(polygons_only(shapes), GRID_M)
    _refuse_rivals(drawn, largest_overlap)
    borders = shapely.union_all(shapely.boundary(drawn[~shapely.is_empty(drawn)]), grid_size=GRID_M)
    faces = shapely.get_parts(shapely.polygonize([borders]))
    inside = shapely.point_on_surface(faces)
    face, owner = shapely.STRtree(drawn).query(inside, predicate="intersects")
    claims = np.bincount(face, minlength=len(faces))
    owners = np.full(len(faces), -1)
    is_sole = claims[face] == 1
    owners[face[is_sole]] = owner[is_sole]
    disputed = np.flatnonzero(claims > 1)
    open_gaps = np.flatnonzero(claims == 0)
    thin = open_gaps[_is_thin(faces[open_gaps], gap_m)]
    borders_of = _shared_borders(faces, np.concatenate([disputed, thin]))
    rivals = pd.DataFrame({"face": face, "owner": owner}).groupby("face")["owner"].agg(list)
    # Largest first: a small strip then finds its neighbour's ground settled.
    for place in sorted(disputed.tolist(), key=lambda at: -faces[at].area):
        owners[place] = _longest(borders_of.get(place, []), owners, rivals[place], drawn)
    for place in sorted(thin.tolist(), key=lambda at: -faces[at].area):
        owners[place] = _longest(borders_of.get(place, []), owners, None, drawn)
    kept = np.flatnonzero(owners >= 0)
    outlines = np.full(len(drawn), shapely.MultiPolygon(), dtype=object)
    for whose, places in pd.Series(kept).groupby(owners[kept]).indices.items():
        outlines[int(str(whose))] = shapely.union_all(faces[kept[places]])
    given = thin[owners[thin] >= 0]
    return Mended(outlines, faces[disputed], faces[given])


def _refuse_rivals(drawn: NDArray[np.object_], largest_overlap: float) -> None:
    first, second = shapely.STRtree(drawn).query(drawn, predicate="intersects")
    is_pair = first < second
    first, second = first[is_pair], second[is_pair]
    # Touching neighbours are many and share no ground; only the others' shared ground is worked out.
    is_over = ~shapely.touches(drawn[first], drawn[second])
    first, second = first[is_over], second[is_over]
    shared = shapely.area(shapely.intersection(drawn[first], drawn[second]))
    smaller = np.minimum(shapely.area(drawn[first]), shapely.area(drawn[second]))
    rivals = np.flatnonzero(shared > largest_overlap * np.maximum(smaller, GRID_M))
    if len(rivals):
        at = rivals[np.argmax(shared[rivals] / np.maximum(smaller[rivals], GRID_M))]
        raise CoverageError(
            f"{len(rivals)} pair(s) of areas claim the same ground by more than {largest_overlap:.0%} of the smaller "
            f"one; the worst are numbers {first[at] + 1} and {second[at] + 1} ({shared[at] / 1e6:.3f} km² shared)."
        )


def _is_thin(gaps: NDArray[np.object_], gap_m: float) -> NDArray[np.bool_]:
    """Say which gaps vanish when their borders move inwards by half of `gap_m`."""
    return np.asarray(shapely.is_empty(shapely.buffer(gaps, -gap_m / 2, quad_segs=2)), dtype=bool)


def _shared_borders(faces: NDArray[np.object_], wanted: NDArray[np.intp]) -> dict[int, list[tuple[int, float]]]:
    """Return, for each wanted face, its neighbours and the metres of border that they share."""
    at, other = shapely.STRtree(faces).query(faces[wanted], predicate="intersects")
    at = wanted[at]
    at, other = at[at != other], other[at != other]
    # Each border once: a large face has thousands of slivers beside it, and as many copies would fill the memory.
    edges = shapely.boundary(faces)
    metres = shapely.length(shapely.intersection(edges[at], edges[other]))
    found: dict[int, list[tuple[int, float]]] = {}
    for place, neighbour, length in zip(at.tolist(), other.tolist(), metres.tolist(), strict=True):
        if length > 0:
            found.setdefault(place, []).append((neighbour, length))
    return found


def _longest(
    neighbours: list[tuple[int, float]],
    owners: NDArray[np.intp],
    among: list[int] | None,
    drawn: NDArray[np.object_],
) -> int:
    """Return the owner with the longest border; of rivals without any, the smaller area, which can spare it least."""
    metres: dict[int, float] = {}
    for neighbour, length in neighbours:
        whose = int(owners[neighbour])
        if whose >= 0 and (among is None or whose in among):
            metres[whose] = metres.get(whose, 0.0) + length
    if metres:
        return max(metres, key=lambda whose: (metres[whose], -whose))
    return min(among, key=lambda whose: (float(shapely.area(drawn[whose])), whose)) if among else -1
