"""Which posyandu reported in which month, and when: a grid of posyandu × month.

A posyandu is expected from its first report on, and in every month looked at where it is on the register. It is silent
in a month without a weighing, late where the list came after the due day of the next month, and on time otherwise.
Assumes that a month whose due day has not come yet cannot be late.
"""

import datetime
from collections.abc import Sequence

import numpy as np
import pandas as pd

from models.months import month_after
from models.quality.limits import DUE_DAY

ON_TIME, LATE, SILENT, NOT_YET, NOT_EXPECTED = "on_time", "late", "silent", "not_yet", "not_expected"


def due_on(month: datetime.date, due_day: int = DUE_DAY) -> datetime.date:
    """Return the day by which a month's list should be in."""
    return month_after(month, 1).replace(day=due_day)


def reporting_grid(
    received: pd.DataFrame,
    first: pd.DataFrame,
    register: pd.DataFrame,
    months: Sequence[datetime.date],
    today: datetime.date,
    due_day: int = DUE_DAY,
) -> pd.DataFrame:
    """Return one row per posyandu and month: rw_code, posyandu, month, state.

    Takes rw_code and posyandu with: month and received_on of what came in these months; `since`, the month of the first
    report ever; and nothing more for the register. Months are first days.
    """
    known = register[["rw_code", "posyandu"]].drop_duplicates().assign(since=datetime.date.min)
    whole = pd.concat([known, first[["rw_code", "posyandu", "since"]]], ignore_index=True)
    whole = whole.groupby(["rw_code", "posyandu"], as_index=False).agg(since=("since", "min"))
    grid = whole.merge(pd.DataFrame({"month": list(months)}), how="cross").merge(
        received[["rw_code", "posyandu", "month", "received_on"]],
        on=["rw_code", "posyandu", "month"],
        how="left",
        validate="one_to_one",
    )
    has_come = grid["received_on"].notna().to_numpy()
    due = grid["month"].map({month: due_on(month, due_day) for month in months}).to_numpy().astype("datetime64[D]")
    came = pd.to_datetime(grid["received_on"]).to_numpy().astype("datetime64[D]")
    is_before = (grid["month"] < grid["since"]).to_numpy(bool)
    grid["state"] = np.select(
        [has_come & (came <= due), has_come, is_before, due >= np.datetime64(today)],
        [ON_TIME, LATE, NOT_EXPECTED, NOT_YET],
        SILENT,
    )
    return grid.drop(columns=["since", "received_on"])


def reported(grid: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return months (expected), months_reported and months_on_time by `keys`, each posyandu's months added."""
    state = grid["state"]
    counted = grid[list(keys)].assign(
        months=state.isin([ON_TIME, LATE, SILENT]).astype(int),
        months_reported=state.isin([ON_TIME, LATE]).astype(int),
        months_on_time=state.eq(ON_TIME).astype(int),
    )
    return counted.groupby(list(keys), as_index=False).sum()
