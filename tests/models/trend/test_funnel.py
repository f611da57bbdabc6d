import numpy as np
import pandas as pd
import pytest
from scipy import stats

from models.errors import UnusableTrendError
from models.trend.funnel import HIGH, INSIDE, NOT_MEASURED, VERY_HIGH, VERY_LOW, funnel, limits


def test_exact_limits_hold_the_share_of_chance_that_they_name():
    """Of binomial draws, at most 2.5 % fall above the upper and 2.5 % under the lower limit, and 0.1 % for 99.8 %."""
    for measured in (40, 300, 2_500):
        found = limits(np.array([measured]), 0.03)
        for name, tail in (("95", 0.025), ("998", 0.001)):
            low, high = found[name][0][0] * measured, found[name][1][0] * measured
            # a limit between whole counts says that the tail is split there, so the next count is outside for sure
            assert stats.binom.sf(np.ceil(high), measured, 0.03) <= tail
            assert stats.binom.cdf(np.floor(low) - 1, measured, 0.03) <= tail


def test_limits_narrow_with_children_and_999_lies_outside_95():
    found = limits(np.array([100, 1_000, 10_000]), 0.03)
    assert (np.diff(found["95"][1]) < 0).all()
    assert (found["998"][1] > found["95"][1]).all()
    assert (found["998"][0] <= found["95"][0]).all()


def test_areas_under_one_rate_stay_inside_and_limits_stay_exact():
    rng = np.random.default_rng(4)
    measured = rng.integers(60, 200, 1_000)
    found = funnel(pd.DataFrame({"cases": rng.binomial(measured, 0.03), "measured": measured}))
    assert not found.is_widened
    assert (found.areas["position"] == INSIDE).mean() > 0.94
    assert found.areas["position"].isin([VERY_HIGH, VERY_LOW]).sum() <= 6


def test_areas_that_truly_differ_widen_the_limits():
    rng = np.random.default_rng(4)
    measured = np.full(56, 2_300)
    rates = np.clip(rng.normal(0.03, 0.01, 56), 0.001, 1)
    found = funnel(pd.DataFrame({"cases": rng.binomial(measured, rates), "measured": measured}))
    assert found.is_widened
    assert found.dispersion > 2


def test_one_high_area_is_named_and_an_unmeasured_one_is_not_called_good():
    cases, measured = [30] * 40 + [60, 45, 0], [1_000] * 42 + [0]
    found = funnel(pd.DataFrame({"cases": cases, "measured": measured}))
    assert list(found.areas["position"].iloc[[0, 40, 41, 42]]) == [INSIDE, VERY_HIGH, HIGH, NOT_MEASURED]


def test_more_cases_than_children_are_refused():
    with pytest.raises(UnusableTrendError):
        funnel(pd.DataFrame({"cases": [3], "measured": [2]}))
