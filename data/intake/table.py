"""The list of children in a file: its header, its rows brought under it, and its columns as texts.

Rows of the export often lack the cell of `Total Pengukuran`, so that all that follows stands one column too far left;
a page saved again by Excel hides this behind a blank last cell. A row is therefore brought under the header by what its
cells look like (a date, an age in words, a position), and only then by how many there are.
"""

import datetime
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data.intake import values
from data.intake.columns import find_columns, is_header, lacking, plain
from data.intake.delimited import DELIMITERS, read_delimited
from data.intake.detect import Detected, Kind, refusal
from data.intake.grid import Cell, CellRow, Grid
from data.intake.html import read_html
from data.intake.workbook import read_workbook

HEADER_WITHIN_ROWS = 15
"""The header is looked for in so many rows from the top: the export has one or two title lines, re-savers add some."""

FREE_TEXT = ("address", "parents", "name", "posyandu")
"""Columns in which an unquoted delimiter is likely, likeliest first."""

_OTHER_REPORTS = {
    "asieksklusif": "Daftar Anak ASI Eksklusif",
    "berdasarkanlila": "Daftar Anak Berdasarkan LILA",
    "vitamina": "Daftar Anak di Beri Vitamin A",
    "outlier": "Daftar Anak Outlier",
    "imunisasi": "Penerima Imunisasi",
    "mpasi": "MP-ASI",
    "tglmonitoring": "MP-ASI",
}
_EXACT_DIGITS = 1e15  # a spreadsheet keeps 15 digits: longer numbers are shown as what they are, rounded
_AGE_IN_WORDS = re.compile(r"\d+\s*(?:tahun|thn|th|bulan|bln|hari|hr)\b", re.IGNORECASE)


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
    match detected.kind:
        case Kind.HTML:
            grids = read_html(detected.text)
        case Kind.WORKBOOK:
            grids = read_workbook(content)
        case Kind.DELIMITED:
            grids = [read_delimited(detected.text, _delimiter(detected.text))]
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
    return _columns_of(chosen, detected.kind, others)


def _delimiter(text: str) -> str:
    """Return the delimiter under which a row of the first lines names the most columns."""
    head = "\n".join(re.split(r"\r\n|\r|\n", text[:100_000])[: HEADER_WITHIN_ROWS * 2])
    known = {}
    for delimiter in DELIMITERS:
        rows = read_delimited(head, delimiter).rows[:HEADER_WITHIN_ROWS]
        known[delimiter] = max((len(find_columns(_texts(row))) for row in rows), default=0)
    return max(DELIMITERS, key=known.__getitem__)


def _find_header(grid: Grid) -> _Found | None:
    best: _Found | None = None
    looked_at = 0
    for position, row in enumerate(grid.rows):
        if _is_blank_row(row):
            continue
        columns = find_columns(_texts(row))
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
    return plain(" ".join(_texts(row)))


def _header(found: _Found) -> list[str]:
    return _texts(found.grid.rows[found.header_at])


def _columns_of(found: _Found, kind: Kind, others: list[OtherList]) -> ListTable:
    header = _header(found)
    aligner = _Aligner(header, found.columns, may_be_wider=kind is not Kind.DELIMITED)
    rows: list[CellRow] = []
    numbers: list[int] = []
    doubtful: list[bool] = []
    for number, row in enumerate(found.grid.rows[found.header_at + 1 :], start=found.header_at + 2):
        if _is_blank_row(row):
            continue
        aligned = aligner.align(row)
        if aligned is None:
            continue
        rows.append(aligned[0])
        numbers.append(number)
        doubtful.append(aligned[1])
    if not rows:
        raise refusal("no_rows")
    columns = {name: _column([row[position] for row in rows]) for name, position in found.columns.items()}
    layout = f"{kind.value}, {sum(1 for text in header if plain(text))} columns"
    return ListTable(layout, np.array(numbers, dtype=np.int32), np.array(doubtful, dtype=np.bool_), columns, others)


class _Aligner:
    """Brings rows under a header."""

    def __init__(self, header: Sequence[str], columns: dict[str, int], *, may_be_wider: bool) -> None:
        self.header = [plain(text) for text in header]
        self.columns = columns
        self.width = len(header)
        self.measured_at = columns["measured_on"]
        self.weighings_at = columns.get("weighings")
        self.may_be_wider = may_be_wider
        self.blank: CellRow = [""] * self.width

    def align(self, row: CellRow) -> tuple[CellRow, bool] | None:
        """Return the row under the header and whether that is doubtful, or None for the header itself, repeated."""
        if len(row) == self.width and _is_date(row[self.measured_at]):
            return row, False
        if len(row) > self.width:
            row = row[: max(self.width, _last_filled(row) + 1)]
            if len(row) > self.width:
                return self._narrowed(row)
        padded = row + [""] * (self.width - len(row))
        if self._lacks_weighings(padded):
            return self._moved(padded), False
        if [plain(text) for text in _texts(padded)] == self.header:
            return None
        return self._shifted(padded, lacks_one=len(row) == self.width - 1), False

    def _lacks_weighings(self, row: CellRow) -> bool:
        """Say whether the day of weighing stands one cell too far left, behind the place of Total Pengukuran."""
        at = self.weighings_at
        return (
            at is not None
            and at < self.measured_at
            and not _is_date(row[self.measured_at])
            and _is_date(row[self.measured_at - 1])
        )

    def _moved(self, row: CellRow) -> CellRow:
        at = self.weighings_at
        return [*row[:at], "", *row[at:]][: self.width]

    def _shifted(self, row: CellRow, *, lacks_one: bool) -> CellRow:
        if self.weighings_at is None or _is_date(row[self.measured_at]):
            return row
        moved = self._moved(row)
        here, there = self._agreement(row), self._agreement(moved)
        return moved if there > here or (there == here and lacks_one) else row

    def _narrowed(self, row: CellRow) -> tuple[CellRow, bool]:
        extra = len(row) - self.width
        candidates = [row[: self.width]] if self.may_be_wider else []
        for name in FREE_TEXT:
            if (at := self.columns.get(name)) is not None:
                joined = " ".join(_texts(row[at : at + extra + 1]))
                candidates.append([*row[:at], joined, *row[at + extra + 1 :]])
        fitting = [row for row in candidates if self._fits(row)]
        if not fitting:
            return self.blank, True
        return max(fitting, key=self._agreement), False

    def _fits(self, row: CellRow) -> bool:
        return _is_date(row[self.measured_at]) and all(self._checks(row, must_be_filled=True))

    def _agreement(self, row: CellRow) -> int:
        checks = self._checks(row, must_be_filled=False)
        return 2 * _is_date(row[self.measured_at]) + sum(1 if agrees else -1 for agrees in checks)

    def _checks(self, row: CellRow, *, must_be_filled: bool) -> list[bool]:
        """Say for each telling cell that holds something whether it looks like what its column says."""
        looks = {
            "sex": lambda text: values.sexes([text])[0] > 0,
            "birth_date": lambda text: values.day(text) is not None,
            "rw": lambda text: values.rw_numbers([text])[0] != values.RW_UNREADABLE,
            "age": lambda text: _AGE_IN_WORDS.search(text) is not None,
            "weight": _is_number,
            "lenhei": _is_number,
            "position": lambda text: values.positions([text])[0] > 0,
            "weight_for_age": _is_word,
            "lenhei_for_age": _is_word,
            "weight_for_lenhei": _is_word,
            "haz": _is_number,
        }
        checks = []
        for name, look in looks.items():
            if (at := self.columns.get(name)) is None:
                continue
            text = values.tidy(_text(row[at]))
            if not values.is_blank(text):
                checks.append(bool(look(text)))
            elif must_be_filled and name in ("sex", "birth_date"):
                checks.append(False)
        return checks


def _is_date(cell: Cell) -> bool:
    return _reads_as_day(cell if type(cell) is str else _text(cell))


@lru_cache(maxsize=20_000)
def _reads_as_day(text: str) -> bool:
    return values.day(values.tidy(text)) is not None


def _is_number(text: str) -> bool:
    return bool(np.isfinite(values.numbers([text])[0]))


def _is_word(text: str) -> bool:
    return text[0].isalpha()


def _is_blank_row(row: CellRow) -> bool:
    for cell in row:
        if type(cell) is not str:
            if cell is not None:
                return False
        elif cell and not cell.isspace():
            return False
    return True


def _last_filled(row: CellRow) -> int:
    return max((at for at, cell in enumerate(row) if not _is_blank_row([cell])), default=-1)


def _texts(row: Sequence[Cell]) -> list[str]:
    return [_text(cell) for cell in row]


def _column(cells: Sequence[Cell]) -> Texts:
    """Return a column's texts, tidied: single spaces inside, none at the ends."""
    texts = pa.array([cell if type(cell) is str else _text(cell) for cell in cells], pa.string())
    encoded = texts.dictionary_encode()
    single = pc.replace_substring_regex(encoded.dictionary, r"[\s\p{Z}]+", " ")
    return Texts(pc.utf8_trim_whitespace(single).to_pylist(), encoded.indices.to_numpy().astype(np.intp))


def _text(cell: Cell) -> str:
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
