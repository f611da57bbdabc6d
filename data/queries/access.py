"""Reach of care beyond the own and the nearest puskesmas: other places, closed roads, places that could be."""

import pandas as pd
from sqlalchemy import Connection

from data.queries import frame


def other_care(connection: Connection, mode: str) -> pd.DataFrame:
    """Return each RW's nearest pustu and nearest partner clinic or hospital: rw_code, care, facility_code, duration_s.

    `care` is pustu or partner; a partner counts while its partnership lasts. RWs that no way leads to one are absent.
    """
    return frame(
        connection,
        """
        SELECT DISTINCT ON (t.rw_code, p.care) t.rw_code, p.care, t.facility_code, t.duration_s
        FROM travel_now t JOIN (
            SELECT code, CASE kind WHEN 'pustu' THEN 'pustu' ELSE 'partner' END AS care FROM facility
            WHERE valid_to IS NULL AND (kind = 'pustu' OR kind IN ('klinik', 'rumah_sakit') AND is_partner
                AND coalesce(partner_from, '-infinity') <= CURRENT_DATE
                AND coalesce(partner_to, 'infinity') >= CURRENT_DATE)
        ) p ON p.code = t.facility_code
        WHERE t.mode = :mode AND t.duration_s IS NOT NULL
        ORDER BY t.rw_code, p.care, t.duration_s, t.facility_code
        """,
        mode=mode,
    )


def puskesmas_within(connection: Connection, mode: str, longest_s: float) -> pd.DataFrame:
    """Return every puskesmas that an RW reaches within so many seconds: rw_code, facility_code, duration_s."""
    return frame(
        connection,
        """
        SELECT t.rw_code, t.facility_code, t.duration_s
        FROM travel_now t JOIN facility f ON f.code = t.facility_code
        WHERE t.mode = :mode AND f.kind = 'puskesmas' AND f.valid_to IS NULL AND t.duration_s <= :longest_s
        ORDER BY t.rw_code, t.facility_code
        """,
        mode=mode,
        longest_s=longest_s,
    )


def closures(connection: Connection) -> pd.DataFrame:
    """Return the scenarios of closed roads that hold, newest first.

    Columns: id, name, reason, circles, streets, bridges, closed_km, lines, computed_at, is_example, made_by,
    written_at, is_current (its times are of the network that travel speaks of).
    """
    return frame(
        connection,
        """
        SELECT c.id, c.name, c.reason, c.circles, c.streets, c.bridges, c.closed_km, c.lines, c.computed_at,
               c.is_example, c.made_by, c.written_at, coalesce(n.is_current, false) AS is_current
        FROM road_closure c LEFT JOIN road_network n ON n.id = c.network_id
        WHERE c.withdrawn_at IS NULL ORDER BY c.id DESC
        """,
    )


def nearest_with_closures(connection: Connection, closure_id: int, mode: str) -> pd.DataFrame:
    """Return each RW's travel to its nearest puskesmas with roads closed: rw_code, facility_code, duration_s.

    Duration and facility are blank where no way is left, or where none was.
    """
    return frame(
        connection,
        """
        SELECT DISTINCT ON (t.rw_code) t.rw_code,
               CASE WHEN r.duration_s IS NOT NULL THEN t.facility_code END AS facility_code, r.duration_s
        FROM travel_now t
        JOIN facility f ON f.code = t.facility_code AND f.kind = 'puskesmas' AND f.valid_to IS NULL
        LEFT JOIN travel_closed c ON c.rw_code = t.rw_code AND c.closure_id = :closure_id
            AND c.facility_code = t.facility_code AND c.mode = t.mode
        CROSS JOIN LATERAL (
            SELECT CASE WHEN c.rw_code IS NULL THEN t.duration_s
                        WHEN c.duration_s IS NOT NULL THEN greatest(c.duration_s, t.duration_s) END AS duration_s
        ) r
        WHERE t.mode = :mode
        ORDER BY t.rw_code, r.duration_s NULLS LAST, t.facility_code
        """,
        closure_id=closure_id,
        mode=mode,
    )


def sites(connection: Connection) -> pd.DataFrame:
    """Return places where care could stand (posyandu, pustu or kelurahan): code, kind, name, area_code, lat, lon."""
    return frame(
        connection,
        """
        SELECT s.site_code AS code, coalesce(f.kind, a.level) AS kind, coalesce(f.name, a.name) AS name,
               coalesce(f.area_code, a.code) AS area_code, coalesce(f.lat, a.point_lat) AS lat,
               coalesce(f.lon, a.point_lon) AS lon
        FROM (SELECT DISTINCT site_code FROM site_travel) s
        LEFT JOIN facility f ON f.code = s.site_code
        LEFT JOIN area a ON a.code = s.site_code
        ORDER BY s.site_code
        """,
    )


def site_reach(connection: Connection, mode: str, longest_s: float) -> pd.DataFrame:
    """Return the RWs that each possible site would reach within so many seconds: rw_code, site_code, duration_s."""
    return frame(
        connection,
        """
        SELECT rw_code, site_code, duration_s FROM site_travel WHERE mode = :mode AND duration_s <= :longest_s
        ORDER BY rw_code, site_code
        """,
        mode=mode,
        longest_s=longest_s,
    )


def population(connection: Connection) -> pd.DataFrame:
    """Return the city's population where somebody entered it, as one row or none: people, period, source."""
    return frame(
        connection,
        """
        SELECT (value ->> 'people')::double precision AS people, value ->> 'period' AS period,
               value ->> 'source' AS source
        FROM setting WHERE code = 'population'
        """,
    )
