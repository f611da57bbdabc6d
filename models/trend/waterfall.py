"""Why a count of stunted children changed between two months: the monthly flows, which sum exactly to the difference.

Flows are those of the routine window (each child by its latest valid measurement of three months), summed from the
month after the first to the second. They count events: a child found stunted in March and recovered in May stands in
both. What the flows leave unexplained is `remeasured`: counts that were corrected or counted anew after the flow of
their month was taken, zero in data that nobody touched.
"""

from dataclasses import dataclass

import pandas as pd

from models.errors import UnusableTrendError

GAINS = ("newly_stunted", "newly_found", "moved_in")
LOSSES = ("recovered", "lapsed", "aged_out", "moved_out")
REMEASURED = "remeasured"
STEPS = (*GAINS, *LOSSES, REMEASURED)

PAIRS = {
    "growth": ("newly_stunted", "recovered"),
    "weighing": ("newly_found", "lapsed"),
    "moves": ("moved_in", "moved_out"),
    "ageing": (None, "aged_out"),
    REMEASURED: (REMEASURED, None),
}
"""Flows that answer each other: what their difference says is what changed the count."""


@dataclass(frozen=True)
class Waterfall:
    """The count at the start, what changed it (signed, in the order of STEPS), and the count at the end."""

    start: int
    steps: dict[str, int]
    end: int

    @property
    def pairs(self) -> dict[str, int]:
        """The steps netted pair by pair; they sum to the same difference."""
        return {name: sum(self.steps[step] for step in steps if step is not None) for name, steps in PAIRS.items()}


def waterfall(start: int, end: int, flows: pd.DataFrame) -> Waterfall:
    """Return what led from `start` to `end` stunted children.

    Takes the flows by month (or already summed) after the first month up to the second: the columns of GAINS and
    LOSSES, counts. Raises UnusableTrendError for absent columns and for counts below zero.
    """
    lacking = set(GAINS + LOSSES) - set(flows.columns)
    if lacking:
        raise UnusableTrendError(f"Flows lack {', '.join(sorted(lacking))}: read them from the monthly counts")
    sums = flows[[*GAINS, *LOSSES]].sum()
    if flows[[*GAINS, *LOSSES]].isna().any(axis=None):
        raise UnusableTrendError("A month has no flows: ask for an area whose flows are known")
    if (sums < 0).any() or start < 0 or end < 0:
        raise UnusableTrendError("A count of children is below zero: correct the monthly counts")
    steps = {name: int(sums[name]) for name in GAINS} | {name: -int(sums[name]) for name in LOSSES}
    steps[REMEASURED] = int(end) - int(start) - sum(steps.values())
    return Waterfall(int(start), steps, int(end))
