"""An equal-area map in metres around some places, for measuring and drawing at the size of a city."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer

_DECIMALS = 8
"""Degrees are rounded to about a millimetre, so that the same ground gives the same bytes."""


@dataclass(frozen=True)
class LocalMap:
    """Lambert's azimuthal equal-area projection around a middle (degrees, WGS 84)."""

    lat: float
    lon: float

    def to_metres(self, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return shapes given in degrees (EPSG:4326, longitude first) in metres, without heights."""
        return _moved(shapes, self._way(is_back=False))

    def to_degrees(self, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return shapes given in metres in degrees, rounded to about a millimetre."""
        way = self._way(is_back=True)
        return _moved(shapes, lambda xy: np.round(way(xy), _DECIMALS))

    def _way(self, *, is_back: bool) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
        way = _transformer(self.lat, self.lon, is_back)
        return lambda xy: np.column_stack(way.transform(xy[:, 0], xy[:, 1]))


@lru_cache(maxsize=8)
def _transformer(lat: float, lon: float, is_back: bool) -> Transformer:
    metric = CRS.from_proj4(f"+proj=laea +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m")
    ends = (metric, CRS.from_epsg(4326)) if is_back else (CRS.from_epsg(4326), metric)
    return Transformer.from_crs(*ends, always_xy=True)


def local_map(shapes: NDArray[np.object_]) -> LocalMap:
    """Return the map around shapes in degrees; its middle is a whole tenth, the same for most parts of a city."""
    west, south, east, north = shapely.total_bounds(shapes)
    return LocalMap(round(float(south + north) / 2, 1), round(float(west + east) / 2, 1))


def _moved(
    shapes: NDArray[np.object_], way: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> NDArray[np.object_]:
    return np.asarray(shapely.transform(shapely.force_2d(shapes), way), dtype=object) if len(shapes) else shapes
