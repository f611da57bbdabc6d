"""Smoothed RW rates: each RW's own counts, pulled to its kelurahan as far as its few children leave its rate unknown.

Assumes the hierarchy of `models.rates.hierarchy` within a city; cities share nothing. Rates are fractions of the
children measured, so they say nothing of absent children: `models.rates.attendance` does.
"""

import numpy as np
import pandas as pd

from models.rates.areas import with_parents
from models.rates.beta_binomial import INTERVAL, beta_interval
from models.rates.cities import matched_beta, risks_by_city
from models.rates.counts import checked_counts
from models.rates.covariates import CovariatePrior

PRIOR_SOURCES = ("kelurahan", "kecamatan", "city")


def smooth_rates(
    frame: pd.DataFrame, covariate_prior: CovariatePrior | None = None, interval: float = INTERVAL
) -> pd.DataFrame:
    """Return one row per RW, in the order and with the index given, with its smoothed rate and interval.

    Takes rw_code, cases (stunted), measured (children with a valid HAZ), optionally kelurahan_code, kecamatan_code and
    city_code (else read from the code), and the covariates of `covariate_prior` when one is given. RWs with nothing
    measured get their prior and its wide interval.

    Gives rw_code, its parents, cases, measured, raw_rate (blank where unmeasured), rate, rate_low, rate_high,
    posterior_alpha and posterior_beta (the beta distribution to draw the rate from), prior_rate, own_weight (of the raw
    rate: rate = own_weight * raw_rate + (1 - own_weight) * prior_rate), prior_source (the level that most of prior_rate
    comes from: kelurahan, kecamatan or city) and is_prior_only. Raises UnusableRatesError on impossible counts.
    """
    areas = with_parents(frame)
    cases, measured = checked_counts(areas)
    risks = risks_by_city(areas, cases, measured, covariate_prior)
    alpha, beta = matched_beta(risks["mean"], risks["variance"])
    low, high = beta_interval(alpha, beta, interval)
    with np.errstate(invalid="ignore"):
        raw = np.where(measured > 0, cases / measured, np.nan)
    return pd.DataFrame(
        {
            "rw_code": areas["rw_code"].to_numpy(),
            "kelurahan_code": areas["kelurahan_code"].to_numpy(),
            "kecamatan_code": areas["kecamatan_code"].to_numpy(),
            "city_code": areas["city_code"].to_numpy(),
            "cases": cases.astype(int),
            "measured": measured.astype(int),
            "raw_rate": raw,
            "rate": risks["mean"],
            "rate_low": np.minimum(low, risks["mean"]),
            "rate_high": np.maximum(high, risks["mean"]),
            "posterior_alpha": alpha,
            "posterior_beta": beta,
            "prior_rate": risks["prior_rate"],
            "own_weight": risks["own_weight"],
            "prior_source": _prior_source(risks["kelurahan_share"], risks["kecamatan_share"]),
            "is_prior_only": measured == 0,
        },
        index=frame.index,
    )


def _prior_source(kelurahan_share: np.ndarray, kecamatan_share: np.ndarray) -> np.ndarray:
    shares = np.stack([kelurahan_share, kecamatan_share, 1 - kelurahan_share - kecamatan_share])
    return np.array(PRIOR_SOURCES, dtype=object)[shares.argmax(axis=0)]
