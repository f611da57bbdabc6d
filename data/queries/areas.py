"""Areas with their names and outlines."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection, text

from data.queries import frame


def rw_names(connection: Connection) -> pd.DataFrame:
    """Return every RW of today, ordered by code.

    Columns: code, rw_name, kelurahan_code, kelurahan, kecamatan_code, kecamatan, point_lat, point_lon, point_source,
    has_outline.
    """
    return frame(
        connection,
        """
        SELECT rw.code, rw.name AS rw_name, kel.code AS kelurahan_code, kel.name AS kelurahan,
               kec.code AS kecamatan_code, kec.name AS kecamatan, rw.point_lat, rw.point_lon, rw.point_source,
               rw.geometry IS NOT NULL AS has_outline
        FROM area rw
        JOIN area kel ON kel.code = rw.parent_code
        JOIN area kec ON kec.code = kel.parent_code
        WHERE rw.level = 'rw' AND rw.valid_to IS NULL
        ORDER BY rw.code
        """,
    )


def own_rws(connection: Connection) -> frozenset[str] | None:
    """Return the codes of the areas and RWs that the scope sees, or None where it sees every RW."""
    if connection.scalar(text("SELECT rembuk_sees_all()")):
        return None
    return frozenset(connection.scalars(text("SELECT rembuk_areas()")))


def outlines(connection: Connection, level: str) -> pd.DataFrame:
    """Return one level's areas with an outline: code, name, geometry (WKB, EPSG:4326), point_lat, point_lon."""
    return frame(
        connection,
        """
        SELECT code, name, geometry, point_lat, point_lon FROM area
        WHERE level = :level AND geometry IS NOT NULL AND valid_to IS NULL ORDER BY code
        """,
        level=level,
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
