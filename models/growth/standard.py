"""The L, M and S of the WHO Child Growth Standards (2006), loaded once into arrays that are read by position.

Source: `tables/README.md`. A row is found by arithmetic, never by search: the tables have no gaps, so a child's row is
the start of its sex plus its age in days, or plus its length in tenths of a centimetre.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.errors import ModelError

Floats = NDArray[np.float64]

TABLES = Path(__file__).parent / "tables"
LAST_DAY = 1826
LENGTH_TENTHS = (450, 1100)
HEIGHT_TENTHS = (650, 1200)


class GrowthTableError(ModelError, ValueError):
    """A table of the growth standard is not the one that this code was written for."""


class Lms(NamedTuple):
    """L, M and S, one entry per table row."""

    l: Floats  # noqa: E741 - the standard's own letter
    m: Floats
    s: Floats

    def at(self, row: NDArray[np.intp]) -> "Lms":
        """Return L, M and S at the given table rows."""
        return Lms(self.l[row], self.m[row], self.s[row])


@cache
def by_age(index: str) -> Lms:
    """Return a table by age: boys' days 0 to 1826, then girls'.

    `index` is `lenhei_for_age`, `weight_for_age` or `bmi_for_age`; M is in cm, kg or kg/m².
    """
    return _read(index, 0, LAST_DAY, steps_per_unit=1)


@cache
def by_length() -> Lms:
    """Return weight for length (boys, girls), then weight for height (boys, girls), by 0.1 cm; M is in kg."""
    length = _read("weight_for_length", *LENGTH_TENTHS, steps_per_unit=10)
    height = _read("weight_for_height", *HEIGHT_TENTHS, steps_per_unit=10)
    return Lms(*(np.concatenate(pair) for pair in zip(length, height, strict=True)))


def _read(name: str, first: int, last: int, steps_per_unit: int) -> Lms:
    path = TABLES / f"{name}.csv"
    sex, key, *lms = np.loadtxt(path, delimiter=",", skiprows=1, unpack=True)
    steps = np.arange(first, last + 1)
    is_whole = np.array_equal(sex, np.repeat([1, 2], len(steps))) and np.array_equal(
        np.rint(key * steps_per_unit), np.tile(steps, 2)
    )
    if not is_whole:
        raise GrowthTableError(f"{path} has gaps or another order; restore it from the project's repository.")
    for column in lms:
        column.setflags(write=False)
    return Lms(*lms)
