"""The city of two kecamatan, once; nothing is written to it but by tests that take a copy."""

import pytest
from sqlalchemy import Engine, text

from tests.conftest import DatabaseMaker
from tests.data.access import two_kecamatan


@pytest.fixture(scope="session")
def whole(new_database: DatabaseMaker, migrated_template: Engine) -> Engine:
    """The city with a row of every kind for every RW; only read from it."""
    engine = new_database(migrated_template)
    with engine.begin() as connection:
        if not connection.scalar(text("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")):
            pytest.skip("these tests look behind row-level security, and need a superuser's log-in")
        two_kecamatan.load(connection)
    return engine


@pytest.fixture
def city(new_database: DatabaseMaker, whole: Engine) -> Engine:
    """A fresh copy of it."""
    return new_database(whole)
