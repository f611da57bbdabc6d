"""Bring a list's rows under its header.

Rows of the export often lack the cell of `Total Pengukuran`, so that all that follows stands one column too far left; a
page saved again by Excel hides this behind a blank last cell. Rows of a CSV file may be too long, because a delimiter
in an address was not quoted. A row is therefore brought under the header by what its cells look like (a date, an age in
words, a position), and only then by how many there are. A row is never dropped, but when it is blank or is the header
again.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data.intake import values
from data.intake.columns import plain
from data.intake.grid import Cell, CellRow, cell_texts, is_blank_row

FREE_TEXT = ("address", "parents", "name", "posyandu")
"""Columns in which an unquoted delimiter is likely, likeliest first."""

_AGE_IN_WORDS = re.compile(r"\d+\s*(?:tahun|thn|th|bulan|bln|hari|hr)\b", re.IGNORECASE)

_LOOKS: Mapping[str, Callable[[str], bool]] = {
    "sex": lambda text: values.sexes([text])[0] > 0,
    "birth_date": lambda text: values.day(text) is not None,
    "rw": lambda text: values.rw_numbers([text])[0] != values.RW_UNREADABLE,
    "age": lambda text: _AGE_IN_WORDS.search(text) is not None,
    "weight": lambda text: bool(np.isfinite(values.numbers([text])[0])),
    "lenhei": lambda text: bool(np.isfinite(values.numbers([text])[0])),
    "position": lambda text: values.positions([text])[0] > 0,
    "weight_for_age": lambda text: text[0].isalpha(),
    "lenhei_for_age": lambda text: text[0].isalpha(),
    "weight_for_lenhei": lambda text: text[0].isalpha(),
    "haz": lambda text: bool(np.isfinite(values.numbers([text])[0])),
}
"""What a cell that holds something must look like to belong under its header."""


@dataclass(frozen=True)
class Block:
    """A list's rows as columns of one length, by their place under the header; `numbers` counts them in the file.

    `lacks_one` marks rows that had one cell less than the header, `is_doubtful` those that could not be brought under
    it and are blank here.
    """

    cells: Sequence[Sequence[Cell] | pa.StringArray]
    numbers: NDArray[np.int32]
    lacks_one: NDArray[np.bool_]
    is_doubtful: NDArray[np.bool_]

    def column(self, position: int) -> pa.StringArray:
        """Return one column's texts."""
        cells = self.cells[position]
        return cells if isinstance(cells, pa.StringArray) else pa.array(cell_texts(cells), pa.string())

    def row(self, index: int) -> list[str]:
        """Return one row's texts."""
        found = [column[index] for column in self.cells]
        return cell_texts([cell.as_py() if isinstance(cell, pa.StringScalar) else cell for cell in found])


@dataclass(frozen=True)
class Aligned:
    """A list's known columns by name, and each row's number and doubt as in `Block`."""

    columns: dict[str, pa.StringArray]
    numbers: NDArray[np.int32]
    is_doubtful: NDArray[np.bool_]


class Header:
    """A list's header: which column stands where, and how rows come under it."""

    def __init__(self, header: Sequence[str], columns: Mapping[str, int], *, may_be_wider: bool) -> None:
        """Take the header's texts and the places of the known columns.

        `may_be_wider` says that cells beyond the header may be notes; in a CSV file they are a sign of a broken row.
        """
        self.plain_texts = [plain(text) for text in header]
        self.width = len(header)
        self.columns = columns
        self.measured_at = columns["measured_on"]
        self.weighings_at = columns.get("weighings")
        self.may_be_wider = may_be_wider

    def block(self, rows: Sequence[CellRow], first_number: int) -> Block:
        """Make a block of the rows below the header; those that are too long are cut down to its width."""
        lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
        fitted = list(rows)
        doubtful = np.zeros(len(rows), dtype=np.bool_)
        for index in np.flatnonzero(lengths > self.width).tolist():
            fitted[index], doubtful[index] = self._narrowed(rows[index])
        cells: list[Sequence[Cell]] = list(zip_longest(*fitted, fillvalue="")) if fitted else []
        cells += [("",) * len(rows)] * (self.width - len(cells))
        return Block(
            cells=cells,
            numbers=np.arange(first_number, first_number + len(rows), dtype=np.int32),
            lacks_one=lengths == self.width - 1,
            is_doubtful=doubtful,
        )

    def aligned(self, block: Block) -> Aligned:
        """Move the rows that lack Total Pengukuran, and drop blank rows and the header where it is repeated."""
        is_dated = _are_days(block.column(self.measured_at))
        is_moved = np.zeros(len(is_dated), dtype=np.bool_)
        if self.weighings_at is not None and self.weighings_at < self.measured_at:
            is_moved = ~is_dated & _are_days(block.column(self.measured_at - 1))
        is_kept = np.ones(len(is_dated), dtype=np.bool_)
        for index in np.flatnonzero(~is_dated & ~is_moved).tolist():
            row = block.row(index)
            is_kept[index] = bool(block.is_doubtful[index]) or not (is_blank_row(row) or self._is_header(row))
            is_moved[index] = self._lacks_weighings(row, has_few=bool(block.lacks_one[index]))
        mask = pa.array(is_kept)
        columns = {
            name: self._column(block, position, is_moved).filter(mask) for name, position in self.columns.items()
        }
        return Aligned(columns, block.numbers[is_kept], block.is_doubtful[is_kept])

    def _column(self, block: Block, position: int, is_moved: NDArray[np.bool_]) -> pa.StringArray:
        here = block.column(position)
        if self.weighings_at is None or position < self.weighings_at or not is_moved.any():
            return here
        left = "" if position == self.weighings_at else block.column(position - 1)
        return pc.if_else(pa.array(is_moved), left, here)

    def _is_header(self, row: Sequence[str]) -> bool:
        return [plain(text) for text in row[: self.width]] == self.plain_texts

    def _lacks_weighings(self, row: list[str], *, has_few: bool) -> bool:
        at = self.weighings_at
        if at is None:
            return False
        here, there = self._agreement(row), self._agreement([*row[:at], "", *row[at:]])
        return there > here or (there == here and has_few)

    def _narrowed(self, row: CellRow) -> tuple[CellRow, bool]:
        """Return a row that is too long at the header's width and whether that failed, the row then being blank."""
        texts = cell_texts(row)
        while len(texts) > self.width and is_blank_row(texts[-1:]):
            texts.pop()
        extra = len(texts) - self.width
        if extra <= 0:
            return list(texts), False
        candidates = [texts[: self.width]] if self.may_be_wider else []
        candidates += [
            [*texts[:at], " ".join(texts[at : at + extra + 1]), *texts[at + extra + 1 :]]
            for at in (self.columns[name] for name in FREE_TEXT if name in self.columns)
        ]
        fitting = [candidate for candidate in candidates if self._fits(candidate)]
        if not fitting:
            return [""] * self.width, True
        best = max(fitting, key=self._agreement)
        return [*best], False

    def _fits(self, row: Sequence[str]) -> bool:
        needed = ("sex", "birth_date", "measured_on")
        return (
            not any(values.is_blank(values.tidy(row[self.columns[name]])) for name in needed)
            and _reads_as_day(row[self.measured_at])
            and all(self._checks(row))
        )

    def _agreement(self, row: Sequence[str]) -> int:
        return 2 * _reads_as_day(row[self.measured_at]) + sum(1 if agrees else -1 for agrees in self._checks(row))

    def _checks(self, row: Sequence[str]) -> list[bool]:
        """Say for each telling cell that holds something whether it looks like what its column says."""
        found = [(name, row[self.columns[name]]) for name in _LOOKS if name in self.columns]
        return [agrees for name, text in found if (agrees := _looks_like(name, text)) is not None]


@lru_cache(maxsize=50_000)
def _looks_like(name: str, text: str) -> bool | None:
    tidied = values.tidy(text)
    return None if values.is_blank(tidied) else bool(_LOOKS[name](tidied))


@lru_cache(maxsize=50_000)
def _reads_as_day(text: str) -> bool:
    return values.day(values.tidy(text)) is not None


def _are_days(texts: pa.StringArray) -> NDArray[np.bool_]:
    encoded = texts.dictionary_encode()
    distinct = np.array([_reads_as_day(text) for text in encoded.dictionary.to_pylist()], dtype=np.bool_)
    return distinct[encoded.indices.to_numpy()] if len(distinct) else np.zeros(0, dtype=np.bool_)
