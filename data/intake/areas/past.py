"""What areas were before: kept when their ground changes from a day, and cut where a later load says otherwise.

The row of `area` has the newest outline; `area_past` has the earlier ones with their days. A load that names a day says
how areas are from that day on, so that whatever was held for later days was never true.
"""

import datetime
from collections.abc import Sequence

from sqlalchemy import Connection, text

_COPIED = "geometry, geometry_source, point_lat, point_lon, point_source, area_km2"


def keep_past(connection: Connection, codes: Sequence[str], day: datetime.date) -> None:
    """Keep how areas were until the day before `day`, and begin their new outline on it; the caller writes that.

    An area that had ended is open again, and the days between its end and `day` belong to neither. An area that is
    held from a later day only began on `day`.
    """
    asked = {"codes": list(codes), "day": day}
    connection.execute(
        text(
            f"INSERT INTO area_past (area_code, valid_from, valid_to, {_COPIED})"  # noqa: S608 - our own names
            f" SELECT code, coalesce(outline_from, valid_from), least(valid_to, CAST(:day AS date) - 1), {_COPIED}"
            " FROM area WHERE code = ANY(:codes)"
            " AND coalesce(outline_from, valid_from) <= least(valid_to, CAST(:day AS date) - 1)"
        ),
        asked,
    )
    cut_past(connection, codes, day)
    connection.execute(
        text(
            "UPDATE area SET valid_to = NULL, valid_from = least(valid_from, :day), outline_from = CASE WHEN"
            " EXISTS (SELECT FROM area_past p WHERE p.area_code = area.code) THEN CAST(:day AS date) END"
            " WHERE code = ANY(:codes)"
        ),
        asked,
    )


def cut_past(connection: Connection, codes: Sequence[str], day: datetime.date) -> None:
    """Leave of earlier outlines only the days before `day`."""
    asked = {"codes": list(codes), "day": day}
    connection.execute(text("DELETE FROM area_past WHERE area_code = ANY(:codes) AND valid_from >= :day"), asked)
    connection.execute(
        text(
            "UPDATE area_past SET valid_to = CAST(:day AS date) - 1"
            " WHERE area_code = ANY(:codes) AND valid_to >= CAST(:day AS date)"
        ),
        asked,
    )
