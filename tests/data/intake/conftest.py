"""The small city of `lists`, as places and in a database."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from sqlalchemy import Engine, text

from data.intake import eppgbm
from data.intake.places import Places, make_places
from data.intake.report import Totals, totals
from data.intake.rows import Classified, classify
from data.scope import Scope, writing_connection
from tests.data.intake.lists import AREAS, as_csv

SECRET = "a secret of the tests, long enough to be one"
TODAY = datetime.date(2026, 11, 1)


@pytest.fixture
def places() -> Places:
    """The small city without a crosswalk."""
    return make_places([(code, level, name) for code, level, name, _ in AREAS])


@pytest.fixture
def read(places: Places) -> Callable[..., Classified]:
    """Check a file's rows against the small city, without a database."""

    def read(content: bytes, kelurahan_code: str | None = None, today: datetime.date = TODAY) -> Classified:
        return classify(eppgbm.read_list(content), places, SECRET.encode(), today, kelurahan_code)

    return read


@pytest.fixture
def count(read: Callable[..., Classified]) -> Callable[..., Totals]:
    """Count a file's rows, given as bytes or as rows that are written as CSV."""

    def count(content: bytes | Iterable[dict[str, Any]], **options: Any) -> Totals:
        return totals(read(content if isinstance(content, bytes) else as_csv(content), **options))

    return count


@pytest.fixture(scope="session")
def city_database(new_database: Callable[..., Engine], migrated_template: Engine) -> Engine:
    """One database for all tests of the small city; `empty_city` brings it back to its start."""
    return new_database(migrated_template)


def empty_city(engine: Engine) -> None:
    """Leave nothing in a database but the areas of the small city."""
    with engine.begin() as connection:
        connection.execute(
            text(
                "TRUNCATE area, import_batch, child, measurement, growth_month, quality_month, setting"
                " RESTART IDENTITY CASCADE"
            )
        )
        connection.execute(
            text("INSERT INTO area (code, level, name, parent_code) VALUES (:code, :level, :name, :parent)"),
            [dict(zip(("code", "level", "name", "parent"), area, strict=True)) for area in AREAS],
        )


@pytest.fixture
def city(city_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A database that holds the small city and nothing else, with a secret."""
    monkeypatch.setenv("REMBUK_IDENTITY_SECRET", SECRET)
    empty_city(city_database)
    return city_database


@pytest.fixture
def take_in(city: Engine, city_scope: Scope) -> Callable[..., eppgbm.Outcome]:
    """Take a file into the small city, given as bytes or as rows that are written as CSV."""

    def take_in(content: bytes | Iterable[dict[str, Any]], **options: Any) -> eppgbm.Outcome:
        given = content if isinstance(content, bytes) else as_csv(content)
        with writing_connection(city, city_scope) as connection:
            return eppgbm.commit(connection, given, "a file", **options)

    return take_in
