"""The hand-written city with the dictionary of indicators and a published survey figure."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, text

from data.indicators.dictionary import ensure_dictionary
from data.scope import Scope, writing_connection
from tests.conftest import DatabaseMaker
from tests.data.pusing import hand_written

SCOPE = Scope("planner", ("",), "test")


def load_city(connection: Connection) -> None:
    """Write the hand-written city, the dictionary and a survey figure of stunting."""
    hand_written.load(connection)
    ensure_dictionary(connection)
    connection.execute(
        text(
            "INSERT INTO official_statistic (area_code, area_name, indicator_code, series, period, value, citation)"
            " VALUES ('32.75', 'Kota Contoh', 'stunting_prevalence', 'SSGI', '2024', 11.7, 'hand-written'),"
            " ('32.75', 'Kota Contoh', 'stunting_prevalence', 'claimed as SSGI', '2024', 7.5, 'hand-written')"
        )
    )


@pytest.fixture(scope="session")
def indicator_city(new_database: DatabaseMaker, migrated_template: Engine) -> Engine:
    """The city with its dictionary; copy it, do not write to it."""
    engine = new_database(migrated_template)
    with writing_connection(engine, SCOPE) as connection:
        load_city(connection)
    return engine


@pytest.fixture
def connection(indicator_city: Engine) -> Iterator[Connection]:
    """A planner's transaction; nothing of it is kept."""
    with pytest.raises(_UndoneError), writing_connection(indicator_city, SCOPE) as opened:
        yield opened
        raise _UndoneError


class _UndoneError(Exception):
    """Ends a test's transaction without keeping it."""
