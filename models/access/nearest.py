"""RWs whose nearest puskesmas is not their own."""

import pandas as pd

_ROUNDING_MIN = 1e-6
"""A whole minute out of two divisions by sixty is not quite one."""


def nearer_elsewhere(rws: pd.DataFrame, at_least_min: float = 0.0) -> pd.DataFrame:
    """Return the RWs for which another puskesmas is nearer than their own, the largest difference first.

    `rws`: rw_code, own_code, own_minutes, nearest_code, nearest_minutes, and whatever else comes with them. Adds
    `minutes_saved`: own less nearest, blank where no way leads to the own one (these come first). Differences under
    `at_least_min` minutes are left out: a model's minute is not exact. RWs without an own puskesmas are left out.
    """
    own = pd.to_numeric(rws["own_minutes"], errors="coerce").astype(float)
    nearest = pd.to_numeric(rws["nearest_minutes"], errors="coerce").astype(float)
    saved = own - nearest
    differs = (
        rws["own_code"].notna()
        & nearest.notna()
        & rws["own_code"].ne(rws["nearest_code"])
        & ~(saved < at_least_min)
        & ~(saved <= 0)
    )
    return (
        rws.assign(minutes_saved=saved)[differs]
        .sort_values(["minutes_saved", "rw_code"], ascending=[False, True], na_position="first")
        .reset_index(drop=True)
    )
