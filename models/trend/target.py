"""A figure against its target: the gap in points and in children, the pace needed, and a verdict with its rule.

A target of a year is due at the year's end (31 December), and a figure of a year speaks of its end as well. What the
path asks for on the figure's day is given. A target is only held against figures of its own series.
"""

import datetime
from dataclasses import dataclass

import pandas as pd

from models.trend.series import SeriesKey, require_same

ON_PATH, OFF_PATH, UNKNOWN = "on_path", "off_path", "unknown"
NO_TARGET, NO_FIGURE, OUTSIDE_PATH, LOW_ATTENDANCE, WITHIN_INTERVAL, COMPARED = (
    "no_target",
    "no_figure",
    "outside_path",
    "low_attendance",
    "within_interval",
    "compared",
)


@dataclass(frozen=True)
class Figure:
    """A figure to hold against the path: a fraction, its day, its interval if known, and the share that was weighed."""

    value: float | None
    on: datetime.date
    low: float | None = None
    high: float | None = None
    attendance: float | None = None


@dataclass(frozen=True)
class Verdict:
    """Where a figure stands on its path; `gap` in fractions (above 0 is worse), children to the next whole one."""

    status: str
    reason: str
    path_value: float | None = None
    gap: float | None = None
    gap_children: int | None = None


@dataclass(frozen=True)
class Pace:
    """What arriving takes: the fall a year that is needed from the figure on, and what the last year brought."""

    target_year: int
    target: float
    years_left: float
    per_year: float
    children_per_year: int | None


def verdict(
    figure: Figure,
    figure_key: SeriesKey,
    aim: float | None,
    target_key: SeriesKey | None,
    *,
    children: float | None = None,
    direction: int = -1,
    attendance_minimum: float = 0.60,
) -> Verdict:
    """Return where a figure stands against what its path asks for on its day; lower is better where direction is -1.

    The rule: no target of this series (None), no figure, or a day outside the path is unknown. Too few weighed (share
    known and under the minimum) is unknown when the figure looks good, because absent children may hide the rest. A
    path inside a figure's published interval is unknown too. Else on the path when the figure is at the path or better.
    """
    if target_key is None:
        return Verdict(UNKNOWN, NO_TARGET)
    require_same(figure_key, target_key)
    if figure.value is None or figure.value != figure.value:
        return Verdict(UNKNOWN, NO_FIGURE)
    if aim is None:
        return Verdict(UNKNOWN, OUTSIDE_PATH)
    gap = (figure.value - aim) * (1 if direction < 0 else -1)
    in_children = None if children is None else _whole(gap * children)
    if figure.low is not None and figure.high is not None and figure.low <= aim <= figure.high:
        return Verdict(UNKNOWN, WITHIN_INTERVAL, aim, gap, in_children)
    is_good = gap <= 1e-12
    if is_good and figure.attendance is not None and figure.attendance < attendance_minimum:
        return Verdict(UNKNOWN, LOW_ATTENDANCE, aim, gap, in_children)
    return Verdict(ON_PATH if is_good else OFF_PATH, COMPARED, aim, gap, in_children)


def pace_needed(figure: Figure, targets: pd.DataFrame, children: float | None = None) -> Pace | None:
    """Return the change a year needed to arrive at the last target after the figure; None where none lies ahead."""
    if figure.value is None:
        return None
    ahead = targets[[datetime.date(int(year), 12, 31) > figure.on for year in targets["year"]]]
    if ahead.empty:
        return None
    last = ahead.sort_values("year").iloc[-1]
    years = (datetime.date(int(last["year"]), 12, 31) - figure.on).days / 365.25
    per_year = (float(last["value"]) - figure.value) / years
    in_children = None if children is None else round(per_year * children)
    return Pace(int(last["year"]), float(last["value"]), years, per_year, in_children)


def _whole(children: float) -> int:
    """Round away from zero: half a child too many is a child too many."""
    rounded = round(children, 6)
    return int(-(-rounded // 1)) if rounded > 0 else int(rounded // 1)
