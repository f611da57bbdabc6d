"""Take the weighings of a batch out, put those back that gave way to it, and recount what both touch.

An undo is a load the other way round: what was replaced comes in, and the batch's own rows are withdrawn. Weight gains
(N, T) of other files' later weighings stay as they were worked out when those files came in.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, text

from data.intake.aggregate import COUNTS, rebuild_growth_months, weighed_days
from data.intake.quality import rebuild_quality_months
from data.intake.touched import months_judged, reached, refresh_children


def undo_weighings(connection: Connection, batch_id: int, months: Sequence[date]) -> None:
    """Undo a batch's weighings within the caller's transaction; `months` are those that it touches."""
    latest_before = weighed_days(connection)[1]
    for statement in _MOVED:
        connection.execute(text(statement), {"id": batch_id})
    refresh_children(connection)
    if months:
        _recount(connection, months, latest_before or months[-1])
    connection.execute(text("DROP TABLE incoming_weighing, withdrawn"))


_MOVED = (
    "CREATE TEMP TABLE withdrawn ON COMMIT DROP AS"
    " SELECT child_key, measured_on, rw_code FROM measurement WHERE batch_id = :id",
    "DELETE FROM measurement WHERE batch_id = :id",
    "CREATE TEMP TABLE incoming_weighing ON COMMIT DROP AS"
    " SELECT p.* FROM replaced_row r, LATERAL jsonb_populate_record(NULL::measurement, r.content) p"
    " WHERE r.batch_id = :id AND r.table_name = 'measurement'",
    "ANALYZE withdrawn (child_key)",
    "ANALYZE incoming_weighing (child_key)",
    "INSERT INTO child (child_key, rw_code, sex, birth_date)"
    " SELECT DISTINCT ON (child_key) child_key, rw_code, sex, measured_on - age_days FROM incoming_weighing i"
    " WHERE NOT EXISTS (SELECT 1 FROM child c WHERE c.child_key = i.child_key) ORDER BY child_key, measured_on DESC",
    "INSERT INTO measurement SELECT * FROM incoming_weighing",
)


def _recount(connection: Connection, months: Sequence[date], latest_before: date) -> None:
    """Recount the months up to the latest that had weighings before, and let go of rows that nothing speaks for."""
    rw_codes, wanted = reached(connection, months, latest_before)
    rebuilt = rebuild_growth_months(connection, rw_codes, wanted)
    connection.execute(
        text(_UNSPOKEN), {"rw_codes": rw_codes, "months": rebuilt, "latest": weighed_days(connection)[1]}
    )
    rebuild_quality_months(connection, rw_codes, months_judged(months, latest_before))


# A load carries S and K forward into a month that is new to an RW. The row goes again where nothing is counted any more
# (or no weighing reaches the month), unless its S or K are not those of the month before: then somebody gave them.
_UNSPOKEN = f"""
WITH told AS (
    SELECT g.rw_code, g.month, sum({" + ".join(COUNTS)}) = 0
        OR g.month > coalesce(CAST(:latest AS date), '-infinity') AS is_empty
    FROM growth_month g WHERE g.rw_code = ANY(CAST(:rw_codes AS text[])) AND g.month = ANY(CAST(:months AS date[]))
    GROUP BY g.rw_code, g.month
),
unspoken AS (
    SELECT told.rw_code, told.month FROM told WHERE is_empty AND NOT EXISTS (
        SELECT 1 FROM growth_month now LEFT JOIN growth_month before
            ON before.rw_code = now.rw_code AND before.age_band = now.age_band AND before.sex = now.sex
            AND before.month = (SELECT max(month) FROM growth_month e
                WHERE e.rw_code = told.rw_code AND e.month < told.month)
        WHERE now.rw_code = told.rw_code AND now.month = told.month
            AND (now.s_target, now.k_enrolled) IS DISTINCT FROM (before.s_target, before.k_enrolled))
)
DELETE FROM growth_month g USING unspoken u WHERE g.rw_code = u.rw_code AND g.month = u.month
"""  # noqa: S608 - column names of our own schema
