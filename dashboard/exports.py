"""Tables as files: XLSX with a sheet that explains it, and CSV for other programs.

Text that a spreadsheet would run as a formula (=, +, -, @ and their wide forms, also after blanks) is written inert.
"""

import io
from dataclasses import dataclass

import pandas as pd
import xlsxwriter

_RUNS_AS_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Saved:
    """A table to save: column titles as people read them, its subject, and what explains it."""

    rows: pd.DataFrame
    title: str
    notes: tuple[tuple[str, str], ...]


def to_csv(saved: Saved) -> bytes:
    """Write CSV as Indonesian spreadsheets open it: semicolons, decimal commas, UTF-8 with a mark."""
    inert = saved.rows.map(_inert).rename(columns=_inert)
    return inert.to_csv(index=False, sep=";", decimal=",", lineterminator="\r\n").encode("utf-8-sig")


def to_xlsx(saved: Saved) -> bytes:
    """Write a workbook: the table, and a sheet with its title, period, source and meaning of columns."""
    stream = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True, "nan_inf_to_errors": False}
    book = xlsxwriter.Workbook(stream, options)
    head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
    sheet = book.add_worksheet("Data")
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(saved.rows.columns):
        sheet.write_string(0, column, str(name), head)
        sheet.set_column(column, column, min(max(len(str(name)), 11), 26))
        for row, value in enumerate(saved.rows[name], start=1):
            if value is None or value != value or value is pd.NA:
                continue
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            else:
                sheet.write_number(row, column, float(value))
    sheet.autofilter(0, 0, max(len(saved.rows), 1), max(len(saved.rows.columns) - 1, 0))
    about = book.add_worksheet("Keterangan")
    about.set_column(0, 0, 24)
    about.set_column(1, 1, 90)
    for row, (name, told) in enumerate((("Judul", saved.title), *saved.notes)):
        about.write_string(row, 0, name, head)
        about.write_string(row, 1, told)
    book.close()
    return stream.getvalue()


def _inert(value: object) -> object:
    """Put an apostrophe before text that would run; blanks before it are cut off by some programs, so they count."""
    if not isinstance(value, str) or not value:
        return value
    return f"'{value}" if value.lstrip().startswith(_RUNS_AS_FORMULA) or value[0] in "\t\r\n" else value
