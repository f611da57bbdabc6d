"""Reads happen inside a scope: who asks, and for which areas.

The scope is set for one transaction and ends with it, so that a pooled connection carries nothing to its next user. So
does the database role, `rembuk_reader` or `rembuk_importer`, which owns nothing and is no superuser: row-level security
(`data.rights`) holds it to the scope, and where no scope was set nothing is seen.
"""

import datetime
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from data.errors import DatabaseUnavailableError, SnapshotFrozenError
from data.rights.roles import FROZEN_SCHEMA, IMPORTER, MIGRATOR, READER

MAYOR, PLANNER, CAMAT, LURAH, PUSKESMAS = "mayor", "planner", "camat", "lurah", "puskesmas"
OPD, PARTNER, SCREEN, ADMIN, INSPECTOR = "opd", "partner", "screen", "admin", "inspector"
ROLES = (MAYOR, PLANNER, CAMAT, LURAH, PUSKESMAS, OPD, PARTNER, SCREEN, ADMIN, INSPECTOR)

WHOLE_CITY = ""
"""The area that holds every other; only roles of the whole city may have it."""

CITY_ROLES = frozenset({MAYOR, PLANNER, SCREEN})
"""Roles that see every RW. Camat and lurah have areas, a puskesmas its wilayah kerja, and the others city totals."""


@dataclass(frozen=True)
class Frozen:
    """A snapshot as a scope names it: its number, and the day that is today inside it."""

    number: int
    as_of: datetime.date


@dataclass(frozen=True)
class Scope:
    """A person's role, and the rows they may see: areas by code prefix, a puskesmas's wilayah kerja, a unit's promises.

    `areas` without an entry is no area at all; `WHOLE_CITY` is every one, for `CITY_ROLES` only. `unit` is the OPD,
    kecamatan or partner as action items name it. `actor` names the person in the log and decides nothing. A scope that
    names a `snapshot` reads what was frozen then, and writes nothing.
    """

    role: str
    areas: tuple[str, ...]
    actor: str = ""
    facility_code: str = ""
    unit: str = ""
    snapshot: Frozen | None = None

    def for_reading(self) -> "Scope":
        """Return the scope without its person: what two people of one role and area may share."""
        return replace(self, actor="")

    def for_areas(self) -> "Scope":
        """Return the scope of the screen for who sees the whole city as it does: they share what areas alone decide."""
        return replace(self.for_reading(), role=SCREEN) if self.role in CITY_ROLES else self.for_reading()

    def reading(self, snapshot: Frozen | None) -> "Scope":
        """Return the scope of the same person on a frozen state, or on the live data."""
        return replace(self, snapshot=snapshot)


NOBODY = Scope("", ())
"""Sees nothing: for the moment before it is known who asks."""

ENGINE = Scope("engine", (WHOLE_CITY,))
"""The dashboard itself: for what can only be worked out over the whole city, and is cut to a person's areas before it
leaves `dashboard.cache` (docs/decisions/0012). No person has this role."""

_EVERY_AREA = "*"
_writes = itertools.count(1)
_last_write = 0


def last_write() -> int:
    """Return a number that grows with every transaction that this process wrote."""
    return _last_write


def _note_write() -> None:
    global _last_write
    _last_write = next(_writes)


_ROLE_UNUSABLE = ("42501", "22023")


@contextmanager
def scoped_connection(engine: Engine, scope: Scope) -> Iterator[Connection]:
    """Open a read-only transaction of the reader's role, bound to a scope."""
    with engine.connect() as connection, connection.begin():
        _bind(connection, scope, READER, is_read_only=True)
        yield connection


@contextmanager
def writing_connection(engine: Engine, scope: Scope, *, is_one_view: bool = False) -> Iterator[Connection]:
    """Open a transaction of the importer's role: it is taken whole, or not at all when the block raises.

    With `is_one_view` all of its statements see the data of one moment. Raises SnapshotFrozenError for a scope that
    reads a snapshot.
    """
    if scope.snapshot is not None:
        raise SnapshotFrozenError("what a snapshot froze is not written to; go back to the live data first.")
    with engine.connect() as connection:
        if is_one_view:
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            _bind(connection, scope, IMPORTER, is_read_only=False)
            yield connection
    _note_write()


@contextmanager
def owner_connection(engine: Engine) -> Iterator[Connection]:
    """Open a transaction of the role that owns the tables: for rebuilding them, never for a person's act."""
    with engine.begin() as connection:
        _bind(connection, Scope(PLANNER, (WHOLE_CITY,), "owner"), MIGRATOR, is_read_only=False)
        yield connection
    _note_write()


def _bind(connection: Connection, scope: Scope, role: str, *, is_read_only: bool) -> None:
    """Act as a database role under a scope, in one statement, until the transaction ends."""
    path = "current_setting('search_path')"
    if scope.snapshot is not None:
        path = f"'{FROZEN_SCHEMA}, ' || {path}"
    try:
        connection.execute(
            text(
                "SELECT set_config('transaction_read_only', :read_only, true), set_config('rembuk.role', :role, true),"
                " set_config('rembuk.areas', :areas, true), set_config('rembuk.facility', :facility, true),"
                " set_config('rembuk.unit', :unit, true), set_config('rembuk.actor', :actor, true),"
                " set_config('rembuk.snapshot', :snapshot, true), set_config('rembuk.today', :today, true),"
                f" set_config('search_path', {path}, true),"
                " set_config('role', :database_role, true)"
            ),
            {
                "read_only": "on" if is_read_only else "off",
                "role": scope.role,
                "areas": _EVERY_AREA if WHOLE_CITY in scope.areas else ",".join(scope.areas),
                "facility": scope.facility_code,
                "unit": scope.unit,
                "actor": scope.actor,
                "snapshot": "" if scope.snapshot is None else str(scope.snapshot.number),
                "today": "" if scope.snapshot is None else scope.snapshot.as_of.isoformat(),
                "database_role": role,
            },
        )
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) not in _ROLE_UNUSABLE:
            raise
        raise DatabaseUnavailableError(
            f"the log-in of DATABASE_URL cannot act as {role}; run `python -m dashboard migrate`, and let an "
            f"administrator run GRANT {role} TO the log-in where that does not help."
        ) from error
