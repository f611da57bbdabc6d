"""Month arithmetic against pandas' periods."""

import datetime

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from models.months import last_day, month_after

days = st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 12, 31))


@given(days, st.integers(-200, 200))
def test_a_month_so_far_off_is_the_month_that_pandas_names(day, distance):
    assert month_after(day, distance) == (pd.Period(day, "M") + distance).start_time.date()


@given(days)
def test_the_last_day_is_the_last_of_its_own_month(day):
    assert last_day(day) == pd.Period(day, "M").end_time.date()


def test_february_ends_by_the_leap_year():
    assert last_day(datetime.date(2024, 2, 1)) == datetime.date(2024, 2, 29)
    assert last_day(datetime.date(2025, 2, 28)) == datetime.date(2025, 2, 28)
