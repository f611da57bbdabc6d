"""Workbooks that go out to be filled in and come back: one sheet with a head that is found again, and its rows.

What comes back is text as a person reads it, with the row numbers that Excel shows, so that a fault can be found.
"""

import datetime
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter

from data.errors import RembukError
from data.intake.detect import Kind, detect
from data.intake.workbook import read_workbook

LARGEST_BYTES = 5 * 2**20
_HEAD_WITHIN_ROWS = 15
_WIDEST = 44
_NO_WORKBOOK = (
    "Berkas ini bukan buku kerja Excel yang bisa dibaca. Unduh lagi berkas isiannya, isi, lalu simpan sebagai .xlsx."
)
_UNREADABLE = {
    "protected": "Buku kerja ini terkunci kata sandi; hapus kata sandinya, simpan, lalu unggah lagi.",
    "bomb": "Isi berkas ini terlalu besar; unggah berkas isian saja.",
    "too_large": "Isi berkas ini terlalu besar; unggah berkas isian saja.",
}


@dataclass(frozen=True)
class OutgoingSheet:
    """A sheet to fill in: what it is, how to fill it, its columns, and of those which are filled with what.

    `choices` gives the words that a column takes; `filled` names the columns that people fill.
    """

    title: str
    guide: Sequence[str]
    columns: Sequence[str]
    rows: Sequence[Sequence[str | float | None]]
    filled: Sequence[str]
    choices: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Row:
    """A row that came back: its number in Excel, and its cells by column, without blanks around them."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def is_blank(self, columns: Sequence[str]) -> bool:
        """Say whether nothing stands in these columns."""
        return not any(self[column] for column in columns)


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row, in a sentence; row 0 is the whole file."""

    row: int
    told: str


def write_sheet(sheet: OutgoingSheet) -> bytes:
    """Write a workbook to fill in: title, guide, head, rows; columns to fill are coloured and offer their choices."""
    stream = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(stream, options)
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
    asked = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top", "bg_color": "#ffd24d"})
    open_cell = book.add_format({"bg_color": "#fff7df", "border": 1, "border_color": "#d9d9d9"})
    page = book.add_worksheet("Isian")
    page.write_string(0, 0, sheet.title, title)
    for line, told in enumerate(sheet.guide, start=1):
        page.write_string(line, 0, told)
    top = len(sheet.guide) + 2
    page.freeze_panes(top + 1, 0)
    for column, name in enumerate(sheet.columns):
        is_filled = name in sheet.filled
        page.write_string(top, column, name, asked if is_filled else head)
        longest = max([len(name) // 2, *(len(str(row[column] or "")) for row in sheet.rows)], default=10)
        page.set_column(column, column, min(max(longest + 2, 22 if is_filled else 10), _WIDEST))
        if sheet.rows and name in sheet.choices:
            page.data_validation(
                top + 1,
                column,
                top + len(sheet.rows),
                column,
                {
                    "validate": "list",
                    "source": list(sheet.choices[name]),
                    "error_title": "Pilih dari daftar",
                    "error_message": f"Pilih salah satu: {', '.join(sheet.choices[name])}."[:255],
                },
            )
        for place, row in enumerate(sheet.rows, start=top + 1):
            value, style = row[column], open_cell if is_filled else None
            if value is None:
                page.write_blank(place, column, None, style)
            elif isinstance(value, str):
                page.write_string(place, column, value, style)
            else:
                page.write_number(place, column, value, style)
    book.close()
    return stream.getvalue()


def read_sheet(content: bytes, columns: Sequence[str]) -> list[Row] | Fault:
    """Return the rows below the head that has all these columns, blank rows left out; or why there are none."""
    if len(content) > LARGEST_BYTES:
        return Fault(0, "Berkas terlalu besar untuk isian ini; unggah berkas yang diunduh dari halaman ini.")
    try:
        grids = read_workbook(content) if detect(content).kind is Kind.WORKBOOK else []
    except RembukError as error:
        return Fault(0, _UNREADABLE.get(error.context.get("reason", ""), _NO_WORKBOOK))
    if not grids:
        return Fault(0, _NO_WORKBOOK)
    for grid in grids:
        for at, head in enumerate(grid.rows[:_HEAD_WITHIN_ROWS]):
            places = {str(name).strip(): place for place, name in enumerate(head)}
            if all(name in places for name in columns):
                return _rows(grid.rows, at, places)
    return Fault(0, f"Baris judul tidak ditemukan. Kolom yang harus ada: {', '.join(columns)}.")


def _rows(rows: Sequence[Sequence[object]], head: int, places: Mapping[str, int]) -> list[Row]:
    found = []
    for number, cells in enumerate(rows[head + 1 :], start=head + 2):
        told = {name: str(cells[place]).strip() for name, place in places.items() if name and place < len(cells)}
        if any(told.values()):
            found.append(Row(number, told))
    return found


def read_day(told: str) -> datetime.date | None:
    """Return a day as Excel gives it (2026-11-21) or as people write it (21/11/2026, 21-11-2026), or None."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return datetime.datetime.strptime(told, pattern).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def read_count(told: str) -> int | None:
    """Return a whole number of people, or None where there is none; thousands' points are not taken."""
    return int(told) if told.isascii() and told.isdigit() and len(told) <= 6 else None
