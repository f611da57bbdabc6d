"""Rounding to two decimals as R does it, because flags and categories hang on the second decimal."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

_NEAR_A_TIE = 1e-4
_ALL_DIGITS_USED = 1e12


def round_to_hundredths(values: ArrayLike) -> NDArray[np.float64]:
    """Round to two decimals, to whichever candidate lies nearer to the stored value, an exact draw going to even.

    This is the rule of R's `round(x, 2)` since 4.0.0 (Maechler, "Rounding to Decimal Digits in Binary", 2020). It parts
    from `numpy.round` only where a hundredfold value falls on a half by a floating-point accident; NaN stays NaN.
    """
    number = np.asarray(values, dtype=np.float64)
    with np.errstate(over="ignore", invalid="ignore"):  # numbers near the largest float have no decimals to round
        hundredfold = number * 100
        whole = np.rint(hundredfold)
        is_near_tie = np.abs(np.abs(hundredfold - whole) - 0.5) < _NEAR_A_TIE
    rounded = np.where(np.abs(number) < _ALL_DIGITS_USED, whole / 100, number)
    if is_near_tie.any():
        rounded[is_near_tie] = _nearer_candidate(number[is_near_tie])
    return rounded


def _nearer_candidate(number: NDArray[np.float64]) -> NDArray[np.float64]:
    size = np.abs(number)
    below = np.floor(size * 100)
    low, high = below / 100, np.ceil(size * 100) / 100
    to_low, to_high = size - low, high - size
    is_low = (to_low < to_high) | ((to_low == to_high) & (below % 2 == 0))
    return np.copysign(np.where(is_low, low, high), number)
