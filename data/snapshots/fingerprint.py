"""The hash of what a snapshot holds: SHA-256 of every table's rows in key order, and of those hashes together.

A row is hashed as PostgreSQL prints it under settings that are fixed here, so that the same rows give the same hash on
any server. Columns are those that the table had when the snapshot was made: what a later version adds does not count.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, text

from data.errors import UnusableInputError
from data.queries.snapshots import Snapshot, snapshot_named
from data.rights.frozen import frozen_tables
from data.rights.roles import FROZEN_SCHEMA
from data.schema import metadata
from data.scope import ENGINE, scoped_connection

SHORT = 8
"""So many signs of the hash stand in the snapshot's id."""


@dataclass(frozen=True)
class Fingerprint:
    """What a table of a snapshot holds: how many rows, and their hash over the columns named."""

    rows: int
    sha256: str
    columns: tuple[str, ...]

    def told(self) -> dict[str, Any]:
        """Return it as the register keeps it."""
        return {"rows": self.rows, "sha256": self.sha256, "columns": list(self.columns)}


@dataclass(frozen=True)
class Tampered:
    """A table of a snapshot that is not what it was: rows then and now, which may be the same number."""

    table: str
    rows_then: int
    rows_now: int


def fingerprints(connection: Connection, known: dict[str, Fingerprint]) -> dict[str, Fingerprint]:
    """Return the fingerprint of every frozen table as the transaction's scope reads it: the whole city's, one snapshot.

    Those `known` are taken as they are. The scope must see every row.
    """
    found = {}
    for table in frozen_tables():
        columns = [column.name for column in table.columns]
        before = known.get(table.name)
        is_known = before is not None and list(before.columns) == columns
        found[table.name] = before if is_known and before else fingerprint(connection, table.name, columns)
    return found


def unchanged(before: Snapshot, changed: Iterable[str]) -> dict[str, Fingerprint]:
    """Return the fingerprints that the next snapshot shares with one, by the tables whose rows are others."""
    others = set(changed)
    return {name: print_ for name, print_ in kept(before).items() if name not in others}


def kept(snapshot: Snapshot) -> dict[str, Fingerprint]:
    """Return the fingerprints of a snapshot's tables from its register."""
    return {
        name: Fingerprint(told["rows"], told["sha256"], tuple(told["columns"]))
        for name, told in snapshot.tables.items()
    }


def fingerprint(connection: Connection, table: str, columns: Iterable[str]) -> Fingerprint:
    """Return the fingerprint of one frozen table over some of its columns."""
    named = tuple(columns)
    connection.execute(
        text(
            "SELECT set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true),"
            " set_config('IntervalStyle', 'iso_8601', true), set_config('extra_float_digits', '1', true),"
            " set_config('bytea_output', 'hex', true)"
        )
    )
    row_hash = f"sha256(convert_to(ROW({', '.join(named)})::text, 'UTF8'))"
    hashed = f"sha256(string_agg({row_hash}, ''::bytea ORDER BY {_key_in_bytes(table)}))"
    query = f"SELECT count(*) AS rows, coalesce(encode({hashed}, 'hex'), '') AS hash FROM {FROZEN_SCHEMA}.{table}"  # noqa: S608
    row = connection.execute(text(query)).one()
    return Fingerprint(row.rows, row.hash, named)


def _key_in_bytes(table: str) -> str:
    """Return the key's order as every server sorts it, whatever its language."""
    return ", ".join(
        f'{column.name} COLLATE "C"' if column.type.python_type is str else column.name
        for column in metadata.tables[table].primary_key.columns
    )


def together(found: dict[str, Fingerprint]) -> str:
    """Return the hash of a snapshot from those of its tables."""
    lines = "".join(f"{name} {print_.rows} {print_.sha256}\n" for name, print_ in sorted(found.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def verify_snapshot(engine: Engine, snapshot_id: str) -> list[Tampered]:
    """Work a snapshot's hashes out again and return the tables that differ; none when it is as it was made.

    A register that was changed beside its tables is told as the table `snapshot`. Raises UnusableInputError for an
    unknown id.
    """
    with scoped_connection(engine, ENGINE) as connection:
        register = snapshot_named(connection, snapshot_id)
    if register is None:
        raise UnusableInputError(f"there is no snapshot {snapshot_id}; `snapshot list` names them.", id=snapshot_id)
    scope = ENGINE.reading(register.frozen)
    then = kept(register)
    changed = []
    with scoped_connection(engine, scope) as connection:
        for name, before in sorted(then.items()):
            now = fingerprint(connection, name, before.columns)
            if now != before:
                changed.append(Tampered(name, before.rows, now.rows))
    if together(then) != register.sha256 or not register.id.endswith(f"-{register.sha256[:SHORT]}"):
        changed.append(Tampered("snapshot", 1, 1))
    return changed
