"""The list of children in a file: which table and row is its header, and its columns as texts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data import settings
from data.intake.alignment import Aligned, Header
from data.intake.columns import find_columns, is_header, lacking, plain
from data.intake.delimited import DELIMITERS, read_delimited, read_even_lines
from data.intake.detect import Detected, Kind, refusal
from data.intake.grid import Cell, Grid, cell_texts, is_blank_row
from data.intake.html import read_html
from data.intake.workbook import read_workbook

HEADER_WITHIN_ROWS = 15
"""The header is looked for in so many rows from the top: the export has one or two title lines, re-savers add some."""

_OTHER_REPORTS = {
    "asieksklusif": "Daftar Anak ASI Eksklusif",
    "berdasarkanlila": "Daftar Anak Berdasarkan LILA",
    "vitamina": "Daftar Anak di Beri Vitamin A",
    "outlier": "Daftar Anak Outlier",
    "imunisasi": "Penerima Imunisasi",
    "mpasi": "MP-ASI",
    "tglmonitoring": "MP-ASI",
}


@dataclass(frozen=True)
class Texts:
    """A column's texts: the distinct ones, tidied, and which of them each row has."""

    distinct: list[str]
    of_row: NDArray[np.intp]

    def each(self) -> list[str]:
        """Return every row's text."""
        return [self.distinct[position] for position in self.of_row.tolist()]


@dataclass(frozen=True)
class OtherList:
    """A second list in the same file, which is not read: its sheet's name and its rows."""

    name: str
    rows: int


@dataclass(frozen=True)
class ListTable:
    """A list of children: its rows without blank ones and repeated headers, by column.

    `row_numbers` counts from 1 at the file's (or the table's) first line; `is_doubtful` marks rows whose cells do not
    fit the header, so that their texts are not what their columns say.
    """

    layout: str
    row_numbers: NDArray[np.int32]
    is_doubtful: NDArray[np.bool_]
    columns: dict[str, Texts]
    other_lists: list[OtherList] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.row_numbers)

    def column(self, name: str) -> Texts:
        """Return a column, blank in every row when the file has none of this name."""
        return self.columns.get(name) or Texts([""], np.zeros(len(self), dtype=np.intp))


@dataclass(frozen=True)
class _Found:
    grid: Grid
    header_at: int
    columns: dict[str, int]

    @property
    def rows_below(self) -> int:
        return len(self.grid.rows) - self.header_at - 1


def read_table(detected: Detected, content: bytes) -> ListTable:
    """Read the list of children from a file that `detect` has recognised.

    The table or sheet with the most rows under a header is the list. Raises UnusableInputError when there is none, when
    it lacks a needed column, or when it is another e-PPGBM report.
    """
    delimiter = ""
    match detected.kind:
        case Kind.HTML:
            grids = read_html(detected.text)
        case Kind.WORKBOOK:
            grids = read_workbook(content)
        case Kind.DELIMITED:
            delimiter = _delimiter(detected.text)
            grids = [read_delimited(_first_lines(detected.text), delimiter)]
    found = [candidate for grid in grids if (candidate := _find_header(grid))]
    if not found:
        raise _refused(grids)
    chosen = max(found, key=lambda candidate: (not lacking(candidate.columns), candidate.rows_below))
    above = [_plain_row(row) for row in chosen.grid.rows[: chosen.header_at]]
    if (report := _other_report(above)) and not any("statusgizi" in text for text in above):
        raise refusal("other_report", found=report)
    if missing := lacking(chosen.columns):
        raise (
            _refused(grids)
            if _other_report([_plain_row(_header(chosen))])
            else refusal("lacks_columns", missing=", ".join(missing))
        )
    others = [
        OtherList(other.grid.name, other.rows_below)
        for other in found
        if other is not chosen and other.rows_below and not lacking(other.columns)
    ]
    block = _delimited_block(detected.text, delimiter) if detected.kind is Kind.DELIMITED else _block(chosen)
    return _as_list(chosen, block, detected.kind, others)


def _delimiter(text: str) -> str:
    """Return the delimiter under which a row of the first lines names the most columns."""
    head = _first_lines(text)
    known = {}
    for delimiter in DELIMITERS:
        rows = read_delimited(head, delimiter).rows
        known[delimiter] = max((len(find_columns(cell_texts(row))) for row in rows), default=0)
    return max(DELIMITERS, key=known.__getitem__)


def _first_lines(text: str) -> str:
    return "\n".join(re.split(r"\r\n|\r|\n", text[:100_000])[: HEADER_WITHIN_ROWS * 2])


def _find_header(grid: Grid) -> _Found | None:
    best: _Found | None = None
    looked_at = 0
    for position, row in enumerate(grid.rows):
        if is_blank_row(row):
            continue
        columns = find_columns(cell_texts(row))
        if is_header(columns) and (best is None or len(columns) > len(best.columns)):
            best = _Found(grid, position, columns)
        looked_at += 1
        if looked_at == HEADER_WITHIN_ROWS:
            break
    return best


def _refused(grids: Sequence[Grid]) -> Exception:
    start = [_plain_row(row) for grid in grids for row in grid.rows[:HEADER_WITHIN_ROWS]]
    report = _other_report(start)
    return refusal("other_report", found=report) if report else refusal("no_list")


def _other_report(lines: Sequence[str]) -> str | None:
    return next((name for word, name in _OTHER_REPORTS.items() if any(word in line for line in lines)), None)


def _plain_row(row: Sequence[Cell]) -> str:
    return plain(" ".join(cell_texts(row)))


def _header(found: _Found) -> list[str]:
    return cell_texts(found.grid.rows[found.header_at])


def _block(found: _Found, *, may_be_wider: bool = True) -> Aligned:
    header = Header(_header(found), found.columns, may_be_wider=may_be_wider)
    return header.aligned(header.block(found.grid.rows[found.header_at + 1 :], found.header_at + 2))


def _delimited_block(text: str, delimiter: str) -> Aligned:
    """Read a CSV file's rows: at once when its lines are even, else row by row."""
    found = _find_header(read_delimited(_first_lines(text), delimiter))
    if found:
        header = Header(_header(found), found.columns, may_be_wider=False)
        block = read_even_lines(text, delimiter, header.width, found.header_at + 1)
        if block:
            return header.aligned(block)
    found = _find_header(read_delimited(text, delimiter))
    if found is None:
        raise refusal("no_list")
    return _block(found, may_be_wider=False)


def _as_list(found: _Found, block: Aligned, kind: Kind, others: list[OtherList]) -> ListTable:
    if not len(block.numbers):
        raise refusal("no_rows")
    if len(block.numbers) > settings.UPLOAD_LIMIT_ROWS:
        raise refusal("too_many_rows")
    columns = {name: _column(texts) for name, texts in block.columns.items()}
    layout = f"{kind.value}, {sum(1 for text in _header(found) if plain(text))} columns"
    return ListTable(layout, block.numbers, block.is_doubtful, columns, others)


def _column(texts: pa.StringArray) -> Texts:
    """Return a column's texts, tidied: single spaces inside, none at the ends."""
    encoded = texts.dictionary_encode()
    single = pc.replace_substring_regex(encoded.dictionary, r"[\s\p{Z}]+", " ")
    return Texts(pc.utf8_trim_whitespace(single).to_pylist(), encoded.indices.to_numpy().astype(np.intp))
