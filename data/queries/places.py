"""What is known of one place beyond its counts: services, nominations and notes of its RWs."""

import datetime
from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection

from data.queries import frame


def coverage_of_rws(
    connection: Connection, rw_codes: Sequence[str], first: datetime.date, last: datetime.date
) -> pd.DataFrame:
    """Return the services of some RWs together by month and indicator, of children and of pregnant women.

    Columns: month, indicator_code, numerator, denominator and received (sums over the RWs that reported; blank when
    none did), rw_reported, rw_not_started, rw_silent.
    """
    return frame(
        connection,
        """
        SELECT month, indicator_code,
            sum(numerator) AS numerator,
            sum(denominator) FILTER (WHERE numerator IS NOT NULL) AS denominator,
            sum(received) FILTER (WHERE numerator IS NOT NULL) AS received,
            count(numerator) AS rw_reported,
            count(*) FILTER (WHERE status = 'not_started') AS rw_not_started,
            count(*) FILTER (WHERE status = 'reported' AND numerator IS NULL) AS rw_silent
        FROM (
            SELECT month, indicator_code, numerator, denominator, received, status
            FROM intervention_month WHERE rw_code = ANY(:rw_codes) AND month BETWEEN :first AND :last
            UNION ALL
            SELECT month, i.code, i.numerator, i.denominator, NULL, 'reported'
            FROM maternal_month CROSS JOIN LATERAL (VALUES
                ('pregnancy_screened', screened, pregnant_target),
                ('pregnancy_ced', chronic_energy_deficiency, screened),
                ('pregnancy_anaemia', anaemia, screened)) AS i (code, numerator, denominator)
            WHERE rw_code = ANY(:rw_codes) AND month BETWEEN :first AND :last
        ) AS told
        GROUP BY month, indicator_code ORDER BY month, indicator_code
        """,
        rw_codes=list(rw_codes),
        first=first,
        last=last,
    )


def nominations_since(connection: Connection, since: datetime.date) -> pd.DataFrame:
    """Return the nominations for months from `since` on that stand, newest first: id, rw_code, rw_name, month (date),
    reason, nominated_by, reply."""
    return frame(
        connection,
        """
        SELECT n.id, n.rw_code, rw.name AS rw_name, n.month, n.reason, n.nominated_by, n.reply
        FROM nomination n JOIN area rw ON rw.code = n.rw_code
        WHERE n.month >= :since AND n.withdrawn_at IS NULL ORDER BY n.month DESC, n.id DESC
        """,
        since=since,
    )


def notes(connection: Connection, within: str) -> pd.DataFrame:
    """Return the notes that stand on places under a code prefix, newest first: id, place_code, place_name, note,
    written_by, written_at."""
    return frame(
        connection,
        """
        SELECT p.id, coalesce(p.rw_code, p.area_code, p.facility_code) AS place_code,
               CASE a.level WHEN 'kelurahan' THEN 'Kelurahan ' WHEN 'kecamatan' THEN 'Kecamatan ' ELSE '' END
               || coalesce(a.name, f.name) AS place_name, p.note, p.written_by, p.written_at
        FROM place_note p LEFT JOIN area a ON a.code = coalesce(p.rw_code, p.area_code)
        LEFT JOIN facility f ON f.code = p.facility_code
        WHERE starts_with(coalesce(p.rw_code, p.area_code, p.facility_code), :within) AND p.withdrawn_at IS NULL
        ORDER BY p.written_at DESC, p.id DESC
        """,
        within=within,
    )


def rw_months_since(connection: Connection, since: datetime.date) -> pd.DataFrame:
    """Return every RW's months from `since` on: rw_code, month, s_target (blank where a part is unknown), d_weighed,
    haz_valid, stunted."""
    return frame(
        connection,
        """
        SELECT rw_code, month, CASE WHEN count(s_target) = count(*) THEN sum(s_target) END AS s_target,
               sum(d_weighed) AS d_weighed, sum(haz_valid) AS haz_valid, sum(stunted) AS stunted
        FROM growth_month WHERE month >= :since GROUP BY 1, 2 ORDER BY 1, 2
        """,
        since=since,
    )
