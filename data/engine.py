"""One engine a process: the shared server that DATABASE_URL names, or the embedded one."""

import functools

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from data import settings
from data.embedded import start_embedded
from data.errors import DatabaseUnavailableError, UnusableInputError

OLDEST_SERVER = 140000


def is_embedded() -> bool:
    """Say whether this process works on the embedded database."""
    return settings.configured_database_url() is None


def _address(given: str) -> URL:
    try:
        url = make_url(given)
    except ArgumentError as error:
        raise UnusableInputError(
            "DATABASE_URL cannot be read; write postgresql://user:password@host:5432/database"
        ) from error
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise UnusableInputError(
            f"DATABASE_URL names {url.get_backend_name()}, and Rembuk needs PostgreSQL 14 or later."
        )
    return url.set(drivername="postgresql+psycopg")


def make_engine(address: str) -> Engine:
    """Make an engine for a PostgreSQL address and see that the server answers and is recent enough.

    Raises DatabaseUnavailableError with the server's place, never with its password.
    """
    url = _address(address)
    engine = create_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=True)
    place = url.render_as_string(hide_password=True)
    try:
        with engine.connect() as connection:
            version = int(connection.scalar(text("SHOW server_version_num")) or 0)
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0] if error.orig else "no answer"
        raise DatabaseUnavailableError(
            f"the database at {place} does not answer ({reason}); start it, or correct DATABASE_URL."
        ) from error
    if version < OLDEST_SERVER:
        raise DatabaseUnavailableError(
            f"the server at {place} is PostgreSQL {version // 10000}; 14 or later is needed."
        )
    return engine


@functools.cache
def get_engine() -> Engine:
    """Return this process's engine, starting the embedded server on first use."""
    address = settings.configured_database_url()
    return make_engine(address or start_embedded(settings.home() / "postgres"))
