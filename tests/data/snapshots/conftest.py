"""The city of two kecamatan with a snapshot of it, once; tests that write take a copy."""

import datetime

import pytest
from sqlalchemy import Engine

from data.queries.snapshots import Snapshot
from data.snapshots import make_snapshot
from tests.conftest import DatabaseMaker
from tests.data.access.conftest import whole
from tests.data.access.people import PEOPLE

__all__ = ["whole"]

AS_OF = datetime.date(2026, 11, 21)


@pytest.fixture(scope="session")
def _made(new_database: DatabaseMaker, whole: Engine) -> tuple[Engine, Snapshot]:
    engine = new_database(whole)
    return engine, make_snapshot(engine, PEOPLE["planner"].scope, "Rakor TW-III 2026", AS_OF, "Perencana Dinkes")


@pytest.fixture(scope="session")
def frozen_city(_made: tuple[Engine, Snapshot]) -> Engine:
    """The city with one snapshot; only read from it."""
    return _made[0]


@pytest.fixture(scope="session")
def snapshot(_made: tuple[Engine, Snapshot]) -> Snapshot:
    """That snapshot."""
    return _made[1]


@pytest.fixture
def city(new_database: DatabaseMaker, frozen_city: Engine) -> Engine:
    """A fresh copy of it."""
    return new_database(frozen_city)
