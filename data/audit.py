"""The append-only log of what was done: role and area of who did it, codes and numbers, never personal data.

Who did it and when comes from the database, out of the transaction's own scope; nobody can change or delete an entry.
"""

import json
from typing import Any

from sqlalchemy import Connection, Engine, text

from data.scope import Scope, writing_connection


def log(connection: Connection, act: str, **detail: Any) -> None:
    """Append an entry about a change, as part of the transaction that makes it."""
    _append(connection, act, detail, is_change=True)


def note(engine: Engine, scope: Scope, act: str, **detail: Any) -> None:
    """Append an entry about something that changed nothing: an entrance, a refusal, an export, a look.

    Who reads a snapshot is logged like anybody, with its number.
    """
    if scope.snapshot is not None:
        detail["snapshot"] = scope.snapshot.number
    with writing_connection(engine, scope.reading(None)) as connection:
        note_within(connection, act, **detail)


def note_within(connection: Connection, act: str, **detail: Any) -> None:
    """Append such an entry as part of a transaction."""
    _append(connection, act, detail, is_change=False)


def _append(connection: Connection, act: str, detail: dict[str, Any], *, is_change: bool) -> None:
    connection.execute(
        text("INSERT INTO audit_log (act, detail, is_change) VALUES (:act, CAST(:detail AS jsonb), :is_change)"),
        {"act": act, "detail": json.dumps(detail, default=str), "is_change": is_change},
    )
