"""Which stop serves whom: every RW's need in a period is credited to its best stop, the earlier of two alike."""

import numpy as np
import pandas as pd

from models.rotation.coverage import Coverage
from models.rotation.indexed import IndexedProblem


def credited_need(indexed: IndexedProblem, rw: np.ndarray, month: np.ndarray) -> pd.DataFrame:
    """Return need credited: stop (position in `rw`), served (RW position), period, share, need_served.

    Sums to the plan's need served: an RW's best period counts fully, its other periods the repeat value.
    """
    coverage = Coverage(indexed)
    parts = []
    for stop, (code, at) in enumerate(zip(rw, month, strict=True)):
        served, share = coverage.reach(int(code), int(at))
        parts.append(
            pd.DataFrame({"stop": stop, "month": at, "period": indexed.period[at], "served": served, "share": share})
        )
    columns = ["stop", "month", "period", "served", "share"]
    reached = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns, dtype=float)
    best = reached.sort_values(["share", "month", "stop"], ascending=[False, True, True], kind="stable")
    best = best.drop_duplicates(["served", "period"])
    is_first = ~best.duplicated("served")
    worth = np.where(is_first, 1.0, indexed.problem.rules.repeat_value)
    served = best["served"].to_numpy(dtype=int)
    best = best.assign(need_served=indexed.need[served] * best["share"].to_numpy(dtype=float) * worth)
    return best.sort_values(["stop", "served"])[["stop", "served", "period", "share", "need_served"]]


def own_and_neighbour_need(indexed: IndexedProblem, rw: np.ndarray, month: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return need credited to each stop: of its own RW and of the neighbours that walk to it."""
    credited = credited_need(indexed, rw, month)
    stop, served = credited["stop"].to_numpy(dtype=int), credited["served"].to_numpy(dtype=int)
    worth = credited["need_served"].to_numpy(dtype=float)
    is_own = rw[stop] == served
    own = np.bincount(stop[is_own], weights=worth[is_own], minlength=len(rw))
    neighbours = np.bincount(stop[~is_own], weights=worth[~is_own], minlength=len(rw))
    return own, neighbours
