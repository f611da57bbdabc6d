"""Neighbours within a walk: who else can come to a stop of the mobile clinic.

Assumes that people walk about 1.3 times the straight line, as on the demo's and most cities' grids, and that the share
of a neighbour's people who come falls in a straight line from all next door to none at the reach.
"""

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

WALK_FACTOR = 1.3
_EARTH_RADIUS_M = 6_371_008.8


def walking_neighbours(points: pd.DataFrame, reach_m: float) -> pd.DataFrame:
    """Return pairs within a walk of `reach_m`: rw_code (the stop), neighbour_code, share (0 to 1), both ways.

    `points`: rw_code, lat, lon (EPSG:4326). Distances are on a plane around the middle of the points, which errs by
    under one in a thousand within a city.
    """
    latitudes, longitudes = np.radians(points["lat"].to_numpy(float)), np.radians(points["lon"].to_numpy(float))
    middle = latitudes.mean() if len(latitudes) else 0.0
    plane = _EARTH_RADIUS_M * np.column_stack([longitudes * np.cos(middle), latitudes])
    pairs = cKDTree(plane).query_pairs(reach_m / WALK_FACTOR, output_type="ndarray") if len(plane) else np.empty((0, 2))
    pairs = pairs.astype(int).reshape(-1, 2)
    walk_m = WALK_FACTOR * np.linalg.norm(plane[pairs[:, 0]] - plane[pairs[:, 1]], axis=1)
    codes = points["rw_code"].to_numpy(dtype=object)
    one_way = pd.DataFrame(
        {"rw_code": codes[pairs[:, 0]], "neighbour_code": codes[pairs[:, 1]], "share": 1 - walk_m / reach_m}
    )
    back = one_way.rename(columns={"rw_code": "neighbour_code", "neighbour_code": "rw_code"})
    both = pd.concat([one_way, back[one_way.columns]], ignore_index=True)
    both = both[both["share"] > 0]
    return both.sort_values(["rw_code", "neighbour_code"], ignore_index=True)
