"""Which months visits can be planned or looked back on for, given up to which month figures are known."""

import datetime
from collections.abc import Iterable, Sequence

import pandas as pd

from models.months import month_after

_AHEAD, _BACK = 6, 6


def visit_months(known: Sequence[datetime.date]) -> list[datetime.date]:
    """Return months to choose from: the one after the newest figures first, those ahead, then past ones back in time.

    `known` holds first days of months, in order. A past month is one that earlier figures exist for.
    """
    if not known:
        return []
    ahead = [month_after(known[-1], distance) for distance in range(1, _AHEAD + 1)]
    back = [month for month in reversed(known[1:]) if month < ahead[0]]
    return [*ahead, *back[:_BACK]]


def months_told(days: Iterable[datetime.date], index: pd.Index) -> pd.Series:
    """Return the months of days as YYYY-MM; without days it is text all the same, so that months can be compared."""
    return pd.Series([f"{day:%Y-%m}" for day in days], index=index, dtype=object)
