"""A filled template of interventions, from the bytes of a file to a preview and to a committed import.

`preview` writes nothing and can run on a read-only connection; `commit` writes inside the caller's transaction: whole,
or not at all. A figure of the same RW, month and indicator replaces the earlier one; a file that was in before changes
nothing. Both return data and codes, never sentences.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from data.audit import log
from data.indicators.dictionary import INDICATORS, ensure_dictionary
from data.intake.eppgbm import IMPORTED, NEW, SUPERSEDED, UNCHANGED, latest_day
from data.intake.interventions_layout import MATERNAL_CODE, NEEDS, NOT_STARTED, REMOVED, layout_of
from data.intake.interventions_rows import Classified, SetAside, Taken, read_rows
from data.intake.load import lock_imports
from data.intake.replaced import keep_replaced

KIND = "interventions"


@dataclass(frozen=True)
class FigureTotals:
    """Control totals of a file. `removed` rows take an earlier figure back; `indicators` gives, by code, the rows that
    report and the sums of their counts in the layout's order, a blank being left out."""

    rows_read: int
    accepted: int
    parked: int
    duplicates: int
    blank: int
    not_started: int
    removed: int
    parked_reasons: dict[str, int]
    months: tuple[str, ...]
    indicators: dict[str, tuple[int, ...]]

    def as_json(self) -> dict[str, Any]:
        """Return the totals as JSON's types, in the order in which they are printed."""
        return {
            **vars(self),
            "months": list(self.months),
            "indicators": {code: list(sums) for code, sums in self.indicators.items()},
        }


@dataclass(frozen=True)
class FigurePreview:
    """What a file would do: `replaced` earlier figures give way. `status` is new, unchanged or superseded."""

    label: str
    sha256: str
    status: str
    totals: FigureTotals
    parked_rows: tuple[SetAside, ...]
    replaced: int
    sheets: tuple[str, ...]


@dataclass(frozen=True)
class FigureOutcome:
    """What an import did: `status` is imported, or unchanged or superseded when it wrote nothing."""

    status: str
    preview: FigurePreview
    batch_id: int | None = None


def preview(connection: Connection, content: bytes, label: str, within: str = "") -> FigurePreview:
    """Check a file's rows and foresee what its import would do; `within` is the area that its sender speaks for.

    Raises UnusableInputError when it is no filled template.
    """
    return _preview(connection, content, label, _read(connection, content, within))


def commit(
    connection: Connection,
    content: bytes,
    label: str,
    within: str = "",
    *,
    imported_by: str = "",
    force: bool = False,
) -> FigureOutcome:
    """Take a file in within the caller's transaction; `force` takes it even when it was in before."""
    lock_imports(connection)
    classified = _read(connection, content, within)
    seen = _preview(connection, content, label, classified)
    if seen.status != NEW and not force:
        return FigureOutcome(seen.status, seen)
    ensure_dictionary(connection)
    batch_id = _write_batch(connection, seen, imported_by)
    _write_parked(connection, batch_id, seen.parked_rows)
    touched = _earlier_batches(connection, classified.taken)
    _keep_earlier(connection, batch_id, classified.taken)
    _remove(connection, [row for row in classified.taken if row.status == REMOVED])
    _write_figures(connection, batch_id, [row for row in classified.taken if row.status != REMOVED])
    _close_emptied(connection, touched - {batch_id})
    log(connection, "interventions imported", batch=batch_id, accepted=seen.totals.accepted, parked=seen.totals.parked)
    return FigureOutcome(IMPORTED, seen, batch_id)


def _read(connection: Connection, content: bytes, within: str) -> Classified:
    rw_codes = set(
        connection.execute(
            text(
                "SELECT code FROM area WHERE level = 'rw' AND valid_to IS NULL"
                " AND (:within = '' OR starts_with(code, :within || '.'))"
            ),
            {"within": within},
        ).scalars()
    )
    groups = {row.code: row.indicator_group for row in INDICATORS}
    groups |= {
        row.code: row.indicator_group for row in connection.execute(text("SELECT code, indicator_group FROM indicator"))
    }
    return read_rows(content, rw_codes, groups, latest_day(connection))


def _preview(connection: Connection, content: bytes, label: str, classified: Classified) -> FigurePreview:
    totals = _totals(classified)
    sha256 = hashlib.sha256(content).hexdigest()
    status = _status(connection, sha256, totals)
    replaced = _count_earlier(connection, classified.taken) if status == NEW else 0
    return FigurePreview(label, sha256, status, totals, classified.parked, replaced, classified.sheets)


def _totals(classified: Classified) -> FigureTotals:
    sums: dict[str, list[int]] = {}
    for row in classified.taken:
        if row.status in (REMOVED, NOT_STARTED):
            continue
        so_far = sums.setdefault(row.code, [0] * (1 + len(row.counts)))
        so_far[0] += 1
        for place, value in enumerate(row.counts, start=1):
            so_far[place] += value or 0
    return FigureTotals(
        rows_read=classified.rows_read,
        accepted=len(classified.taken),
        parked=len(classified.parked),
        duplicates=classified.duplicates,
        blank=classified.blank,
        not_started=sum(row.status == NOT_STARTED for row in classified.taken),
        removed=sum(row.status == REMOVED for row in classified.taken),
        parked_reasons=classified.parked_reasons,
        months=tuple(sorted({f"{row.month:%Y-%m}" for row in classified.taken})),
        indicators={code: tuple(sums[code]) for code in sorted(sums)},
    )


def _status(connection: Connection, sha256: str, totals: FigureTotals) -> str:
    """Say whether the same bytes were taken in before with the same result; areas added since can change it."""
    batch = connection.execute(
        text(
            "SELECT status, accepted, parked, duplicates FROM import_batch"
            " WHERE kind = :kind AND content_sha256 = :sha256 AND status <> 'undone' ORDER BY id DESC LIMIT 1"
        ),
        {"kind": KIND, "sha256": sha256},
    ).first()
    if batch is None:
        return NEW
    if batch.status == "superseded":
        return SUPERSEDED
    is_same = (batch.accepted, batch.parked, batch.duplicates) == (totals.accepted, totals.parked, totals.duplicates)
    return UNCHANGED if is_same else NEW


_KEYS = """
    SELECT * FROM unnest(CAST(:rws AS text[]), CAST(:months AS date[]), CAST(:codes AS text[]))
        AS given (rw_code, month, indicator_code)
"""
_EARLIER = f"""
    SELECT i.batch_id FROM ({_KEYS}) given JOIN intervention_month i USING (rw_code, month, indicator_code)
    UNION ALL
    SELECT m.batch_id FROM ({_KEYS}) given JOIN maternal_month m USING (rw_code, month)
    WHERE given.indicator_code = :maternal
"""  # noqa: S608 - our own query


def _keys(rows: Sequence[Taken]) -> dict[str, Any]:
    return {
        "rws": [row.rw_code for row in rows],
        "months": [row.month for row in rows],
        "codes": [row.code for row in rows],
        "maternal": MATERNAL_CODE,
    }


def _count_earlier(connection: Connection, rows: Sequence[Taken]) -> int:
    return int(connection.scalar(text(f"SELECT count(*) FROM ({_EARLIER}) e"), _keys(rows)) or 0)  # noqa: S608


def _earlier_batches(connection: Connection, rows: Sequence[Taken]) -> set[int]:
    found = connection.execute(text(f"SELECT DISTINCT batch_id FROM ({_EARLIER}) e"), _keys(rows)).scalars()  # noqa: S608
    return {number for number in found if number is not None}


def _keep_earlier(connection: Connection, batch_id: int, rows: Sequence[Taken]) -> None:
    """Keep the figures that give way, so that the batch can be undone."""
    keep_replaced(
        connection,
        batch_id,
        "intervention_month",
        f"SELECT i.* FROM intervention_month i JOIN ({_KEYS}) given USING (rw_code, month, indicator_code)",  # noqa: S608
        _keys(rows),
    )
    keep_replaced(
        connection,
        batch_id,
        "maternal_month",
        f"SELECT m.* FROM maternal_month m JOIN ({_KEYS}) given USING (rw_code, month)"  # noqa: S608
        " WHERE given.indicator_code = :maternal",
        _keys(rows),
    )


def _remove(connection: Connection, rows: Sequence[Taken]) -> None:
    if not rows:
        return
    connection.execute(
        text(
            f"DELETE FROM intervention_month i USING ({_KEYS}) g WHERE i.rw_code = g.rw_code AND i.month = g.month"  # noqa: S608
            " AND i.indicator_code = g.indicator_code"
        ),
        _keys(rows),
    )
    connection.execute(
        text(
            f"DELETE FROM maternal_month m USING ({_KEYS}) g WHERE m.rw_code = g.rw_code AND m.month = g.month"  # noqa: S608
            " AND g.indicator_code = :maternal"
        ),
        _keys(rows),
    )


def _write_batch(connection: Connection, seen: FigurePreview, imported_by: str) -> int:
    totals = seen.totals
    number = connection.scalar(
        text(
            "INSERT INTO import_batch (kind, content_sha256, layout, rows_read, accepted, parked, duplicates, replaced,"
            " totals, imported_by) VALUES (:kind, :sha256, :layout, :rows_read, :accepted, :parked, :duplicates,"
            " :replaced, CAST(:totals AS jsonb), :by) RETURNING id"
        ),
        {
            "kind": KIND,
            "sha256": seen.sha256,
            "layout": "template",
            "rows_read": totals.rows_read,
            "accepted": totals.accepted,
            "parked": totals.parked,
            "duplicates": totals.duplicates,
            "replaced": seen.replaced,
            "totals": json.dumps(totals.as_json()),
            "by": imported_by or None,
        },
    )
    return int(number or 0)


def _write_parked(connection: Connection, batch_id: int, rows: Sequence[SetAside]) -> None:
    if rows:
        connection.execute(
            text(
                "INSERT INTO parked_row (batch_id, sheet, row_number, reason) VALUES (:batch, :sheet, :number, :reason)"
            ),
            [{"batch": batch_id, "sheet": row.sheet, "number": row.row_number, "reason": row.reason} for row in rows],
        )


_FIGURES = """
INSERT INTO intervention_month (rw_code, month, indicator_code, denominator, received, numerator, status, batch_id)
SELECT rw_code, month, indicator_code, denominator, received, numerator, status, :batch
FROM unnest(CAST(:rws AS text[]), CAST(:months AS date[]), CAST(:codes AS text[]), CAST(:wholes AS integer[]),
    CAST(:received AS integer[]), CAST(:reached AS integer[]), CAST(:statuses AS text[]))
    AS given (rw_code, month, indicator_code, denominator, received, numerator, status)
ON CONFLICT (rw_code, month, indicator_code) DO UPDATE SET denominator = excluded.denominator,
    received = excluded.received, numerator = excluded.numerator, status = excluded.status, batch_id = excluded.batch_id
"""
_PREGNANT = """
INSERT INTO maternal_month (rw_code, month, pregnant_target, screened, chronic_energy_deficiency, anaemia, batch_id)
SELECT rw_code, month, pregnant_target, screened, deficient, anaemia, :batch
FROM unnest(CAST(:rws AS text[]), CAST(:months AS date[]), CAST(:targets AS integer[]), CAST(:screened AS integer[]),
    CAST(:deficient AS integer[]), CAST(:anaemia AS integer[]))
    AS given (rw_code, month, pregnant_target, screened, deficient, anaemia)
ON CONFLICT (rw_code, month) DO UPDATE SET pregnant_target = excluded.pregnant_target, screened = excluded.screened,
    chronic_energy_deficiency = excluded.chronic_energy_deficiency, anaemia = excluded.anaemia,
    batch_id = excluded.batch_id
"""


def _write_figures(connection: Connection, batch_id: int, rows: Sequence[Taken]) -> None:
    figures = [row for row in rows if row.code != MATERNAL_CODE]
    pregnant = [row for row in rows if row.code == MATERNAL_CODE]
    if figures:
        connection.execute(
            text(_FIGURES),
            _keys(figures)
            | {
                "batch": batch_id,
                "wholes": [row.counts[0] for row in figures],
                "received": [row.counts[1] if layout_of(row.code) is NEEDS else None for row in figures],
                "reached": [row.counts[-1] for row in figures],
                "statuses": [row.status for row in figures],
            },
        )
    if pregnant:
        names = ("targets", "screened", "deficient", "anaemia")
        connection.execute(
            text(_PREGNANT),
            _keys(pregnant)
            | {"batch": batch_id}
            | {name: [row.counts[place] for row in pregnant] for place, name in enumerate(names)},
        )


def _close_emptied(connection: Connection, batches: set[int]) -> None:
    """Mark the batches of which no figure is left."""
    connection.execute(
        text(
            "UPDATE import_batch b SET status = 'superseded' WHERE b.id = ANY(CAST(:batches AS bigint[]))"
            " AND NOT EXISTS (SELECT 1 FROM intervention_month i WHERE i.batch_id = b.id)"
            " AND NOT EXISTS (SELECT 1 FROM maternal_month m WHERE m.batch_id = b.id)"
        ),
        {"batches": sorted(batches)},
    )
