"""Travel from RWs to puskesmas: minutes and kilometres by road, and the roads themselves."""

import pandas as pd
from sqlalchemy import Connection

from data.queries import frame


def own_and_nearest(connection: Connection, mode: str) -> pd.DataFrame:
    """Return each RW's travel to its own and to its nearest puskesmas by one mode.

    Columns: rw_code, own_code, own_duration_s, own_distance_m, nearest_code, nearest_duration_s, nearest_distance_m,
    method, origin_snap_m; durations are blank where no road leads there.
    """
    return frame(
        connection,
        """
        WITH reach AS (
            SELECT t.* FROM travel_now t JOIN facility f ON f.code = t.facility_code
            WHERE t.mode = :mode AND f.kind = 'puskesmas' AND f.valid_to IS NULL
        ), nearest AS (
            SELECT DISTINCT ON (rw_code) rw_code, facility_code, duration_s, distance_m, method, origin_snap_m
            FROM reach ORDER BY rw_code, duration_s NULLS LAST, facility_code
        )
        SELECT n.rw_code, s.facility_code AS own_code, o.duration_s AS own_duration_s, o.distance_m AS own_distance_m,
               CASE WHEN n.duration_s IS NOT NULL THEN n.facility_code END AS nearest_code,
               n.duration_s AS nearest_duration_s, n.distance_m AS nearest_distance_m, n.method, n.origin_snap_m
        FROM nearest n
        LEFT JOIN service_area s ON s.rw_code = n.rw_code AND s.valid_to IS NULL
        LEFT JOIN reach o ON o.rw_code = n.rw_code AND o.facility_code = s.facility_code
        ORDER BY n.rw_code
        """,
        mode=mode,
    )


def travel_of_rw(connection: Connection, rw_code: str) -> pd.DataFrame:
    """Return one RW's travel to every puskesmas and hospital by every mode.

    Columns: facility_code, name, kind, mode, duration_s, distance_m, origin_snap_m, destination_snap_m, method,
    correction_reason (blank where nobody corrected the time).
    """
    return frame(
        connection,
        """
        SELECT t.facility_code, f.name, f.kind, t.mode, t.duration_s, t.distance_m, t.origin_snap_m,
               t.destination_snap_m, t.method, t.correction_reason
        FROM travel_now t JOIN facility f ON f.code = t.facility_code
        WHERE t.rw_code = :rw_code AND f.kind IN ('puskesmas', 'rumah_sakit') AND f.valid_to IS NULL
        ORDER BY t.mode, t.duration_s NULLS LAST, t.facility_code
        """,
        rw_code=rw_code,
    )


def travel_to_facility(connection: Connection, facility_code: str, mode: str) -> pd.DataFrame:
    """Return every RW's travel to one facility by one mode: rw_code, duration_s, distance_m, method."""
    return frame(
        connection,
        """
        SELECT rw_code, duration_s, distance_m, method FROM travel_now
        WHERE facility_code = :facility_code AND mode = :mode ORDER BY rw_code
        """,
        facility_code=facility_code,
        mode=mode,
    )


def routes_of_rw(connection: Connection, rw_code: str, mode: str) -> pd.DataFrame:
    """Return the roads drawn for one RW by one mode: facility_code, geometry (WKB linestring, EPSG:4326)."""
    return frame(
        connection,
        "SELECT facility_code, geometry FROM travel_route WHERE rw_code = :rw_code AND mode = :mode",
        rw_code=rw_code,
        mode=mode,
    )


def current_network(connection: Connection) -> pd.DataFrame:
    """Return the network that travel speaks of, as one row or none."""
    return frame(
        connection,
        "SELECT id, built_at, extract_date, engine, source, basemap FROM road_network WHERE is_current",
    )
