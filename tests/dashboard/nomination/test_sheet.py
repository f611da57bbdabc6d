"""The nominations' workbook goes out, is filled in, and comes back whole or not at all."""

import datetime
import io

import openpyxl
import pytest
import xlsxwriter

from dashboard.nomination import sheet as nomination_sheet
from dashboard.nomination.list import far_list
from dashboard.nomination.sheet import NAMED, NOTE, REASON, Returned
from tests.dashboard.pusing_frames import MONTH, excel_rows, filled_in, ranking

KELURAHAN = "32.75.01.1001"
FAR = far_list(ranking(), KELURAHAN)
CODES = list(FAR["rw_code"])
BLANK = nomination_sheet.write(FAR, "Bekasi Jaya, Bekasi Timur", MONTH)


def read(content: bytes, month: datetime.date = MONTH, already: tuple[str, ...] = ()) -> Returned:
    return nomination_sheet.read(content, month, CODES, already)


def told(returned: Returned) -> str:
    return " | ".join(f"{fault.row}: {fault.told}" for fault in returned.faults)


def test_a_workbook_that_comes_back_untouched_names_nobody_and_speaks_for_its_kelurahan() -> None:
    returned = read(BLANK)
    assert returned.faults == ()
    assert returned.named == ()
    assert returned.kelurahan == (KELURAHAN,)


def test_rws_named_in_the_workbook_come_back_with_their_reasons() -> None:
    returned = read(
        filled_in(
            BLANK,
            {
                CODES[0]: {NAMED: "ya", REASON: "banjir", NOTE: "tiap hujan"},
                CODES[7]: {NAMED: "Ya", REASON: "Jembatan putus"},
                CODES[8]: {NAMED: "tidak"},
            },
        )
    )
    assert told(returned) == ""
    assert [(row.rw_code, row.reason) for row in returned.named] == [
        (CODES[0], "banjir: tiap hujan"),
        (CODES[7], "jembatan putus"),
    ]


FAULTY: dict[str, tuple[dict[str, object], str]] = {
    CODES[1]: ({NAMED: "ya"}, "alasan belum lengkap"),
    CODES[2]: ({NAMED: "ya", REASON: "lainnya"}, "alasan belum lengkap"),
    CODES[3]: ({NAMED: "ya", REASON: "sebab lain"}, "alasan belum lengkap"),
    CODES[4]: ({NAMED: "mungkin", REASON: "banjir"}, "kolom Usulkan berisi “mungkin”"),
    CODES[5]: ({REASON: "banjir"}, "kolom Usulkan kosong"),
    CODES[6]: ({"Kode RW": "32.75.09.1001.001", NAMED: "ya", REASON: "banjir"}, "bukan RW di wilayah ini"),
    CODES[7]: ({"Kode RW": CODES[0], NAMED: "ya", REASON: "banjir"}, "tertulis dua kali"),
    CODES[8]: ({"Bulan": "2026-12", NAMED: "ya", REASON: "banjir"}, "bulannya “2026-12”"),
}


@pytest.fixture(scope="module")
def faults() -> dict[int, str]:
    returned = read(filled_in(BLANK, {code: cells for code, (cells, _) in FAULTY.items()}))
    return {fault.row: fault.told for fault in returned.faults}


@pytest.mark.parametrize("code", FAULTY)
def test_a_faulty_row_is_told_by_its_number_in_excel(faults: dict[int, str], code: str) -> None:
    assert FAULTY[code][1] in faults[excel_rows(BLANK)[code]]


def test_only_faulty_rows_are_told(faults: dict[int, str]) -> None:
    assert len(faults) == len(FAULTY)


def test_an_rw_that_is_already_named_is_told() -> None:
    returned = read(filled_in(BLANK, {CODES[0]: {NAMED: "ya", REASON: "banjir"}}), already=(CODES[0],))
    assert "sudah diusulkan" in told(returned)


@pytest.mark.parametrize("content", [b"", b"bukan buku kerja", b"%PDF-1.7", b"PK\x03\x04rusak", BLANK[:2000]])
def test_what_is_no_workbook_is_refused_in_a_sentence(content: bytes) -> None:
    returned = read(content)
    assert [fault.row for fault in returned.faults] == [0]
    assert returned.faults[0].told.endswith(".")


def test_a_workbook_without_the_head_is_refused_by_naming_its_columns() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    book.add_worksheet().write_row(0, 0, ["Kode RW", "Nama"])
    book.close()
    assert NAMED in told(read(stream.getvalue()))


def test_unknown_figures_go_out_blank() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(BLANK)).worksheets[0]
    unknown = FAR.loc[FAR["travel_s"].isna(), "rw_code"].iloc[0]
    shown = [cell.value for cell in sheet[excel_rows(BLANK)[unknown]]]
    assert shown[:2] == ["2026-11", unknown]
    assert shown[4] is None
