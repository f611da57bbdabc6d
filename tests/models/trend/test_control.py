import numpy as np
import pandas as pd
import pytest

from models.errors import UnusableTrendError
from models.trend.control import BEYOND_HIGH, BEYOND_LOW, FALLING, RISING, RUN_HIGH, RUN_LOW, control_chart


def periods(*percent: float, denominator: int = 10_000) -> pd.DataFrame:
    return pd.DataFrame({"numerator": [round(p * denominator / 100) for p in percent], "denominator": denominator})


def test_limits_by_hand():
    """Shares 50, 52 in turn: centre 51 %, every moving range two points, sigma 2 / 1.128 = 1.773 points."""
    chart = control_chart(periods(*[50, 52] * 5))
    assert chart.centre == pytest.approx(0.51)
    assert chart.periods["high"].iloc[0] == pytest.approx(0.51 + 3 * 0.02 / 1.128)
    assert (chart.periods["signal"] == "").all()


def test_a_jump_is_beyond_the_limit():
    chart = control_chart(periods(*[50, 52] * 8, 70))
    assert chart.periods["signal"].iloc[-1] == BEYOND_HIGH
    assert control_chart(periods(*[50, 52] * 8, 30)).periods["signal"].iloc[-1] == BEYOND_LOW


def test_eight_on_one_side_are_a_run():
    chart = control_chart(periods(*[50, 53] * 6, *[48, 49] * 4))
    assert chart.periods["signal"].iloc[-1] == RUN_LOW
    chart = control_chart(periods(*[48, 49] * 6, *[52, 50] * 4))
    assert chart.periods["signal"].iloc[-1] == RUN_HIGH


def test_six_rising_or_falling_are_a_drift():
    wavering = [50, 52, 50, 53, 50, 52, 51]
    assert control_chart(periods(*wavering, 50, 50.3, 50.6, 50.9, 51.2, 51.5)).periods["signal"].iloc[-1] == RISING
    assert control_chart(periods(*wavering, 52, 51.7, 51.4, 51.1, 50.8, 50.5)).periods["signal"].iloc[-1] == FALLING


def test_wavering_of_many_children_alone_rings_no_bell():
    """A plain p chart of 100,000 children calls most of these signals: the binomial is far too narrow for them."""
    rng = np.random.default_rng(1)
    chart = control_chart(periods(*rng.normal(78, 1.5, 36), denominator=100_000))
    assert (chart.periods["signal"] != "").sum() <= 2
    assert chart.wavering > 5


def test_too_few_periods_are_refused():
    with pytest.raises(UnusableTrendError, match="needs 8 periods"):
        control_chart(periods(*[50, 52] * 3))
