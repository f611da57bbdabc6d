import pandas as pd
import pytest

from models.errors import SeriesMixError, UnusableTrendError
from models.trend.series import ROUTINE, SeriesKey, join_series, key_of, require_same


def figures(basis: str, *values: float, indicator: str = "stunting_prevalence") -> pd.DataFrame:
    return pd.DataFrame({"indicator": indicator, "series": basis, "value": values})


def test_frames_of_one_series_join_in_order():
    joined = join_series([figures("SSGI", 13.8, 6.0), figures("SSGI", 11.7)])
    assert list(joined["value"]) == [13.8, 6.0, 11.7]


@pytest.mark.parametrize("other", ["SSGI", "SKI", "Riskesdas"])
def test_joining_routine_with_a_survey_raises(other):
    with pytest.raises(SeriesMixError, match="show each in a panel of its own"):
        join_series([figures(ROUTINE, 2.99), figures(other, 10.3)])


def test_joining_two_surveys_raises_too():
    with pytest.raises(SeriesMixError):
        join_series([figures("SSGI", 6.0), figures("SKI", 10.3)])


def test_joining_two_indicators_of_one_basis_raises():
    with pytest.raises(SeriesMixError):
        join_series([figures(ROUTINE, 2.99), figures(ROUTINE, 5.0, indicator="wasting_prevalence")])


def test_a_frame_that_does_not_name_its_series_is_refused():
    with pytest.raises(UnusableTrendError, match="lacks series"):
        key_of(pd.DataFrame({"indicator": ["stunting_prevalence"], "value": [1.0]}))


def test_a_target_is_never_held_against_another_basis():
    with pytest.raises(SeriesMixError):
        require_same(SeriesKey("stunting_prevalence", ROUTINE), SeriesKey("stunting_prevalence", "SSGI"))
