"""Areas with their names and outlines."""

import datetime
from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection, text

from data.queries import frame
from models.months import last_day

_HELD = """
    SELECT a.code, a.level, a.name, a.parent_code, a.geometry, a.point_lat, a.point_lon, a.point_source FROM area a
    WHERE CASE WHEN CAST(:on AS date) IS NULL THEN a.valid_to IS NULL
        ELSE CAST(:on AS date) BETWEEN coalesce(a.outline_from, a.valid_from) AND coalesce(a.valid_to, 'infinity') END
    UNION ALL
    SELECT a.code, a.level, a.name, a.parent_code, p.geometry, p.point_lat, p.point_lon, p.point_source
    FROM area_past p JOIN area a ON a.code = p.area_code WHERE CAST(:on AS date) BETWEEN p.valid_from AND p.valid_to
"""
"""The areas that existed on the day `on`, as they lay then, or those of today where it is blank; with today's names."""


def layout_day(connection: Connection, month: datetime.date) -> datetime.date | None:
    """Return the day since which areas and outlines were as they were at a month's end: what holds on its last day.

    Blank where they are so still, and the first day of all for a month before any area. Months between two changes
    have one day in common, so that what is drawn of their areas is drawn once.
    """
    days = list(
        connection.scalars(
            text(
                "SELECT DISTINCT day FROM (SELECT valid_from, valid_to, outline_from FROM area"
                " UNION ALL SELECT valid_from, valid_to, NULL FROM area_past) AS held,"
                " unnest(ARRAY[valid_from, valid_to + 1, outline_from]) AS changed (day)"
                " WHERE day IS NOT NULL ORDER BY day"
            )
        )
    )
    begun = [day for day in days if day <= last_day(month)] or days[:1]
    return None if not begun or begun[-1] == days[-1] else begun[-1]


def rw_names(connection: Connection, on: datetime.date | None = None) -> pd.DataFrame:
    """Return every RW of today, or of a day with the point that it had, ordered by code.

    Columns: code, rw_name, kelurahan_code, kelurahan, kecamatan_code, kecamatan, point_lat, point_lon, point_source,
    has_outline.
    """
    return frame(
        connection,
        f"""
        WITH held AS ({_HELD})
        SELECT rw.code, rw.name AS rw_name, kel.code AS kelurahan_code, kel.name AS kelurahan,
               kec.code AS kecamatan_code, kec.name AS kecamatan, rw.point_lat, rw.point_lon, rw.point_source,
               rw.geometry IS NOT NULL AS has_outline
        FROM held rw
        JOIN area kel ON kel.code = rw.parent_code
        JOIN area kec ON kec.code = kel.parent_code
        WHERE rw.level = 'rw'
        ORDER BY rw.code
        """,  # noqa: S608 - our own query
        on=on,
    )


def own_rws(connection: Connection) -> frozenset[str] | None:
    """Return the codes of the areas and RWs that the scope sees, or None where it sees every RW."""
    if connection.scalar(text("SELECT rembuk_sees_all()")):
        return None
    return frozenset(connection.scalars(text("SELECT rembuk_areas()")))


def outlines(connection: Connection, level: str, on: datetime.date | None = None) -> pd.DataFrame:
    """Return one level's areas of today, or of a day, that have an outline; of a day, the one that held on it.

    Columns: code, name, geometry (WKB, EPSG:4326), point_lat, point_lon.
    """
    return frame(
        connection,
        f"""
        SELECT code, name, geometry, point_lat, point_lon FROM ({_HELD}) AS held
        WHERE level = :level AND geometry IS NOT NULL ORDER BY code
        """,  # noqa: S608 - our own query
        level=level,
        on=on,
    )


def outlines_of(connection: Connection, codes: Sequence[str], on: datetime.date | None = None) -> pd.DataFrame:
    """Return the outlines of the areas named, of today or of a day: code, geometry (WKB, EPSG:4326).

    Those without one, or that were not there, are absent.
    """
    return frame(
        connection,
        f"""
        SELECT code, geometry FROM ({_HELD}) AS held
        WHERE code = ANY(:codes) AND geometry IS NOT NULL ORDER BY code
        """,  # noqa: S608 - our own query
        codes=list(codes),
        on=on,
    )


def places(connection: Connection) -> pd.DataFrame:
    """Return kecamatan and kelurahan for pick lists: code, level, name, parent_code."""
    return frame(
        connection,
        """
        SELECT code, level, name, parent_code FROM area
        WHERE level IN ('kecamatan', 'kelurahan') AND valid_to IS NULL ORDER BY code
        """,
    )
