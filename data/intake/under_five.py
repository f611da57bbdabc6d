"""A table of how many children under five areas have, by a source other than the weighing lists. Preview and load.

Each figure stands beside the others with its day and its citation; none replaces another source's. The same source's
figure of the same area and day is replaced. A load is a batch of its own, so that it can be undone.
"""

import datetime
import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, text

from data.audit import log
from data.intake.areas.city import known_city, lock_places
from data.intake.areas.load import IMPORTED, NEW, UNCHANGED
from data.intake.areas.placing import Fault
from data.intake.areas.refusals import listed, refusal
from data.intake.areas.sheet import Row, read_sheet
from data.intake.columns import plain
from data.intake.load import lock_imports
from data.intake.replaced import keep_replaced
from data.intake.values import day
from data.schema import SOURCES_OF_CHILDREN

KIND = "under_five"

COLUMNS = {
    "area_code": ("kodewilayah", "kode", "areacode", "kodekelurahan", "kodekecamatan", "koderw"),
    "source": ("sumber", "source"),
    "as_of": ("tanggal", "perhari", "asof", "keadaanpada"),
    "children": ("balita", "jumlahbalita", "children", "jumlah"),
    "is_approximate": ("perkiraan", "sekitar", "isapproximate"),
    "citation": ("sitasi", "rujukan", "citation", "asal"),
}
_WHOLE = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d{1,8}")
_YES = frozenset({"ya", "y", "yes", "1", "true", "sekitar", "perkiraan"})

_KEY = ("area_code", "source", "as_of")
Key = tuple[str, str, datetime.date]


@dataclass(frozen=True)
class UnderFivePreview:
    """What a table would do: `wanted` has (children, is it approximate, citation) by area, source and day."""

    status: str
    rows: int
    new: int
    changed: int
    unchanged: int
    wanted: dict[Key, tuple[int, bool, str]] = field(repr=False)
    is_unlike: frozenset[Key] = field(repr=False, default=frozenset())
    """Of `wanted`: those that are new or changed."""

    def as_json(self) -> dict[str, Any]:
        """Return the control totals as JSON's types, in the order in which they are printed."""
        return {
            "rows": self.rows,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "children": sum(children for children, _, _ in self.wanted.values()),
        }


@dataclass(frozen=True)
class UnderFiveOutcome:
    """What a load did: `status` is imported or unchanged."""

    status: str
    preview: UnderFivePreview
    batch_id: int | None = None


def foresee(connection: Connection, content: bytes) -> UnderFivePreview:
    """Check a table and foresee what its load would do.

    Raises UnusableInputError when a row cannot be used: nothing of the table is then taken in.
    """
    known_city(connection)
    rows, _ = read_sheet(content, COLUMNS, [(name,) for name in COLUMNS if name != "is_approximate"])
    areas = frozenset(connection.scalars(text("SELECT code FROM area WHERE valid_to IS NULL")))
    wanted: dict[Key, tuple[int, bool, str]] = {}
    faults: list[Fault] = []
    for row in rows:
        told = _told(row, areas)
        if isinstance(told, Fault):
            faults.append(told)
        elif told[0] in wanted:
            faults.append(Fault(row.number, "repeated", row["area_code"]))
        else:
            wanted[told[0]] = told[1]
    if faults:
        raise refusal("figure_rows", found=len(faults), rows=listed([str(fault) for fault in faults], 8))
    held = {
        (found.area_code, found.source, found.as_of): (found.children, found.is_approximate, found.citation)
        for found in connection.execute(text("SELECT * FROM under_five_figure"))
    }
    new = sum(key not in held for key in wanted)
    changed = sum(key in held and held[key] != value for key, value in wanted.items())
    status = NEW if new or changed else UNCHANGED
    unlike = frozenset(key for key, value in wanted.items() if held.get(key) != value)
    return UnderFivePreview(status, len(rows), new, changed, len(wanted) - new - changed, wanted, unlike)


def commit(connection: Connection, content: bytes, *, imported_by: str = "") -> UnderFiveOutcome:
    """Take a table in within the caller's transaction, whole or not at all."""
    lock_imports(connection)
    lock_places(connection)
    seen = foresee(connection, content)
    if seen.status == UNCHANGED:
        return UnderFiveOutcome(UNCHANGED, seen)
    batch_id = _write_batch(connection, content, seen, imported_by)
    figures = [
        dict(zip((*_KEY, "children", "is_approximate", "citation"), (*key, *value), strict=True)) | {"batch": batch_id}
        for key, value in seen.wanted.items()
        if key in seen.is_unlike
    ]
    keep_replaced(
        connection,
        batch_id,
        "under_five_figure",
        "SELECT f.* FROM under_five_figure f JOIN unnest(CAST(:areas AS text[]), CAST(:sources AS text[]),"
        " CAST(:days AS date[])) AS given (area_code, source, as_of) USING (area_code, source, as_of)",
        {
            "areas": [figure["area_code"] for figure in figures],
            "sources": [figure["source"] for figure in figures],
            "days": [figure["as_of"] for figure in figures],
        },
    )
    connection.execute(
        text(
            "INSERT INTO under_five_figure (area_code, source, as_of, children, is_approximate, citation, batch_id)"
            " VALUES (:area_code, :source, :as_of, :children, :is_approximate, :citation, :batch)"
            " ON CONFLICT (area_code, source, as_of) DO UPDATE SET children = excluded.children,"
            " is_approximate = excluded.is_approximate, citation = excluded.citation, batch_id = excluded.batch_id,"
            " written_at = excluded.written_at"
        ),
        figures,
    )
    _close_emptied(connection, batch_id)
    log(connection, "children by source loaded", batch=batch_id, new=seen.new, changed=seen.changed)
    return UnderFiveOutcome(IMPORTED, seen, batch_id)


def _write_batch(connection: Connection, content: bytes, seen: UnderFivePreview, imported_by: str) -> int:
    number = connection.scalar(
        text(
            "INSERT INTO import_batch (kind, content_sha256, layout, rows_read, accepted, parked, duplicates, replaced,"
            " totals, imported_by)"
            " VALUES (:kind, :sha256, 'table', :rows, :rows, 0, 0, :replaced, CAST(:totals AS jsonb), :by)"
            " RETURNING id"
        ),
        {
            "kind": KIND,
            "sha256": hashlib.sha256(content).hexdigest(),
            "rows": seen.rows,
            "replaced": seen.changed,
            "totals": json.dumps(seen.as_json()),
            "by": imported_by or None,
        },
    )
    return int(number or 0)


def _close_emptied(connection: Connection, batch_id: int) -> None:
    """Mark the batches of which this one has replaced the last figure."""
    connection.execute(
        text(
            "UPDATE import_batch b SET status = 'superseded' WHERE b.id IN"
            " (SELECT source_batch_id FROM replaced_row WHERE batch_id = :batch)"
            " AND NOT EXISTS (SELECT 1 FROM under_five_figure f WHERE f.batch_id = b.id)"
        ),
        {"batch": batch_id},
    )


def _told(row: Row, areas: frozenset[str]) -> tuple[Key, tuple[int, bool, str]] | Fault:
    """Return the figure of a row by its key, or what is wrong with it."""
    if row["area_code"] not in areas:
        return Fault(row.number, "area_unknown", row["area_code"])
    source = plain(row["source"])
    if source not in SOURCES_OF_CHILDREN:
        return Fault(row.number, "source_unknown", row["source"])
    as_of = day(row["as_of"])
    if as_of is None or as_of > datetime.date.today():  # noqa: DTZ011 - the day as people here count it
        return Fault(row.number, "day_invalid", row["as_of"])
    if not _WHOLE.fullmatch(row["children"]):
        return Fault(row.number, "children_invalid", row["children"])
    if not row["citation"]:
        return Fault(row.number, "citation_missing", row["area_code"])
    children = int(row["children"].replace(".", "").replace(" ", ""))
    return (row["area_code"], source, as_of), (children, plain(row["is_approximate"]) in _YES, row["citation"])
