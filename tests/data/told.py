"""What the log says inside a transaction whose own role may write to it and not read it."""

from typing import Any

from sqlalchemy import Connection, text


def newest_entry(connection: Connection) -> tuple[str, dict[str, Any]]:
    """Return act and detail of the newest entry, as the inspector sees it."""
    found = _as_inspector(connection, "SELECT act, detail FROM audit_log ORDER BY id DESC LIMIT 1")[0]
    return found[0], found[1]


def entry_count(connection: Connection) -> int:
    """Return how many entries there are."""
    return int(_as_inspector(connection, "SELECT count(*) FROM audit_log")[0][0])


def _as_inspector(connection: Connection, statement: str) -> list[Any]:
    role = connection.scalar(text("SELECT current_setting('rembuk.role', true)"))
    connection.execute(text("SELECT set_config('rembuk.role', 'inspector', true)"))
    found = list(connection.execute(text(statement)))
    connection.execute(text("SELECT set_config('rembuk.role', :role, true)"), {"role": role})
    return found
