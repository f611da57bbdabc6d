"""The order of a day's few stops: out from the puskesmas, by every stop, and back, in the least time.

A day holds a handful of stops, so every order is tried and the answer is exact.
"""

from itertools import permutations

import numpy as np
import pandas as pd

from models.errors import UnusableRotationError

MOST_STOPS = 8


def day_route(durations_s: pd.DataFrame, base: str, stops: list[str]) -> pd.DataFrame:
    """Return the quickest round: position (from 1), code, drive_s (from the point before), and the way back last.

    `durations_s` is a square matrix of seconds, from row to column, with a code for the base and for every stop. Of
    orders that take equally long the first by code wins. Raises UnusableRotationError above eight stops, or where a
    duration is missing.
    """
    if len(stops) > MOST_STOPS:
        raise UnusableRotationError(f"A day has {len(stops)} stops; at most {MOST_STOPS} fit. Spread them over days.")
    codes = [base, *sorted(stops)]
    unknown = [code for code in codes if code not in durations_s.index or code not in durations_s.columns]
    if unknown or len(set(codes)) != len(codes):
        raise UnusableRotationError(
            f"The day's travel times must name the base and each stop once: {unknown or codes}."
        )
    seconds = durations_s.loc[codes, codes].to_numpy(dtype=float)
    if not np.isfinite(seconds[~np.eye(len(codes), dtype=bool)]).all():
        raise UnusableRotationError("A travel time between the day's stops is missing; compute travel again.")
    if not stops:
        return pd.DataFrame({"position": pd.Series(dtype=int), "code": [], "drive_s": pd.Series(dtype=float)})
    orders = np.array(list(permutations(range(1, len(codes)))))
    rounds = np.pad(orders, ((0, 0), (1, 1)))
    best = rounds[seconds[rounds[:, :-1], rounds[:, 1:]].sum(axis=1).round(6).argmin()]
    return pd.DataFrame(
        {
            "position": np.arange(1, len(best)),
            "code": [codes[at] for at in best[1:]],
            "drive_s": seconds[best[:-1], best[1:]],
        }
    )
