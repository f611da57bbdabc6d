"""Ordinary travel beside travel with roads closed: who is cut off, and who goes how many minutes farther.

Closing a road never makes a way shorter. Where the time with closures came out shorter, the starting point was taken to
another street than usual; the ordinary time then holds.
"""

import numpy as np
import pandas as pd

SAME, FARTHER, CUT_OFF, NEVER_REACHED = "same", "farther", "cut_off", "never_reached"

NOTICED_MIN = 1.0
"""A shorter detour is nothing that people notice, and within what a model knows."""


def compare_closed(rws: pd.DataFrame) -> pd.DataFrame:
    """Return `rws` with closed_minutes (never under the ordinary ones), minutes_more and effect.

    `rws`: minutes (ordinary) and closed_minutes, to the nearest place in each case, blank where no way leads there.
    `effect`: cut_off where a way was and none is left, never_reached where none was, farther from NOTICED_MIN minutes
    on, else same. `minutes_more` is blank where there is no way.
    """
    before = pd.to_numeric(rws["minutes"], errors="coerce").to_numpy(dtype=float)
    after = pd.to_numeric(rws["closed_minutes"], errors="coerce").to_numpy(dtype=float)
    after = np.where(np.isnan(before), np.nan, np.maximum(after, before))
    more = after - before
    effect = np.select(
        [np.isnan(before), np.isnan(after), more >= NOTICED_MIN], [NEVER_REACHED, CUT_OFF, FARTHER], default=SAME
    )
    return rws.assign(closed_minutes=after, minutes_more=more, effect=effect)
