"""The hand-written city, fresh for every test."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from data.scope import Scope, writing_connection
from tests.conftest import DatabaseMaker
from tests.data.pusing import hand_written

SCOPE = Scope("planner", ("",), "test")


@pytest.fixture(scope="session")
def hand_written_template(new_database: DatabaseMaker, migrated_template: Engine) -> Engine:
    """The hand-written city; copy it, do not write to it."""
    engine = new_database(migrated_template)
    with writing_connection(engine, SCOPE) as connection:
        hand_written.load(connection)
    return engine


@pytest.fixture
def city(new_database: DatabaseMaker, hand_written_template: Engine) -> Engine:
    """A fresh copy of the hand-written city."""
    return new_database(hand_written_template)


@pytest.fixture
def connection(hand_written_template: Engine) -> Iterator[Connection]:
    """A transaction of a planner on the hand-written city; nothing of it is kept."""
    with pytest.raises(_UndoneError), writing_connection(hand_written_template, SCOPE) as opened:
        yield opened
        raise _UndoneError


class _UndoneError(Exception):
    """Ends a test's transaction without keeping it."""
