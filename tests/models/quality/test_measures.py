import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from models.quality.measures import digit_preference_score, dissimilarity, is_beyond_chance, moments

EQUAL = [10] * 10
ONLY_ZERO = [100, *[0] * 9]
ZERO_AND_FIVE = [50, 0, 0, 0, 0, 50, 0, 0, 0, 0]
MAGELANG = [31.4, *[4.65] * 4, 31.4, *[4.65] * 4]
"""62.8 % of heights end in 0 or 5, as in e-PPGBM in Magelang (UGM 2023; MKMI 43510), the rest spread evenly."""


@pytest.mark.parametrize(
    ("digits", "expected"), [(EQUAL, 0), (ONLY_ZERO, 100), (ZERO_AND_FIVE, 200 / 3), (MAGELANG, 35.67)]
)
def test_the_digit_score_of_hand_made_digits(digits: list[float], expected: float):
    assert digit_preference_score(np.array([digits]))[0] == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(("digits", "expected"), [(EQUAL, 0), (ONLY_ZERO, 90), (ZERO_AND_FIVE, 80), (MAGELANG, 42.8)])
def test_the_dissimilarity_of_hand_made_digits(digits: list[float], expected: float):
    assert dissimilarity(np.array([digits]))[0] == pytest.approx(expected)


def test_the_digit_score_is_that_of_scipys_chi_square():
    digits = np.random.default_rng(3).integers(1, 60, (50, 10))
    chi2 = np.array([stats.chisquare(row).statistic for row in digits])
    assert digit_preference_score(digits) == pytest.approx(100 * np.sqrt(chi2 / (digits.sum(axis=1) * 9)))


def test_nothing_counted_has_no_figures():
    assert np.isnan(digit_preference_score(np.zeros((1, 10)))).all()
    assert np.isnan(dissimilarity(np.zeros((1, 10)))).all()
    assert all(np.isnan(found).all() for found in moments(np.zeros((1, 5))).values())


scores = arrays(np.float64, st.integers(5, 300), elements=st.integers(-600, 600).map(lambda z: z / 100))


@given(scores)
def test_moments_from_sums_are_those_of_scipy(z: np.ndarray):
    found = moments(np.array([[(z**power).sum() for power in range(5)]]))
    assert found["mean"][0] == pytest.approx(z.mean(), abs=1e-9)
    assert found["sd"][0] == pytest.approx(z.std(ddof=1), abs=1e-6)
    if z.std() > 0.1:
        assert found["skewness"][0] == pytest.approx(stats.skew(z), abs=1e-6)
        assert found["kurtosis"][0] == pytest.approx(stats.kurtosis(z, fisher=False), abs=1e-5)


@given(arrays(np.int64, (2, 10), elements=st.integers(1, 500)))
def test_more_of_the_same_weighings_change_no_digit_score(digits: np.ndarray):
    assert digit_preference_score(digits * 7) == pytest.approx(digit_preference_score(digits))


@pytest.mark.parametrize(
    ("hits", "count", "expected"),
    [(1, 60, False), (2, 100, False), (5, 100, True), (30, 1000, True), (10, 1000, False)],
)
def test_few_hits_above_a_limit_of_one_percent_may_be_chance(hits: int, count: int, expected: bool):
    """By the binomial's tail: P(X >= 5 of 100) = 0.3 %, P(X >= 2 of 100) = 26 %."""
    assert is_beyond_chance(np.array([hits / count]), np.array([count]), 0.01)[0] == expected
