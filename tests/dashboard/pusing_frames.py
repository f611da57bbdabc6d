"""A small ranking and what people answered to it, as the nomination and visit screens get them."""

import datetime
import io
from collections.abc import Mapping

import numpy as np
import openpyxl
import pandas as pd

from dashboard.priority.figures import ranked_with_figures
from models.priority import DEFAULTS, PRESETS
from tests.models.priority.invented_rws import invented_rws

MONTH = datetime.date(2026, 11, 1)
K = 5


def ranking() -> pd.DataFrame:
    """Forty RWs of one kelurahan, one of unknown travel."""
    frame = invented_rws(3, 40).assign(
        kelurahan_code="32.75.01.1001",
        kelurahan="Bekasi Jaya",
        kecamatan_code="32.75.01",
        kecamatan="Bekasi Timur",
        puskesmas_code="PKM",
        puskesmas="Puskesmas Bekasi Jaya",
    )
    frame["rw_name"] = "RW " + frame["rw_code"].str[-3:]
    frame.loc[0, ["travel_s", "own_travel_s"]] = np.nan
    return ranked_with_figures(frame, PRESETS["balanced"], DEFAULTS, K)


def nominated(codes: list[str]) -> pd.DataFrame:
    """Nominations of these RWs, as the query gives them."""
    return pd.DataFrame(
        {
            "id": range(len(codes)),
            "rw_code": pd.Series(codes, dtype=object),
            "reason": pd.Series(["banjir"] * len(codes), dtype=object),
            "nominated_by": pd.Series(["Lurah Bekasi Jaya"] * len(codes), dtype=object),
        }
    )


def excel_rows(content: bytes, code_column: str = "Kode RW") -> dict[str, int]:
    """Return the row in which a spreadsheet program shows each RW."""
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows() for cell in row]
    head = next(cell for cell in cells if cell.value == code_column)
    return {str(cell.value): cell.row for cell in cells if cell.column == head.column and cell.row > head.row}


def filled_in(content: bytes, rows: Mapping[str, Mapping[str, object]], code_column: str = "Kode RW") -> bytes:
    """Fill a workbook in as a person does in a spreadsheet program: cells by RW code and column."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if any(cell.value == code_column for cell in row))
    columns = {cell.value: cell.column for cell in head}
    by_code = {sheet.cell(line, columns[code_column]).value: line for line in range(head[0].row + 1, sheet.max_row + 1)}
    for code, cells in rows.items():
        for name, value in cells.items():
            sheet.cell(by_code[code], columns[name]).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
