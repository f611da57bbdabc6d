import datetime as dt

import pandas as pd
import pytest

from models.rotation import closed_days, month_range, ramadans, visit_days, within_visit_days
from tests.models.rotation.small_problems import slots_per_month


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [
        # Days decreed by the Ministry of Religious Affairs (sidang isbat 2023, 2025 and 2026).
        (2023, dt.date(2023, 3, 23), dt.date(2023, 4, 21)),
        (2025, dt.date(2025, 3, 1), dt.date(2025, 3, 30)),
        (2026, dt.date(2026, 2, 19), dt.date(2026, 3, 20)),
    ],
)
def test_ramadan_ends_on_the_day_before_idul_fitri(year: int, first: dt.date, last: dt.date) -> None:
    assert ramadans([year]) == [(first, last, False)]


def test_every_ramadan_of_the_coming_years_has_29_or_30_days() -> None:
    lengths = {(last - first).days + 1 for first, last, _ in ramadans(range(2024, 2041))}
    assert lengths <= {29, 30}


def test_a_year_with_two_ramadans_has_both() -> None:
    assert [first.month for first, _, _ in ramadans([2030])] == [1, 12]


def test_future_islamic_dates_are_marked_as_estimates_and_named_without_the_mark() -> None:
    fitri = closed_days(["2028-02"]).query("name == 'Hari Raya Idul Fitri'")
    assert fitri["is_estimate"].tolist() == [True]


def test_independence_day_and_collective_leave_close_the_clinic() -> None:
    closed = closed_days(month_range("2026-01", 12))
    reasons = set(zip(closed["day"], closed["reason"], strict=True))
    assert (dt.date(2026, 8, 17), "public_holiday") in reasons
    assert (dt.date(2026, 3, 23), "collective_leave") in reasons
    without = closed_days(month_range("2026-01", 12), has_collective_leave=False, has_ramadan=False)
    assert set(without["reason"]) == {"public_holiday"}


def test_days_left_are_weekdays_that_nothing_closes() -> None:
    # August 2026 has 21 weekdays; the 17th and the 25th are holidays.
    days = visit_days(["2026-08"], ["P1"], closed_days(["2026-08"]))
    assert days["visit_days"].tolist() == [19]


def test_a_flood_closes_one_puskesmas_and_not_another() -> None:
    floods = pd.DataFrame({"day": ["2026-08-03", "2026-08-04"], "name": "Banjir", "puskesmas_code": "P1"})
    days = visit_days(["2026-08"], ["P1", "P2"], closed_days(["2026-08"], floods=floods))
    assert days["visit_days"].tolist() == [17, 19]


def test_a_team_makes_no_more_stops_than_there_are_days() -> None:
    capacity = slots_per_month(("2026-08", "2026-09"), 20)
    days = visit_days(["2026-08"], ["P1"], closed_days(["2026-08"]))
    assert within_visit_days(capacity, days)["slots"].tolist() == [19, 20]
