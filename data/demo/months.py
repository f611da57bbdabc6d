"""Months and days as whole numbers, so that a city of children ages by arithmetic.

A month counts from January 1970 (numpy's `datetime64[M]`), a day from 1 January 1970 (`datetime64[D]`).
"""

import re
from datetime import date

import numpy as np
from numpy.typing import NDArray

from data.errors import UnusableInputError

FIRST_MONTH = "2020-01"
DEFAULT_END_MONTH = "2026-10"


def month_number(text: str) -> int:
    """Read YYYY-MM; raises UnusableInputError for anything else."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise UnusableInputError(f"'{text}' is no month; write YYYY-MM, such as {DEFAULT_END_MONTH}.")
    return int(np.datetime64(text, "M").astype(int))


def month_text(month: int) -> str:
    """Write a month as YYYY-MM."""
    return str(np.datetime64(month, "M"))


def first_day(month: int | NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the day number of a month's first day."""
    return np.asarray(month).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def first_date(month: int) -> date:
    """Return a month's first day as a date."""
    return np.datetime64(month, "M").astype("datetime64[D]").astype(date)


def calendar_month(month: int) -> int:
    """Return 1 for January to 12 for December."""
    return month % 12 + 1
