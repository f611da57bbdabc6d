"""The counts that every rate starts from: children measured in an RW, and those of them who are stunted.

Assumes that a child counts once in a window. A blank count is unknown and never zero cases: an RW whose `measured` is
blank is one of which nothing was measured, and its rate then comes from its neighbours alone.
"""

import numpy as np
import pandas as pd

from models.errors import UnusableRatesError


def checked_counts(frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return `cases` and `measured` as float arrays of one length, (0, 0) where nothing was measured.

    Raises UnusableRatesError that lists every problem at once: absent columns, RWs that occur twice, negative or
    fractional counts, more cases than measured children, measured children whose cases are unknown.
    """
    absent = [column for column in ("rw_code", "cases", "measured") if column not in frame.columns]
    if absent:
        raise UnusableRatesError(
            f"The frame of counts lacks {', '.join(absent)}: give one row per RW with these columns"
        )
    cases = pd.to_numeric(frame["cases"], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    measured = pd.to_numeric(frame["measured"], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    measured = np.where(np.isnan(measured) & ~(cases > 0), 0.0, measured)
    cases = np.where(measured == 0, np.nan_to_num(cases), cases)
    whole = (np.floor(np.nan_to_num(cases)) == np.nan_to_num(cases)) & (
        np.floor(np.nan_to_num(measured)) == np.nan_to_num(measured)
    )
    problems = {
        "occur(s) more than once": frame["rw_code"].duplicated().to_numpy(),
        "has no code": frame["rw_code"].isna().to_numpy(),
        "has a count below zero": (cases < 0) | (measured < 0),
        "has a count that is not whole or not finite": ~whole | np.isinf(cases) | np.isinf(measured),
        "has more cases than measured children": (cases > measured) | ((cases > 0) & np.isnan(measured)),
        "has measured children but no count of cases": np.isnan(cases) & (measured > 0),
    }
    found = [
        f"{int(where.sum())} RW(s) {what}, the first is {frame['rw_code'].to_numpy()[where][0]}"
        for what, where in problems.items()
        if where.any()
    ]
    if found:
        raise UnusableRatesError("Counts that can't be turned into rates: " + "; ".join(found) + ". Correct them first")
    return cases, measured
