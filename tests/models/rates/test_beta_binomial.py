"""Conjugate answers by hand, and moments recovered from a large simulation."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from models.rates import BetaPrior, moment_prior, posterior, raw_rates, single_prior_rates


def test_posterior_adds_cases_and_non_cases_to_the_prior() -> None:
    alpha, beta = posterior(np.array([3.0, 0.0]), np.array([10.0, 0.0]), BetaPrior(rate=0.1, strength=20))
    assert alpha.tolist() == pytest.approx([5.0, 2.0])
    assert beta.tolist() == pytest.approx([25.0, 18.0])


def test_moments_recover_the_prior_that_made_many_areas() -> None:
    generator = np.random.default_rng(1)
    measured = generator.integers(30, 300, 40_000).astype(float)
    cases = generator.binomial(measured.astype(int), generator.beta(4, 96, 40_000)).astype(float)
    prior = moment_prior(cases, measured)
    assert (prior.rate, prior.strength) == (pytest.approx(0.04, rel=0.02), pytest.approx(100, rel=0.05))


def test_moments_of_equal_areas_find_no_spread() -> None:
    assert moment_prior(np.array([4.0, 4.0, 4.0]), np.array([100.0, 100.0, 100.0])).strength == np.inf


def test_a_single_area_has_no_spread_to_estimate() -> None:
    assert moment_prior(np.array([4.0]), np.array([100.0])).strength == np.inf


def test_nothing_measured_anywhere_leaves_nothing_known() -> None:
    assert moment_prior(np.zeros(3), np.zeros(3)) == BetaPrior(rate=0.5, strength=1.0)


def test_raw_interval_is_the_exact_binomial_one() -> None:
    frame = pd.DataFrame({"rw_code": ["a"], "cases": [4], "measured": [117]})
    exact = stats.binomtest(4, 117).proportion_ci(0.90, method="exact")
    got = raw_rates(frame)[["rate_low", "rate_high"]].to_numpy()[0]
    assert got.tolist() == pytest.approx([exact.low, exact.high])


def test_raw_rate_of_an_unmeasured_rw_is_blank_and_not_zero() -> None:
    frame = pd.DataFrame({"rw_code": ["a"], "cases": [0], "measured": [0]})
    assert raw_rates(frame)[["rate", "rate_low", "rate_high"]].isna().all(axis=None)


def test_single_prior_pulls_raw_rates_to_the_city() -> None:
    frame = pd.DataFrame({"rw_code": list("abcd"), "cases": [0, 2, 30, 4], "measured": [100, 100, 100, 100]})
    smoothed, city = single_prior_rates(frame)["rate"].to_numpy(), 36 / 400
    raw = np.array([0.0, 0.02, 0.3, 0.04])
    assert (np.abs(smoothed - city) < np.abs(raw - city)).all()
