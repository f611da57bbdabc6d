"""Which earlier rows a file replaces: docs/decisions/0003-corrected-files.md gives the rule and its reasons.

A corrected export says nothing about the one that it corrects, so that is inferred from the children in both. For each
earlier batch and month: when at least half of the batch's children of that month are in the new file's month, the new
file stands for all of them; else the same is asked of each posyandu. Rows that are then missing are withdrawn, but for
a child whom the new file gives a later month. In any case a row of the same child and day is replaced.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

from data.intake.aggregate import bulk_work
from data.intake.rows import Weighings

FROM_ARRAYS = "SELECT * FROM unnest(CAST(:keys AS bytea[]), CAST(:days AS date[])) AS given (child_key, measured_on)"
"""The new file's rows as parameters, for a connection that may not write."""

FROM_TABLE = "SELECT child_key, measured_on FROM incoming_weighing"
"""The new file's rows as `load` has copied them."""

SILENT_KELURAHAN = 5
"""A kelurahan with so many children in the earlier batch and none in the new file was not asked for in the new one: its
rows stay, however much of the rest comes again."""

_DOOMED = """
WITH incoming AS MATERIALIZED ({incoming}),
incoming_month AS (
    SELECT child_key, date_trunc('month', measured_on::timestamp)::date AS month FROM incoming GROUP BY 1, 2
),
last_month AS (SELECT child_key, max(month) AS month FROM incoming_month GROUP BY child_key),
earlier AS (
    SELECT m.child_key, m.measured_on, m.batch_id, m.rw_code, m.month,
        regexp_replace(m.rw_code, '[.][^.]*$', '') AS kelurahan, coalesce(m.posyandu, '') AS posyandu,
        same_month.child_key IS NOT NULL AS reappears,
        coalesce(last_month.month > m.month, false) AS comes_later,
        same_day.child_key IS NOT NULL AS is_same_day
    FROM (
        SELECT w.*, date_trunc('month', w.measured_on::timestamp)::date AS month FROM measurement w
        WHERE w.batch_id = ANY(CAST(:batches AS bigint[]))
            AND w.measured_on >= (SELECT min(month) FROM incoming_month)
            AND w.measured_on < (SELECT max(month) + interval '1 month' FROM incoming_month)
    ) m
    LEFT JOIN incoming_month same_month ON same_month.child_key = m.child_key AND same_month.month = m.month
    LEFT JOIN last_month ON last_month.child_key = m.child_key
    LEFT JOIN incoming same_day ON same_day.child_key = m.child_key AND same_day.measured_on = m.measured_on
),
judged AS (
    SELECT earlier.*,
        2 * count(*) FILTER (WHERE reappears) OVER batch_month >= count(*) OVER batch_month
            AND (count(*) FILTER (WHERE reappears) OVER kelurahan_month > 0
                OR count(*) OVER kelurahan_month < {silent_kelurahan})
        OR 2 * count(*) FILTER (WHERE reappears) OVER posyandu_month >= count(*) OVER posyandu_month AS is_superseded
    FROM earlier
    WINDOW batch_month AS (PARTITION BY batch_id, month),
        kelurahan_month AS (PARTITION BY batch_id, month, kelurahan),
        posyandu_month AS (PARTITION BY batch_id, month, kelurahan, posyandu)
)
SELECT child_key, measured_on, batch_id, rw_code, is_same_day FROM judged
WHERE is_same_day OR is_superseded AND (reappears OR NOT comes_later)
"""


_SHARING = """
SELECT DISTINCT m.batch_id
FROM (
    SELECT DISTINCT child_key, date_trunc('month', measured_on::timestamp)::date AS month FROM ({incoming}) given
) incoming
JOIN measurement m ON m.child_key = incoming.child_key
    AND m.measured_on >= incoming.month AND m.measured_on < incoming.month + interval '1 month'
"""


@dataclass(frozen=True)
class Replacement:
    """How many earlier rows a file touches: `replaced` are of the same child and day, `withdrawn` are not in it."""

    replaced: int = 0
    withdrawn: int = 0


def sharing_batches(connection: Connection, incoming: str, parameters: Mapping[str, object] | None = None) -> list[int]:
    """Return the earlier batches that share a child and a month with the new file: only these can give way."""
    return list(connection.execute(text(_SHARING.format(incoming=incoming)), dict(parameters or {})).scalars())


def doomed_rows(incoming: str) -> str:
    """Return the query of the earlier rows that give way: child_key, measured_on, batch_id, rw_code, is_same_day.

    Its parameter `batches` holds the `sharing_batches`.
    """
    return _DOOMED.format(incoming=incoming, silent_kelurahan=SILENT_KELURAHAN)


def foresee(connection: Connection, weighings: Weighings) -> Replacement:
    """Count the earlier rows that would give way to these, without writing anything."""
    if not len(weighings):
        return Replacement()
    incoming = {
        "keys": [weighings.keys[child] for child in weighings.child.tolist()],
        "days": weighings.measured_on.tolist(),
    }
    batches = sharing_batches(connection, FROM_ARRAYS, incoming)
    if not batches:
        return Replacement()
    counting = f"""
        SELECT count(*) FILTER (WHERE is_same_day) AS replaced,
            count(*) FILTER (WHERE NOT is_same_day) AS withdrawn
        FROM ({doomed_rows(FROM_ARRAYS)}) doomed
    """  # noqa: S608 - our own query
    with bulk_work(connection):
        counts = connection.execute(text(counting), {**incoming, "batches": batches}).one()
    return Replacement(counts.replaced, counts.withdrawn)
