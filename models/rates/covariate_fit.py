"""Whether covariates earn their place in the prior, and the regression that carries them if they do.

Assumes a ridge logistic regression of one city's counts. It is judged where it has to serve: the cases of RWs that were
left out, predicted from their neighbours with and without the covariates.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special, stats
from sklearn.linear_model import LogisticRegression

from models.rates.areas import with_parents
from models.rates.beta_binomial import moment_prior
from models.rates.cities import matched_beta, risks_by_city
from models.rates.counts import checked_counts
from models.rates.covariates import CovariatePrior, covariate_values, standardised
from models.rates.smooth import smooth_rates

FOLDS = 5
FEWEST_RWS = 50  # below this a gain can't be told from luck
COEFFICIENT_SCALE = 0.5  # prior standard deviation of a coefficient: a typical step of a covariate moves odds by 1.6
WINNING_ERRORS = 1.0  # a gain counts when it exceeds this many of its standard errors


@dataclass(frozen=True)
class GainReport:
    """Out-of-sample gain of covariates: mean log score per left-out RW with and without them, and the verdict.

    `gain` is their difference and `gain_error` its standard error over RWs; `coefficients` are log-odds per standard
    deviation of the covariate. `reason` says in words why the covariates are used or not.
    """

    covariates: tuple[str, ...]
    coefficients: dict[str, float]
    rw_count: int
    score_without: float
    score_with: float
    gain: float
    gain_error: float
    is_used: bool
    reason: str


def covariate_prior(frame: pd.DataFrame, covariates: Sequence[str]) -> tuple[CovariatePrior | None, GainReport]:
    """Fit a prior on covariates and return it if it predicts left-out RWs better than the hierarchy alone, else None.

    Takes what smooth_rates takes plus one column per covariate (any unit; blank is unknown), for one city. RWs are left
    out by fifths. The gain must exceed one standard error. Raises UnusableRatesError on impossible counts or an absent
    covariate.
    """
    areas = with_parents(frame).reset_index(drop=True)
    cases, measured = checked_counts(areas)
    values = covariate_values(areas, tuple(covariates))
    varies = [
        place for place in range(values.shape[1]) if np.unique(values[~np.isnan(values[:, place]), place]).size > 1
    ]
    names = tuple(covariates[place] for place in varies)
    values = values[:, varies]
    seen = measured > 0
    if not names:
        return None, _unused(names, int(seen.sum()), "no covariate varies between RWs")
    if seen.sum() < FEWEST_RWS:
        return None, _unused(names, int(seen.sum()), f"fewer than {FEWEST_RWS} RWs have measured children")

    without, with_them = np.zeros(len(areas)), np.zeros(len(areas))
    for fold in _folds(areas["rw_code"], cases, measured, values):
        kept_cases, kept_measured = np.where(fold, 0, cases), np.where(fold, 0, measured)
        prior = _fit(names, values, kept_cases, kept_measured)
        for score, candidate in ((without, None), (with_them, prior)):
            risks = risks_by_city(areas, kept_cases, kept_measured, candidate)
            alpha, beta = matched_beta(risks["mean"][fold], risks["variance"][fold])
            score[fold] = stats.betabinom.logpmf(cases[fold], measured[fold], alpha, beta)
    difference = (with_them - without)[seen]
    gain, error = float(difference.mean()), float(difference.std(ddof=1) / np.sqrt(len(difference)))
    prior = _fit(names, values, cases, measured)
    is_used = gain > WINNING_ERRORS * error
    report = GainReport(
        covariates=names,
        coefficients=dict(zip(names, prior.coefficients.tolist(), strict=True)),
        rw_count=int(seen.sum()),
        score_without=float(without[seen].mean()),
        score_with=float(with_them[seen].mean()),
        gain=gain,
        gain_error=error,
        is_used=is_used,
        reason=f"gain of {gain:.4f} ± {error:.4f} per left-out RW is {'clear' if is_used else 'not clear'}",
    )
    return (prior if is_used else None), report


def fit_covariates(frame: pd.DataFrame, covariates: Sequence[str]) -> CovariatePrior | None:
    """Fit a prior on covariates that earned their place before, without trying them again; None under fifty RWs.

    Takes what covariate_prior takes. Ridge pulls the coefficient of a covariate that says nothing here to nothing.
    """
    areas = with_parents(frame).reset_index(drop=True)
    cases, measured = checked_counts(areas)
    values = covariate_values(areas, tuple(covariates))
    is_known = ~np.isnan(values).any(axis=1)
    varies = all(np.unique(column[~np.isnan(column)]).size > 1 for column in values.T)
    if not varies or (is_known & (measured > 0)).sum() < FEWEST_RWS:
        return None
    return _fit(tuple(covariates), values, cases, measured)


def past_log_odds(earlier: pd.DataFrame) -> pd.DataFrame:
    """Return the smoothed rate of an earlier window as a covariate, usually the strongest, with its error.

    Takes what smooth_rates takes; gives rw_code, past_log_odds and past_log_odds_sd. The earlier window must hold
    other children: those of 24-59 months three years before have all turned five since. The same children bring the
    same luck, which looks like a large gain out of sample and is none: in simulated cities with 70 % of the children in
    both windows, the error against true rates is worse than without the covariate, and intervals cover 86 %. An RW that
    is absent from the earlier window is unknown to the merge that follows, not average.
    """
    smoothed = smooth_rates(earlier)
    rate, strength = smoothed["rate"].to_numpy(), (smoothed["posterior_alpha"] + smoothed["posterior_beta"]).to_numpy()
    return pd.DataFrame(
        {
            "rw_code": smoothed["rw_code"].to_numpy(),
            "past_log_odds": special.logit(rate),
            "past_log_odds_sd": 1 / np.sqrt(rate * (1 - rate) * (strength + 1)),
        }
    )


def _fit(names: tuple[str, ...], values: np.ndarray, cases: np.ndarray, measured: np.ndarray) -> CovariatePrior:
    """Fit the regression; each RW weighs as many children as its spread around the mean leaves it worth."""
    centres, scales = np.nanmean(values, axis=0), np.nanstd(values, axis=0)
    steps = standardised(values, centres, scales)
    strength = min(moment_prior(cases, measured).strength, 1e9)
    worth = (strength + 1) / (strength + np.maximum(measured, 1))
    outcome = np.repeat([1, 0], len(cases))
    weight = np.concatenate([cases * worth, (measured - cases) * worth])
    used = weight > 0
    coefficients = np.zeros(len(names))
    if np.unique(outcome[used]).size == 2:
        regression = LogisticRegression(C=COEFFICIENT_SCALE**2)
        regression.fit(np.vstack([steps, steps])[used], outcome[used], sample_weight=weight[used])
        coefficients = regression.coef_[0]
    return CovariatePrior(names=names, centres=centres, scales=scales, coefficients=coefficients)


def _folds(rw_code: pd.Series, cases: np.ndarray, measured: np.ndarray, values: np.ndarray) -> list[np.ndarray]:
    """Deal RWs of like size and covariates over the folds; neither their order nor (ties apart) their names matter."""
    order = np.lexsort((rw_code.astype("str").to_numpy(dtype=str), *values.T, cases, measured))
    fold = np.empty(len(order), dtype=int)
    fold[order] = np.arange(len(order)) % FOLDS
    return [fold == number for number in range(FOLDS)]


def _unused(names: tuple[str, ...], rw_count: int, reason: str) -> GainReport:
    nothing = float("nan")
    return GainReport(names, {}, rw_count, nothing, nothing, 0.0, nothing, is_used=False, reason=reason)
