"""On a server where the log-in is no superuser: what it makes itself, and what an administrator makes for it."""

import secrets
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from data.errors import DatabaseUnavailableError
from data.migrate import current_revision, head_revision, upgrade
from data.rights.roles import statements_wanting
from data.scope import Scope, owner_connection, scoped_connection, writing_connection
from tests.conftest import DatabaseMaker

PLANNER = Scope("planner", ("",), "test")
LogInMaker = Callable[..., Engine]


@pytest.fixture
def log_in(new_database: DatabaseMaker) -> Iterator[LogInMaker]:
    """Make a log-in with some attributes to a new database of its own, or to one that is there."""
    made: list[tuple[str, Engine, Engine]] = []

    def make(attributes: str, to: Engine | None = None) -> Engine:
        name = f"rembuk_test_{secrets.token_hex(4)}"
        database = to or new_database()
        boss = create_engine(database.url)
        with boss.begin() as connection:
            connection.execute(text(f"CREATE ROLE {name} LOGIN PASSWORD 'x' NOSUPERUSER {attributes}"))
            if to is None:
                connection.execute(text(f'ALTER DATABASE "{database.url.database}" OWNER TO {name}'))
        engine = create_engine(database.url.set(username=name, password="x"))
        made.append((name, engine, boss))
        return engine

    yield make
    for name, engine, boss in reversed(made):
        engine.dispose()
        with boss.begin() as connection:
            connection.execute(text("SET ROLE NONE"))
            connection.execute(text(f'ALTER DATABASE "{boss.url.database}" OWNER TO CURRENT_USER'))
            connection.execute(text(f"DROP OWNED BY {name}"))
            connection.execute(text(f"DROP ROLE {name}"))
        boss.dispose()


def _by_administrator(engine: Engine, statements: list[str], log_in: Engine) -> None:
    with create_engine(engine.url).begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    log_in.dispose()


def _wanting(engine: Engine, *roles: str) -> list[str]:
    with engine.connect() as connection:
        return statements_wanting(connection, roles) if roles else statements_wanting(connection)


def test_without_rights_it_is_told_what_an_administrator_runs_and_then_it_works(
    log_in: LogInMaker, new_database: DatabaseMaker
) -> None:
    engine = new_database()
    plain = log_in("NOINHERIT", to=engine)
    with pytest.raises(DatabaseUnavailableError, match="let an administrator") as caught:
        upgrade(plain)
    wanting = _wanting(plain)
    assert all(statement in str(caught.value) for statement in wanting)
    _by_administrator(engine, wanting, plain)
    upgrade(plain)
    assert current_revision(plain) == head_revision()
    with writing_connection(plain, PLANNER) as connection:
        connection.execute(text("INSERT INTO setting (code, value) VALUES ('x', '1')"))
    with scoped_connection(plain, PLANNER) as connection:
        assert connection.scalar(text("SELECT count(*) FROM setting")) == 1


def test_a_log_in_that_only_serves_needs_no_migrator(
    log_in: LogInMaker, migrated_template: Engine, engine: Engine
) -> None:
    serving = log_in("NOINHERIT", to=engine)
    _by_administrator(engine, _wanting(serving, "rembuk_reader", "rembuk_importer"), serving)
    upgrade(serving)
    with scoped_connection(serving, PLANNER) as connection:
        assert connection.scalar(text("SELECT count(*) FROM growth_month")) == 0
    with (
        pytest.raises(DatabaseUnavailableError, match="cannot act as rembuk_migrator"),
        owner_connection(serving),
    ):
        pass


def test_a_log_in_by_itself_reads_nothing(log_in: LogInMaker, engine: Engine) -> None:
    serving = log_in("NOINHERIT", to=engine)
    _by_administrator(engine, _wanting(serving, "rembuk_reader", "rembuk_importer"), serving)
    with serving.connect() as connection, pytest.raises(DBAPIError, match="permission denied"):
        connection.execute(text("SELECT * FROM growth_month"))


def test_a_database_of_an_earlier_version_changes_hands(log_in: LogInMaker, new_database: DatabaseMaker) -> None:
    engine = new_database()
    owner = log_in("", to=engine)
    _by_administrator(engine, _wanting(owner), owner)
    upgrade(owner)
    with create_engine(engine.url).begin() as connection:
        mine = connection.scalar(text("SELECT session_user"))
        connection.execute(text(f"ALTER TABLE growth_month OWNER TO {mine}"))
        connection.execute(text("COMMENT ON FUNCTION rembuk_role() IS 'rights of an earlier version'"))
    upgrade(engine)
    with engine.connect() as connection:
        owned_by = connection.scalar(
            text("SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'growth_month'")
        )
    assert owned_by == "rembuk_migrator"
