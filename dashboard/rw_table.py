"""One row per RW for a month: its counts, its smoothed rate, its attendance class and the children to expect."""

import numpy as np
import pandas as pd

from models.rates.attendance import absentee_bounds, classify, expected_stunted
from models.rates.past import smooth_with_past


def rw_table(
    names: pd.DataFrame, counts: pd.DataFrame, attendance_minimum: float, past: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Join every RW with its counts and what the rate models say of them, in the order of `names`.

    `past` holds the counts of other children, years before (`models.rates.past`), where they may be used: with it the
    rates are those that Prioritas ranks by. RWs that reported nothing keep blank counts, a rate that is only their
    neighbourhood's, and the status no_data.
    """
    table = names.merge(counts, how="left", left_on="code", right_on="rw_code", validate="1:1").drop(columns="rw_code")
    for column in table.columns.intersection(counts.columns):
        table[column] = pd.to_numeric(table[column], errors="coerce").astype(float)
    now = _cases(table.assign(rw_code=table["code"]))
    rates = smooth_with_past(now, now[:0] if past is None else _cases(past))
    if not now["measured"].any() and (past is None or not past["haz_valid"].any()):
        # Without a single child the prior is flat, and its middle would be told as half of all children.
        rates.loc[:, ["rate", "rate_low", "rate_high"]] = np.nan
    rates = rates.assign(d_weighed=table["d_weighed"], s_target=table["s_target"])
    told = expected_stunted(absentee_bounds(classify(rates, attendance_minimum)))
    wanted = [
        "raw_rate",
        "rate",
        "rate_low",
        "rate_high",
        "bound_low",
        "bound_high",
        "attendance_share",
        "status",
        "expected_stunted",
        "expected_stunted_low",
        "expected_stunted_high",
        "is_prior_only",
    ]
    return table.join(told[wanted])


def _cases(counts: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "rw_code": counts["rw_code"],
            "cases": counts["stunted"].fillna(0).astype(int),
            "measured": counts["haz_valid"].fillna(0).astype(int),
        }
    )
