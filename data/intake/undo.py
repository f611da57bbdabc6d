"""Undo an import: take a batch's rows out again and put back what had given way to it (docs/decisions/0022).

Imports are undone from the newest: a batch on which a later one stands is refused, with the later one's number. What a
batch replaced is kept with it (`replaced_row`); of batches that were taken in before that was so, the rows that gave
way are gone, which is said beforehand with the earlier files that can be loaded again. `foresee_undo` writes nothing;
`undo` writes within the caller's transaction.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from data.audit import log
from data.errors import RembukError, UnusableInputError
from data.intake import eppgbm, interventions, under_five
from data.intake.aggregate import influenced_months, weighed_days
from data.intake.areas.city import lock_places
from data.intake.load import lock_imports
from data.intake.undo_weighings import undo_weighings

_TABLES: dict[str, dict[str, tuple[str, ...]]] = {
    eppgbm.KIND: {"measurement": ("child_key", "measured_on")},
    interventions.KIND: {
        "intervention_month": ("rw_code", "month", "indicator_code"),
        "maternal_month": ("rw_code", "month"),
    },
    under_five.KIND: {"under_five_figure": ("area_code", "source", "as_of")},
}
"""By kind of batch: the tables that it writes, each with its key."""

UNDOABLE = tuple(_TABLES)
"""Kinds of batches that can be undone."""

_MONTH = {"measurement": "date_trunc('month', measured_on::timestamp)::date"}
_NAMED = 5


class CannotUndoError(UnusableInputError):
    """A batch that cannot be undone, or not now."""

    code = "cannot_undo"


class UndoWentWrongError(RembukError, RuntimeError):
    """After an undo the database does not hold what was foreseen."""

    code = "undo_failed"


@dataclass(frozen=True)
class Standing:
    """What stands in the months that a batch touches; for figures by source, in the whole table.

    `children` is None where the rows are not of children.
    """

    rows: int
    children: int | None


@dataclass(frozen=True)
class EarlierFile:
    """A file whose rows are not kept: its batch, when it came, how many rows, and how its bytes can be told."""

    batch_id: int
    imported_at: datetime
    accepted: int
    sha256: str


@dataclass(frozen=True)
class Undoing:
    """What undoing a batch would do, or did.

    `taken_away` of its rows go, `restored` earlier ones come back, and `lost` gave way to it without being kept:
    `earlier` are then the files that may have held them. `before` and `after` are control totals over `months`.
    """

    batch_id: int
    kind: str
    imported_at: datetime
    months: tuple[date, ...]
    taken_away: int
    restored: int
    lost: int
    earlier: tuple[EarlierFile, ...]
    before: Standing
    after: Standing

    def as_json(self) -> dict[str, Any]:
        """Return the control totals as JSON's types, in the order in which they are printed."""
        return {
            "batch": self.batch_id,
            "kind": self.kind,
            "months": [f"{month:%Y-%m}" for month in self.months],
            "taken_away": self.taken_away,
            "restored": self.restored,
            "not_kept": self.lost,
            "rows_before": self.before.rows,
            "rows_after": self.after.rows,
            "children_before": self.before.children,
            "children_after": self.after.children,
        }


def foresee_undo(connection: Connection, batch_id: int) -> Undoing:
    """Say what undoing a batch would do, without writing anything.

    Raises CannotUndoError for a batch that is not there, not of a kind that can be undone, undone already, replaced in
    part or whole by a later one, or covered by a puskesmas's signature.
    """
    batch = connection.execute(text("SELECT * FROM import_batch WHERE id = :id"), {"id": batch_id}).first()
    if batch is None:
        raise CannotUndoError(f"there is no import {batch_id}; the page Impor data lists them.", reason="undo_unknown")
    if batch.kind not in _TABLES:
        raise CannotUndoError(f"an import of kind {batch.kind} cannot be undone.", reason="undo_kind")
    if batch.status == "undone":
        raise CannotUndoError(f"import {batch_id} is undone already.", reason="undo_done")
    taken_away = sum(_count(connection, f"{table} WHERE batch_id = :id", batch_id) for table in _TABLES[batch.kind])
    _refuse_stood_on(connection, batch, taken_away)
    months = _months(connection, batch)
    _refuse_signed(connection, batch, months)
    kept = _count(connection, "replaced_row WHERE batch_id = :id", batch_id)
    lost = max(batch.replaced - kept, 0)
    return Undoing(
        batch_id=batch_id,
        kind=batch.kind,
        imported_at=batch.imported_at,
        months=months,
        taken_away=taken_away,
        restored=kept,
        lost=lost,
        earlier=_earlier_files(connection, batch) if lost else (),
        before=_standing(connection, batch.kind, months),
        after=_standing(connection, batch.kind, months, without=batch_id),
    )


def undo(connection: Connection, batch_id: int, *, undone_by: str = "") -> Undoing:
    """Undo a batch within the caller's transaction: rows, counts and quality of the months that it touched.

    Raises CannotUndoError as `foresee_undo`, and UndoWentWrongError when the totals afterwards are not those foreseen.
    """
    lock_imports(connection)
    lock_places(connection)
    seen = foresee_undo(connection, batch_id)
    if seen.kind == eppgbm.KIND:
        undo_weighings(connection, batch_id, seen.months)
    else:
        for table in _TABLES[seen.kind]:
            connection.execute(text(f"DELETE FROM {table} WHERE batch_id = :id"), {"id": batch_id})  # noqa: S608
            connection.execute(text(f"INSERT INTO {table} {_kept(table)}"), {"id": batch_id})
    _reopen_sources(connection, batch_id)
    connection.execute(text("DELETE FROM replaced_row WHERE batch_id = :id"), {"id": batch_id})
    connection.execute(
        text(
            "UPDATE import_batch SET status = 'undone', undone_at = clock_timestamp(), undone_by = :by WHERE id = :id"
        ),
        {"id": batch_id, "by": undone_by or None},
    )
    found = _standing(connection, seen.kind, seen.months)
    if found != seen.after:
        raise UndoWentWrongError(
            f"undoing import {batch_id} left {found.rows} rows where {seen.after.rows} were foreseen; nothing was "
            "changed. This is a fault of Rembuk: report these words."
        )
    log(connection, "import undone", **seen.as_json())
    return seen


def _count(connection: Connection, rows: str, batch_id: int) -> int:
    return int(connection.scalar(text(f"SELECT count(*) FROM {rows}"), {"id": batch_id}) or 0)  # noqa: S608 - our own


def _kept(table: str) -> str:
    """Return the query of a batch's kept rows of a table, as they stood."""
    return (
        f"SELECT p.* FROM replaced_row r, LATERAL jsonb_populate_record(NULL::{table}, r.content) p"  # noqa: S608
        f" WHERE r.batch_id = :id AND r.table_name = '{table}'"
    )


def _refuse_stood_on(connection: Connection, batch: Row[Any], taken_away: int) -> None:
    """Refuse a batch of which rows have given way to later ones, or whose replaced rows' places are taken again."""
    later = set(
        connection.scalars(
            text(
                """
                WITH RECURSIVE above AS (
                    SELECT DISTINCT batch_id FROM replaced_row WHERE source_batch_id = :id
                    UNION
                    SELECT DISTINCT r.batch_id FROM replaced_row r JOIN above ON r.source_batch_id = above.batch_id
                )
                SELECT batch_id FROM above
                WHERE NOT EXISTS (SELECT 1 FROM replaced_row r WHERE r.source_batch_id = above.batch_id)
                """
            ),
            {"id": batch.id},
        )
    )
    is_taken = False
    for table, key in _TABLES[batch.kind].items():
        found = connection.scalars(
            text(
                f"SELECT DISTINCT t.batch_id FROM ({_kept(table)}) k JOIN {table} t USING ({', '.join(key)})"  # noqa: S608
                " WHERE t.batch_id IS DISTINCT FROM :id"
            ),
            {"id": batch.id},
        ).all()
        is_taken |= bool(found)
        later |= {number for number in found if number is not None}
    held = batch.accepted
    if batch.kind == interventions.KIND:
        held -= int(batch.totals.get("removed", 0))
    elif batch.kind == under_five.KIND:
        held = int(batch.totals["new"]) + int(batch.totals["changed"])
    if later:
        named = _listed(sorted(later, reverse=True))
        raise CannotUndoError(
            f"later imports stand on import {batch.id}: {named}; undo those first.",
            reason="undo_stood_on",
            later=named,
        )
    if is_taken or taken_away != held:
        raise CannotUndoError(
            f"rows of import {batch.id} were replaced by later files, so it can no longer be undone.",
            reason="undo_replaced",
        )


def _refuse_signed(connection: Connection, batch: Row[Any], months: Sequence[date]) -> None:
    """Refuse a batch whose rows a puskesmas has signed: a month that they touch, signed after they came."""
    if batch.kind == under_five.KIND or not months:
        return
    reached = list(months)
    if batch.kind == eppgbm.KIND:
        reached = influenced_months(months, weighed_days(connection)[1] or months[-1])
    rws = " UNION ".join(f"SELECT rw_code FROM {table} WHERE batch_id = :id" for table in _TABLES[batch.kind])  # noqa: S608
    signed = connection.execute(
        text(
            f"""
            SELECT f.name, s.month FROM month_signoff s JOIN facility f ON f.code = s.facility_code
            WHERE s.month = ANY(CAST(:months AS date[])) AND s.data_at >= :imported_at AND EXISTS (
                SELECT 1 FROM service_area a WHERE a.facility_code = s.facility_code AND a.rw_code IN ({rws})
                    AND a.valid_from < s.month + interval '1 month' AND coalesce(a.valid_to, 'infinity') >= s.month)
            ORDER BY s.month, f.name
            """  # noqa: S608 - our own query
        ),
        {"months": reached, "imported_at": batch.imported_at, "id": batch.id},
    ).all()
    if signed:
        raise CannotUndoError(
            f"the figures with import {batch.id} are signed: "
            f"{_listed([f'{row.name} {row.month:%Y-%m}' for row in signed])}; let the signatures be withdrawn first.",
            reason="undo_signed",
            signed=[(row.name, row.month) for row in signed],
        )


def _months(connection: Connection, batch: Row[Any]) -> tuple[date, ...]:
    """Return the months in which a batch has rows, or has replaced rows, in their order."""
    if batch.kind == under_five.KIND:
        return ()
    parts = [
        f"SELECT DISTINCT {_MONTH.get(table, 'month')} AS month FROM {rows} t"  # noqa: S608 - our own query
        for table in _TABLES[batch.kind]
        for rows in (f"(SELECT * FROM {table} WHERE batch_id = :id)", f"({_kept(table)})")  # noqa: S608
    ]
    return tuple(connection.scalars(text(f"{' UNION '.join(parts)} ORDER BY month"), {"id": batch.id}))


def _standing(connection: Connection, kind: str, months: Sequence[date], without: int | None = None) -> Standing:
    """Count what stands in the months, or what would stand there without a batch."""
    rows, children = 0, None
    for table in _TABLES[kind]:
        standing = f"SELECT * FROM {table}"  # noqa: S608 - names of our own tables
        if without is not None:
            standing += f" WHERE batch_id IS DISTINCT FROM :id UNION ALL {_kept(table)}"
        within = ""
        if table == "measurement":
            # by day, so that the index of days serves; the months need not follow one another
            within = (
                " WHERE EXISTS (SELECT 1 FROM unnest(CAST(:months AS date[])) AS m (month)"
                " WHERE measured_on >= m.month AND measured_on < m.month + interval '1 month')"
            )
        elif kind != under_five.KIND:
            within = " WHERE month = ANY(CAST(:months AS date[]))"
        told = "count(DISTINCT child_key)" if table == "measurement" else "NULL"
        found = connection.execute(
            text(f"SELECT count(*), {told} FROM ({standing}) s{within}"),  # noqa: S608
            {"id": without, "months": list(months)},
        ).one()
        rows += found[0]
        children = found[1]
    return Standing(rows, children)


def _earlier_files(connection: Connection, batch: Row[Any]) -> tuple[EarlierFile, ...]:
    """Return the earlier files of a batch's kind that speak of its months, the newest first."""
    found = connection.execute(
        text(
            "SELECT id, imported_at, accepted, content_sha256 FROM import_batch WHERE kind = :kind AND id < :id"
            " AND status <> 'undone' AND (kind = :without_months OR EXISTS ("
            "   SELECT 1 FROM jsonb_array_elements_text(totals -> 'months') m (month)"
            "   WHERE CAST(:totals AS jsonb) -> 'months' ? m.month)) ORDER BY id DESC LIMIT :most"
        ),
        {
            "kind": batch.kind,
            "id": batch.id,
            "without_months": under_five.KIND,
            "totals": json.dumps(batch.totals),
            "most": _NAMED,
        },
    )
    return tuple(EarlierFile(*row) for row in found)


def _reopen_sources(connection: Connection, batch_id: int) -> None:
    """Let the batches count again whose rows came back."""
    connection.execute(
        text(
            "UPDATE import_batch SET status = 'active' WHERE status = 'superseded' AND id IN"
            " (SELECT source_batch_id FROM replaced_row WHERE batch_id = :id)"
        ),
        {"id": batch_id},
    )


def _listed(values: Sequence[object]) -> str:
    told = [str(value) for value in values]
    return ", ".join(told[:_NAMED]) + (f" and {len(told) - _NAMED} more" if len(told) > _NAMED else "")
