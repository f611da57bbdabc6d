"""The measures by hand, and the promise of the method: closer to the truth than both alternatives, honestly unsure."""

import numpy as np
import pandas as pd
import pytest

from models.errors import UnusableRatesError
from models.rates import evaluate_against_truth, raw_rates, single_prior_rates, smooth_rates
from models.rates.covariate_fit import covariate_prior, past_log_odds
from models.rates.evaluation import precision_at
from tests.models.rates.simulated_city import simulated_city

CITIES = 25
CITIES_WITH_PAST = 5  # each cross-validates its covariate, which takes a second


def of_counts_alone(seed: int) -> pd.DataFrame:
    city = simulated_city(seed)
    estimates = {"raw": raw_rates(city), "single prior": single_prior_rates(city), "hierarchy": smooth_rates(city)}
    return evaluate_against_truth(estimates, city[["rw_code", "true_rate"]])


def of_counts_and_past(seed: int) -> pd.DataFrame:
    city = simulated_city(seed)
    earlier = city.assign(cases=city["past_cases"], measured=city["past_measured"])
    city = city.merge(past_log_odds(earlier), on="rw_code", validate="1:1")
    prior, _ = covariate_prior(city, ["past_log_odds"])
    return evaluate_against_truth({"with past": smooth_rates(city, prior)}, city[["rw_code", "true_rate"]])


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """Return the measures of each method, averaged over cities."""
    cities = [of_counts_alone(seed) for seed in range(CITIES)]
    cities += [of_counts_and_past(seed) for seed in range(CITIES_WITH_PAST)]
    return pd.concat(cities).groupby("method").mean()


@pytest.mark.parametrize("method", ["hierarchy", "with past"])
@pytest.mark.parametrize("rival", ["raw", "single prior"])
@pytest.mark.parametrize("measure", ["rmse", "mae"])
def test_the_method_errs_less_than_its_rivals(table: pd.DataFrame, method: str, rival: str, measure: str) -> None:
    assert table.loc[method, measure] < table.loc[rival, measure]


@pytest.mark.parametrize("method", ["hierarchy", "with past"])
@pytest.mark.parametrize("rival", ["raw", "single prior"])
@pytest.mark.parametrize("k", [20, 50, 100])
def test_the_method_finds_more_of_the_worst_rws(table: pd.DataFrame, method: str, rival: str, k: int) -> None:
    assert table.loc[method, f"precision_top_{k}"] > table.loc[rival, f"precision_top_{k}"]


@pytest.mark.parametrize("method", ["hierarchy", "with past"])
def test_a_90_percent_interval_covers_the_truth_85_to_95_percent_of_the_time(table: pd.DataFrame, method: str) -> None:
    assert 0.85 <= table.loc[method, "coverage"] <= 0.95


@pytest.mark.parametrize(
    "city",
    [
        {"rate": 0.11},
        {"rate": 0.01},
        {"within": 0.05, "between_kelurahan": 0.05, "between_kecamatan": 0.05},
        {"within": 0.9},
        {"between_kelurahan": 0.7},
    ],
)
def test_intervals_stay_honest_in_other_cities(city: dict[str, float]) -> None:
    simulated = simulated_city(11, **city)
    covered = evaluate_against_truth({"it": smooth_rates(simulated)}, simulated[["rw_code", "true_rate"]])["coverage"]
    assert 0.85 <= covered.item() <= 1.0


def test_precision_is_the_share_of_the_true_top_that_was_found() -> None:
    assert precision_at(np.array([9.0, 8.0, 1.0, 0.0]), np.array([4.0, 1.0, 3.0, 2.0]), 2) == 0.5


def test_ties_at_the_edge_count_by_their_chance() -> None:
    assert precision_at(np.array([5.0, 1.0, 1.0, 1.0, 1.0]), np.array([5.0, 4.0, 3.0, 2.0, 1.0]), 2) == 0.625


def test_an_rw_without_an_estimate_comes_last_and_is_not_counted_in_errors() -> None:
    truth = pd.DataFrame({"rw_code": ["a", "b"], "true_rate": [0.2, 0.1]})
    frame = pd.DataFrame({"rw_code": ["b", "a"], "rate": [0.3, np.nan], "rate_low": [0.0, np.nan], "rate_high": 1.0})
    row = evaluate_against_truth({"m": frame}, truth, ks=(1,)).iloc[0]
    assert row[["precision_top_1", "coverage", "mae", "rmse", "rw_count"]].tolist() == pytest.approx(
        [0, 1, 0.2, 0.2, 1]
    )


def test_estimates_of_other_rws_are_refused() -> None:
    truth = pd.DataFrame({"rw_code": ["a", "b"], "true_rate": [0.2, 0.1]})
    frame = pd.DataFrame({"rw_code": ["a"], "rate": [0.3], "rate_low": [0.0], "rate_high": [1.0]})
    with pytest.raises(UnusableRatesError, match="different RWs"):
        evaluate_against_truth({"m": frame}, truth)
