"""The rows of a CSV file, whichever delimiter it uses.

A quotation mark that is opened and never closed would swallow the rows below it. When a cell turns out to hold whole
rows, every line is read by itself instead, so that no row disappears.
"""

import csv
import io
import re
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from pyarrow import csv as csv_of_arrow

from data.intake.alignment import Block
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


def read_even_lines(text: str, delimiter: str, width: int, header_lines: int) -> Block | None:
    """Return the rows below the first lines of a text in which every line has `width` cells and none is quoted.

    Such a file, which is how spreadsheets write most lists, is read in a tenth of the time. None when it is not one.
    """
    if '"' in text:
        return None
    names = [str(position) for position in range(width)]
    try:
        table = csv_of_arrow.read_csv(
            pa.py_buffer(text.rstrip("\r\n").encode()),
            csv_of_arrow.ReadOptions(skip_rows=header_lines, column_names=names),
            csv_of_arrow.ParseOptions(
                delimiter=delimiter, quote_char=False, double_quote=False, ignore_empty_lines=False
            ),
            csv_of_arrow.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
            ),
        ).combine_chunks()
    except pa.ArrowInvalid:
        return None
    columns = [column.chunk(0) if column.num_chunks else pa.array([], pa.string()) for column in table.columns]
    rows = table.num_rows
    return Block(
        cells=columns,
        numbers=np.arange(header_lines + 1, header_lines + 1 + rows, dtype=np.int32),
        lacks_one=np.zeros(rows, dtype=np.bool_),
        is_doubtful=np.zeros(rows, dtype=np.bool_),
    )


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
