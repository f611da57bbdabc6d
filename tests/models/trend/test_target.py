import datetime

import pandas as pd
import pytest

from models.errors import SeriesMixError
from models.trend.series import ROUTINE, SeriesKey
from models.trend.target import (
    LOW_ATTENDANCE,
    NO_FIGURE,
    NO_TARGET,
    OFF_PATH,
    ON_PATH,
    OUTSIDE_PATH,
    UNKNOWN,
    WITHIN_INTERVAL,
    Figure,
    pace_needed,
    verdict,
)

SURVEY = SeriesKey("stunting_prevalence", "SSGI")
TARGETS = pd.DataFrame({"year": [2022, 2023, 2024], "value": [0.118, 0.0973, 0.0767]})
END_2024 = datetime.date(2024, 12, 31)


def judged(figure: Figure, aim: float | None = 0.0767, **asked):
    return verdict(figure, SURVEY, aim, SURVEY, **asked)


def test_the_gap_is_told_in_points_and_in_children():
    found = judged(Figure(0.117, END_2024), children=136_658)
    assert found.status == OFF_PATH
    assert found.gap == pytest.approx(0.0403)
    assert found.gap_children == 5508  # 0.0403 x 136,658 = 5,507.3: the last one counts whole


def test_at_the_path_is_on_it():
    assert judged(Figure(0.0767, END_2024)).status == ON_PATH


def test_of_an_indicator_that_should_rise_more_is_better():
    assert judged(Figure(0.81, END_2024), 0.80, direction=1).status == ON_PATH
    assert judged(Figure(0.75, END_2024), 0.80, direction=1).gap == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("figure", "aim", "reason"),
    [
        (Figure(None, END_2024), 0.0767, NO_FIGURE),
        (Figure(0.07, datetime.date(2020, 12, 31)), None, OUTSIDE_PATH),
        (Figure(0.08, END_2024, low=0.06, high=0.10), 0.0767, WITHIN_INTERVAL),
        (Figure(0.05, END_2024, attendance=0.41), 0.0767, LOW_ATTENDANCE),
    ],
)
def test_what_cannot_be_judged_says_why(figure, aim, reason):
    found = judged(figure, aim)
    assert (found.status, found.reason) == (UNKNOWN, reason)


def test_a_series_without_a_target_cannot_be_judged():
    assert verdict(Figure(0.07, END_2024), SURVEY, None, None).reason == NO_TARGET


def test_low_attendance_does_not_excuse_a_figure_that_misses():
    assert judged(Figure(0.09, END_2024, attendance=0.41)).status == OFF_PATH


def test_a_target_of_another_basis_is_refused():
    with pytest.raises(SeriesMixError):
        verdict(Figure(0.03, END_2024), SeriesKey("stunting_prevalence", ROUTINE), 0.0767, SURVEY)


def test_the_pace_needed_is_what_is_left_over_the_years_left():
    pace = pace_needed(Figure(0.117, datetime.date(2022, 12, 31)), TARGETS, children=100_000)
    assert pace is not None
    assert (pace.target_year, round(pace.years_left, 2)) == (2024, 2.0)
    assert pace.per_year == pytest.approx((0.0767 - 0.117) / 2, abs=2e-5)
    assert pace.children_per_year == pytest.approx(-2014, abs=2)


def test_without_a_target_ahead_there_is_no_pace():
    assert pace_needed(Figure(0.117, END_2024), TARGETS) is None
