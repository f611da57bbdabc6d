"""The place of an area among its peers, by how many children are stunted of those measured, with how sure it is.

Assumes that areas are independent given their posteriors. A rank is only as sure as the rates that it orders: it is
worked out anew in every draw, and its interval is what the draws say (Goldstein and Spiegelhalter 1996, Journal of the
Royal Statistical Society A 159:385-443).
"""

import numpy as np
import pandas as pd

from models.rates.beta_binomial import INTERVAL, beta_interval, moment_prior, posterior

DRAWS = 1000
SEED = 20261121


def area_posteriors(cases: np.ndarray, measured: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return alpha and beta of areas that hold many RWs, shrunk to what all of them have in common."""
    alpha, beta = posterior(cases, measured, moment_prior(cases, measured))
    return np.maximum(alpha, 1e-9), np.maximum(beta, 1e-9)


def ranked_peers(
    codes: pd.Series,
    alpha: np.ndarray,
    beta: np.ndarray,
    draws: int = DRAWS,
    seed: int = SEED,
    interval: float = INTERVAL,
) -> pd.DataFrame:
    """Return one row per peer: code, rate, rate_low, rate_high (fractions), rank, rank_low, rank_high, peers.

    Rank 1 has the highest rate. The limits are those of the interval of its ranks over the draws.
    """
    rate = alpha / (alpha + beta)
    low, high = beta_interval(alpha, beta, interval)
    drawn = np.random.default_rng(seed).beta(alpha, beta, size=(draws, len(rate)))
    tail = (1 - interval) / 2
    limits = (
        np.quantile(_ranks(drawn), (tail, 1 - tail), axis=0, method="inverted_cdf") if len(rate) else np.empty((2, 0))
    )
    rank = _ranks(rate[None, :])[0]
    return pd.DataFrame(
        {
            "code": list(codes),
            "rate": rate,
            "rate_low": np.minimum(low, rate),
            "rate_high": np.maximum(high, rate),
            "rank": rank,
            "rank_low": np.minimum(limits[0], rank).astype(int),
            "rank_high": np.maximum(limits[1], rank).astype(int),
            "peers": len(rate),
        }
    )


def _ranks(rates: np.ndarray) -> np.ndarray:
    """Return the place of each column in each row, 1 for the highest; ties by their order."""
    order = np.argsort(-rates, axis=1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, rates.shape[1] + 1)[None, :].repeat(len(rates), axis=0), axis=1)
    return ranks
