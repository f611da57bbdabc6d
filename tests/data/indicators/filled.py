"""Filled templates of interventions, written by openpyxl as a person's spreadsheet program would save them."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

from data.intake.interventions_layout import COVERAGE, NEEDS, PREGNANT
from tests.data.pusing.hand_written import RWS

OCTOBER = "2026-10"


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """Return a workbook with these sheets' cells."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def coverage(*rows: Sequence[Any]) -> bytes:
    """Return a filled sheet of interventions: each row is RW number, code, asked, reached, status, and a month."""
    cells = [
        [RWS[rw], "Timur", "Atas", "RW", month, code, "nama", asked, reached, status]
        for rw, code, asked, reached, status, month in (tuple([*row, "", OCTOBER][:6]) for row in map(_whole, rows))
    ]
    return workbook({"Isian": [["judul"], [], [], list(COVERAGE.columns), *cells]})


def _whole(row: Sequence[Any]) -> list[Any]:
    return [*row, *([None, None, "", OCTOBER][len(row) - 2 :] if len(row) < 6 else [])]


def needs(*rows: Sequence[Any]) -> list[list[Any]]:
    """Return the cells of a sheet of SPM needs: each row is RW number, code, raised, received, done, status."""
    return [list(NEEDS.columns)] + [
        [RWS[rw], "Timur", "Atas", "RW", OCTOBER, code, "nama", *counts] for rw, code, *counts in rows
    ]


def pregnant(*rows: Sequence[Any]) -> list[list[Any]]:
    """Return the cells of a sheet of pregnant women: each row is RW number, target, screened, KEK, anaemia, status."""
    return [list(PREGNANT.columns)] + [[RWS[rw], "Timur", "Atas", "RW", OCTOBER, *counts] for rw, *counts in rows]
