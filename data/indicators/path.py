"""The way to a target: what should hold in a month, between the years for which someone set a value.

A value set for a year is to be reached by the end of that year. Stepped: it holds through its year and until the next
year with a value begins. Straight: it is approached evenly from the end of the year before that has a value. Nothing
is asked before the first year and after the last.
"""

import datetime
from collections.abc import Iterable
from typing import NamedTuple


class TargetPoint(NamedTuple):
    """A year's value and the way to it: stepped or straight."""

    year: int
    value: float
    path: str


def target_at(points: Iterable[TargetPoint], month: datetime.date) -> float | None:
    """Return what one path asks for at the end of a month, or None where it asks for nothing.

    `points` are of one area, indicator, series and decree, a year at most once.
    """
    ordered = sorted(points)
    now = month.year + month.month / 12
    before = next((point for point in reversed(ordered) if point.year < month.year), None)
    after = next((point for point in ordered if point.year >= month.year), None)
    if after is None:
        return None
    if after.path == "straight" and before is not None:
        passed = (now - before.year - 1) / (after.year - before.year)
        return before.value + (after.value - before.value) * passed
    if after.year == month.year:
        return after.value
    return before.value if before is not None else None
