"""Freezing the city's state under a name, and taking a frozen state away again."""

import datetime
import json

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from data.audit import log
from data.errors import RembukError, UnusableInputError
from data.queries.snapshots import Snapshot, newest_snapshot, snapshot_named
from data.rights.roles import FROZEN_SCHEMA
from data.scope import Scope, writing_connection
from data.snapshots.fingerprint import SHORT, fingerprints, together, unchanged

LONGEST_NAME = 80
_AT_ONCE = ("23505", "40001", "40P01")


class SnapshotBusyError(RembukError, RuntimeError):
    """Another snapshot was being made at the same moment."""

    code = "snapshot_busy"


class SnapshotInUseError(RembukError, RuntimeError):
    """A meeting's minutes speak of the snapshot."""

    code = "snapshot_in_use"
    exit_code = 2


def make_snapshot(engine: Engine, scope: Scope, name: str, as_of: datetime.date, made_by: str) -> Snapshot:
    """Freeze every figure, plan, weight and target as they are now, and return the snapshot.

    All tables are frozen as of one moment, in one transaction. `as_of` is the day that is today inside it. Raises
    UnusableInputError for an empty or overlong name, SnapshotBusyError when another is being made.
    """
    told = " ".join(name.split())
    if not told or len(told) > LONGEST_NAME:
        raise UnusableInputError(
            f"a snapshot's name has 1 to {LONGEST_NAME} letters, such as Rakor TW-III 2026.", reason="snapshot_name"
        )
    try:
        with writing_connection(engine, scope, is_one_view=True) as connection:
            return _make(connection, told, as_of, made_by)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) not in _AT_ONCE:
            raise
        raise SnapshotBusyError("another snapshot was being made at the same moment; try again.") from error


def _make(connection: Connection, name: str, as_of: datetime.date, made_by: str) -> Snapshot:
    frozen = text(f"SELECT number, changed FROM {FROZEN_SCHEMA}.freeze()")  # noqa: S608 - our own schema
    number, changed = connection.execute(frozen).one()
    connection.execute(text("SELECT set_config('rembuk.snapshot', :number, true)"), {"number": str(number)})
    before = newest_snapshot(connection)
    is_next = before is not None and before.number == number - 1  # one that was dropped leaves its rows ended
    found = fingerprints(connection, unchanged(before, changed) if before and is_next else {})
    sha256 = together(found)
    connection.execute(
        text(
            "INSERT INTO snapshot (id, number, name, as_of, content_sha256, content, made_by) OVERRIDING SYSTEM VALUE"
            " VALUES (:id, :number, :name, :as_of, :sha256, CAST(:content AS jsonb), :made_by)"
        ),
        {
            "id": f"{number}-{sha256[:SHORT]}",
            "number": number,
            "name": name,
            "as_of": as_of,
            "sha256": sha256,
            "content": json.dumps({"tables": {table: print_.told() for table, print_ in found.items()}}),
            "made_by": made_by,
        },
    )
    made = snapshot_named(connection, f"{number}-{sha256[:SHORT]}")
    if made is None:
        raise RuntimeError("a snapshot that was made is not in its register")
    log(connection, "snapshot made", snapshot=made.id)
    return made


def drop_snapshot(engine: Engine, scope: Scope, snapshot_id: str) -> None:
    """Take a snapshot away with the rows that no other holds.

    Raises UnusableInputError for an unknown id, and SnapshotInUseError while a meeting's minutes speak of it.
    """
    with writing_connection(engine, scope) as connection:
        meeting = connection.scalar(
            text("SELECT name FROM meeting WHERE snapshot_id = :id ORDER BY held_on LIMIT 1"), {"id": snapshot_id}
        )
        if meeting is not None:
            raise SnapshotInUseError(
                f"the minutes of {meeting} speak of snapshot {snapshot_id}; it stays as long as they do.",
                meeting=meeting,
            )
        if not connection.execute(text("DELETE FROM snapshot WHERE id = :id"), {"id": snapshot_id}).rowcount:
            raise UnusableInputError(f"there is no snapshot {snapshot_id}; `snapshot list` names them.", id=snapshot_id)
        connection.execute(text(f"SELECT {FROZEN_SCHEMA}.thaw()"))
        log(connection, "snapshot dropped", snapshot=snapshot_id)
