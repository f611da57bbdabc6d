"""Outlines for RWs of which only points are known: the ground of their kelurahan nearest to each, marked approximate.

A kelurahan is drawn so only when it has an outline, none of its RWs has an official one, and most of its RWs have a
usable point: else one located RW would take its neighbours' ground.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoError
from geo.local_map import local_map
from geo.mending import mend, polygons_only
from geo.tessellation import subdivide_by_points

LOCATED_SHARE = 0.8
NEAR_M = 50.0
"""A point may lie so far outside its kelurahan: satellite positioning in a narrow gang is no better."""

_SAME_M = 0.2


@dataclass(frozen=True)
class Drawn:
    """Approximate outlines (EPSG:4326) and their km² by RW; points that were not used; kelurahan left undrawn."""

    outlines: Mapping[str, BaseGeometry]
    km2: Mapping[str, float]
    outside: tuple[str, ...]
    coincident: tuple[str, ...]
    undrawn: tuple[str, ...]


def draw(
    points: Mapping[str, tuple[float, float]],
    rw_of: Mapping[str, tuple[str, ...]],
    kelurahan: Mapping[str, BaseGeometry],
    with_official: frozenset[str],
) -> Drawn:
    """Draw RWs around `points` (RW code -> lat, lon) inside `kelurahan` outlines (EPSG:4326).

    `rw_of` has all RW codes of each kelurahan; those of `with_official` have drawn RWs already. A point far outside
    its kelurahan, or on another RW's, shapes nothing and is reported.
    """
    if not kelurahan:
        return Drawn({}, {}, (), (), ())
    ground = local_map(np.array(list(kelurahan.values()), dtype=object))
    cells: dict[str, BaseGeometry] = {}
    outside: list[str] = []
    coincident: list[str] = []
    undrawn: list[str] = []
    for code in sorted(rw_of):
        home = kelurahan.get(code)
        if home is None:
            continue
        shape = polygons_only(ground.to_metres(np.array([home], dtype=object)))[0]
        located = [rw for rw in rw_of[code] if rw in points]
        placed = shapely.points([points[rw][::-1] for rw in located]) if located else np.empty(0, dtype=object)
        sites = shapely.get_coordinates(ground.to_metres(placed)).reshape(-1, 2)
        is_near = shapely.dwithin(shape, shapely.points(sites), NEAR_M) if len(sites) else np.zeros(0, bool)
        outside += [rw for rw, near in zip(located, is_near, strict=True) if not near]
        located, sites = [rw for rw, near in zip(located, is_near, strict=True) if near], sites[is_near]
        is_again = _is_repeated(sites)
        coincident += [rw for rw, again in zip(located, is_again, strict=True) if again]
        if code in with_official:
            continue
        usable, sites = [rw for rw, again in zip(located, is_again, strict=True) if not again], sites[~is_again]
        if not usable or len(usable) < LOCATED_SHARE * len(rw_of[code]):
            undrawn.append(code)
            continue
        try:
            cells |= dict(zip(usable, subdivide_by_points(shape, sites), strict=True))
        except GeoError:
            undrawn.append(code)
    if not cells:
        return Drawn({}, {}, tuple(outside), tuple(coincident), tuple(undrawn))
    # Cells of neighbouring kelurahan meet along borders that each side cut for itself.
    fitted = mend(list(cells.values()), gap_m=1.0).outlines
    back = ground.to_degrees(fitted)
    return Drawn(
        dict(zip(cells, polygons_only(back), strict=True)),
        dict(zip(cells, (shapely.area(fitted) / 1e6).tolist(), strict=True)),
        tuple(outside),
        tuple(coincident),
        tuple(undrawn),
    )


def _is_repeated(sites: np.ndarray) -> np.ndarray:
    """Say which points lie on an earlier one."""
    if len(sites) < 2:
        return np.zeros(len(sites), dtype=bool)
    gaps = np.linalg.norm(sites[:, None] - sites[None], axis=2)
    return np.asarray((np.tril(gaps <= _SAME_M, k=-1)).any(axis=1))
