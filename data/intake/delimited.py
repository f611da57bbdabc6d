"""The rows of a CSV file, whichever delimiter it uses.

A quotation mark that is opened and never closed would swallow the rows below it. When a cell turns out to hold whole
rows, every line is read by itself instead, so that no row disappears.
"""

import csv
import io
import re
from collections.abc import Iterator

from data.intake.grid import Grid

DELIMITERS = (";", ",", "\t", "|")
_LONGEST_CELL = 10_000_000
_LINE_END = re.compile(r"\r\n|\r|\n")


def read_delimited(text: str, delimiter: str) -> Grid:
    """Return the rows of a text whose cells are parted by `delimiter`."""
    csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return Grid(list(_line_by_line(text, delimiter)))  # type: ignore[arg-type]  # lists are invariant, ours only read
    width = max(map(len, rows), default=0)
    if '"' in text and any(_holds_rows(row, delimiter, width) for row in rows):
        rows = list(_line_by_line(text, delimiter))
    return Grid(rows)  # type: ignore[arg-type]  # as above


def _holds_rows(row: list[str], delimiter: str, width: int) -> bool:
    """Say whether a cell holds a line with at least half as many cells as a row has."""
    return any(
        line.count(delimiter) >= max(width // 2, 2)
        for cell in row
        if "\n" in cell or "\r" in cell
        for line in _LINE_END.split(cell)
    )


def _line_by_line(text: str, delimiter: str) -> Iterator[list[str]]:
    for line in _LINE_END.split(text):
        try:
            yield next(csv.reader([line], delimiter=delimiter, strict=True), [])
        except csv.Error:
            yield [cell.strip().strip('"') for cell in line.split(delimiter)]
