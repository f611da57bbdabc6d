"""Counts children into growth_month by the definitions of `data/intake/aggregate.py`, month after month.

A child counts once: by its latest valid measurement in the window of three months, in the RW, age band and sex of that
measurement. The intake counts the same from the tables; a test holds the two against each other.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.demo import cutoffs
from data.demo.months import first_day
from data.demo.population import LAST_DAY_UNDER_FIVE, Population
from data.schema import GROWTH_COUNTS, GROWTH_FLOWS
from data.settings import WINDOW_MONTHS

COUNTS = (*GROWTH_COUNTS, *GROWTH_FLOWS)
CELLS_PER_RW = 6
"""Three age bands by two sexes: cell = RW · 6 + band · 2 + sex - 1."""

NEVER = -32_000
BAND_FROM_DAYS = (183, 731)
"""First days of 6 and 24 completed months, a month being 30.4375 days."""

Cells = NDArray[np.int32]
Bools = NDArray[np.bool_]


def cell_of(rw: NDArray[np.int32], age_days: NDArray[np.int32], sex: NDArray[np.int8]) -> Cells:
    """Return the cell of growth_month that a measurement belongs to."""
    band = (age_days >= BAND_FROM_DAYS[0]).astype(np.int32) + (age_days >= BAND_FROM_DAYS[1])
    return rw * CELLS_PER_RW + band * 2 + sex - 1


@dataclass
class Latest:
    """Each child's latest valid value of one index: its month, cell and how far below it is (0, 1: -2, 2: -3)."""

    month: NDArray[np.int16]
    cell: Cells
    depth: NDArray[np.int8]

    @classmethod
    def none_yet(cls, size: int) -> "Latest":
        """Start with no child measured."""
        return cls(np.full(size, NEVER, np.int16), np.zeros(size, np.int32), np.zeros(size, np.int8))

    def note(self, who: NDArray[np.intp], month: int, cell: Cells, depth: NDArray[np.int8]) -> None:
        """Take in a month's valid values."""
        self.month[who], self.cell[who], self.depth[who] = month, cell, depth

    def at(self, run: slice) -> "Latest":
        """Return a copy of a run of children."""
        return Latest(self.month[run].copy(), self.cell[run].copy(), self.depth[run].copy())

    def counted(self, run: slice, month: int) -> Bools:
        """Say which of a run of children count in the window that ends in `month`."""
        return is_in_window(self.month[run], month)


def is_in_window(measured: NDArray[np.int16], month: int) -> Bools:
    """Say which measurements lie in the window that ends in `month`."""
    return measured > month - WINDOW_MONTHS


def is_under_five(children: Population, run: slice, month: int) -> Bools:
    """Say which of a run of children have not turned five by the month's last day."""
    return children.birth_day[run] >= first_day(month + 1) - 1 - LAST_DAY_UNDER_FIVE


@dataclass
class Tally:
    """Window states of all children, and the counts that they give each month."""

    haz: Latest
    waz: Latest
    whz: Latest
    cells: int

    @classmethod
    def begin(cls, size: int, neighbourhoods: int) -> "Tally":
        """Start with nothing counted."""
        haz, waz, whz = (Latest.none_yet(size) for _ in range(3))
        return cls(haz, waz, whz, neighbourhoods * CELLS_PER_RW)

    def note(
        self,
        month: int,
        who: NDArray[np.intp],
        cell: Cells,
        sex: NDArray[np.int8],
        age_days: NDArray[np.int32],
        length: NDArray[np.int32],
        weight: NDArray[np.int32],
    ) -> None:
        """Take in a month's weighings: adjusted lengths and weights in tenths, negative where missing."""
        row = cutoffs.age_row(sex, age_days)
        height_row, is_inside = cutoffs.length_row(sex, age_days, length)
        for latest, table, at, value, is_usable in (
            (self.haz, cutoffs.by_age("haz"), row, length, length > 0),
            (self.waz, cutoffs.by_age("waz"), row, weight, weight > 0),
            (self.whz, cutoffs.by_length(), height_row, weight, (weight > 0) & is_inside & (length > 0)),
        ):
            valid = np.flatnonzero(is_usable & table.is_valid(value, at))
            value, at = value[valid], at[valid]
            depth = (value < table.below_2[at]).astype(np.int8) + (value < table.below_3[at])
            latest.note(who[valid], month, cell[valid], depth)

    def count(self, month: int, run: slice, children: Population, before: Latest) -> dict[str, NDArray[np.int64]]:
        """Return the window counts and flows of a month by cell; `before` is `haz.at(run)` as the month began."""
        counts = self._window_counts(month, run)
        had, has = is_in_window(before.month, month - 1), self.haz.counted(run, month)
        was_stunted = had & (before.depth > 0)
        is_stunted = has & (self.haz.depth[run] > 0)
        cell = self.haz.cell[run]
        moved_stunted = was_stunted & is_stunted & (before.cell // CELLS_PER_RW != cell // CELLS_PER_RW)
        young = is_under_five(children, run, month)
        gained = {
            "newly_stunted": had & is_stunted & ~was_stunted,
            "newly_found": is_stunted & ~had,
            "moved_in": moved_stunted,
        }
        lost = {
            "recovered": was_stunted & has & ~is_stunted,
            "moved_out": moved_stunted,
            "aged_out": was_stunted & ~has & ~young,
            "lapsed": was_stunted & ~has & young,
        }
        counts |= {name: self._by_cell(cell[chosen]) for name, chosen in gained.items()}
        counts |= {name: self._by_cell(before.cell[chosen]) for name, chosen in lost.items()}
        return counts

    def _window_counts(self, month: int, run: slice) -> dict[str, NDArray[np.int64]]:
        counts = {}
        for latest, valid, below_2, below_3 in (
            (self.haz, "haz_valid", "stunted", "severely_stunted"),
            (self.waz, "waz_valid", "underweight", None),
            (self.whz, "whz_valid", "wasted", None),
        ):
            counted = latest.counted(run, month)
            cell, depth = latest.cell[run], latest.depth[run]
            counts[valid] = self._by_cell(cell[counted])
            counts[below_2] = self._by_cell(cell[counted & (depth > 0)])
            if below_3:
                counts[below_3] = self._by_cell(cell[counted & (depth > 1)])
        return counts

    def _by_cell(self, cell: Cells) -> NDArray[np.int64]:
        return np.bincount(cell, minlength=self.cells)
