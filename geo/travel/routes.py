"""The ways themselves, as lines to draw on the map."""

from typing import Any

import numpy as np
import pandas as pd
import shapely

from geo.modes import Mode
from geo.network.build import Network
from geo.network.osrm import open_engine
from geo.travel.matrix import check_points, coordinates

DRAWING_TOLERANCE_DEG = 3e-5
"""About 3 m: less than a line's width on the map at the scale of a street."""


def routes(
    network: Network,
    mode: Mode,
    origins: pd.DataFrame,
    destinations: pd.DataFrame,
    pairs: pd.DataFrame,
    *,
    snap_limit_m: float,
) -> pd.DataFrame:
    """Return the line of each wanted pair of codes (columns origin, destination), where a way exists.

    `origins` and `destinations` have code, lat, lon, and should be those of the matrix that the lines go with, so that
    points are taken to the same roads. Returns origin, destination, duration_s, distance_m and geometry (shapely line,
    EPSG:4326, simplified for drawing). A pair with an end farther than `snap_limit_m` from a road, or without a way, is
    left out.

    Raises CoordinateError for points that are nowhere on Earth.
    """
    import osrm

    check_points(origins, "origins")
    check_points(destinations, "destinations")
    columns = ["origin", "destination", "duration_s", "distance_m", "geometry"]
    if pairs.empty or origins.empty or destinations.empty:
        return pd.DataFrame(columns=columns)
    engine = open_engine(network.base(mode))
    points = pd.concat([origins, destinations])
    given = coordinates(points)
    on_road, snap_m = _snapped(engine, given)
    origin_at = {code: index for index, code in enumerate(origins["code"])}
    destination_at = {code: len(origins) + index for index, code in enumerate(destinations["code"])}
    found = []
    for origin, destination in zip(pairs["origin"], pairs["destination"], strict=True):
        ends = [origin_at[origin], destination_at[destination]]
        if max(snap_m[ends]) > snap_limit_m:
            continue
        try:
            answer = engine.Route(
                osrm.RouteParameters(
                    coordinates=[on_road[end] for end in ends],
                    overview="full",
                    geometries="geojson",
                    generate_hints=False,
                )
            )
        except RuntimeError as error:
            if "NoRoute" in str(error):
                continue
            raise
        way = answer["routes"][0]
        line = np.array([tuple(point) for point in way["geometry"]["coordinates"]])
        found.append((origin, destination, way["duration"], way["distance"], shapely.LineString(line)))
    frame = pd.DataFrame(found, columns=columns)
    frame["geometry"] = shapely.simplify(frame["geometry"].to_numpy(dtype=object), DRAWING_TOLERANCE_DEG)
    return frame


def _snapped(engine: Any, given: list[tuple[float, float]]) -> tuple[list[tuple[float, float]], np.ndarray]:
    """Return where each point meets the road and how far that is, as a table over all of them takes it.

    Routing two points alone would take a pair beside the same small island to its roads, and a table would not: so a
    route starts and ends at the table's points.
    """
    import osrm

    answer = engine.Table(
        osrm.TableParameters(coordinates=given, sources=[0], annotations=["duration"], generate_hints=False)
    )
    snapped = list(answer["destinations"])
    places = [tuple(point["location"]) for point in snapped]
    return [(lon, lat) for lon, lat in places], np.array([point["distance"] for point in snapped])
