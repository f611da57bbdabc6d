"""People who may enter, and the log of what was done: for those who keep the one and inspect the other."""

import datetime

import pandas as pd
from sqlalchemy import Connection

from data.queries import frame


def people(connection: Connection) -> pd.DataFrame:
    """Return everybody who is kept here: number, subject, role, area_code, facility_code, unit, is_active, place,
    last_seen (when they last used a log-in is theirs alone, so it is the day of their last entrance in the log)."""
    return frame(
        connection,
        """
        SELECT p.number, p.subject, p.role, p.area_code, p.facility_code, p.unit, p.is_active,
               coalesce(f.name, a.name, p.unit) AS place,
               (SELECT max(l.happened_at) FROM audit_log l
                WHERE l.act = 'log-in' AND l.actor LIKE '% user ' || p.number) AS last_seen
        FROM app_user p
        LEFT JOIN area a ON a.code = p.area_code
        LEFT JOIN facility f ON f.code = p.facility_code
        ORDER BY p.number
        """,
    )


def acts(connection: Connection) -> list[str]:
    """Return the kinds of acts in the log, in their own order."""
    return list(frame(connection, "SELECT DISTINCT act FROM audit_log ORDER BY act")["act"])


def log_entries(
    connection: Connection,
    since: datetime.date,
    until: datetime.date,
    kinds: list[str],
    words: str,
    limit: int,
) -> pd.DataFrame:
    """Return log entries of some days, the newest first: id, happened_at, actor, act, detail, is_change.

    `kinds` are acts (none: all); `words` are looked for in actor, act and detail. At most `limit` entries.
    """
    return frame(
        connection,
        """
        SELECT id, happened_at, actor, act, coalesce(detail, '{}'::jsonb)::text AS detail, is_change FROM audit_log
        WHERE happened_at >= CAST(:since AS date) AT TIME ZONE 'Asia/Jakarta'
            AND happened_at < (CAST(:until AS date) + 1) AT TIME ZONE 'Asia/Jakarta'
            AND (cardinality(CAST(:kinds AS text[])) = 0 OR act = ANY(:kinds))
            AND (:words = '' OR strpos(lower(concat_ws(' ', actor, act, detail)), lower(:words)) > 0)
        ORDER BY id DESC LIMIT :limit
        """,
        since=since,
        until=until,
        kinds=kinds,
        words=words.strip(),
        limit=limit,
    )
