"""Write a file's rows into the shared database: whole, or not at all.

Rows are copied into a temporary table and moved from there by statements over all of them. The caller's transaction
holds the lock from `lock_imports`, so that two imports follow each other.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import csv
from sqlalchemy import Connection, text

from data.copying import copying
from data.intake.aggregate import bulk_work, note_history_without_children, rebuild_growth_months
from data.intake.gain import weight_gains
from data.intake.quality import rebuild_quality_months
from data.intake.replaced import keep_replaced
from data.intake.replacement import FROM_TABLE, Replacement, doomed_rows, sharing_batches
from data.intake.report import Totals
from data.intake.rows import ParkedRow, Weighings
from data.intake.touched import months_judged, reached, refresh_children
from models.growth.zscores import NO_FLAG

KIND = "eppgbm"
_LOCK = 3275_0002

_COLUMNS = {
    "child_key": "bytea", "rw_code": "text", "sex": "smallint", "birth_date": "date", "measured_on": "date",
    "age_days": "integer", "weight_kg": "real", "lenhei_cm": "real", "measure": "text",
    "haz": "real", "waz": "real", "whz": "real", "baz": "real",
    "haz_flag": "boolean", "waz_flag": "boolean", "whz_flag": "boolean", "baz_flag": "boolean",
    "weight_gain": "text", "posyandu": "text", "is_latest": "boolean",
}  # fmt: skip


@dataclass(frozen=True)
class Loaded:
    """What an import did: its batch, the earlier rows that gave way, and the months whose counts were rebuilt."""

    batch_id: int
    replacement: Replacement
    months_rebuilt: list[date]


def lock_imports(connection: Connection) -> None:
    """Wait until no other import is writing; the lock goes with the transaction."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def load(
    connection: Connection,
    weighings: Weighings,
    parked: Sequence[ParkedRow],
    totals: Totals,
    *,
    sha256: str,
    layout: str,
    imported_by: str,
) -> Loaded:
    """Write a batch, replace what it corrects, and rebuild the counts that it touches."""
    note_history_without_children(connection)
    batch_id = _insert_batch(connection, totals, sha256, layout, imported_by)
    _copy_parked(connection, batch_id, parked)
    if not len(weighings):
        return Loaded(batch_id, Replacement(), [])
    _copy_weighings(connection, weighings)
    replacement = _withdraw(connection, batch_id)
    _insert_weighings(connection, batch_id, len(weighings.keys), has_withdrawn=replacement != Replacement())
    connection.execute(
        text("UPDATE import_batch SET replaced = :replaced WHERE id = :id"),
        {"replaced": replacement.replaced + replacement.withdrawn, "id": batch_id},
    )
    touched = _months_of(weighings)
    rw_codes, months = reached(connection, touched)
    rebuilt = rebuild_growth_months(connection, rw_codes, months)
    rebuild_quality_months(connection, rw_codes, months_judged(touched, months[-1]))
    connection.execute(text("DROP TABLE incoming_weighing, withdrawn"))
    return Loaded(batch_id, replacement, rebuilt)


def _insert_batch(connection: Connection, totals: Totals, sha256: str, layout: str, imported_by: str) -> int:
    statement = """
        INSERT INTO import_batch (kind, content_sha256, layout, rows_read, accepted, parked, duplicates, totals,
            status, imported_by)
        VALUES (:kind, :sha256, :layout, :rows_read, :accepted, :parked, :duplicates, CAST(:totals AS jsonb),
            :status, :by)
        RETURNING id
    """
    batch = {
        "kind": KIND,
        "sha256": sha256,
        "layout": layout,
        "rows_read": totals.rows_read,
        "accepted": totals.accepted,
        "parked": totals.parked,
        "duplicates": totals.duplicates,
        "totals": json.dumps(totals.as_json()),
        "status": "active",
        "by": imported_by or None,
    }
    return int(connection.execute(text(statement), batch).scalar_one())


def _copy_parked(connection: Connection, batch_id: int, parked: Sequence[ParkedRow]) -> None:
    rows = pa.table(
        {
            "batch_id": pa.array(np.full(len(parked), batch_id)),
            "row_number": pa.array([row.row_number for row in parked], pa.int32()),
            "reason": pa.array([row.reason for row in parked], pa.string()),
            "place": pa.array([row.place or None for row in parked], pa.string()),
        }
    )
    if rows.num_rows:
        with copying(connection, "parked_row", rows.column_names) as copy:
            copy.write(_as_csv(rows))


def _copy_weighings(connection: Connection, weighings: Weighings) -> None:
    columns = ", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())
    connection.execute(text(f"CREATE TEMP TABLE incoming_weighing ({columns}) ON COMMIT DROP"))
    rows = _as_table(weighings, weight_gains(connection, weighings))
    _copy(connection, "incoming_weighing", rows)
    # how many rows there are matters to the planner, what is in them little
    connection.execute(text("SET LOCAL default_statistics_target = 10; ANALYZE incoming_weighing (child_key)"))


def _as_table(weighings: Weighings, gains: NDArray[np.object_]) -> pa.Table:
    # by key: neighbours in an index are then written together
    keys = [f"\\x{key.hex()}" for key in weighings.keys]
    key_rank = np.argsort(np.argsort(np.array(keys)))
    order = np.lexsort((weighings.measured_on.astype(np.int64), key_rank[weighings.child]))
    is_latest = np.append(np.diff(weighings.child[order]) != 0, True)
    scores = weighings.scores
    columns = {
        "child_key": pa.DictionaryArray.from_arrays(pa.array(weighings.child[order]), pa.array(keys, pa.string())).cast(
            pa.string()
        ),
        "rw_code": pa.array(weighings.rw_codes[order], pa.string()),
        "sex": pa.array(weighings.sex[order]),
        "birth_date": pa.array(weighings.birth_date[order]),
        "measured_on": pa.array(weighings.measured_on[order]),
        "age_days": pa.array(weighings.age_days[order]),
        "weight_kg": pa.array(weighings.weight_kg[order], from_pandas=True),
        "lenhei_cm": pa.array(weighings.lenhei_cm[order], from_pandas=True),
        "measure": pa.array(np.array([None, "l", "h"], dtype=object)[weighings.position[order]], pa.string()),
        **{name: pa.array(getattr(scores, name)[order], from_pandas=True) for name in ("haz", "waz", "whz", "baz")},
        **{
            name: pa.array(flags == 1, mask=flags == NO_FLAG)
            for name in ("haz_flag", "waz_flag", "whz_flag", "baz_flag")
            for flags in (getattr(scores, name)[order],)
        },
        "weight_gain": pa.array(gains[order], pa.string()),
        "posyandu": pa.array(weighings.posyandu[order], pa.string()),
        "is_latest": pa.array(is_latest),
    }
    return pa.table({name: columns[name] for name in _COLUMNS})


def _copy(connection: Connection, table: str, rows: pa.Table) -> None:
    if not rows.num_rows:
        return
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("the connection is closed")
    statement = f"COPY {table} ({', '.join(rows.column_names)}) FROM STDIN (FORMAT csv)"
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for block in _blocks(_as_csv(rows)):
            copy.write(block)


def _as_csv(rows: pa.Table) -> memoryview:
    """Return rows as COPY reads them: a missing value is nothing and a blank text is in quotes."""
    buffer = BytesIO()
    csv.write_csv(rows, buffer, csv.WriteOptions(include_header=False, quoting_style="needed"))
    return buffer.getbuffer()


def _blocks(buffer: memoryview, size: int = 1 << 20) -> Iterator[memoryview]:
    for start in range(0, len(buffer), size):
        yield buffer[start : start + size]


def _withdraw(connection: Connection, batch_id: int) -> Replacement:
    """Set the earlier rows aside that give way, and close the batches of which nothing is left."""
    batches = sharing_batches(connection, FROM_TABLE)
    with bulk_work(connection):
        connection.execute(
            text(f"CREATE TEMP TABLE withdrawn ON COMMIT DROP AS {doomed_rows(FROM_TABLE)}"), {"batches": batches}
        )
    connection.execute(text("ANALYZE withdrawn (child_key)"))
    replaced, withdrawn = connection.execute(
        text("SELECT count(*) FILTER (WHERE is_same_day), count(*) FILTER (WHERE NOT is_same_day) FROM withdrawn")
    ).one()
    if replaced + withdrawn:
        keep_replaced(
            connection,
            batch_id,
            "measurement",
            "DELETE FROM measurement m USING withdrawn w"
            " WHERE m.child_key = w.child_key AND m.measured_on = w.measured_on RETURNING m.*",
        )
        connection.execute(
            text(
                "UPDATE import_batch b SET status = 'superseded' WHERE b.id IN (SELECT batch_id FROM withdrawn)"
                " AND NOT EXISTS (SELECT 1 FROM measurement m WHERE m.batch_id = b.id)"
            )
        )
    return Replacement(replaced, withdrawn)


def _insert_weighings(connection: Connection, batch_id: int, children: int, *, has_withdrawn: bool) -> None:
    new_children = connection.execute(
        text(
            "INSERT INTO child (child_key, rw_code, sex, birth_date)"
            " SELECT child_key, rw_code, sex, birth_date FROM incoming_weighing i"
            " WHERE is_latest AND NOT EXISTS (SELECT 1 FROM child c WHERE c.child_key = i.child_key)"
        )
    ).rowcount
    kept = ", ".join(name for name in _COLUMNS if name not in ("birth_date", "is_latest"))
    connection.execute(
        text(f"INSERT INTO measurement ({kept}, batch_id) SELECT {kept}, :batch FROM incoming_weighing"),  # noqa: S608
        {"batch": batch_id},
    )
    if new_children < children or has_withdrawn:
        refresh_children(connection)


def _months_of(weighings: Weighings) -> list[date]:
    found: list[date] = np.unique(weighings.measured_on.astype("datetime64[M]")).astype("datetime64[D]").tolist()
    return found
