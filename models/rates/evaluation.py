"""How close estimated rates come to true ones, for methods side by side.

Assumes that truth is known, which it is only in a simulated city. Methods are judged by what they are for: picking the
worst RWs, honest intervals, small errors.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from models.errors import UnusableRatesError


def evaluate_against_truth(
    estimates: Mapping[str, pd.DataFrame], truth: pd.DataFrame, ks: Sequence[int] = (20, 50, 100)
) -> pd.DataFrame:
    """Return one row per method: method, precision_top_K for every K, coverage, mae, rmse, rw_count.

    Takes per method rw_code, rate, rate_low, rate_high, and as truth rw_code, true_rate. Precision is the share of the
    K highest estimates that are among the K highest true rates, averaged over the orders that ties allow; an RW without
    an estimate comes last. Coverage, mean absolute error and root mean square error are over RWs with an estimate,
    rw_count of them. Raises UnusableRatesError when a method and the truth don't hold the same RWs.
    """
    rows = []
    for method, frame in estimates.items():
        if frame["rw_code"].duplicated().any() or set(frame["rw_code"]) != set(truth["rw_code"]):
            raise UnusableRatesError(
                f"The estimates of {method} and the truth hold different RWs: compare like with like"
            )
        joined = truth[["rw_code", "true_rate"]].merge(frame, on="rw_code", validate="1:1")
        rate, true_rate = joined["rate"].to_numpy(dtype=float), joined["true_rate"].to_numpy(dtype=float)
        has_rate = ~np.isnan(rate)
        error = (rate - true_rate)[has_rate]
        is_inside = (joined["rate_low"] <= joined["true_rate"]) & (joined["true_rate"] <= joined["rate_high"])
        rows.append(
            {
                "method": method,
                **{f"precision_top_{k}": precision_at(rate, true_rate, k) for k in ks},
                "coverage": float(is_inside.to_numpy()[has_rate].mean()),
                "mae": float(np.abs(error).mean()),
                "rmse": float(np.sqrt((error**2).mean())),
                "rw_count": int(has_rate.sum()),
            }
        )
    return pd.DataFrame(rows)


def precision_at(estimated: np.ndarray, true: np.ndarray, k: int) -> float:
    """Return the share of the k highest estimates that are among the k highest true values, ties at the edge shared."""
    return float((_in_top(np.nan_to_num(estimated, nan=-np.inf), k) * _in_top(true, k)).sum() / k)


def _in_top(values: np.ndarray, k: int) -> np.ndarray:
    """Return each value's chance of being among the k highest when ties are broken at random."""
    if not 0 < k <= len(values):
        raise UnusableRatesError(f"There is no top {k} of {len(values)} RWs: choose K between 1 and {len(values)}")
    edge = np.sort(values)[-k]
    above, level = values > edge, values == edge
    return above + level * (k - above.sum()) / level.sum()
