"""What is known of an RW besides its count: a shift of its log-odds against its kelurahan.

Assumes covariates act on log-odds, linearly and alike everywhere in the city. They move only the prior, so an RW's
own children still outvote them. A covariate that is unknown for an RW shifts it by nothing and widens its interval; one
that is itself an estimate brings its error in a column of the same name and `_sd`, and widens it by that.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.errors import UnusableRatesError

LARGEST_SHIFT = 2.0  # log-odds, a factor of seven: a mistyped covariate must not decide an RW's rate


@dataclass(frozen=True)
class CovariatePrior:
    """A fitted regression: per covariate its centre, its scale, and its coefficient in log-odds per scale."""

    names: tuple[str, ...]
    centres: np.ndarray
    scales: np.ndarray
    coefficients: np.ndarray

    def log_odds_offset(self, frame: pd.DataFrame) -> np.ndarray:
        """Return each RW's shift of log-odds, 0 where every covariate is unknown or typical.

        Raises UnusableRatesError when the frame lacks a covariate.
        """
        shift = standardised(covariate_values(frame, self.names), self.centres, self.scales) @ self.coefficients
        return np.clip(shift, -LARGEST_SHIFT, LARGEST_SHIFT)

    def log_odds_variance(self, frame: pd.DataFrame) -> np.ndarray:
        """Return how unsure each RW's shift is: the errors of its covariates, a whole scale for an unknown one."""
        values = covariate_values(frame, self.names)
        errors = np.column_stack(
            [
                covariate_values(frame, (f"{name}_sd",))[:, 0]
                if f"{name}_sd" in frame.columns
                else np.zeros(len(frame))
                for name in self.names
            ]
        )
        in_scales = np.where(np.isnan(values) | np.isnan(errors), 1.0, errors / self.scales)
        return (in_scales**2) @ (self.coefficients**2)


def covariate_values(frame: pd.DataFrame, names: tuple[str, ...]) -> np.ndarray:
    """Return covariates as floats, (RW, covariate), NaN where unknown; raise UnusableRatesError for an absent one."""
    absent = [name for name in names if name not in frame.columns]
    if absent:
        raise UnusableRatesError(f"The frame lacks the covariate(s) {', '.join(absent)}: add them or leave them out")
    values = frame[list(names)].apply(pd.to_numeric, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    return np.where(np.isfinite(values), values, np.nan)


def standardised(values: np.ndarray, centres: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """Return covariates in scales from their centres, with unknown values at the centre."""
    return np.nan_to_num((values - centres) / scales)
