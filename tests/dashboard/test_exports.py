"""Files hold what the screen showed, blanks stay blank, and no cell runs as a formula."""

import io

import openpyxl
import pandas as pd
import pytest

from dashboard.exports import Saved, to_csv, to_xlsx

DANGEROUS = ['=HYPERLINK("x")', "+1", "-1+1", "@SUM(A1)", "\t=1"]


@pytest.fixture
def saved() -> Saved:
    rows = pd.DataFrame({"Nama": ["RW 001", *DANGEROUS], "Stunting": [3.0, None, 0, 1, 2, 5], "D/S (%)": [61.5] * 6})
    return Saved(rows, "Judul", (("Sumber", "=e-PPGBM"),))


def test_a_workbook_gives_back_the_figures_to_the_digit(saved: Saved) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(saved)))["Data"]
    assert [cell.value for cell in sheet[1]] == ["Nama", "Stunting", "D/S (%)"]
    assert [sheet.cell(row, 2).value for row in range(2, 8)] == [3, None, 0, 1, 2, 5]
    assert sheet.cell(2, 3).value == 61.5


def test_no_cell_of_a_workbook_is_a_formula(saved: Saved) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(saved)))
    types = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in types


def test_no_cell_of_a_csv_starts_a_formula(saved: Saved) -> None:
    text = to_csv(saved).decode("utf-8-sig")
    back = pd.read_csv(io.StringIO(text), sep=";", decimal=",")
    assert all(not str(name).startswith(("=", "+", "-", "@", "\t")) for name in back["Nama"])
    assert back["Stunting"].isna().sum() == 1


def test_a_workbook_explains_itself(saved: Saved) -> None:
    about = openpyxl.load_workbook(io.BytesIO(to_xlsx(saved)))["Keterangan"]
    assert about.cell(1, 2).value == "Judul"
    assert about.cell(2, 1).value == "Sumber"
