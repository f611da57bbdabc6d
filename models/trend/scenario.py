"""What if: arithmetic on today's counts and last year's flows. A calculation, not a forecast and not a promise.

Attendance: children weighed beyond today's have between half and twice the risk of those who came (the band of
`models.rates.attendance`). Newly stunted: flows in stay what they were a month on average, flows out stay the share of
the stunted that they were, and only the newly stunted change.
"""

from dataclasses import dataclass

from models.errors import UnusableTrendError


@dataclass(frozen=True)
class Absent:
    """More children measured: how many more, and the stunted among them at the lowest, middle and highest risk."""

    more_measured: int
    found: float
    found_low: float
    found_high: float


@dataclass(frozen=True)
class Flowing:
    """Stunted children at the end, with flows as last year and with the newly stunted changed."""

    months: int
    as_now: float
    changed: float


def attendance_rises(
    stunted: float,
    measured: float,
    weighed: float,
    target: float,
    share: float,
    *,
    lowest: float,
    middle: float,
    highest: float,
) -> Absent:
    """Return what is found when D/S rises to `share` (a fraction).

    Of the children whom nobody measured in the window, as large a part is then measured as of those who stayed away in
    the month then come. `lowest`, `middle` and `highest` are their risk as multiples of that of those measured.
    """
    if measured <= 0 or target <= 0 or not 0 < share <= 1:
        raise UnusableTrendError("Nobody measured, no target known, or a share outside 0 to 1: nothing to calculate")
    away_now = 1 - weighed / target
    part = 0.0 if away_now <= 0 else min(max(1 - (1 - share) / away_now, 0.0), 1.0)
    more = max(target - measured, 0.0) * part
    rate = stunted / measured
    return Absent(round(more), *(more * min(rate * multiple, 1.0) for multiple in (middle, lowest, highest)))


def newly_stunted_change(
    stunted: float, newly_stunted: float, other_in: float, out: float, mean_stunted: float, factor: float, months: int
) -> Flowing:
    """Return the stunted children after some months.

    Flows are a month's, averaged over the last year: newly stunted, other gains, losses; `mean_stunted` is that year's
    mean count, from which the losses came. `factor` is 0.8 for a fifth fewer newly stunted.
    """
    if mean_stunted <= 0 or months < 0 or factor < 0:
        raise UnusableTrendError("No stunted children in the last year, or a negative change: nothing to calculate")
    leaving = min(out / mean_stunted, 1.0)
    as_now = changed = float(stunted)
    for _ in range(months):
        as_now += newly_stunted + other_in - leaving * as_now
        changed += newly_stunted * factor + other_in - leaving * changed
    return Flowing(months, as_now, changed)
