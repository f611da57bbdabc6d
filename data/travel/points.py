"""Where travel starts and ends: the RWs and the places of care that have a point."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection, RowMapping, select

from data.schema import area, facility


def rw_points(connection: Connection) -> tuple[pd.DataFrame, int]:
    """Return RWs with a point (code, lat, lon) and how many have none."""
    rows = connection.execute(
        select(area.c.code, area.c.point_lat.label("lat"), area.c.point_lon.label("lon"))
        .where(area.c.level == "rw", area.c.valid_to.is_(None))
        .order_by(area.c.code)
    )
    return _with_points(rows.mappings().all())


def facility_points(connection: Connection) -> tuple[pd.DataFrame, int]:
    """Return facilities with a point (code, lat, lon, kind) and how many have none.

    Posyandu are left out: every RW has its own within a short walk, and a thousand of them would make nineteen of every
    twenty rows.
    """
    rows = connection.execute(
        select(facility.c.code, facility.c.lat, facility.c.lon, facility.c.kind)
        .where(facility.c.valid_to.is_(None), facility.c.kind != "posyandu")
        .order_by(facility.c.code)
    )
    return _with_points(rows.mappings().all())


def _with_points(rows: Sequence[RowMapping]) -> tuple[pd.DataFrame, int]:
    frame = pd.DataFrame(rows, columns=list(rows[0]) if rows else ["code", "lat", "lon"])
    located = frame.dropna(subset=["lat", "lon"]).reset_index(drop=True)
    return located, len(frame) - len(located)
