"""One row per RW for a month: its counts, its smoothed rate, its attendance class and the children to expect."""

import pandas as pd

from models.rates.attendance import absentee_bounds, classify, expected_stunted
from models.rates.smooth import smooth_rates


def rw_table(names: pd.DataFrame, counts: pd.DataFrame, attendance_minimum: float) -> pd.DataFrame:
    """Join every RW with its counts and what the rate models say of them, in the order of `names`.

    RWs that reported nothing keep blank counts, a rate that is only their neighbourhood's, and the status no_data.
    """
    table = names.merge(counts, how="left", left_on="code", right_on="rw_code", validate="1:1").drop(columns="rw_code")
    for column in table.columns.intersection(counts.columns):
        table[column] = pd.to_numeric(table[column], errors="coerce").astype(float)
    rates = smooth_rates(
        pd.DataFrame(
            {
                "rw_code": table["code"],
                "cases": table["stunted"].fillna(0).astype(int),
                "measured": table["haz_valid"].fillna(0).astype(int),
            }
        )
    ).assign(d_weighed=table["d_weighed"], s_target=table["s_target"])
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
