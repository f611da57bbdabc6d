"""Which areas differ from the city by more than chance: a funnel plot of shares against the number measured.

Limits at 95 and 99.8 %: Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in
Medicine 24:1185-1202. Without over-dispersion they are exact binomial limits, interpolated between whole counts as in
his appendix. Real areas differ a little even where nothing is wrong; where his winsorised dispersion is more than
chance allows, the limits are widened by it (multiplicative, normal approximation), and the result says so.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from models.errors import UnusableTrendError

LEVELS = {"95": 0.025, "998": 0.001}
WINSORISED = 0.10
INSIDE, HIGH, VERY_HIGH, LOW, VERY_LOW, NOT_MEASURED = "inside", "high", "very_high", "low", "very_low", "not_measured"


@dataclass(frozen=True)
class Funnel:
    """The centre (a fraction), the dispersion (1: chance alone), whether it widened the limits, and the areas."""

    centre: float
    dispersion: float
    is_widened: bool
    areas: pd.DataFrame


def funnel(areas: pd.DataFrame, centre: float | None = None) -> Funnel:
    """Return the areas with value, low_95, high_95, low_998, high_998 (fractions) and their position.

    Takes cases and measured (counts). The centre is that of the whole these areas belong to, if given, else all cases
    over all measured.
    """
    cases = pd.to_numeric(areas["cases"]).to_numpy(dtype=float)
    measured = pd.to_numeric(areas["measured"]).to_numpy(dtype=float)
    if (cases < 0).any() or (cases > measured).any():
        raise UnusableTrendError("An area has more cases than measured children, or fewer than none")
    if measured.sum() <= 0:
        raise UnusableTrendError("Nobody was measured: choose another month")
    centre = float(cases.sum() / measured.sum()) if centre is None else centre
    dispersion, is_widened = _dispersion(cases, measured, centre)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(measured > 0, cases / measured, np.nan)
    found = areas.assign(value=value)
    for name, (low, high) in limits(measured, centre, dispersion if is_widened else 1.0).items():
        found[f"low_{name}"], found[f"high_{name}"] = low, high
    conditions = [
        ~(measured > 0),
        value > found["high_998"],
        value > found["high_95"],
        value < found["low_998"],
        value < found["low_95"],
    ]
    found["position"] = np.select(conditions, [NOT_MEASURED, VERY_HIGH, HIGH, VERY_LOW, LOW], default=INSIDE)
    return Funnel(centre, dispersion, is_widened, found)


def limits(measured: np.ndarray, centre: float, dispersion: float = 1.0) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return lower and upper limits by level for numbers of measured children; blank where nobody was measured."""
    count = np.where(measured > 0, measured, np.nan)
    if dispersion == 1.0:
        return {name: (_exact(tail, count, centre), _exact(1 - tail, count, centre)) for name, tail in LEVELS.items()}
    spread = np.sqrt(dispersion * centre * (1 - centre) / count)
    reach = {name: stats.norm.ppf(1 - tail) * spread for name, tail in LEVELS.items()}
    return {name: (np.maximum(centre - far, 0), np.minimum(centre + far, 1)) for name, far in reach.items()}


def _exact(tail: float, count: np.ndarray, centre: float) -> np.ndarray:
    """Return the binomial quantile at `tail` as a share, interpolated between whole counts (Spiegelhalter, A.1.1)."""
    whole = stats.binom.ppf(tail, count, centre)
    at, below = stats.binom.cdf(whole, count, centre), stats.binom.cdf(whole - 1, count, centre)
    with np.errstate(invalid="ignore", divide="ignore"):
        part = np.where(at > below, (at - tail) / (at - below), 0.0)
    return np.clip((whole - part) / count, 0, 1)


def _dispersion(cases: np.ndarray, measured: np.ndarray, centre: float) -> tuple[float, bool]:
    """Return the winsorised mean of squared scores and whether it is more than chance allows."""
    seen = measured > 0
    if seen.sum() < 3 or centre in (0.0, 1.0):
        return 1.0, False
    score = (cases[seen] / measured[seen] - centre) / np.sqrt(centre * (1 - centre) / measured[seen])
    low, high = np.quantile(score, [WINSORISED, 1 - WINSORISED])
    dispersion = float(np.mean(np.clip(score, low, high) ** 2))
    # the spread of the mean of squared normal scores, his rule for when to adjust at all
    return dispersion, dispersion > 1 + 2 * np.sqrt(2 / seen.sum())
