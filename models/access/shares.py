"""The share of under-fives who live within so many minutes of care, by area."""

import numpy as np
import pandas as pd

THRESHOLDS_MIN = (15, 30, 60)
"""A quarter of an hour is the walk with a toddler, an hour the half-day's trip; WHO's AccessMod work and most national
standards count 30 and 60 minutes."""


def shares_within(rws: pd.DataFrame, area: pd.Series, thresholds_min: tuple[int, ...] = THRESHOLDS_MIN) -> pd.DataFrame:
    """Return one row per area: area_code, rw, children, and the share of children within each threshold.

    `rws`: rw_code, children (blank when unknown), minutes (blank where no way leads there), is_computed (whether travel
    was ever computed); `area` names each row's area, blank for none. Columns `within_15`, … are fractions of the
    children whose number is known and whose travel was computed, NaN where there are none; `minutes_mean` is the mean
    over those whom a way reaches. A blank time is beyond every threshold (`children_unreached`). `rw_left_out` counts
    the RWs that could not be counted. Ordered by area code.
    """
    children = pd.to_numeric(rws["children"], errors="coerce").astype(float)
    minutes = pd.to_numeric(rws["minutes"], errors="coerce").astype(float)
    counted = children.notna() & rws["is_computed"].astype(bool)
    weight = children.where(counted, 0.0)
    parts = pd.DataFrame(
        {
            "area_code": area.to_numpy(),
            "rw": 1,
            "rw_left_out": (~counted).astype(int),
            "children": weight,
            "children_unreached": weight.where(minutes.isna(), 0.0),
            "_minutes": (weight * minutes).fillna(0.0),
        }
        | {f"within_{limit}": weight.where(minutes <= limit, 0.0) for limit in thresholds_min}
    )
    found = parts.groupby("area_code", sort=True).sum().reset_index()
    total = found["children"].where(found["children"] > 0)
    for limit in thresholds_min:
        found[f"within_{limit}"] = found[f"within_{limit}"] / total
    reached = found["children"] - found["children_unreached"]
    found["minutes_mean"] = found.pop("_minutes") / reached.where(reached > 0, np.nan)
    return found
