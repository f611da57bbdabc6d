"""Which recorded tenth of a centimetre or kilogram is the first on the good side of a z-score, for whole tables.

Six years of a city are nine million weighings, and only the side of -3, -2 and the plausibility limits matters for the
counts. The tables are asked from `models.growth.zscores` itself, so history and child-level rows obey one standard.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.growth.standard import HEIGHT_TENTHS, LAST_DAY, LENGTH_TENTHS
from models.growth.zscores import HEIGHT_FROM_DAYS, PLAUSIBLE, ZScores, zscores

Tenths = NDArray[np.int16]
_LAST_TENTH = 2000
_SOME_LENGTH_CM = 80.0
_SOME_WEIGHT_KG = 10.0
_LENGTH_ROWS = LENGTH_TENTHS[1] - LENGTH_TENTHS[0] + 1
_HEIGHT_ROWS = HEIGHT_TENTHS[1] - HEIGHT_TENTHS[0] + 1


class Cutoffs(NamedTuple):
    """Tenths by table row: at or above `lowest` and at or below `highest` is plausible; under the others is below."""

    lowest: Tenths
    below_3: Tenths
    below_2: Tenths
    highest: Tenths

    def is_valid(self, tenths: NDArray[np.int32], row: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Say which values have a z-score that is not flagged."""
        return (tenths >= self.lowest[row]) & (tenths <= self.highest[row])


def age_row(sex: NDArray[np.int8], age_days: NDArray[np.int32]) -> NDArray[np.intp]:
    """Return the row of a table by age: boys' days, then girls'."""
    return age_days.astype(np.intp) + (sex == 2) * (LAST_DAY + 1)


def length_row(
    sex: NDArray[np.int8], age_days: NDArray[np.int32], length_tenths: NDArray[np.int32]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return the row of the table by length or height, and whether the length lies within the table."""
    is_old = age_days >= HEIGHT_FROM_DAYS
    first = np.where(is_old, HEIGHT_TENTHS[0], LENGTH_TENTHS[0])
    last = np.where(is_old, HEIGHT_TENTHS[1], LENGTH_TENTHS[1])
    is_inside = (length_tenths >= first) & (length_tenths <= last)
    start = np.where(is_old, 2 * _LENGTH_ROWS + (sex == 2) * _HEIGHT_ROWS, (sex == 2) * _LENGTH_ROWS)
    return (start + np.where(is_inside, length_tenths - first, 0)).astype(np.intp), is_inside


@cache
def by_age(index: str) -> Cutoffs:
    """Return the cut-offs of `haz` (tenths of cm, position already adjusted) or `waz` (tenths of kg) by `age_row`."""
    sex = np.repeat([1, 2], LAST_DAY + 1)
    days = np.tile(np.arange(LAST_DAY + 1), 2)

    def score(tenths: NDArray[np.int64]) -> NDArray[np.float64]:
        weight = tenths / 10 if index == "waz" else _SOME_WEIGHT_KG
        length = tenths / 10 if index == "haz" else _SOME_LENGTH_CM
        return _column(zscores(sex, days, weight, length, 0, False), index)

    return _cutoffs(score, len(sex), index)


@cache
def by_length() -> Cutoffs:
    """Return the cut-offs of `whz` in tenths of kg by `length_row`."""
    lengths = np.arange(LENGTH_TENTHS[0], LENGTH_TENTHS[1] + 1)
    heights = np.arange(HEIGHT_TENTHS[0], HEIGHT_TENTHS[1] + 1)
    sex = np.repeat([1, 2, 1, 2], [_LENGTH_ROWS, _LENGTH_ROWS, _HEIGHT_ROWS, _HEIGHT_ROWS])
    tenths_cm = np.concatenate([lengths, lengths, heights, heights])
    days = np.repeat([0, HEIGHT_FROM_DAYS], [2 * _LENGTH_ROWS, 2 * _HEIGHT_ROWS])

    def score(tenths: NDArray[np.int64]) -> NDArray[np.float64]:
        return zscores(sex, days, tenths / 10, tenths_cm / 10, 0, False).whz

    return _cutoffs(score, len(sex), "whz")


def _column(scores: ZScores, index: str) -> NDArray[np.float64]:
    return scores.haz if index == "haz" else scores.waz


def _cutoffs(score, rows: int, index: str) -> Cutoffs:  # type: ignore[no-untyped-def]  # a closure over its table
    lowest, highest = PLAUSIBLE[index]
    return Cutoffs(
        _first_at_least(score, rows, lowest),
        _first_at_least(score, rows, -3.0),
        _first_at_least(score, rows, -2.0),
        # the last tenth that is not above: one before the first that is at least a hundredth higher
        _first_at_least(score, rows, highest + 0.01) - np.int16(1),
    )


def _first_at_least(score, rows: int, z: float) -> Tenths:  # type: ignore[no-untyped-def]  # a closure over its table
    low, high = np.ones(rows, dtype=np.int64), np.full(rows, _LAST_TENTH)
    while (low < high).any():
        middle = (low + high) // 2
        is_enough = score(middle) >= z - 1e-9
        high = np.where(is_enough, middle, high)
        low = np.where(is_enough, low, middle + 1)
    return low.astype(np.int16)
