"""What a page of a place tells, before it is drawn: the screen and the sheet of paper show the same content."""

import datetime
from dataclasses import dataclass

import pandas as pd

from dashboard.places.place import Place


@dataclass(frozen=True)
class Tile:
    """A figure with its name and what stands beside it."""

    name: str
    told: str
    beside: str


@dataclass(frozen=True)
class Section:
    """A part of the page: rows of a name and what is told of it, or the words for when there are none."""

    title: str
    rows: tuple[tuple[str, str], ...]
    empty: str
    note: str = ""


@dataclass(frozen=True)
class Content:
    """Everything that a page of a place tells.

    `history` holds month, value, low, high (fractions) and told; `members` the places inside: code, name, told, range,
    rank, attendance and status, in words; `sections` in the order in which they are read.
    """

    place: Place
    tiles: tuple[Tile, ...]
    guard: str
    history: pd.DataFrame
    history_note: str
    members: pd.DataFrame
    members_title: str
    sections: tuple[Section, ...]
    period: str
    source: str
    age: str
    is_demo: bool
    month: datetime.date
