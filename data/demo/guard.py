"""Keeps the demo city out of a database that holds real data."""

from sqlalchemy import Connection, text

from data.errors import DemoGuardError

_TELLTALES = ("area", "child", "import_batch")


def holds_rows(connection: Connection) -> bool:
    """Say whether the database holds any area, child or batch, real or invented."""
    return any(connection.scalar(text(f"SELECT EXISTS (SELECT FROM {table})")) for table in _TELLTALES)  # noqa: S608 - our own names


def is_demo(connection: Connection) -> bool:
    """Say whether the database is marked as holding the demo city."""
    return bool(connection.scalar(text("SELECT value -> 'is_demo' = 'true'::jsonb FROM setting WHERE code = 'city'")))


def refuse_real_data(connection: Connection) -> None:
    """Raise DemoGuardError when the database holds rows and is not marked as a demo."""
    if holds_rows(connection) and not is_demo(connection):
        raise DemoGuardError(
            "this database holds data that is not the demo's, and the demo city would replace it; name an empty "
            "database in DATABASE_URL, or another folder in REMBUK_HOME, and run the command there."
        )
