"""The register of frozen states: which there are, and what they hold in numbers."""

import datetime
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection, text

from data.queries import frame
from data.scope import Frozen


@dataclass(frozen=True)
class Snapshot:
    """A frozen state: what it is called, the day that is today inside it, when it was made, and its hash."""

    id: str
    number: int
    name: str
    as_of: datetime.date
    made_at: datetime.datetime
    made_by: str
    sha256: str
    tables: dict[str, dict[str, Any]]

    @property
    def frozen(self) -> Frozen:
        """The snapshot as a scope names it."""
        return Frozen(self.number, self.as_of)


def snapshots(connection: Connection) -> pd.DataFrame:
    """Return the frozen states, newest first: id, number, name, as_of, made_at, made_by, sha256, rows, meeting (the one
    whose minutes speak of it, or blank)."""
    return frame(
        connection,
        """
        SELECT s.id, s.number, s.name, s.as_of, s.written_at AS made_at, coalesce(s.made_by, '') AS made_by,
               s.content_sha256 AS sha256,
               (SELECT sum((t.value ->> 'rows')::bigint)::bigint FROM jsonb_each(s.content -> 'tables') t) AS rows,
               (SELECT m.name FROM meeting m WHERE m.snapshot_id = s.id ORDER BY m.held_on LIMIT 1) AS meeting
        FROM snapshot s ORDER BY s.number DESC
        """,
    )


def snapshot_named(connection: Connection, snapshot_id: str) -> Snapshot | None:
    """Return a frozen state by its id, or None where there is none of that id."""
    return _one(connection, "WHERE id = :id", id=snapshot_id)


def newest_snapshot(connection: Connection) -> Snapshot | None:
    """Return the frozen state that was made last, or None before the first."""
    return _one(connection, "ORDER BY number DESC LIMIT 1")


def _one(connection: Connection, which: str, **values: Any) -> Snapshot | None:
    row = connection.execute(
        text(
            "SELECT id, number, name, as_of, written_at, coalesce(made_by, '') AS made_by, content_sha256, content"  # noqa: S608 - our own words
            f" FROM snapshot {which}"
        ),
        values,
    ).first()
    if row is None:
        return None
    return Snapshot(
        row.id,
        row.number,
        row.name,
        row.as_of,
        row.written_at,
        row.made_by,
        row.content_sha256,
        row.content.get("tables", {}),
    )
