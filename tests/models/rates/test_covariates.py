"""Covariates are used when they predict left-out RWs, and only then."""

import numpy as np
import pandas as pd
import pytest

from models.errors import UnusableRatesError
from models.rates import CovariatePrior, smooth_rates
from models.rates.covariate_fit import covariate_prior, past_log_odds
from tests.models.rates.simulated_city import simulated_city


def city_with_cause(seed: int) -> pd.DataFrame:
    """Return a city whose travel time explains part of its risk, beside a column that explains nothing."""
    generator, city = np.random.default_rng(seed), simulated_city(seed)
    travel = np.exp(0.4 * np.log(city["true_rate"] / 0.034) + generator.normal(0, 0.15, len(city))) * 900
    return city.assign(travel_s=travel, noise=generator.normal(size=len(city)))


@pytest.fixture(scope="module")
def city() -> pd.DataFrame:
    return city_with_cause(1)


def test_a_cause_earns_its_place_and_shows_its_gain(city: pd.DataFrame) -> None:
    prior, report = covariate_prior(city, ["travel_s"])
    assert prior is not None
    assert report.is_used
    assert report.gain == pytest.approx(report.score_with - report.score_without)
    assert report.gain > 2 * report.gain_error
    assert report.coefficients["travel_s"] > 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_noise_does_not_earn_a_place(seed: int) -> None:
    prior, report = covariate_prior(city_with_cause(seed), ["noise"])
    assert prior is None
    assert not report.is_used


def test_a_used_covariate_brings_rates_closer_to_the_truth(city: pd.DataFrame) -> None:
    prior, _ = covariate_prior(city, ["travel_s"])
    error = [float(((smooth_rates(city, p)["rate"] - city["true_rate"]) ** 2).mean()) for p in (None, prior)]
    assert error[1] < 0.9 * error[0]


def test_the_order_of_rws_does_not_change_the_verdict(city: pd.DataFrame) -> None:
    shuffled = covariate_prior(city.sample(frac=1, random_state=2), ["travel_s"])[1]
    assert shuffled.gain == pytest.approx(covariate_prior(city, ["travel_s"])[1].gain, rel=1e-3)


def test_an_unknown_covariate_shifts_nothing_and_widens_the_interval(city: pd.DataFrame) -> None:
    prior, _ = covariate_prior(city, ["travel_s"])
    assert prior is not None
    typical = city.assign(travel_s=city["travel_s"].where(city.index > 0, prior.centres[0]))
    unknown = city.assign(travel_s=city["travel_s"].where(city.index > 0))
    assert prior.log_odds_offset(unknown)[0] == 0
    known_width, unknown_width = (
        (smooth_rates(frame, prior)["rate_high"] - smooth_rates(frame, prior)["rate_low"]).iloc[0]
        for frame in (typical, unknown)
    )
    assert unknown_width > known_width


def test_a_covariate_with_a_larger_error_widens_the_interval() -> None:
    prior = CovariatePrior(("past",), np.array([0.0]), np.array([0.5]), np.array([0.4]))
    frame = pd.DataFrame({"past": [0.2, 0.2, 0.2], "past_sd": [0.0, 0.25, np.nan]})
    assert prior.log_odds_variance(frame).tolist() == pytest.approx([0.0, 0.04, 0.16])


def test_a_mistyped_covariate_cannot_decide_a_rate() -> None:
    prior = CovariatePrior(("travel_s",), np.array([900.0]), np.array([300.0]), np.array([0.2]))
    assert prior.log_odds_offset(pd.DataFrame({"travel_s": [9e9]})).tolist() == [2.0]


def test_past_rates_carry_a_larger_error_where_fewer_were_measured() -> None:
    earlier = pd.DataFrame(
        {"rw_code": [f"32.75.01.1001.{n:03d}" for n in range(3)], "cases": [16, 4, 0], "measured": [400, 100, 0]}
    )
    assert past_log_odds(earlier)["past_log_odds_sd"].is_monotonic_increasing


def test_few_rws_are_too_few_to_tell(city: pd.DataFrame) -> None:
    prior, report = covariate_prior(city.head(30), ["travel_s"])
    assert prior is None
    assert "fewer than" in report.reason


def test_a_constant_covariate_is_left_out(city: pd.DataFrame) -> None:
    prior, report = covariate_prior(city.assign(flat=1.0), ["flat"])
    assert prior is None
    assert "varies" in report.reason


def test_an_absent_covariate_is_named(city: pd.DataFrame) -> None:
    with pytest.raises(UnusableRatesError, match="population_density"):
        covariate_prior(city, ["population_density"])
