"""Weight faltering: the least expected monthly gain (KBM), the status N, T, O or B of a weighing, and the 1T/2T rule.

It assumes that a child is weighed about once a month at the posyandu, so "last month" means the calendar month before,
however many days lie between. Only the KBM half of the rule is judged: a curve that follows its line on the card with a
gain under the KBM is T here.

Source: Buku KIA (Kementerian Kesehatan), page on the KMS; the girls' row and the text are from it, the boys' row in
months 7 to 11 comes from public code and not from the official page.
"""

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from models.growth.zscores import DAYS_PER_MONTH, Floats

#                             month: 1    2    3    4    5    6    7    8    9   10   11   12 and on
_BOYS_G = np.array([np.nan, 800, 900, 800, 600, 500, 400, 400, 300, 300, 300, 300, 200])
_GIRLS_G = np.array([np.nan, 800, 900, 800, 600, 500, 400, 300, 300, 300, 300, 200, 200])

STATUSES = ("N", "T", "O", "B")
STATUS_COLUMNS = ("gain_g", "kbm_g", "weight_status", "t_run", "is_faltering")


def least_expected_gain_g(sex: ArrayLike, age_months: ArrayLike) -> Floats:
    """Return the KBM in grams a month, shape (n,), by sex (1 boy, 2 girl) and age in completed months at the weighing.

    NaN under one month, where no KBM exists, and where sex or age is missing; 12 months' value holds from there on.
    """
    month = np.floor(np.asarray(age_months, dtype=np.float64))
    row = np.where(month >= 1, np.minimum(month, 12), 0).astype(np.intp)
    girl = np.asarray(sex) == 2
    kbm_g = np.where(girl, _GIRLS_G[row], _BOYS_G[row])
    return np.where(girl | (np.asarray(sex) == 1), kbm_g, np.nan)


def weighing_status(weighings: pd.DataFrame, months_of_t: Literal[1, 2] = 2) -> pd.DataFrame:
    """Return `STATUS_COLUMNS` for each weighing, in the order and under the index of the frame given.

    Reads `child` (any key), `measured_on` (datetime64), `sex` (1, 2), `age_days` and `weight_kg`. A month is judged by
    its last weighing with a usable weight; earlier weighings of the month, and rows without child, date or weight, get
    no status and change no other row.

    `weight_status` is B for the child's first weighed month in the frame (hand over its whole history), O when it was
    weighed before but not in the calendar month before, N when it gained at least the KBM since last month, T when it
    gained less, stood still or lost. It is missing where the KBM is unknown (under one month of age, no sex, no age).
    `gain_g` is the gain since last month in whole grams. `t_run` counts the months of T running, this one included: any
    other status ends the run. `is_faltering` says whether the run has reached `months_of_t`: 2 is the classic 2T, and 1
    refers at the first T, as Buku KIA 2023 does. Raises ValueError for another number.
    """
    if months_of_t not in (1, 2):
        raise ValueError(f"months_of_t is 1 or 2, not {months_of_t!r}")
    rows = _counted_rows(weighings)
    counted = weighings.iloc[rows]
    child = pd.factorize(counted["child"])[0]
    month = _calendar_month(counted["measured_on"])
    weight_kg = counted["weight_kg"].to_numpy(dtype=np.float64)

    is_first = np.diff(child, prepend=-1) != 0
    is_month_after = ~is_first & (np.diff(month, prepend=0) == 1)
    # whole grams: 5.8 - 5.0 is a hair under 0.8, and must not be T for that
    gain_g = np.where(is_month_after, np.rint(np.diff(weight_kg, prepend=np.nan) * 1000), np.nan)
    kbm_g = least_expected_gain_g(
        pd.to_numeric(counted["sex"]).to_numpy(dtype=np.float64, na_value=np.nan),
        counted["age_days"].to_numpy(dtype=np.float64, na_value=np.nan) / DAYS_PER_MONTH,
    )
    is_n, is_t = gain_g >= kbm_g, gain_g < kbm_g
    status = np.select([is_first, ~is_month_after, is_n, is_t], [3, 2, 0, 1], default=-1)

    size = len(weighings)
    t_run = _spread(_run_lengths(is_t), rows, size, 0)
    return pd.DataFrame(
        {
            "gain_g": _spread(gain_g, rows, size, np.nan),
            "kbm_g": _spread(kbm_g, rows, size, np.nan),
            "weight_status": pd.Categorical.from_codes(_spread(status, rows, size, -1), pd.Index(STATUSES)),
            "t_run": t_run,
            "is_faltering": t_run >= months_of_t,
        },
        index=weighings.index,
    )


def _counted_rows(weighings: pd.DataFrame) -> NDArray[np.intp]:
    """Return the positions of each child's last usable weighing of a month, by child and month."""
    weight_kg = weighings["weight_kg"].to_numpy(dtype=np.float64, na_value=np.nan)
    is_usable = (weight_kg > 0) & np.isfinite(weight_kg)
    is_usable &= weighings["child"].notna().to_numpy() & weighings["measured_on"].notna().to_numpy()
    usable = np.flatnonzero(is_usable)
    chosen = weighings.iloc[usable]
    child = pd.factorize(chosen["child"])[0]
    day = chosen["measured_on"].to_numpy()
    order = np.lexsort((day, child))  # stable: of two weighings on one day the later row counts
    child, month = child[order], _calendar_month(chosen["measured_on"])[order]
    is_last = np.ones(len(order), dtype=bool)
    is_last[:-1] = (child[1:] != child[:-1]) | (month[1:] != month[:-1])
    return usable[order[is_last]]


def _calendar_month(measured_on: pd.Series) -> NDArray[np.int64]:
    return measured_on.dt.year.to_numpy(dtype=np.int64) * 12 + measured_on.dt.month.to_numpy(dtype=np.int64)


def _run_lengths(is_t: NDArray[np.bool_]) -> NDArray[np.int64]:
    # a T row always follows the same child's row of the month before, so a run never crosses children or gaps
    position = np.arange(1, len(is_t) + 1)
    return position - np.maximum.accumulate(np.where(is_t, 0, position)) if len(is_t) else position


def _spread[T: np.generic](values: NDArray[T], rows: NDArray[np.intp], size: int, missing: float) -> NDArray[T]:
    spread = np.full(size, missing, dtype=values.dtype)
    spread[rows] = values
    return spread
