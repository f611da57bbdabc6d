"""Is a movement over time more than its usual wavering: Laney's p' chart with three signals.

Shares of many thousand children waver more than the binomial says, so that a plain p chart cries wolf every month.
Laney (2002), Improved control charts for attributes, Quality Engineering 14:531-537, widens its limits by the moving
range of the standardised shares. Periods must not share children: use quarters for window counts, months for events.
Signals are the first, second and third of Nelson (1984), Journal of Quality Technology 16:237-239, with eight in a row
on one side, as NHS England uses them.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.errors import UnusableTrendError

LEAST_PERIODS = 8
RUN, DRIFT = 8, 6
BEYOND_HIGH, BEYOND_LOW, RUN_HIGH, RUN_LOW, RISING, FALLING = (
    "beyond_high",
    "beyond_low",
    "run_high",
    "run_low",
    "rising",
    "falling",
)
_RANGE_TO_SIGMA = 1.128


@dataclass(frozen=True)
class ControlChart:
    """The centre (a fraction), the periods with low, high (limits) and signal (blank: usual wavering)."""

    centre: float
    wavering: float
    periods: pd.DataFrame


def control_chart(periods: pd.DataFrame) -> ControlChart:
    """Return the chart of periods, oldest first, with numerator and denominator.

    Adds value, low, high and signal. Raises UnusableTrendError for fewer than LEAST_PERIODS periods with figures.
    """
    known = periods[(periods["denominator"] > 0) & periods["numerator"].notna()].reset_index(drop=True)
    if len(known) < LEAST_PERIODS:
        raise UnusableTrendError(f"A control chart needs {LEAST_PERIODS} periods with figures; there are {len(known)}")
    numerator, denominator = known["numerator"].to_numpy(dtype=float), known["denominator"].to_numpy(dtype=float)
    value = numerator / denominator
    centre = float(numerator.sum() / denominator.sum())
    spread = np.sqrt(max(centre * (1 - centre), 1e-12) / denominator)
    wavering = float(np.abs(np.diff((value - centre) / spread)).mean() / _RANGE_TO_SIGMA)
    low = np.maximum(centre - 3 * spread * wavering, 0)
    high = np.minimum(centre + 3 * spread * wavering, 1)
    signal = _signals(value, centre, low, high)
    return ControlChart(centre, wavering, known.assign(value=value, low=low, high=high, signal=signal))


def _signals(value: np.ndarray, centre: float, low: np.ndarray, high: np.ndarray) -> list[str]:
    """Return each period's strongest signal: beyond a limit, then a run on one side, then a steady drift."""
    found = [""] * len(value)
    step = np.sign(np.diff(value))
    for place in range(DRIFT - 1, len(value)):
        last = step[place - DRIFT + 1 : place]
        if (last > 0).all() or (last < 0).all():
            found[place] = RISING if last[0] > 0 else FALLING
    side = np.sign(value - centre)
    for place in range(RUN - 1, len(value)):
        last = side[place - RUN + 1 : place + 1]
        if (last > 0).all() or (last < 0).all():
            found[place] = RUN_HIGH if last[0] > 0 else RUN_LOW
    for place in np.flatnonzero(value > high).tolist():
        found[place] = BEYOND_HIGH
    for place in np.flatnonzero(value < low).tolist():
        found[place] = BEYOND_LOW
    return found
