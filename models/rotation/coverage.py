"""Need that a set of stops serves: an RW's need counts once per period, by its best stop, whoever that stop is for.

An RW visited less than a need period ago is served nothing until that period has gone by.
"""

import numpy as np

from models.rotation.indexed import IndexedProblem


class Coverage:
    """Best share served of every RW, per period (R×periods), as stops are added one by one or all at once."""

    def __init__(self, indexed: IndexedProblem) -> None:
        self.indexed = indexed
        self.best = np.zeros((indexed.rw_count, indexed.period_count))
        self._by_stop = np.argsort(indexed.stop, kind="stable")
        self._starts = np.searchsorted(indexed.stop[self._by_stop], np.arange(indexed.rw_count + 1))

    def add(self, rw: np.ndarray, month: np.ndarray) -> None:
        """Add stops at RW and month positions."""
        for stop, at in zip(rw, month, strict=True):
            served, share = self.reach(int(stop), int(at))
            period = self.indexed.period[at]
            self.best[served, period] = np.maximum(self.best[served, period], share)

    def reach(self, stop: int, month: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the RWs that a stop serves in a month, and their shares."""
        entries = self._by_stop[self._starts[stop] : self._starts[stop + 1]]
        served, share = self.indexed.served[entries], self.indexed.share[entries]
        is_ready = self.indexed.ready[served] <= month
        return served[is_ready], share[is_ready]

    def share_served(self) -> np.ndarray:
        """Return each RW's best share over the whole plan (R)."""
        return self.best.max(axis=1)

    def need_served(self) -> np.ndarray:
        """Return need served per RW (R): the best share counts 1, shares of further periods the repeat value."""
        repeat = self.indexed.problem.rules.repeat_value
        return self.indexed.need * ((1 - repeat) * self.share_served() + repeat * self.best.sum(axis=1))

    def gains(self) -> np.ndarray:
        """Return what one more stop would add in need served, for every RW and month (R×T)."""
        indexed = self.indexed
        repeat = indexed.problem.rules.repeat_value
        ever = np.maximum(0, indexed.share - self.share_served()[indexed.served]) * (1 - repeat)
        gains = np.zeros((indexed.rw_count, indexed.month_count))
        for month, period in enumerate(indexed.period):
            now = np.maximum(0, indexed.share - self.best[indexed.served, period]) * repeat
            worth = indexed.need[indexed.served] * (ever + now) * (indexed.ready[indexed.served] <= month)
            gains[:, month] = np.bincount(indexed.stop, weights=worth, minlength=indexed.rw_count)
        return gains


def coverage_of(indexed: IndexedProblem, rw: np.ndarray, month: np.ndarray) -> Coverage:
    """Return the coverage of stops at RW and month positions."""
    coverage = Coverage(indexed)
    coverage.add(rw, month)
    return coverage


def early_worth(indexed: IndexedProblem, rw: np.ndarray, month: np.ndarray) -> float:
    """Return the small bonus of making stops early."""
    return float((indexed.need[rw] * indexed.early_bonus[month]).sum())
