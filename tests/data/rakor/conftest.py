"""The city of two kecamatan with one meeting, of which each test takes a copy."""

import datetime

import pytest
from sqlalchemy import Engine, text

from data.rakor.meetings import Meeting, add_meeting
from data.scope import writing_connection
from tests.conftest import DatabaseMaker
from tests.data.access.conftest import whole
from tests.data.access.people import PEOPLE

__all__ = ["whole"]

HELD_ON = datetime.date(2026, 10, 7)


@pytest.fixture(scope="module")
def template(new_database: DatabaseMaker, whole: Engine) -> Engine:
    engine = new_database(whole)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM action_item"))
        connection.execute(text("DELETE FROM meeting"))
        connection.execute(text("DELETE FROM month_signoff"))
    return engine


@pytest.fixture
def city(new_database: DatabaseMaker, template: Engine) -> Engine:
    return new_database(template)


@pytest.fixture
def meeting(city: Engine) -> int:
    with writing_connection(city, PEOPLE["planner"].scope) as connection:
        return add_meeting(connection, Meeting(HELD_ON, "Rakor TW-III 2026"), "Perencana Dinkes")
