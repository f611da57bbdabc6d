"""What an RW was before, with other children in it, brings its rate closer to the truth."""

import numpy as np
import pandas as pd
import pytest

from models.rates import evaluate_against_truth, raw_rates, single_prior_rates, smooth_rates, smooth_with_past
from tests.models.rates.simulated_city import simulated_city


@pytest.fixture(scope="module")
def city() -> pd.DataFrame:
    return simulated_city(3)


def earlier_of(city: pd.DataFrame) -> pd.DataFrame:
    return city[["rw_code"]].assign(cases=city["past_cases"], measured=city["past_measured"])


def test_the_final_method_beats_raw_rates_and_plain_empirical_bayes_and_its_intervals_are_honest() -> None:
    tables = []
    for seed in range(4):
        city = simulated_city(seed)
        methods = {
            "raw": raw_rates(city),
            "single": single_prior_rates(city),
            "final": smooth_with_past(city, earlier_of(city)),
        }
        tables.append(evaluate_against_truth(methods, city[["rw_code", "true_rate"]]))
    table = pd.concat(tables).groupby("method").mean()
    rivals = table.loc[["raw", "single"]]
    for k in (20, 50, 100):
        assert table.loc["final", f"precision_top_{k}"] > rivals[f"precision_top_{k}"].max()
    assert table.loc["final", "rmse"] < 0.9 * rivals["rmse"].min()
    assert 0.85 <= table.loc["final", "coverage"] <= 0.95


def test_an_rw_unknown_in_the_past_keeps_a_rate_and_a_wider_interval(city: pd.DataFrame) -> None:
    known = smooth_with_past(city, earlier_of(city))
    past_rate = city["past_cases"] / city["past_measured"]
    typical = (past_rate - past_rate.mean()).abs().idxmin()
    missing = smooth_with_past(city, earlier_of(city).drop(index=typical))
    width = [frame["rate_high"].loc[typical] - frame["rate_low"].loc[typical] for frame in (known, missing)]
    assert np.isfinite(missing["rate"]).all()
    assert width[1] > width[0]


@pytest.mark.parametrize("measured", [0, None], ids=["nobody measured", "no rows"])
def test_without_a_past_the_hierarchy_alone_speaks(city: pd.DataFrame, measured: int | None) -> None:
    earlier = earlier_of(city).iloc[:0] if measured is None else earlier_of(city).assign(cases=0, measured=measured)
    pd.testing.assert_frame_equal(smooth_with_past(city, earlier), smooth_rates(city))


def test_a_past_that_says_nothing_moves_next_to_nothing(city: pd.DataFrame) -> None:
    shuffled = earlier_of(city).assign(rw_code=city["rw_code"].sample(frac=1, random_state=5).to_numpy())
    apart = (smooth_with_past(city, shuffled)["rate"] - smooth_rates(city)["rate"]).abs()
    assert apart.mean() < 0.001
