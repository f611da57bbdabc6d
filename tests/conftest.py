"""A real PostgreSQL for the tests: the embedded one, or the server that REMBUK_TEST_DATABASE_URL names."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from hypothesis import settings
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import QueuePool

from data.embedded import start_embedded
from data.engine import make_engine
from data.migrate import upgrade
from data.scope import Scope

# The same examples every time, and no clock: a busy machine must not fail a test.
settings.register_profile("rembuk", deadline=None, derandomize=True)
settings.load_profile("rembuk")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Give this run a temporary folder of its own.

    Runs share pytest's usual one, and each start shuts it for other users, among them the one that a PostgreSQL of
    another run, started by root, works as.
    """
    if not hasattr(config, "workerinput") and config.option.basetemp is None:
        config.option.basetemp = tempfile.mkdtemp(prefix="rembuk-tests-")
        config.add_cleanup(lambda: shutil.rmtree(config.option.basetemp, ignore_errors=True))


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of the server that the tests make their databases on."""
    given = os.environ.get("REMBUK_TEST_DATABASE_URL")
    return given or _start_hurried(tmp_path_factory.mktemp("server") / "postgres")


def _start_hurried(folder: Path) -> str:
    """Start an embedded server that waits for no disk: all that it holds goes away with this run.

    Without this a copied database costs seconds of waiting, most of them when it is dropped.
    """
    address = start_embedded(folder)
    engine = create_engine(make_url(address).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()
    return address


@pytest.fixture(scope="session")
def new_database(server_url: str) -> Iterator["DatabaseMaker"]:
    """Make empty databases that are gone when the tests have ended: dropped, or with the server of this run."""
    maker = DatabaseMaker(server_url)
    yield maker
    maker.close_all()
    if os.environ.get("REMBUK_TEST_DATABASE_URL"):
        maker.drop_all()


@pytest.fixture(autouse=True)
def _no_idle_connections() -> Iterator[None]:
    """Close what a test leaves idle: a server takes a hundred connections, and there are more databases than that."""
    yield
    for engine in _ENGINES:
        if cast(QueuePool, engine.pool).checkedin():
            engine.dispose()


_ENGINES: list[Engine] = []


class DatabaseMaker:
    """Makes databases on the test server, empty or copied from a finished one."""

    def __init__(self, server_url: str) -> None:
        self.url = make_url(server_url).set(drivername="postgresql+psycopg")
        self.made: list[tuple[str, Engine]] = []

    def __call__(self, template: Engine | None = None) -> Engine:
        name = f"rembuk_test_{secrets.token_hex(6)}"
        copied = ""
        if template is not None:
            template.dispose()
            copied = f' TEMPLATE "{template.url.database}"'
        self._run(f'CREATE DATABASE "{name}"{copied}')
        engine = make_engine(self.url.set(database=name).render_as_string(hide_password=False))
        self.made.append((name, engine))
        _ENGINES.append(engine)
        return engine

    def close_all(self) -> None:
        for _, engine in self.made:
            engine.dispose()

    def drop_all(self) -> None:
        for name, _ in self.made:
            self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@pytest.fixture(scope="session")
def migrated_template(new_database: DatabaseMaker) -> Engine:
    """A database with the schema and no rows; copy it, do not write to it."""
    engine = new_database()
    upgrade(engine)
    return engine


@pytest.fixture
def engine(new_database: DatabaseMaker, migrated_template: Engine) -> Engine:
    """A fresh database with the schema and no rows."""
    return new_database(migrated_template)


@pytest.fixture
def city_scope() -> Scope:
    """The whole city, as a Dinkes planner sees it."""
    return Scope(role="planner", areas=("32.75",), actor="test")
