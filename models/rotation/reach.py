"""Coverage that visits add: under-fives within reach of care, before and after, counted once.

Assumes that an RW that is not far is within reach of its puskesmas all the time, and that a far one is within reach
where the mobile clinic stopped in it, or close enough for the share of its carers who walk to that stop.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Reach:
    """Under-fives: all, those not far from care, and those far whom the visits brought within reach."""

    under_fives: float
    near: float
    reached: float

    @property
    def share_before(self) -> float:
        """Return the share within reach without visits (NaN without children)."""
        return self.near / self.under_fives if self.under_fives > 0 else float("nan")

    @property
    def share_after(self) -> float:
        """Return the share within reach with the visits."""
        return (self.near + self.reached) / self.under_fives if self.under_fives > 0 else float("nan")


def coverage_gained(rws: pd.DataFrame, neighbours: pd.DataFrame, visited: set[str]) -> Reach:
    """Return the coverage of a set of visited RWs.

    `rws`: rw_code, under_fives (0 or more), is_far; `neighbours`: rw_code (the stop), neighbour_code, share (0 to 1).
    Several stops near one RW reach it as far as the best of them.
    """
    near_stop = neighbours[neighbours["rw_code"].isin(visited)].groupby("neighbour_code")["share"].max()
    share = rws["rw_code"].map(near_stop).astype(float).fillna(0.0).to_numpy()
    share = np.where(rws["rw_code"].isin(visited), 1.0, share)
    under_fives, is_far = rws["under_fives"].to_numpy(dtype=float), rws["is_far"].to_numpy(dtype=bool)
    return Reach(
        under_fives=float(under_fives.sum()),
        near=float(under_fives[~is_far].sum()),
        reached=float((under_fives * share)[is_far].sum()),
    )
