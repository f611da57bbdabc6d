"""Reads happen inside a scope: who asks, and for which areas.

The scope is set for one transaction and ends with it, so that a pooled connection carries nothing to its next user.
Row-level security reads the same settings in the database.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Engine, text

MAYOR, PLANNER, CAMAT, LURAH, PUSKESMAS = "mayor", "planner", "camat", "lurah", "puskesmas"
OPD, PARTNER, SCREEN, ADMIN, INSPECTOR = "opd", "partner", "screen", "admin", "inspector"
ROLES = (MAYOR, PLANNER, CAMAT, LURAH, PUSKESMAS, OPD, PARTNER, SCREEN, ADMIN, INSPECTOR)

WHOLE_CITY = ""
"""The area that holds every other; only roles of the whole city may have it."""

CITY_ROLES = frozenset({MAYOR, PLANNER, SCREEN})
"""Roles that see every RW. Camat and lurah have areas, a puskesmas its wilayah kerja, and the others city totals."""


@dataclass(frozen=True)
class Scope:
    """A person's role, and the rows they may see: areas by code prefix, a puskesmas's wilayah kerja, a unit's promises.

    `areas` without an entry is no area at all; `WHOLE_CITY` is every one, for `CITY_ROLES` only. `unit` is the OPD,
    kecamatan or partner as action items name it. `actor` names the person in the log and decides nothing.
    """

    role: str
    areas: tuple[str, ...]
    actor: str = ""
    facility_code: str = ""
    unit: str = ""

    def for_reading(self) -> "Scope":
        """Return the scope without its person: what two people of one role and area may share."""
        return replace(self, actor="")


NOBODY = Scope("", ())
"""Sees nothing: for the moment before it is known who asks."""


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
