"""Smoothed rates that also know what an RW was before: the final method of the ranking.

Assumes that an RW's risk lasts, while its children change. The earlier window holds children who were 24 to 59 months
old more than three years before and have all turned five, so no child speaks twice. That this covariate earns its
place, and that travel time and attendance don't, is measured out of sample in `tests/benchmarks/bench_rates.py`.
"""

import pandas as pd

from models.rates.beta_binomial import INTERVAL
from models.rates.covariate_fit import fit_covariates, past_log_odds
from models.rates.smooth import smooth_rates

AGE_BAND = "24-59"
"""Months of age of the earlier window's children."""

MONTHS_BEFORE = 38
"""How far back it lies: 36 months until its youngest child is five, and two since a window holds three months."""


def smooth_with_past(frame: pd.DataFrame, earlier: pd.DataFrame, interval: float = INTERVAL) -> pd.DataFrame:
    """Return what smooth_rates returns, its prior moved by each RW's smoothed rate of an earlier window.

    `earlier` holds rw_code, cases and measured of other children than `frame`; RWs absent from it, or with nobody
    measured in it, are unknown there, which widens their interval. Without enough of them the past is left out.
    """
    return smooth_beside(frame, past_of(earlier), interval)


def past_of(earlier: pd.DataFrame) -> pd.DataFrame | None:
    """Return what `past_log_odds` tells of an earlier window, or None where nobody was measured in it.

    It takes as long as smoothing: whoever smooths several counts beside one past works it out once.
    """
    known = earlier[earlier["measured"] > 0]
    return past_log_odds(known.reset_index(drop=True)) if len(known) else None


def smooth_beside(frame: pd.DataFrame, past: pd.DataFrame | None, interval: float = INTERVAL) -> pd.DataFrame:
    """Return what `smooth_with_past` returns, for a past that is worked out already."""
    if past is None:
        return smooth_rates(frame, interval=interval)
    joined = frame.merge(past, how="left", on="rw_code", validate="1:1").set_axis(frame.index)
    return smooth_rates(joined, fit_covariates(joined, ["past_log_odds"]), interval)
