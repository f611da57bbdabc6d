"""A scope ends with its transaction: nothing of it reaches the next user of a pooled connection."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from data.errors import DatabaseUnavailableError
from data.scope import Scope, scoped_connection, writing_connection
from tests.conftest import DatabaseMaker
from tests.data.access.people import PEOPLE

SETTINGS = ("role", "areas", "facility", "unit", "actor")


@pytest.fixture
def one_connection(whole: Engine):
    """An engine whose every transaction is on the same connection."""
    engine = create_engine(whole.url, poolclass=QueuePool, pool_size=1, max_overflow=0)
    yield engine
    engine.dispose()


def _left_over(connection: Connection) -> list[str]:
    settings = [connection.scalar(text(f"SELECT current_setting('rembuk.{name}', true)")) for name in SETTINGS]
    role = connection.scalar(text("SELECT current_setting('role')"))
    return [value for value in [*settings, "" if role == "none" else role] if value]


@pytest.mark.parametrize("opened", [scoped_connection, writing_connection])
def test_the_next_user_of_a_connection_finds_nothing_of_the_last(one_connection: Engine, opened) -> None:
    with opened(one_connection, PEOPLE["planner"].scope) as connection:
        pid = connection.scalar(text("SELECT pg_backend_pid()"))
    with one_connection.connect() as connection:
        assert connection.scalar(text("SELECT pg_backend_pid()")) == pid
        assert _left_over(connection) == []
        assert connection.scalar(text("SHOW transaction_read_only")) == "off"


@pytest.mark.parametrize("opened", [scoped_connection, writing_connection])
def test_a_failed_transaction_leaves_nothing_either(one_connection: Engine, opened) -> None:
    with pytest.raises(DBAPIError), opened(one_connection, PEOPLE["mayor"].scope) as connection:
        connection.execute(text("SELECT 1 / 0"))
    with one_connection.connect() as connection:
        assert _left_over(connection) == []


def test_a_reader_without_a_scope_sees_nothing(one_connection: Engine) -> None:
    with scoped_connection(one_connection, PEOPLE["planner"].scope) as connection:
        assert connection.scalar(text("SELECT count(*) FROM growth_month"))
    with one_connection.connect() as connection:
        connection.execute(text("SET ROLE rembuk_reader"))
        counts = [
            connection.scalar(text(f"SELECT count(*) FROM {table}"))
            for table in ("growth_month", "child", "travel", "nomination", "setting", "app_user", "audit_log")
        ]
        connection.execute(text("RESET ROLE"))
    assert counts == [0] * 7


def test_twenty_sessions_of_different_roles_on_one_pool_each_see_their_own(whole: Engine) -> None:
    engine = create_engine(whole.url, poolclass=QueuePool, pool_size=5, max_overflow=0, pool_timeout=60)
    names = list(PEOPLE)

    def session(number: int) -> list[str]:
        order = random.Random(number)
        wrong = []
        for _ in range(30):
            name = order.choice(names)
            person = PEOPLE[name]
            opened = order.choice((scoped_connection, writing_connection))
            with opened(engine, person.scope) as connection:
                seen = set(connection.scalars(text("SELECT rw_code FROM growth_month")))
                if order.random() < 0.3:
                    connection.execute(text("SELECT * FROM city_counts('2000-01-01')"))
                again = set(connection.scalars(text("SELECT rw_code FROM travel")))
            if (seen, again) != (person.rws, person.rws):
                wrong.append(name)
        return wrong

    with ThreadPoolExecutor(20) as together:
        wrong = [name for found in together.map(session, range(20)) for name in found]
    engine.dispose()
    assert wrong == []


def test_an_unmigrated_database_is_told_in_a_sentence(new_database: DatabaseMaker) -> None:
    bare = create_engine(new_database().url)
    with bare.begin() as connection:
        connection.execute(text("CREATE ROLE rembuk_stranger LOGIN"))
    try:
        stranger = create_engine(bare.url.set(username="rembuk_stranger"))
        with (
            pytest.raises(DatabaseUnavailableError, match="dashboard migrate"),
            scoped_connection(stranger, Scope("planner", ("",))),
        ):
            pass
        stranger.dispose()
    finally:
        with bare.begin() as connection:
            connection.execute(text("DROP ROLE rembuk_stranger"))
        bare.dispose()
