"""Removes the demo city from a database, so that a real one can come: the two are never in one database together."""

import shutil

from sqlalchemy import Engine, text

from data import settings
from data.audit import log
from data.demo.guard import is_demo
from data.errors import DemoGuardError
from data.rights.roles import FROZEN_SCHEMA
from data.schema import metadata
from data.scope import owner_connection

_KEPT = frozenset({"app_user", "log_in", "audit_log"})
"""People are real, and nobody takes back what the log says."""


def clear_demo(engine: Engine) -> None:
    """Empty every table but people and the log, also what was frozen of it, and remove the demo's files.

    Raises DemoGuardError when the database is not marked as a demo, and then changes nothing.
    """
    with owner_connection(engine) as connection:
        if not is_demo(connection):
            raise DemoGuardError("this database does not hold the demo city, so nothing was removed.")
        names = ", ".join(name for name in sorted(metadata.tables) if name not in _KEPT)
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
        connection.execute(text(f"SELECT {FROZEN_SCHEMA}.clear()"))
        log(connection, "demo removed")
    shutil.rmtree(settings.home() / "demo", ignore_errors=True)
