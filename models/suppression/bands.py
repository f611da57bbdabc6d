"""Counts as bands of five: 0, 1-4, 5-9, 10-14 and so on.

Every count is banded, not only those of 1 to 4: exact neighbours and an exact total would give a hidden one back.
"""

import numpy as np
import pandas as pd

SMALLEST_TOLD = 5
"""A group of fewer children is not told by its number: at 1 to 4 neighbours can guess who is meant. Five is the rule of
the Washington State Department of Health's small-number standard for rates and of most national statistical offices
for counts of people."""

BAND = 5


def band(counts: pd.Series | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the lowest and the highest count of each count's band; zero is its own band, unknown stays unknown."""
    values = np.asarray(pd.to_numeric(pd.Series(counts), errors="coerce"), dtype=float)
    start = np.floor(values / BAND) * BAND
    low = np.where(values == 0, 0.0, np.maximum(start, 1.0))
    high = np.where(values == 0, 0.0, start + BAND - 1)
    return np.where(np.isnan(values), np.nan, low), np.where(np.isnan(values), np.nan, high)
