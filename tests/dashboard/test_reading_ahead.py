"""What is worked out before anyone asks is what pages then find."""

from collections.abc import Callable

import pandas as pd
import pytest
from sqlalchemy import Engine

from dashboard import cache, reading_ahead
from data.schema import AGE_BANDS
from data.scope import Scope, writing_connection
from models.months import month_after
from tests.conftest import DatabaseMaker
from tests.data.pusing import hand_written


@pytest.fixture(scope="module")
def template(new_database: DatabaseMaker, migrated_template: Engine) -> Engine:
    engine = new_database(migrated_template)
    with writing_connection(engine, Scope("planner", ("",), "test")) as connection:
        hand_written.load(connection)
    return engine


@pytest.fixture
def worked_out(city: Engine, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The computations of an RW table that were really done."""
    done: list[str] = []
    kept: Callable[..., pd.DataFrame] = cache.rw_table
    monkeypatch.setattr("dashboard.cache.rw_table", lambda *given: done.append("rw_month") or kept(*given))
    return done


def test_a_page_finds_the_newest_month_worked_out(worked_out: list[str]) -> None:
    scope = reading_ahead.EXACT.scope
    version = reading_ahead.read_ahead(reading_ahead.EXACT)
    found = cache.city_state(scope, version)
    assert found is not None
    assert found.latest_month is not None
    assert worked_out == ["rw_month"]
    cache.rw_month(scope, version, found.latest_month, AGE_BANDS, (1, 2))
    assert worked_out == ["rw_month"]
    cache.rw_month(scope, version, month_after(found.latest_month, -1), AGE_BANDS, (1, 2))
    assert worked_out == ["rw_month", "rw_month"]


def test_a_fault_in_reading_ahead_stops_nobody(
    city: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("dashboard.cache.rw_month", lambda *given: 1 / 0)
    monkeypatch.setattr("dashboard.reading_ahead.threading.Thread", _NoThread)
    reading_ahead.keep_reading()
    assert "each page reads for itself" in caplog.text


class _NoThread:
    """A thread that is not begun: the test ends before it would look again."""

    def __init__(self, **given: object) -> None:
        self.given = given

    def start(self) -> None:
        return
