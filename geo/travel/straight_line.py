"""Travel without a road network: the straight line times a stated factor, at a stated speed.

Used only where there is no extract or no routing engine, and labelled wherever it is shown. Straight-line nearest is
the road's nearest for only about 80 % of points, so a ranking made this way is rough.
"""

import numpy as np
import pandas as pd
from pyproj import Geod

from geo.modes import Mode
from geo.travel.matrix import MATRIX_COLUMNS, check_points

CIRCUITY = 1.417
"""Road metres for each straight metre: the mean for ways to a hospital of Boscoe, Henry and Zdeb, The Professional
Geographer 64(2), 2012. It is higher where rivers and toll roads have few crossings."""

SPEED_KMH: dict[Mode, float] = {"walk": 5.0, "motorcycle": 20.0, "car": 20.0}
"""Assumed mean speeds from door to door: the pace of the walking profile, and dense city traffic."""

_WGS84 = Geod(ellps="WGS84")


def geodesic_m(lat: np.ndarray, lon: np.ndarray, other_lat: np.ndarray, other_lon: np.ndarray) -> np.ndarray:
    """Return metres on the WGS 84 ellipsoid between points in degrees, element by element."""
    return np.asarray(_WGS84.inv(lon, lat, other_lon, other_lat)[2])


def straight_line_matrix(origins: pd.DataFrame, destinations: pd.DataFrame, mode: Mode) -> pd.DataFrame:
    """Estimate every pair of origins × destinations (frames with code, lat, lon), in their order.

    Returns the columns of `travel_matrix` with blank snap distances and `method` `straight_line`.

    Raises CoordinateError for points that are nowhere on Earth.
    """
    check_points(origins, "origins")
    check_points(destinations, "destinations")
    pairs = origins[["code", "lat", "lon"]].merge(destinations[["code", "lat", "lon"]], how="cross")
    road_m = CIRCUITY * geodesic_m(
        *(pairs[column].to_numpy(dtype=float) for column in ("lat_x", "lon_x", "lat_y", "lon_y"))
    )
    return pd.DataFrame(
        {
            "origin": pairs["code_x"],
            "destination": pairs["code_y"],
            "duration_s": road_m / (SPEED_KMH[mode] / 3.6),
            "distance_m": road_m,
            "origin_snap_m": np.nan,
            "destination_snap_m": np.nan,
            "method": "straight_line",
        }
    )[MATRIX_COLUMNS]
