"""The figures of the checks, each from counts that add up: digit preference, spread, shape, the curve and the ages.

Arrays hold one unit a row; a figure is NaN where nothing was counted.
"""

import numpy as np
from scipy import stats


def digit_preference_score(digits: np.ndarray) -> np.ndarray:
    """Return the SMART digit preference score of counts by end digit, units × 10.

    100 · sqrt(chi² / (n · 9)), chi² against equal shares: 0 for equal shares, 100 for one digit only. SMART's bands
    (nipnTK): under 8 excellent, under 12 good, under 20 acceptable, else problematic.
    """
    digits = np.atleast_2d(digits).astype(float)
    total = digits.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = digits / total[:, None]
        # chi² over n, of shares against a tenth each
        return np.where(total > 0, 100 * np.sqrt(((share - 0.1) ** 2 / 0.1).sum(axis=1) / 9), np.nan)


def dissimilarity(digits: np.ndarray) -> np.ndarray:
    """Return the index of dissimilarity in percent: the part of the weighings that would have to end otherwise.

    Half the sum of |percentage of each end digit - 10| (WHO and UNICEF, 2019); 0 for equal shares, 90 for one digit.
    """
    digits = np.atleast_2d(digits).astype(float)
    total = digits.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        percent = 100 * digits / total[:, None]
    return np.where(total > 0, np.abs(percent - 10).sum(axis=1) / 2, np.nan)


def moments(sums: np.ndarray) -> dict[str, np.ndarray]:
    """Return mean, sd, skewness and kurtosis from sums of the powers 0 to 4, units × 5.

    The sd has n - 1; skewness and kurtosis are plain moments (3 for a normal curve), as WHO and UNICEF report them.
    Blank with fewer than two scores, and shape also where all scores are the same.
    """
    sums = np.atleast_2d(sums).astype(float)
    count = sums[:, 0]
    with np.errstate(invalid="ignore", divide="ignore"):
        first, second, third, fourth = (sums[:, power] / count for power in (1, 2, 3, 4))
        variance = np.maximum(second - first**2, 0)
        third_central = third - 3 * first * second + 2 * first**3
        fourth_central = fourth - 4 * first * third + 6 * first**2 * second - 3 * first**4
        has_spread = (count > 1) & (variance > 1e-9)
        return {
            "mean": np.where(count > 0, first, np.nan),
            "sd": np.where(count > 1, np.sqrt(variance * count / (count - 1)), np.nan),
            "skewness": np.where(has_spread, third_central / variance**1.5, np.nan),
            "kurtosis": np.where(has_spread, fourth_central / variance**2, np.nan),
        }


def share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Return a part of a whole, NaN where there is no whole."""
    part, whole = np.asarray(part, float), np.asarray(whole, float)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(whole > 0, part / whole, np.nan)


def is_beyond_chance(value: np.ndarray, count: np.ndarray, limit: float, chance: float = 0.01) -> np.ndarray:
    """Say which shares of `count` lie so far above a limit that a place at the limit would hardly show them.

    Hardly: with a probability of at most `chance`, by the binomial distribution. False where the share is unknown.
    """
    count = np.nan_to_num(np.asarray(count, float))
    hits = np.rint(np.nan_to_num(np.asarray(value, float)) * count)
    tail = stats.binom.sf(hits - 1, np.rint(count), limit)
    return (np.nan_to_num(np.asarray(value, float)) > limit) & (tail <= chance)
