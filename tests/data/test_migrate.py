"""The migrations make the schema, and a newer or a busy database is met with sense."""

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from data.engine import make_engine
from data.errors import DatabaseUnavailableError, UnusableInputError
from data.migrate import current_revision, head_revision, upgrade
from data.schema import metadata
from data.scope import Scope, scoped_connection, writing_connection


def test_migrations_make_exactly_the_schema(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_upgrading_twice_at_once_leaves_one_schema(new_database) -> None:
    engine = new_database()
    failures: list[BaseException] = []

    def run() -> None:
        try:
            upgrade(engine)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert current_revision(engine) == head_revision()


def test_a_database_of_a_newer_version_is_refused_in_words(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnavailableError, match="9999.*newer version"):
        upgrade(engine)


def test_an_address_that_is_no_postgresql_is_refused() -> None:
    with pytest.raises(UnusableInputError, match="PostgreSQL 14"):
        make_engine("mysql://localhost/rembuk")


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(DatabaseUnavailableError, match="does not answer") as caught:
        make_engine("postgresql://rembuk:hunter2@127.0.0.1:9/rembuk")
    assert "hunter2" not in str(caught.value)


def test_the_scope_ends_with_its_transaction(engine: Engine) -> None:
    scope = Scope(role="camat", areas=("32.75.01",), actor="t")
    with scoped_connection(engine, scope) as connection:
        assert connection.scalar(text("SELECT current_setting('rembuk.areas')")) == "32.75.01"
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT current_setting('rembuk.areas', true)")) in (None, "")


def test_a_reading_connection_cannot_write(engine: Engine, city_scope: Scope) -> None:
    with pytest.raises(DBAPIError, match="read-only"), scoped_connection(engine, city_scope) as connection:
        connection.execute(text("INSERT INTO setting (code, value) VALUES ('x', '1')"))


def test_a_writing_connection_that_raises_leaves_nothing(engine: Engine, city_scope: Scope) -> None:
    with pytest.raises(RuntimeError), writing_connection(engine, city_scope) as connection:
        connection.execute(text("INSERT INTO setting (code, value) VALUES ('x', '1')"))
        raise RuntimeError
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM setting")) == 0
