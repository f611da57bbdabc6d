"""The visits' workbook goes out, is filled in, and comes back whole or not at all."""

import datetime
from collections.abc import Mapping

import pandas as pd
import pytest

from dashboard.visit import sheet as visit_sheet
from dashboard.visit.sheet import Returned
from dashboard.visit.words import COUNT_NAMES
from data.pusing.visiting import Visit
from tests.dashboard.pusing_frames import excel_rows, filled_in

TODAY = datetime.date(2026, 11, 21)
CODES = [f"32.75.01.1001.{number:03d}" for number in range(1, 10)]
AREA = pd.DataFrame({"code": CODES, "rw_name": "RW", "kelurahan": "Bekasi Jaya"})
BLANK = visit_sheet.write(AREA, "Puskesmas Bekasi Jaya")
SERVED, WEIGHED = COUNT_NAMES["served"], COUNT_NAMES["weighed"]
FIFTH = datetime.date(2026, 11, 5)
FAULTY: dict[str, tuple[dict[str, object], str]] = {
    CODES[1]: ({SERVED: 60}, "tanggalnya belum diisi"),
    CODES[2]: ({"Tanggal": "kemarin"}, "tanggal “kemarin” tidak terbaca"),
    CODES[3]: ({"Tanggal": "22/11/2026"}, "tanggalnya belum tiba"),
    CODES[4]: ({"Tanggal": "5/11/2026", SERVED: "banyak"}, "bukan bilangan bulat"),
    CODES[5]: ({"Tanggal": "5/11/2026", SERVED: 2.5}, "bukan bilangan bulat"),
    CODES[6]: ({"Tanggal": "5/11/2026", SERVED: -1}, "bukan bilangan bulat"),
    CODES[7]: ({"Tanggal": "5/11/2026", SERVED: 10, WEIGHED: 11}, "balita ditimbang melebihi orang dilayani"),
    CODES[8]: ({"Tanggal": "5/11/2026", "Kode RW": "32.75.02.1001.001"}, "bukan RW di wilayah kerja ini"),
}


def read(cells: Mapping[str, Mapping[str, object]]) -> Returned:
    return visit_sheet.read(filled_in(BLANK, cells), set(CODES), "PKM", TODAY)


def test_a_day_is_read_however_it_was_written() -> None:
    days = (FIFTH, datetime.datetime.combine(FIFTH, datetime.time()), "5/11/2026", "05-11-2026", "2026-11-05")
    returned = read({code: {"Tanggal": day, SERVED: 60, WEIGHED: 30} for code, day in zip(CODES, days, strict=False)})
    assert returned.faults == ()
    assert [visit for _, visit in returned.visits] == [
        Visit(code, FIFTH, "PKM", served=60, weighed=30) for code in CODES[: len(days)]
    ]


@pytest.fixture(scope="module")
def faults() -> dict[int, str]:
    cells = {code: cells for code, (cells, _) in FAULTY.items()}
    returned = read({CODES[0]: {"Tanggal": "1/11/2026", SERVED: 5}, **cells})
    return {fault.row: fault.told for fault in returned.faults}


@pytest.mark.parametrize("code", FAULTY)
def test_a_faulty_row_is_told_by_its_number_in_excel(faults: dict[int, str], code: str) -> None:
    assert FAULTY[code][1] in faults[excel_rows(BLANK)[code]]


def test_a_row_without_a_fault_is_not_told(faults: dict[int, str]) -> None:
    assert excel_rows(BLANK)[CODES[0]] not in faults


def test_the_same_rw_and_day_twice_is_a_fault() -> None:
    returned = read({CODES[0]: {"Tanggal": "1/11/2026"}, CODES[1]: {"Kode RW": CODES[0], "Tanggal": "1/11/2026"}})
    assert "dua kali" in returned.faults[0].told


def test_a_workbook_without_a_visit_is_told() -> None:
    returned = visit_sheet.read(BLANK, set(CODES), "PKM", TODAY)
    assert [fault.row for fault in returned.faults] == [0]
