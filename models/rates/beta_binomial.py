"""Rates under one beta prior: the conjugate rule, the prior by moments, and the two methods others are held against.

Assumes that the children of an RW are independent given the RW's risk, and that risks follow one beta distribution over
the whole city. `models.rates.smooth` drops the second assumption.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from models.rates.counts import checked_counts

INTERVAL = 0.90


@dataclass(frozen=True)
class BetaPrior:
    """A beta distribution of risk between RWs: `rate` its mean, `strength` (alpha + beta) in children's worth."""

    rate: float
    strength: float


def moment_prior(cases: np.ndarray, measured: np.ndarray) -> BetaPrior:
    """Estimate the beta prior of areas' risks by moments; `strength` is infinite when there is no overdispersion.

    Needs areas that were measured: with fewer than two of them the spread is unknown and taken as none. Source:
    Martuzzi and Elliott (1996), Statistics in Medicine 15:1867-1873.
    """
    seen = measured > 0
    cases, measured = cases[seen], measured[seen]
    total = measured.sum()
    if total == 0:
        return BetaPrior(rate=0.5, strength=1.0)  # Jeffreys: nothing at all is known
    rate = float(cases.sum() / total)
    if len(cases) < 2 or rate in (0.0, 1.0):
        return BetaPrior(rate=rate, strength=np.inf)
    spread = float((measured * (cases / measured - rate) ** 2).sum())
    binomial = rate * (1 - rate)
    room = float(total - (measured**2).sum() / total) - (len(cases) - 1)
    between = (spread - (len(cases) - 1) * binomial) / room if room > 0 else 0.0
    if between <= 0:
        return BetaPrior(rate=rate, strength=np.inf)
    return BetaPrior(rate=rate, strength=max(binomial / between - 1, 1e-6))


def posterior(cases: np.ndarray, measured: np.ndarray, prior: BetaPrior) -> tuple[np.ndarray, np.ndarray]:
    """Return alpha and beta of each area's risk after its counts are added to the prior."""
    strength = min(prior.strength, 1e9)
    return cases + prior.rate * strength, measured - cases + (1 - prior.rate) * strength


def beta_interval(alpha: np.ndarray, beta: np.ndarray, interval: float = INTERVAL) -> tuple[np.ndarray, np.ndarray]:
    """Return the equal-tailed interval of beta distributions."""
    tail = (1 - interval) / 2
    return special.betaincinv(alpha, beta, tail), special.betaincinv(alpha, beta, 1 - tail)


def raw_rates(frame: pd.DataFrame, interval: float = INTERVAL) -> pd.DataFrame:
    """Return cases over measured with the exact binomial interval (Clopper and Pearson 1934), blank where unmeasured.

    Takes rw_code, cases, measured; gives rw_code, rate, rate_low, rate_high. Only for comparison and for the raw
    figure beside the smoothed one: at four cases an RW the highest raw rates are mostly luck.
    """
    cases, measured = checked_counts(frame)
    tail = (1 - interval) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = np.where(measured > 0, cases / measured, np.nan)
        low = np.where(cases > 0, special.betaincinv(cases, measured - cases + 1, tail), 0.0)
        high = np.where(cases < measured, special.betaincinv(cases + 1, measured - cases, 1 - tail), 1.0)
    seen = measured > 0
    return pd.DataFrame(
        {
            "rw_code": frame["rw_code"].to_numpy(),
            "rate": rate,
            "rate_low": np.where(seen, low, np.nan),
            "rate_high": np.where(seen, high, np.nan),
        },
        index=frame.index,
    )


def single_prior_rates(frame: pd.DataFrame, interval: float = INTERVAL) -> pd.DataFrame:
    """Return plain empirical-Bayes rates: one moment prior for all, taken as known.

    Takes rw_code, cases, measured; gives rw_code, rate, rate_low, rate_high. The textbook method, kept for
    comparison.
    """
    cases, measured = checked_counts(frame)
    alpha, beta = posterior(cases, measured, moment_prior(cases, measured))
    low, high = beta_interval(np.maximum(alpha, 1e-9), np.maximum(beta, 1e-9), interval)
    return pd.DataFrame(
        {
            "rw_code": frame["rw_code"].to_numpy(),
            "rate": alpha / (alpha + beta),
            "rate_low": low,
            "rate_high": high,
        },
        index=frame.index,
    )
