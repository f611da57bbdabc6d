"""Rebuild `growth_month` from the weighings: what each RW's row of a month says, exactly.

**Window counts** (haz_valid, stunted, severely_stunted; waz_valid, underweight; whz_valid, wasted). The window of month
m is m and the two months before it. Of each child's measurements in it, the latest with a valid score (present and not
flagged) counts, for each of the three indices by itself: once, in the RW, age band and sex of that measurement. A later
measurement without a valid score neither counts nor moves the child. The age band is by age at that measurement in
completed months, floor(days / 30.4375). Stunted is haz < -2, severely stunted haz < -3, underweight waz < -2, wasted
whz < -2, of the scores rounded to two decimals.

**Month counts.** d_weighed counts each child with a usable weight in the month once, in the RW, band and sex of its
last such weighing in the month; n_gained counts those of them whose weight_gain at that weighing is N.

**Flows** compare the haz state of window m with that of window m - 1; S is stunted, H valid and not stunted, - none.

- newly_stunted: H then S, and newly_found: - then S; in the RW, band and sex of now.
- moved_in and moved_out: S then S in another RW; moved_in where it is now, moved_out where it was.
- recovered: S then H, where it was (also when the child has moved).
- aged_out: S then -, and on m's last day the child is 60 months or older (days / 30.4375); lapsed: S then -, younger;
  both where it was.

So for every RW, over its bands and sexes:
stunted(m) - stunted(m-1) = newly_stunted + newly_found + moved_in - recovered - moved_out - aged_out - lapsed.
It holds over the bands only: a child that grows from one band into the next is in no flow.

**Rows.** An RW's month has all six rows of bands and sexes, or none when nothing was counted and no target is known.
s_target and k_enrolled are kept; for a month that is new to the RW they are carried forward from its latest earlier
month that has rows.

**History without children.** Months that were loaded as sums only, before the first month with weighings, cannot be
rebuilt, and neither can the two months after them, whose windows reach into them. They are left as they are.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Connection, text

from data.schema import GROWTH_COUNTS, GROWTH_FLOWS, GROWTH_TARGETS
from data.settings import WINDOW_MONTHS
from models.months import month_after

HISTORY_SETTING = "months_without_children"
"""Setting that holds the last month (YYYY-MM-DD, its first day) whose counts came without weighings."""

BULK_MEMORY_MB = 64
"""Memory of one sort or join while counting; a city's three months fit into it."""

COUNTS = (*(name for name in GROWTH_COUNTS if name not in GROWTH_TARGETS), *GROWTH_FLOWS)
"""What is made from weighings."""


def rebuild_growth_months(connection: Connection, rw_codes: Sequence[str] | None, months: Sequence[date]) -> list[date]:
    """Recompute growth_month for the given RWs (None: every RW) and months (first days); return the months rebuilt.

    Months of the history without children are left out. Runs inside the caller's transaction.
    """
    kept_until = history_without_children(connection)
    wanted = sorted({month for month in months if kept_until is None or month > month_after(kept_until, 2)})
    if not wanted or (rw_codes is not None and not rw_codes):
        return []
    parameters = {
        "rw_codes": list(rw_codes) if rw_codes is not None else None,
        "months": wanted,
        "first": month_after(wanted[0], -WINDOW_MONTHS),
        "after": month_after(wanted[-1], 1),
        "window": WINDOW_MONTHS,
    }
    with bulk_work(connection):
        for statement in _REBUILD:
            connection.execute(text(statement), parameters)
    return wanted


@contextmanager
def bulk_work(connection: Connection) -> Iterator[None]:
    """Join whole tables, in memory, inside the block.

    The planner knows nothing yet of rows written in the same transaction, expects few, and would go through 60,000
    children for each of 60,000 rows.
    """
    connection.execute(text(f"SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '{BULK_MEMORY_MB}MB'"))
    yield
    connection.execute(text("SET LOCAL enable_nestloop TO DEFAULT; SET LOCAL work_mem TO DEFAULT"))


def influenced_months(touched: Sequence[date], latest: date) -> list[date]:
    """Return the months whose counts or flows depend on weighings in the touched months, none later than `latest`."""
    reached = {month_after(month, later) for month in touched for later in range(WINDOW_MONTHS + 1)}
    return sorted(month for month in reached if month <= latest)


def note_history_without_children(connection: Connection) -> None:
    """Remember, once and before the first import, up to which month growth_month was loaded without weighings."""
    if history_without_children(connection) is not None:
        return
    first, _ = weighed_days(connection)
    connection.execute(
        text(
            """
            INSERT INTO setting (code, value, changed_by)
            SELECT :code, to_jsonb(max(month)::text), 'import' FROM growth_month
            WHERE (haz_valid > 0 OR d_weighed > 0) AND month < coalesce(CAST(:first AS date), 'infinity')
            HAVING max(month) IS NOT NULL
            ON CONFLICT (code) DO NOTHING
            """
        ),
        {"code": HISTORY_SETTING, "first": first.replace(day=1) if first else None},
    )


def weighed_days(connection: Connection) -> tuple[date | None, date | None]:
    """Return the first and the last day with a weighing; asks each RW's index instead of reading all weighings."""
    found = connection.execute(
        text(
            """
            SELECT min(first.day), max(last.day) FROM area
            LEFT JOIN LATERAL (SELECT min(measured_on) AS day FROM measurement WHERE rw_code = area.code) first ON true
            LEFT JOIN LATERAL (SELECT max(measured_on) AS day FROM measurement WHERE rw_code = area.code) last ON true
            WHERE area.level = 'rw'
            """
        )
    ).one()
    return found[0], found[1]


def history_without_children(connection: Connection) -> date | None:
    """Return the last month whose counts came without weighings, None when there is none."""
    found = connection.scalar(text("SELECT value #>> '{}' FROM setting WHERE code = :code"), {"code": HISTORY_SETTING})
    return date.fromisoformat(found) if found else None


_BAND = "CASE WHEN {age} < 6 * 30.4375 THEN '0-5' WHEN {age} < 24 * 30.4375 THEN '6-23' ELSE '24-59' END AS age_band"

# Children who were in one of the RWs within reach, with all their weighings wherever these were: a child that has left
# an RW is missed there only because of where it is now.
_WEIGHINGS = """
CREATE TEMP TABLE reached_weighing ON COMMIT DROP AS
SELECT m.child_key, m.measured_on, date_trunc('month', m.measured_on::timestamp)::date AS month, m.rw_code, m.sex,
    m.measured_on - m.age_days AS birth_date, m.weight_kg, m.weight_gain,
    CASE WHEN m.age_days < 6 * 30.4375 THEN '0-5' WHEN m.age_days < 24 * 30.4375 THEN '6-23'
        ELSE '24-59' END AS age_band,
    CASE WHEN NOT m.haz_flag THEN m.haz END AS haz, CASE WHEN NOT m.waz_flag THEN m.waz END AS waz,
    CASE WHEN NOT m.whz_flag THEN m.whz END AS whz
FROM measurement m
WHERE m.measured_on >= :first AND m.measured_on < :after
    AND (CAST(:rw_codes AS text[]) IS NULL OR m.child_key IN (
        SELECT child_key FROM measurement
        WHERE rw_code = ANY(CAST(:rw_codes AS text[])) AND measured_on >= :first AND measured_on < :after))
"""

# A child's state holds from the month of its measurement for the window's length, or until the next one takes over.
_STATES = """
CREATE TEMP TABLE {index}_state ON COMMIT DROP AS
SELECT child_key, rw_code, age_band, sex, birth_date, {index}, month AS since,
    least((month + make_interval(months => :window - 1))::date,
        coalesce((lead(month) OVER child - interval '1 month')::date, 'infinity')) AS until,
    lead(month) OVER child AS next_month
FROM (
    SELECT DISTINCT ON (child_key, month) * FROM reached_weighing WHERE {index} IS NOT NULL
    ORDER BY child_key, month, measured_on DESC
) latest
WINDOW child AS (PARTITION BY child_key ORDER BY month)
"""

_COUNTED_TEMPLATE = """
CREATE TEMP TABLE counted ON COMMIT DROP AS
WITH wanted AS (SELECT unnest(CAST(:months AS date[])) AS month),
weighed AS (
    SELECT DISTINCT ON (child_key, month) rw_code, month, age_band, sex, weight_gain FROM reached_weighing
    WHERE weight_kg IS NOT NULL ORDER BY child_key, month, measured_on DESC
),
transition AS (
    SELECT child_key, birth_date, since, until, rw_code, age_band, sex, haz < -2 AS is_stunted,
        lag(until) OVER child = (since - interval '1 month')::date AS is_continued,
        lag(rw_code) OVER child AS was_rw, lag(age_band) OVER child AS was_band, lag(sex) OVER child AS was_sex,
        lag(haz) OVER child < -2 AS was_stunted,
        (until + interval '1 month')::date AS gone_in,
        coalesce(next_month <> (until + interval '1 month')::date, true) AS is_gone
    FROM haz_state WINDOW child AS (PARTITION BY child_key ORDER BY since)
),
event AS (
    SELECT rw_code, since AS month, age_band, sex,
        CASE WHEN is_continued IS NOT TRUE THEN 'newly_found' WHEN NOT was_stunted THEN 'newly_stunted'
            WHEN was_rw <> rw_code THEN 'moved_in' END AS flow
    FROM transition WHERE is_stunted
    UNION ALL
    SELECT was_rw, since, was_band, was_sex,
        CASE WHEN NOT is_stunted THEN 'recovered' WHEN was_rw <> rw_code THEN 'moved_out' END
    FROM transition WHERE is_continued AND was_stunted
    UNION ALL
    SELECT rw_code, gone_in, age_band, sex,
        CASE WHEN ((gone_in + interval '1 month')::date - 1 - birth_date) / 30.4375 >= 60 THEN 'aged_out'
            ELSE 'lapsed' END
    FROM transition WHERE is_stunted AND is_gone
),
part AS (
    {parts}
)
SELECT rw_code, month, age_band, sex, {sums}
FROM part JOIN wanted USING (month)
WHERE CAST(:rw_codes AS text[]) IS NULL OR rw_code = ANY(CAST(:rw_codes AS text[]))
GROUP BY rw_code, month, age_band, sex
"""


def _part(source: str, counts: dict[str, str]) -> str:
    """Return a select of all counts by RW, month, band and sex, zero but for those given: name -> condition."""
    columns = ", ".join(
        f"count(*) FILTER (WHERE {counts[name]}) AS {name}" if name in counts else f"0 AS {name}" for name in COUNTS
    )
    return f"SELECT rw_code, month, age_band, sex, {columns} FROM {source} GROUP BY 1, 2, 3, 4"  # noqa: S608 - own


def _states(index: str) -> str:
    return f"(SELECT s.*, w.month FROM {index}_state s JOIN wanted w ON w.month BETWEEN s.since AND s.until) s"  # noqa: S608


_COUNTED = _COUNTED_TEMPLATE.format(
    parts=" UNION ALL ".join(
        (
            _part("weighed", {"d_weighed": "true", "n_gained": "weight_gain = 'N'"}),
            _part(_states("haz"), {"haz_valid": "true", "stunted": "haz < -2", "severely_stunted": "haz < -3"}),
            _part(_states("waz"), {"waz_valid": "true", "underweight": "waz < -2"}),
            _part(_states("whz"), {"whz_valid": "true", "wasted": "whz < -2"}),
            _part("event", {flow: f"flow = '{flow}'" for flow in GROWTH_FLOWS}),
        )
    ),
    sums=", ".join(f"sum({name})::int AS {name}" for name in COUNTS),
)

# The targets that stand, taken aside before the month's rows are written anew.
_TARGETS = """
CREATE TEMP TABLE standing_target ON COMMIT DROP AS
WITH unit AS (
    SELECT rw_code, month FROM counted
    UNION
    SELECT rw_code, month FROM growth_month
    WHERE month = ANY(CAST(:months AS date[]))
        AND (CAST(:rw_codes AS text[]) IS NULL OR rw_code = ANY(CAST(:rw_codes AS text[])))
),
model AS (
    SELECT u.rw_code, u.month, (
        SELECT max(g.month) FROM growth_month g WHERE g.rw_code = u.rw_code AND g.month <= u.month) AS model_month
    FROM unit u
)
SELECT model.rw_code, model.month, band.age_band, sex.sex, g.s_target, g.k_enrolled
FROM model
CROSS JOIN (VALUES ('0-5'), ('6-23'), ('24-59')) AS band (age_band)
CROSS JOIN (VALUES (1::smallint), (2::smallint)) AS sex (sex)
LEFT JOIN growth_month g ON g.rw_code = model.rw_code AND g.month = model.model_month
    AND g.age_band = band.age_band AND g.sex = sex.sex
"""

_CLEARED = """
DELETE FROM growth_month WHERE month = ANY(CAST(:months AS date[]))
    AND (CAST(:rw_codes AS text[]) IS NULL OR rw_code = ANY(CAST(:rw_codes AS text[])))
"""

_WRITTEN = """
INSERT INTO growth_month (rw_code, month, age_band, sex, s_target, k_enrolled, {names})
SELECT t.rw_code, t.month, t.age_band, t.sex, t.s_target, t.k_enrolled, {values}
FROM standing_target t LEFT JOIN counted c USING (rw_code, month, age_band, sex)
WHERE (t.rw_code, t.month) IN (SELECT rw_code, month FROM counted)
    OR (t.rw_code, t.month) IN (
        SELECT rw_code, month FROM standing_target WHERE s_target IS NOT NULL OR k_enrolled IS NOT NULL)
""".format(names=", ".join(COUNTS), values=", ".join(f"coalesce(c.{name}, 0)" for name in COUNTS))  # noqa: S608 - own

_GONE = "DROP TABLE reached_weighing, haz_state, waz_state, whz_state, counted, standing_target"

_REBUILD = (
    _WEIGHINGS,
    *(_STATES.format(index=index) for index in ("haz", "waz", "whz")),
    _COUNTED,
    _TARGETS,
    _CLEARED,
    _WRITTEN,
    _GONE,
)
