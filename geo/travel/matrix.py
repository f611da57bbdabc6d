"""Road travel from every origin to every destination: the fastest way of a mode, from one question to the engine.

The engine's table gives the same way as its routes do, so that a cell's metres and the drawn route agree.
"""

from typing import Any

import numpy as np
import pandas as pd

from geo.errors import CoordinateError
from geo.modes import Mode
from geo.network.build import Network
from geo.network.osrm import open_engine

MATRIX_COLUMNS = [
    "origin",
    "destination",
    "duration_s",
    "distance_m",
    "origin_snap_m",
    "destination_snap_m",
    "method",
]

_CELLS_AT_ONCE = 4_000_000
"""Cells of one question to the engine: its answer takes about 250 bytes a cell, so this stays near 1 GB."""

_ELSEWHERE_M = 10_000.0
"""A point this far from every road may have its axes swapped."""


def travel_matrix(
    network: Network,
    origins: pd.DataFrame,
    destinations: pd.DataFrame,
    mode: Mode,
    *,
    snap_limit_m: float,
    engine: Any = None,
) -> pd.DataFrame:
    """Route every pair of origins × destinations (frames with code, lat, lon in EPSG:4326), in their order.

    Returns MATRIX_COLUMNS. `method` is `network` where the pair was routed; `unrouted`, with duration and distance
    blank, where an end lies farther than `snap_limit_m` from any road of the mode, or where no way leads from one to
    the other. Snap distances are given in both cases. `engine` is one that the caller holds open, where the network
    does not last.

    Raises CoordinateError for points that are nowhere on Earth or whose axes are swapped.
    """
    check_points(origins, "origins")
    check_points(destinations, "destinations")
    if origins.empty or destinations.empty:
        return _frame(origins, destinations, *(np.empty((len(origins), len(destinations))),) * 2, [], [], 0.0)
    engine = engine or open_engine(network.base(mode))
    rows = max(1, _CELLS_AT_ONCE // len(destinations))
    parts = [_table(engine, origins.iloc[start : start + rows], destinations) for start in range(0, len(origins), rows)]
    duration = np.vstack([part[0] for part in parts])
    distance = np.vstack([part[1] for part in parts])
    origin_snap = np.concatenate([part[2] for part in parts])
    destination_snap = parts[0][3]
    _refuse_swapped(engine, origins, origin_snap, "origins")
    _refuse_swapped(engine, destinations, destination_snap, "destinations")
    return _frame(origins, destinations, duration, distance, origin_snap, destination_snap, snap_limit_m)


def durations_s(
    network: Network,
    origins: pd.DataFrame,
    destinations: pd.DataFrame,
    mode: Mode,
    *,
    snap_limit_m: float,
    engine: Any = None,
) -> np.ndarray:
    """Return seconds from every origin to every destination (n, m), NaN where `travel_matrix` gives none.

    A third of its work: no metres. For many places of which only the nearest matter, and for comparing.
    """
    check_points(origins, "origins")
    check_points(destinations, "destinations")
    if origins.empty or destinations.empty:
        return np.empty((len(origins), len(destinations)))
    engine = engine or open_engine(network.base(mode))
    rows = max(1, _CELLS_AT_ONCE // len(destinations))
    parts = []
    for start in range(0, len(origins), rows):
        answer = _answer(engine, origins.iloc[start : start + rows], destinations, ["duration"])
        seconds = _numbers(answer["durations"])
        seconds[_snaps(answer["sources"]) > snap_limit_m] = np.nan
        seconds[:, _snaps(answer["destinations"]) > snap_limit_m] = np.nan
        parts.append(seconds)
    return np.vstack(parts)


def check_points(points: pd.DataFrame, role: str) -> None:
    """Refuse points that are nowhere on Earth (a blank, or outside ±90 and ±180), naming the first by its code."""
    lat = points["lat"].to_numpy(dtype=float)
    lon = points["lon"].to_numpy(dtype=float)
    bad = np.flatnonzero(~((np.abs(lat) <= 90) & (np.abs(lon) <= 180)))
    if not bad.size:
        return
    first = bad[0]
    hint = "; are lat and lon swapped?" if abs(lon[first]) <= 90 < abs(lat[first]) <= 180 else "; correct it."
    raise CoordinateError(
        f"{role}: the point {points['code'].iloc[first]} has lat {lat[first]:g} and lon {lon[first]:g}, which is "
        f"nowhere on Earth{hint}"
    )


def _table(
    engine: Any, origins: pd.DataFrame, destinations: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    answer = _answer(engine, origins, destinations, ["duration", "distance"])
    return (
        _numbers(answer["durations"]),
        _numbers(answer["distances"]),
        _snaps(answer["sources"]),
        _snaps(answer["destinations"]),
    )


def _answer(engine: Any, origins: pd.DataFrame, destinations: pd.DataFrame, annotations: list[str]) -> Any:
    import osrm

    count = len(origins)
    return engine.Table(
        osrm.TableParameters(
            coordinates=coordinates(pd.concat([origins, destinations])),
            sources=list(range(count)),
            destinations=list(range(count, count + len(destinations))),
            annotations=annotations,
            generate_hints=False,
        )
    )


def _snaps(points: Any) -> np.ndarray:
    return np.array([point["distance"] for point in points])


def coordinates(points: pd.DataFrame) -> list[tuple[float, float]]:
    """Return (lon, lat) pairs as the engine takes them."""
    return list(zip(points["lon"].astype(float), points["lat"].astype(float), strict=True))


def _numbers(rows: Any) -> np.ndarray:
    return np.array([[np.nan if cell is None else cell for cell in row] for row in rows], dtype=float)


def _refuse_swapped(engine: Any, points: pd.DataFrame, snap_m: np.ndarray, role: str) -> None:
    """Refuse a point that is far from every road as given, and beside one with its axes swapped."""
    import osrm

    for index in np.flatnonzero(snap_m > _ELSEWHERE_M):
        point = points.iloc[index]
        if abs(point["lon"]) > 90:
            continue
        swapped = osrm.NearestParameters(coordinates=[(float(point["lat"]), float(point["lon"]))])
        away = engine.Nearest(swapped)["waypoints"][0]["distance"]
        if away < _ELSEWHERE_M:
            raise CoordinateError(
                f"{role}: the point {point['code']} (lat {point['lat']:g}, lon {point['lon']:g}) lies "
                f"{snap_m[index] / 1000:,.0f} km from the network, and {away / 1000:.1f} km from it when swapped; "
                "lat and lon are swapped."
            )


def _frame(
    origins: pd.DataFrame,
    destinations: pd.DataFrame,
    duration: np.ndarray,
    distance: np.ndarray,
    origin_snap: Any,
    destination_snap: Any,
    snap_limit_m: float,
) -> pd.DataFrame:
    n, m = len(origins), len(destinations)
    frame = pd.DataFrame(
        {
            "origin": np.repeat(origins["code"].to_numpy(dtype=object), m),
            "destination": np.tile(destinations["code"].to_numpy(dtype=object), n),
            "duration_s": duration.ravel(),
            "distance_m": distance.ravel(),
            "origin_snap_m": np.repeat(origin_snap, m),
            "destination_snap_m": np.tile(destination_snap, n),
        }
    )
    is_routed = (
        (frame["origin_snap_m"] <= snap_limit_m)
        & (frame["destination_snap_m"] <= snap_limit_m)
        & frame["duration_s"].notna()
        & frame["distance_m"].notna()
    )
    frame.loc[~is_routed, ["duration_s", "distance_m"]] = np.nan
    frame["method"] = np.where(is_routed, "network", "unrouted")
    return frame[MATRIX_COLUMNS]
