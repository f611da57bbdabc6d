"""The three database roles, which nobody logs in as: a log-in acts as one of them for a transaction.

`rembuk_migrator` owns every object, `rembuk_importer` writes what acts write, and `rembuk_reader` reads. None of them
is a superuser or passes row-level security by. Roles belong to the server and not to a database: several databases of
one server share them, and each grants them its own rights.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from data.errors import DatabaseUnavailableError

MIGRATOR, IMPORTER, READER = "rembuk_migrator", "rembuk_importer", "rembuk_reader"
ROLES = (MIGRATOR, IMPORTER, READER)

FROZEN_SCHEMA = "rembuk_frozen"
"""Schema of what snapshots froze (`data.rights.frozen`); the migrator owns it."""

_NOT_ALLOWED = "42501"
_EARLIER_VIEWS = ("travel_now", "area_gis", "facility_gis", "travel_route_gis")
_EARLIER_FUNCTIONS = ("keep_adopted_slots", "require_reference", "refuse_orphans")

# Roles are the server's: another database's migration may make the same one at the same moment.
_UNLESS_THERE = """
DO $$ BEGIN
    {statement};
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END $$
"""


def may_act_as(connection: Connection, role: str) -> bool:
    """Say whether the log-in of this connection may act as a role; a role that is not there may nobody act as."""
    return bool(
        connection.scalar(
            text("SELECT pg_has_role(session_user, oid, :right) FROM pg_roles WHERE rolname = :role"),
            {"role": role, "right": "SET" if _has_set_option(connection) else "MEMBER"},
        )
    )


def act_as(connection: Connection, role: str) -> None:
    """Act as a role until the transaction ends."""
    connection.execute(text("SELECT set_config('role', :role, true)"), {"role": role})


def ensure_roles(connection: Connection) -> None:
    """Make the roles that the server lacks, and let the log-in act as them.

    Two databases of one server may be migrated at the same moment: the second waits for the first and finds its roles.
    Raises DatabaseUnavailableError with what an administrator has to run where the log-in may not, and where a role
    of these names passes row-level security by.
    """
    wanting = statements_wanting(connection)
    try:
        for statement in wanting:
            connection.execute(text(_UNLESS_THERE.format(statement=statement)))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != _NOT_ALLOWED:
            raise
        raise DatabaseUnavailableError(
            "the log-in of DATABASE_URL may not give itself the rights that Rembuk needs; let an administrator of the "
            f"server run, connected to this database: {'; '.join(wanting)};"
        ) from error
    mighty = connection.scalars(
        text("SELECT rolname FROM pg_roles WHERE rolname = ANY(:roles) AND (rolsuper OR rolbypassrls) ORDER BY 1"),
        {"roles": list(ROLES)},
    ).all()
    if mighty:
        raise DatabaseUnavailableError(
            f"the database role {mighty[0]} passes row-level security by; run "
            f"ALTER ROLE {mighty[0]} NOSUPERUSER NOBYPASSRLS;"
        )


def statements_wanting(connection: Connection, roles: Iterable[str] = ROLES) -> list[str]:
    """Return what has to be run before the log-in may act as the roles, and the migrator may make tables."""
    log_in = connection.scalar(text("SELECT quote_ident(session_user)"))
    schema = connection.scalar(text("SELECT quote_ident(current_schema())"))
    options = " WITH INHERIT FALSE, SET TRUE" if _has_set_option(connection) else ""
    known = set(connection.scalars(text("SELECT rolname FROM pg_roles")))
    wanting = [f"CREATE ROLE {role} NOLOGIN" for role in roles if role not in known]
    wanting += [f"GRANT {role} TO {log_in}{options}" for role in roles if not may_act_as(connection, role)]
    may_make = MIGRATOR in known and connection.scalar(
        text("SELECT has_schema_privilege(:role, current_schema(), 'CREATE')"), {"role": MIGRATOR}
    )
    if MIGRATOR in roles and not may_make:
        wanting.append(f"GRANT USAGE, CREATE ON SCHEMA {schema} TO {MIGRATOR}")
    if MIGRATOR in roles and connection.scalar(text(f"SELECT to_regnamespace('{FROZEN_SCHEMA}')")) is None:
        wanting.append(f"CREATE SCHEMA {FROZEN_SCHEMA} AUTHORIZATION {MIGRATOR}")
    return wanting


def take_over(connection: Connection, tables: Iterable[str]) -> None:
    """Make the migrator the owner of the objects that an earlier version made as the log-in itself."""
    found = connection.execute(
        text(
            "SELECT CASE WHEN relkind IN ('v', 'm') THEN 'VIEW' ELSE 'TABLE' END AS kind, oid::regclass::text AS name"
            " FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v')"
            " AND relname = ANY(:relations) AND pg_get_userbyid(relowner) <> :role"
            " UNION ALL SELECT 'FUNCTION', oid::regprocedure::text"
            " FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
            " AND proname = ANY(:functions) AND pg_get_userbyid(proowner) <> :role"
        ),
        {
            "relations": [*tables, "alembic_version", *_EARLIER_VIEWS],
            "functions": list(_EARLIER_FUNCTIONS),
            "role": MIGRATOR,
        },
    ).all()
    for kind, name in found:
        connection.execute(text(f"ALTER {kind} {name} OWNER TO {MIGRATOR}"))


def _has_set_option(connection: Connection) -> bool:
    """Say whether membership and the right to act are two things, as from PostgreSQL 16 on."""
    return int(connection.scalar(text("SHOW server_version_num")) or 0) >= 160000
