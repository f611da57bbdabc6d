import datetime

import numpy as np
import pandas as pd
import pytest

from models.errors import UnusableTrendError
from models.trend.forecast import LOSES, SHOWN, TOO_SHORT, chance_at_most, forecast_areas
from tests.models.trend.simulated_series import coverage, month, simulated


@pytest.fixture(scope="module")
def steady():
    """A series that falls steadily, one that only wavers, and one of two years."""
    rng = np.random.default_rng(0)
    falling = 0.10 * np.exp(-0.02 * np.arange(72))
    wavering = 0.05 + rng.normal(0, 0.004, 72)
    parts = [("falls", falling, 72), ("wavers", wavering, 72), ("young", falling, 24)]
    history = pd.concat(
        pd.DataFrame(
            {
                "area_code": code,
                "month": [month(72 - length + step) for step in range(length)],
                "numerator": np.round(share[-length:] * 100_000),
                "denominator": 100_000,
            }
        )
        for code, share, length in parts
    )
    return forecast_areas(history, {}, month(95))


def status(found, code):
    return found.checks.set_index("area_code").loc[code, "status"]


def test_a_forecast_is_shown_where_it_beats_both_naive_ones(steady):
    assert status(steady, "falls") == SHOWN
    check = steady.checks.set_index("area_code").loc["falls"]
    assert check["miss"] < check["miss_naive"] < check["miss_seasonal"]


def test_a_forecast_that_loses_to_a_naive_one_says_so():
    """Noise around a level that jumps at random months: a trend only chases it."""
    rng = np.random.default_rng(3)
    share = 0.05 + 0.01 * (np.cumsum(rng.random(72) < 0.05) % 2) + 0.002 * (-1.0) ** np.arange(72)
    history = pd.DataFrame(
        {"area_code": "a", "month": [month(step) for step in range(72)], "numerator": share * 1e5, "denominator": 1e5}
    )
    history["numerator"] = history["numerator"].round()
    check = forecast_areas(history, {}, month(84)).checks.iloc[0]
    assert (check["status"] == SHOWN) == (check["miss"] < min(check["miss_naive"], check["miss_seasonal"]))
    assert check["status"] in (SHOWN, LOSES)


def test_a_short_series_gets_a_check_and_no_points(steady):
    assert status(steady, "young") == TOO_SHORT
    assert "young" not in set(steady.points["area_code"])


def test_intervals_hold_one_another_and_widen(steady):
    points = steady.points[steady.points["area_code"] == "falls"]
    order = points[["low_95", "low_80", "value", "high_80", "high_95"]].to_numpy()
    assert (np.diff(order, axis=1) > 0).all()
    assert (np.diff(points["spread"]) > 0).all()
    assert len(points) == 24


def test_a_gap_cuts_the_history_before_it():
    history = simulated(1, 72, 1)
    history = history[history["month"] != month(60)]
    assert forecast_areas(history, {}, month(75)).checks.iloc[0]["status"] == TOO_SHORT


def test_the_same_history_gives_the_same_forecast():
    history = simulated(2, 60, 5)
    first, second = (forecast_areas(history, {}, month(70)).points for _ in range(2))
    pd.testing.assert_frame_equal(first, second)


def test_intervals_cover_what_came_as_often_as_they_say():
    """48 invented series whose future is known; the benchmark counts over many more."""
    found = coverage(48, seed=11)
    assert found["in_80"].mean() == pytest.approx(0.80, abs=0.12)
    assert found["in_95"].mean() == pytest.approx(0.95, abs=0.06)


def test_the_chance_of_a_target_grows_with_the_target(steady):
    last = steady.points[steady.points["area_code"] == "falls"].iloc[-1]
    chances = [chance_at_most(last["centre"], last["spread"], last["freedom"], share) for share in (0.005, 0.02, 0.2)]
    assert chances == sorted(chances)
    assert chance_at_most(last["centre"], last["spread"], last["freedom"], last["value"]) == pytest.approx(0.5)


def test_a_forecast_into_the_past_is_refused():
    with pytest.raises(UnusableTrendError, match="not after"):
        forecast_areas(simulated(1, 60, 1), {}, datetime.date(2021, 1, 1))
