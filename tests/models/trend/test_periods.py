import datetime

import pandas as pd
import pytest

from models.errors import UnusableTrendError
from models.trend.periods import EVENTS, MONTH, QUARTER, STATE, YEAR, rolled_up, year_over_year


def months(first: str, *counts: tuple[float | None, float | None]) -> pd.DataFrame:
    year, month = map(int, first.split("-"))
    steps = [month - 1 + step for step in range(len(counts))]
    days = [datetime.date(year + step // 12, step % 12 + 1, 1) for step in steps]
    return pd.DataFrame(
        {"month": days, "numerator": [count[0] for count in counts], "denominator": [count[1] for count in counts]}
    )


def test_a_quarters_window_count_is_its_last_months_and_never_a_sum():
    found = rolled_up(months("2026-01", (10, 100), (11, 110), (12, 120)), QUARTER, STATE)
    assert found.loc[0, ["numerator", "denominator", "value"]].tolist() == [12, 120, 0.1]


def test_a_quarters_events_are_summed():
    found = rolled_up(months("2026-01", (50, 100), (70, 100), (90, 200)), QUARTER, EVENTS)
    assert found.loc[0, ["numerator", "denominator", "value"]].tolist() == [210, 400, 0.525]


def test_a_period_that_has_not_ended_is_partial():
    found = rolled_up(months("2025-11", *[(1, 100)] * 12), YEAR, STATE)
    assert list(found["is_partial"]) == [False, True]
    assert list(found["period"]) == [datetime.date(2025, 12, 1), datetime.date(2026, 10, 1)]


def test_an_unknown_month_leaves_a_period_of_events_unknown_rather_than_low():
    found = rolled_up(months("2026-01", (50, 100), (None, 100), (90, 200)), QUARTER, EVENTS)
    assert found["value"].isna().all()


def test_nobody_measured_gives_a_blank_and_not_a_zero():
    assert rolled_up(months("2026-01", (0, 0)), MONTH, STATE)["value"].isna().all()


def test_year_over_year_takes_the_same_period_of_the_year_before():
    found = rolled_up(months("2025-01", *[(step, 100) for step in range(24)]), QUARTER, STATE)
    change = year_over_year(found, QUARTER)
    assert change[:4].isna().all()
    assert change[4:].tolist() == pytest.approx([0.12] * 4)


def test_a_month_that_stands_twice_is_refused():
    with pytest.raises(UnusableTrendError, match="stands twice"):
        rolled_up(pd.concat([months("2026-01", (1, 2))] * 2), MONTH, STATE)
