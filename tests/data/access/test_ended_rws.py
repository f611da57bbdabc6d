"""An RW that has ended belongs for good to the puskesmas that served it on its last day, and to no other."""

import datetime

import pytest
from sqlalchemy import Engine, text

from data.queries import facilities, growth
from data.scope import Scope, scoped_connection
from tests.data.access.people import PEOPLE
from tests.data.pusing.hand_written import MONTHS, RWS

ENDED, LAST_DAY = RWS[2], datetime.date(2026, 9, 30)
SERVED_BY_FIRST = frozenset(RWS[:3])


def _end(engine: Engine, *served: tuple[str, str, str | None]) -> None:
    """End the RW and say who served it: puskesmas, first and last day."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE area SET valid_to = :day WHERE code = :rw"), {"rw": ENDED, "day": LAST_DAY})
        connection.execute(text("DELETE FROM service_area WHERE rw_code = :rw"), {"rw": ENDED})
        for puskesmas, first, last in served:
            connection.execute(
                text("INSERT INTO service_area VALUES (:rw, :puskesmas, :first, :last)"),
                {"rw": ENDED, "puskesmas": puskesmas, "first": first, "last": last},
            )


def _sees(engine: Engine, puskesmas: str) -> bool:
    with scoped_connection(engine, Scope("puskesmas", (), facility_code=puskesmas)) as connection:
        told = set(connection.scalars(text("SELECT rw_code FROM growth_month")))
        held = facilities.service_areas(connection)
    is_held = bool(((held["rw_code"] == ENDED) & (held["facility_code"] == puskesmas)).any())
    assert is_held == (ENDED in told), "the wilayah kerja that pages read is the one that the database holds to"
    return is_held


@pytest.mark.parametrize(
    ("served", "seen_by"),
    [
        ((("PKM-1", "1900-01-01", None),), "PKM-1"),
        ((("PKM-1", "1900-01-01", "2026-09-30"),), "PKM-1"),
        ((("PKM-1", "1900-01-01", "2026-10-15"),), "PKM-1"),
        ((("PKM-2", "1900-01-01", "2026-08-31"), ("PKM-1", "2026-09-01", None)), "PKM-1"),
        ((("PKM-1", "1900-01-01", "2026-10-31"), ("PKM-2", "2026-11-01", None)), "PKM-1"),
        ((("PKM-1", "2026-10-20", None),), "PKM-1"),  # the end was told after the wilayah kerja
        ((("PKM-1", "1900-01-01", "2026-05-31"),), None),
        ((), None),
    ],
)
def test_it_is_seen_by_whoever_served_it_on_its_last_day(
    city: Engine, served: tuple[tuple[str, str, str | None], ...], seen_by: str | None
) -> None:
    _end(city, *served)
    assert {puskesmas for puskesmas in ("PKM-1", "PKM-2", "PKM-3") if _sees(city, puskesmas)} == {seen_by} - {None}


def test_its_old_months_count_for_its_puskesmas(city: Engine) -> None:
    _end(city, ("PKM-1", "1900-01-01", "2026-09-30"))
    with scoped_connection(city, PEOPLE["puskesmas"].scope) as connection:
        counts = growth.counts_by_rw(connection, MONTHS[0], ("0-5", "6-23", "24-59"), (1, 2))
    assert set(counts["rw_code"]) == SERVED_BY_FIRST


def test_an_rw_that_moved_and_lives_is_seen_by_its_new_puskesmas_alone(city: Engine) -> None:
    with city.begin() as connection:
        connection.execute(text("UPDATE service_area SET valid_to = '2026-08-31' WHERE rw_code = :rw"), {"rw": ENDED})
        connection.execute(text("INSERT INTO service_area VALUES (:rw, 'PKM-3', '2026-09-01')"), {"rw": ENDED})
    assert [_sees(city, puskesmas) for puskesmas in ("PKM-1", "PKM-3")] == [False, True]
