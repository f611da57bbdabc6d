"""The demo's e-PPGBM lists have the layouts, and the traps, of real exports."""

import numpy as np
import pytest
from lxml import html
from python_calamine import CalamineWorkbook

from data.demo.eppgbm_files import CELL_LEFT_OUT, LAYOUT_A, LAYOUT_B, PlaceNames, write_files
from data.demo.risk import POSYANDU_PER_RW
from data.demo.simulate import simulate
from tests.data.demo.test_children import made_city

KELURAHAN = 20  # four kecamatan: three workbooks and one HTML list


@pytest.fixture(scope="module")
def lists(tmp_path_factory):
    city = made_city(KELURAHAN, 10, 0.03)
    simulation = simulate(city, seed=3, start="2025-11", end="2026-10")
    kelurahan = {code[:13]: f"Kelurahan {place}" for place, code in enumerate(city.codes.tolist())}
    kecamatan = {code[:8]: f"Kecamatan {place}" for place, code in enumerate(sorted({c[:8] for c in city.codes}))}
    posyandu = [f"Posyandu {number}" for number in range(len(city) * POSYANDU_PER_RW)]
    names = PlaceNames("Kota Bekasi", kecamatan, kelurahan, posyandu, ["Puskesmas Contoh"] * len(city))
    paths = write_files(simulation, names, tmp_path_factory.mktemp("lists"))
    return simulation, paths


@pytest.fixture(scope="module")
def workbook(lists) -> list[list]:
    path = next(path for path in lists[1] if path.suffix == ".xlsx")
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


@pytest.fixture(scope="module")
def page(lists):
    return html.fromstring(next(path for path in lists[1] if path.suffix == ".xls").read_bytes())


def test_a_kecamatan_has_a_list_and_three_are_workbooks(lists):
    assert sorted(path.suffix for path in lists[1]) == [".xls", ".xlsx", ".xlsx", ".xlsx"]


def test_the_lists_hold_every_weighing_of_the_newest_month_and_eight_faults_each(lists, workbook, page):
    simulation, paths = lists
    rows = 0
    for path in paths:
        if path.suffix == ".xlsx":
            rows += len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()) - 1
        else:
            rows += len(html.fromstring(path.read_bytes()).xpath("//tbody/tr"))
    assert rows == len(simulation.weighings[-1].child) + 8 * len(paths)


def test_the_workbook_has_the_classic_header(workbook):
    assert tuple(workbook[0]) == LAYOUT_A


def test_the_html_has_37_headers_over_rows_of_36_cells(page):
    assert [cell.text for cell in page.xpath("//thead/tr/th")] == list(LAYOUT_B)
    assert {len(row.xpath("td")) for row in page.xpath("//tbody/tr")} == {len(LAYOUT_B) - 1} == {36}


def test_cells_after_the_one_left_out_stand_one_to_the_left(page):
    place = LAYOUT_B.index(CELL_LEFT_OUT)
    first = page.xpath("//tbody/tr[1]/td")
    assert " Tahun - " in first[place].text


def test_no_nik_could_be_a_persons(workbook):
    column = LAYOUT_A.index("NIK")
    niks = [row[column] for row in workbook[1:]]
    assert all(len(nik) == 16 and nik.startswith("99") for nik in niks)


def test_scores_of_the_list_are_those_of_its_own_lengths(workbook):
    stunted = [row for row in workbook[1:] if row[LAYOUT_A.index("TB/U")] in ("Pendek", "Sangat Pendek")]
    scores = np.array([float(row[LAYOUT_A.index("ZS TB/U")]) for row in stunted])
    assert len(scores)
    assert (scores < -2).all()
