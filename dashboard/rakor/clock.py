"""The quarter clock: which quarter it is, when it ends, and how long until the next rakor.

A rakor belongs to the quarter whose figures it speaks of. Without a meeting written down for a day to come, the next
one is expected at the end of the running quarter.
"""

import datetime
from dataclasses import dataclass

import pandas as pd

_ROMAN = ("I", "II", "III", "IV")
MONTHS = 3


@dataclass(frozen=True)
class Quarter:
    """A quarter of a year, by its number from 1."""

    year: int
    number: int

    @property
    def name(self) -> str:
        """Its name as offices write it: TW-III 2026."""
        return f"TW-{_ROMAN[self.number - 1]} {self.year}"

    @property
    def first(self) -> datetime.date:
        """Its first day."""
        return datetime.date(self.year, MONTHS * (self.number - 1) + 1, 1)

    @property
    def last(self) -> datetime.date:
        """Its last day."""
        return self.following().first - datetime.timedelta(days=1)

    def following(self) -> "Quarter":
        """Return the quarter after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)


@dataclass(frozen=True)
class Clock:
    """Today's quarter, and the next rakor with its day; `is_set` where it stands in the register."""

    quarter: Quarter
    rakor: str
    held_on: datetime.date
    days_left: int
    is_set: bool


def quarter_of(day: datetime.date) -> Quarter:
    """Return the quarter that a day is in."""
    return Quarter(day.year, (day.month - 1) // MONTHS + 1)


def next_due(day: datetime.date) -> datetime.date:
    """Return when a promise made on a day is due unless people say otherwise: the end of the next quarter."""
    return quarter_of(day).following().last


def clock(today: datetime.date, meetings: pd.DataFrame) -> Clock:
    """Return the clock for a day; `meetings` has held_on and name."""
    quarter = quarter_of(today)
    ahead = meetings[[day >= today for day in meetings["held_on"]]] if len(meetings) else meetings
    if len(ahead):
        row = ahead.sort_values("held_on").iloc[0]
        return Clock(quarter, str(row["name"]), row["held_on"], (row["held_on"] - today).days, True)
    return Clock(quarter, f"Rakor {quarter.name}", quarter.last, (quarter.last - today).days, False)
