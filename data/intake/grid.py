"""The cells of a file before anyone knows what they mean."""

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | float | int | bool | datetime.date | datetime.datetime | datetime.time | datetime.timedelta | None
CellRow = list[Cell]

_EXACT_DIGITS = 1e15  # a spreadsheet keeps 15 digits: longer numbers are shown as what they are, rounded


@dataclass(frozen=True)
class Grid:
    """One table or sheet: its rows from the first line on (blank ones included), and its name where it has one."""

    rows: list[CellRow]
    name: str = ""


def is_blank_row(row: Sequence[Cell]) -> bool:
    """Say whether a row holds nothing but blanks."""
    for cell in row:
        if type(cell) is not str:
            if cell is not None:
                return False
        elif cell and not cell.isspace():
            return False
    return True


def cell_texts(row: Sequence[Cell]) -> list[str]:
    """Return cells as a person reads them."""
    return [cell if type(cell) is str else cell_text(cell) for cell in row]


def cell_text(cell: Cell) -> str:
    """Return a cell as a person reads it; a number of more digits than a spreadsheet keeps gets its exponent."""
    match cell:
        case str():
            return cell
        case None:
            return ""
        case bool():
            return "Ya" if cell else "Tidak"
        case int() | float():
            if not math.isfinite(cell) or abs(cell) >= _EXACT_DIGITS:
                return f"{cell:.14E}"
            return str(int(cell)) if cell == int(cell) else repr(cell)
        case datetime.datetime():
            return cell.date().isoformat()
        case _:
            return str(cell)
