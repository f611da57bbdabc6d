"""Bring a database to the schema and the rights of this version, once, even when two processes start together.

Everything is made by the role that owns it, `rembuk_migrator`.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from data.errors import DatabaseUnavailableError
from data.rights.apply import are_in_place, put_in_place
from data.rights.roles import MIGRATOR, READER, act_as, ensure_roles, may_act_as, take_over
from data.schema import metadata

_LOCK = 3275_0001


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def head_revision() -> str:
    """Return the newest revision that this version knows."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def current_revision(engine: Engine) -> str | None:
    """Return the database's revision, or None before the first migration."""
    with engine.begin() as connection:
        return _revision(connection)


def upgrade(engine: Engine) -> None:
    """Run the migrations that the database lacks and put the rights in place, in one transaction.

    A database that is ready is left as it is, so that a log-in that is no migrator may serve it. PostGIS views are made
    when the extension has come since.
    """
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
        found = _revision(connection)
        if found is not None and found not in known:
            raise DatabaseUnavailableError(
                f"the database is at revision {found}, which this version of Rembuk does not know; install the newer "
                "version, or restore a backup made before it."
            )
        if found == head_revision() and are_in_place(connection) and not _lacks_postgis_views(connection):
            return
        ensure_roles(connection)
        take_over(connection, metadata.tables)
        act_as(connection, MIGRATOR)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _refresh_postgis_views(connection)
        put_in_place(connection)


def _revision(connection: Connection) -> str | None:
    """Return the revision, as the reader sees it where the log-in itself may see no table."""
    may_see = connection.scalar(
        text("SELECT has_table_privilege(current_user, to_regclass('alembic_version'), 'SELECT')")
    )
    if may_see is not False or not may_act_as(connection, READER):
        return MigrationContext.configure(connection).get_current_revision()
    with connection.begin_nested() as savepoint:
        act_as(connection, READER)
        found = MigrationContext.configure(connection).get_current_revision()
        savepoint.rollback()  # and be the log-in again
    return found


def _lacks_postgis_views(connection: Connection) -> bool:
    return bool(
        connection.scalar(
            text(
                "SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'postgis')"
                " AND to_regclass('area_gis') IS NULL"
            )
        )
    )


def _refresh_postgis_views(connection: Connection) -> None:
    if connection.scalar(text("SELECT 1 FROM pg_extension WHERE extname = 'postgis'")) is None:
        return
    for name, query in _POSTGIS_VIEWS.items():
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
        connection.execute(text(f"CREATE VIEW {name} AS {query}"))


_POSTGIS_VIEWS = {
    "area_gis": "SELECT code, level, name, parent_code, geometry_source, area_km2, valid_from, valid_to,"
    " ST_Multi(ST_GeomFromWKB(geometry, 4326))::geometry(MultiPolygon, 4326) AS geom"
    " FROM area WHERE geometry IS NOT NULL",
    "facility_gis": "SELECT code, kind, name, area_code, is_partner,"
    " ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geometry(Point, 4326) AS geom"
    " FROM facility WHERE lat IS NOT NULL AND lon IS NOT NULL",
    "travel_route_gis": "SELECT rw_code, facility_code, mode,"
    " ST_GeomFromWKB(geometry, 4326)::geometry(LineString, 4326) AS geom FROM travel_route",
}
