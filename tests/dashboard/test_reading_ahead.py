"""What is worked out before anyone asks is what pages then find."""

import datetime
import threading
from collections.abc import Callable

import pandas as pd
import pytest
from sqlalchemy import Engine

from dashboard import cache, reading_ahead
from dashboard.access import CAMAT, SCREEN, Viewer, viewer_as
from dashboard.cache import growth
from dashboard.shell import live_now
from data.schema import AGE_BANDS
from data.scope import CITY_ROLES, Scope, writing_connection
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
    kept: Callable[..., pd.DataFrame] = growth.rw_table
    monkeypatch.setattr("dashboard.cache.growth.rw_table", lambda *given: done.append("rw_month") or kept(*given))
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


@pytest.mark.parametrize(
    ("viewer", "made"),
    [
        (reading_ahead.EXACT, "dashboard.places.gather._gathered"),
        (reading_ahead.BANDED, "dashboard.briefing.read.tell"),
    ],
)
def test_the_citys_own_page_and_slides_are_made_before_they_are_asked_for(
    viewer: Viewer, made: str, city: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading_ahead.read_ahead(viewer)
    monkeypatch.setattr(made, lambda *given: pytest.fail("made again"))
    reading_ahead.read_ahead(viewer)


def test_a_new_day_is_read_ahead_as_a_change_is(city: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Viewer] = []
    monkeypatch.setattr("dashboard.reading_ahead.read_ahead", lambda viewer: read.append(viewer) or "")
    first = reading_ahead._read_for_all()
    tomorrow = live_now() + datetime.timedelta(days=1)
    monkeypatch.setattr("dashboard.reading_ahead.live_now", lambda: tomorrow)
    assert first != reading_ahead._read_for_all()
    assert read.count(reading_ahead.EXACT) == read.count(reading_ahead.BANDED) == 2


def test_the_server_waits_for_the_first_reading_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def read(is_read: threading.Event) -> None:
        begun.set()
        may_end.wait()
        is_read.set()

    monkeypatch.setattr("dashboard.reading_ahead._keep", read)
    monkeypatch.setattr("dashboard.reading_ahead.PATIENCE_S", 0.01)
    reading_ahead.keep_reading()  # comes back although nothing was read
    assert begun.wait(10)
    may_end.set()


def test_who_sees_the_whole_city_shares_what_areas_alone_decide() -> None:
    whole = {viewer_as(role, "").scope.for_areas() for role in CITY_ROLES}
    assert len(whole) == 1
    assert whole.pop().role == SCREEN
    camat = viewer_as(CAMAT, "Camat", "32.75.01").scope
    assert camat.for_areas() == camat.for_reading()


def test_a_fault_in_reading_ahead_stops_nobody(
    city: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("dashboard.cache.rw_month", lambda *given: 1 / 0)
    reading_ahead._read_for_all()
    assert "each page reads for itself" in caplog.text
