"""The cells of a file before anyone knows what they mean."""

import datetime
from dataclasses import dataclass

Cell = str | float | int | bool | datetime.date | datetime.datetime | datetime.time | datetime.timedelta | None
CellRow = list[Cell]


@dataclass(frozen=True)
class Grid:
    """One table or sheet: its rows from the first line on (blank ones included), and its name where it has one."""

    rows: list[CellRow]
    name: str = ""
