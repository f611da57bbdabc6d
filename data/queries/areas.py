"""Areas with their names and outlines."""

import datetime
from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection, text

from data.queries import frame
from models.months import last_day


def _held(alias: str) -> str:
    """Give the condition that an area existed on the day `on`, or, where that is blank, exists."""
    return (
        f"CASE WHEN CAST(:on AS date) IS NULL THEN {alias}.valid_to IS NULL"
        f" ELSE {alias}.valid_from <= :on AND coalesce({alias}.valid_to, 'infinity') >= :on END"
    )


def layout_day(connection: Connection, month: datetime.date) -> datetime.date | None:
    """Return the day since which the areas were as they were at a month's end: an area counts by its last day there.

    Blank where they are so still, and the first day of all for a month before any area. Months between two changes
    have one day in common, so that what is drawn of their areas is drawn once.
    """
    days = list(
        connection.scalars(
            text(
                "SELECT DISTINCT day FROM area, unnest(ARRAY[valid_from, valid_to + 1]) AS changed (day)"
                " WHERE day IS NOT NULL ORDER BY day"
            )
        )
    )
    begun = [day for day in days if day <= last_day(month)] or days[:1]
    return None if not begun or begun[-1] == days[-1] else begun[-1]


def rw_names(connection: Connection, on: datetime.date | None = None) -> pd.DataFrame:
    """Return every RW of today, or of a day, ordered by code.

    Columns: code, rw_name, kelurahan_code, kelurahan, kecamatan_code, kecamatan, point_lat, point_lon, point_source,
    has_outline.
    """
    return frame(
        connection,
        f"""
        SELECT rw.code, rw.name AS rw_name, kel.code AS kelurahan_code, kel.name AS kelurahan,
               kec.code AS kecamatan_code, kec.name AS kecamatan, rw.point_lat, rw.point_lon, rw.point_source,
               rw.geometry IS NOT NULL AS has_outline
        FROM area rw
        JOIN area kel ON kel.code = rw.parent_code
        JOIN area kec ON kec.code = kel.parent_code
        WHERE rw.level = 'rw' AND {_held("rw")}
        ORDER BY rw.code
        """,  # noqa: S608 - our own condition
        on=on,
    )


def own_rws(connection: Connection) -> frozenset[str] | None:
    """Return the codes of the areas and RWs that the scope sees, or None where it sees every RW."""
    if connection.scalar(text("SELECT rembuk_sees_all()")):
        return None
    return frozenset(connection.scalars(text("SELECT rembuk_areas()")))


def outlines(connection: Connection, level: str, on: datetime.date | None = None) -> pd.DataFrame:
    """Return one level's areas of today, or of a day, with an outline.

    Columns: code, name, geometry (WKB, EPSG:4326), point_lat, point_lon.
    """
    return frame(
        connection,
        f"""
        SELECT code, name, geometry, point_lat, point_lon FROM area
        WHERE level = :level AND geometry IS NOT NULL AND {_held("area")} ORDER BY code
        """,  # noqa: S608 - our own condition
        level=level,
        on=on,
    )


def outlines_of(connection: Connection, codes: Sequence[str]) -> pd.DataFrame:
    """Return the outlines of the areas named: code, geometry (WKB, EPSG:4326); those without one are absent."""
    return frame(
        connection,
        "SELECT code, geometry FROM area WHERE code = ANY(:codes) AND geometry IS NOT NULL ORDER BY code",
        codes=list(codes),
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
