"""Reads happen inside a scope: who asks, and for which areas.

The scope is set for one transaction and ends with it, so that a pooled connection carries nothing to its next user.
Row-level security reads the same settings in the database.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text


@dataclass(frozen=True)
class Scope:
    """A person's role and the code prefixes of the areas that they may see."""

    role: str
    areas: tuple[str, ...]
    actor: str = ""


@contextmanager
def scoped_connection(engine: Engine, scope: Scope) -> Iterator[Connection]:
    """Open a read-only transaction bound to a scope."""
    with engine.connect() as connection, connection.begin():
        _bind(connection, scope, is_read_only=True)
        yield connection


@contextmanager
def writing_connection(engine: Engine, scope: Scope) -> Iterator[Connection]:
    """Open a transaction that writes: it is taken whole, or not at all when the block raises."""
    with engine.begin() as connection:
        _bind(connection, scope, is_read_only=False)
        yield connection


def _bind(connection: Connection, scope: Scope, *, is_read_only: bool) -> None:
    if is_read_only:
        connection.execute(text("SET TRANSACTION READ ONLY"))
    connection.execute(
        text(
            "SELECT set_config('rembuk.role', :role, true), set_config('rembuk.areas', :areas, true),"
            " set_config('rembuk.actor', :actor, true)"
        ),
        {"role": scope.role, "areas": ",".join(scope.areas), "actor": scope.actor},
    )
