"""Stunting rates of RWs from few children: smoothed, with honest intervals, and guarded against absent children."""

from models.rates.attendance import (
    HALF_TO_TWICE,
    LOW_ATTENDANCE,
    STATUSES,
    Absentees,
    absentee_bounds,
    attendance,
    classify,
    expected_stunted,
)
from models.rates.beta_binomial import BetaPrior, moment_prior, posterior, raw_rates, single_prior_rates
from models.rates.covariates import CovariatePrior
from models.rates.evaluation import evaluate_against_truth
from models.rates.past import smooth_with_past
from models.rates.smooth import smooth_rates

__all__ = [
    "HALF_TO_TWICE",
    "LOW_ATTENDANCE",
    "STATUSES",
    "Absentees",
    "BetaPrior",
    "CovariatePrior",
    "absentee_bounds",
    "attendance",
    "classify",
    "evaluate_against_truth",
    "expected_stunted",
    "moment_prior",
    "posterior",
    "raw_rates",
    "single_prior_rates",
    "smooth_rates",
    "smooth_with_past",
]
