"""What the texts of a measurement sheet mean: numbers, days, sex, position and oedema.

It assumes nothing about a column's type: each distinct value is read once, so a million rows cost little more than
their few thousand distinct values. Whatever cannot be read is missing, never an error.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SEXES = {
    "1": 1, "l": 1, "m": 1, "male": 1, "laki-laki": 1,
    "2": 2, "p": 2, "f": 2, "female": 2, "perempuan": 2,
}  # fmt: skip
"""L laki-laki and M male are 1, P perempuan and F female are 2."""

POSITIONS = {"l": 1, "h": 2}
OEDEMAS = {"y": True, "true": True}

_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?|[+-]?inf(?:inity)?", re.ASCII | re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?", re.ASCII | re.DOTALL)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ].*)?", re.ASCII | re.DOTALL)

Values = pd.Series | Sequence[Any] | NDArray[Any]


def numbers(values: Values) -> NDArray[np.float64]:
    """Read numbers with a decimal point or comma, shape (n,); NaN where there is none.

    A thousands separator, a unit or any other letter makes it unreadable; a number too large for a float is infinite.
    """
    if isinstance(values, (pd.Series, np.ndarray)) and values.dtype.kind in "iuf":
        return np.asarray(values, dtype=np.float64)
    return _read_distinct(values, _number, np.float64)


def days(values: Values) -> NDArray[np.float64]:
    """Read dates as day numbers, shape (n,): ISO first (a time of day is dropped), then day, month, year.

    NaN where the text is no real date; two-digit years are not guessed.
    """
    return _read_distinct(values, _day, np.float64)


def sexes(values: Values) -> NDArray[np.int8]:
    """Read sex in any case, shape (n,): 1 boy, 2 girl, 0 missing."""
    return _read_distinct(values, lambda text: SEXES.get(_code(text), 0), np.int8)


def positions(values: Values) -> NDArray[np.int8]:
    """Read how length was measured, in any case, shape (n,): 1 lying (l), 2 standing (h), 0 not noted."""
    return _read_distinct(values, lambda text: POSITIONS.get(_code(text), 0), np.int8)


def oedemas(values: Values) -> NDArray[np.bool_]:
    """Read oedema in any case, shape (n,): true for y or true; a blank and all else count as n."""
    return _read_distinct(values, lambda text: OEDEMAS.get(_code(text), False), np.bool_)


def _read_distinct[T: np.generic](values: Values, read: Callable[[str], Any], kind: type[T]) -> NDArray[T]:
    cells = np.empty(len(values), dtype=object)
    cells[:] = values
    position, distinct = pd.factorize(cells, use_na_sentinel=False)
    meaning = [read("" if pd.isna(value) else str(value).strip()) for value in distinct]
    return np.array(meaning, dtype=kind)[position]


def _number(text: str) -> float:
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else np.nan


def _code(text: str) -> str:
    return text.lower().removesuffix(".0")


def _day(text: str) -> float:
    if parts := _YEAR_FIRST.fullmatch(text):
        year, month, day = parts.groups()
    elif parts := _DAY_FIRST.fullmatch(text):
        day, month, year = parts.groups()
    else:
        return np.nan
    try:
        return date(int(year), int(month), int(day)).toordinal()
    except ValueError:
        return np.nan
