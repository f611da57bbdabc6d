"""The round of a day by road: the quickest order of its stops, the drives between them, and the roads to draw.

Drives are by car on the network that travel times come from; where a stop lies off the roads, or there is no network,
the whole round is told by straight lines at a stated factor, and says so.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import shapely
from sqlalchemy import Connection

from data import settings
from data.errors import UnusableInputError
from data.queries import facilities, pusing
from data.travel import latest_network
from geo.modes import Mode
from geo.network import Network, is_available
from geo.travel import routes, straight_line_matrix, travel_matrix
from models.rotation import day_route

_CAR: Mode = "car"


@dataclass(frozen=True)
class Round:
    """RW codes in the order of the day, seconds to each and back to the puskesmas, the ways (WKB) where known."""

    rw_codes: tuple[str, ...]
    drives_s: tuple[float, ...]
    ways: tuple[bytes, ...]
    is_by_road: bool


def day_round(connection: Connection, networks: Path, puskesmas_code: str, rw_codes: tuple[str, ...]) -> Round:
    """Return the quickest round from a puskesmas by some RWs and back.

    Raises UnusableInputError where the puskesmas or an RW has no point, and UnusableRotationError for more stops than a
    day holds.
    """
    places = _points(connection, puskesmas_code, rw_codes)
    network = latest_network(connection, networks) if is_available() else None
    drives = _drives(network, places) if network is not None else None
    durations = _square(straight_line_matrix(places, places, _CAR)) if drives is None else drives
    order = day_route(durations, puskesmas_code, list(rw_codes))
    codes = [puskesmas_code, *order["code"]]
    ways: tuple[bytes, ...] = ()
    if drives is not None and network is not None:
        legs = pd.DataFrame({"origin": codes[:-1], "destination": codes[1:]})
        drawn = routes(network, _CAR, places, places, legs, snap_limit_m=settings.SNAP_LIMIT_M)
        ways = tuple(shapely.to_wkb(drawn["geometry"].to_numpy(dtype=object)).tolist())
    return Round(tuple(codes[1:-1]), tuple(order["drive_s"].astype(float)), ways, drives is not None)


def _points(connection: Connection, puskesmas_code: str, rw_codes: tuple[str, ...]) -> pd.DataFrame:
    rws = pusing.rw_points(connection).rename(columns={"rw_code": "code"})
    places = facilities.facilities(connection)[["code", "lat", "lon"]].dropna()
    points = pd.concat([places[places["code"] == puskesmas_code], rws[rws["code"].isin(rw_codes)]], ignore_index=True)
    lacking = {puskesmas_code, *rw_codes} - set(points["code"])
    if lacking:
        raise UnusableInputError(f"{', '.join(sorted(lacking))} have no point on the map.", reason="no_point")
    return points


def _drives(network: Network, places: pd.DataFrame) -> pd.DataFrame | None:
    """Return seconds between all places by road, or None where not every place lies by one."""
    square = _square(travel_matrix(network, places, places, _CAR, snap_limit_m=settings.SNAP_LIMIT_M))
    return None if square.isna().to_numpy().any() else square


def _square(matrix: pd.DataFrame) -> pd.DataFrame:
    return matrix.pivot_table(index="origin", columns="destination", values="duration_s", dropna=False).astype(float)
