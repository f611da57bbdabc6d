"""Travel to places where one more puskesmas or pustu could stand.

Candidates are real places that people know: pustu and posyandu, and the middles of kelurahan only where the city has
neither. Kept are only pairs in which the site is nearer than every puskesmas that stands: no other can bring anybody
within reach. Carers come on foot or by motorcycle; the Pusing team's car does not matter here.
"""

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from data import settings
from data.travel.copying import copy_frame
from geo.modes import Mode
from geo.network import Network
from geo.travel import durations_s, straight_line_matrix

SITE_MODES: tuple[Mode, ...] = ("walk", "motorcycle")
LONGEST_S = 3_600.0


def site_points(connection: Connection) -> pd.DataFrame:
    """Return the places where care could stand: code, lat, lon."""
    found = _points(
        connection,
        "SELECT code, lat, lon FROM facility WHERE kind IN ('pustu', 'posyandu') AND valid_to IS NULL"
        " AND lat IS NOT NULL AND lon IS NOT NULL ORDER BY code",
    )
    if len(found):
        return found
    return _points(
        connection,
        "SELECT code, point_lat AS lat, point_lon AS lon FROM area WHERE level = 'kelurahan' AND valid_to IS NULL"
        " AND point_lat IS NOT NULL AND point_lon IS NOT NULL ORDER BY code",
    )


def write_site_travel(
    connection: Connection,
    network: Network | None,
    rw: pd.DataFrame,
    sites: pd.DataFrame,
    mode: Mode,
    nearest_s: pd.Series,
) -> int:
    """Write one mode's travel from RWs (code, lat, lon) to sites, and return how many rows; earlier ones are gone.

    `nearest_s`: seconds to the nearest puskesmas by RW code, blank where no way leads to one.
    """
    if rw.empty or sites.empty:
        return 0
    if network is None:
        told = straight_line_matrix(rw, sites, mode)["duration_s"].to_numpy(dtype=float)
        seconds = told.reshape(len(rw), len(sites))
    else:
        seconds = durations_s(network, rw, sites, mode, snap_limit_m=settings.SNAP_LIMIT_M)
    limit = nearest_s.reindex(rw["code"]).fillna(np.inf).clip(upper=LONGEST_S).to_numpy(dtype=float)
    at_rw, at_site = np.nonzero(seconds < limit[:, None])
    rows = pd.DataFrame(
        {
            "rw_code": rw["code"].to_numpy(dtype=object)[at_rw],
            "site_code": sites["code"].to_numpy(dtype=object)[at_site],
            "mode": mode,
            "duration_s": seconds[at_rw, at_site],
        }
    )
    copy_frame(connection, "site_travel", rows)
    return len(rows)


def _points(connection: Connection, statement: str) -> pd.DataFrame:
    return pd.DataFrame(connection.execute(text(statement)).all(), columns=["code", "lat", "lon"])
