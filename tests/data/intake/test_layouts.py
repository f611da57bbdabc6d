"""Every way in which the list is written gives the same rows."""

import datetime
from collections.abc import Callable

import numpy as np
import pytest

from data.intake.eppgbm import read_list
from data.intake.report import Totals
from data.intake.rows import Classified
from tests.data.intake.lists import LAYOUT_A, LAYOUT_B, LAYOUT_C, as_csv, as_html, as_xls, as_xlsx, child

Read = Callable[..., Classified]
Count = Callable[..., Totals]

ROWS = [
    child(1),
    child(2, JK="P", RW="02", Berat="9.8", Tinggi="78.5"),
    child(3, RW="3", **{"Tgl Lahir": "2025-01-20"}),
    child(4, **{"Kec": "BEKASI BARAT", "Desa/Kel": "BINTARA", "RW": "002"}),
]


def the_same(left: Classified, right: Classified) -> bool:
    one, other = left.weighings, right.weighings
    return (
        left.parked == right.parked
        and one.keys == other.keys
        and one.rw_codes.tolist() == other.rw_codes.tolist()
        and one.measured_on.tolist() == other.measured_on.tolist()
        and np.array_equal(one.weight_kg, other.weight_kg, equal_nan=True)
        and np.array_equal(one.scores.haz, other.scores.haz, equal_nan=True)
    )


@pytest.mark.parametrize(
    "written",
    [
        as_html(ROWS),
        as_html(ROWS, lacks_weighings=True),
        as_html(ROWS, title=False),
        as_html(ROWS).replace(b"</td>", b"").replace(b"</tr>", b""),
        as_html(ROWS).replace(b"<td>", b"<TD style='mso-number-format:\"\\@\"' class=xl65>"),
        as_html(ROWS).replace(b"<td>", b"<td><b>").replace(b"MARGAHAYU", b"MARGA<br>HAYU"),
        b"\xef\xbb\xbf" + as_html(ROWS),
        as_csv(ROWS),
        as_csv(ROWS, delimiter=","),
        as_csv(ROWS, delimiter="\t"),
        as_csv(ROWS, encoding="utf-8-sig"),
        as_csv(ROWS, encoding="utf-16"),
        as_csv(ROWS, titles=["DAFTAR ANAK BERDASARKAN STATUS GIZI", "", "Bulan Oktober"]),
        as_csv(ROWS).replace(b"\r\n", b"\n"),
        as_csv(ROWS).replace(b"CONTOH A;", b'"CONTOH A";'),
        b"sep=;\r\n" + as_csv(ROWS),
        as_xlsx(ROWS, LAYOUT_B),
        as_xlsx(ROWS, LAYOUT_B, title=True),
        as_xls(ROWS, LAYOUT_B),
    ],
    ids=[
        "html",
        "html without Total Pengukuran's cells",
        "html without title",
        "html without end tags",
        "html saved by Excel",
        "html with markup in cells",
        "html with BOM",
        "csv ;",
        "csv ,",
        "csv tab",
        "csv BOM",
        "csv utf-16",
        "csv title lines",
        "csv unix lines",
        "csv quoted",
        "csv sep line",
        "xlsx",
        "xlsx title",
        "xls",
    ],
)
def test_a_list_says_the_same_in_every_format(written: bytes, read: Read) -> None:
    assert the_same(read(written), read(as_html(ROWS)))


def test_the_classic_layout_without_position_is_read(count: Count) -> None:
    assert count(as_xlsx(ROWS, LAYOUT_A)).accepted == 4


def test_a_list_without_kelurahan_column_is_parked_unless_one_is_named(count: Count) -> None:
    written = as_csv(ROWS[:3], LAYOUT_C, delimiter=",", titles=["DATA POSYANDU"])
    assert count(written).parked_reasons == {"area_unknown": 3}
    assert count(written, kelurahan_code="32.75.01.1001").accepted == 3


def test_a_kelurahan_for_the_file_does_not_override_the_files_own(count: Count) -> None:
    unknown = [child(1, **{"Desa/Kel": "ANTAH"})]
    assert count(as_csv(unknown), kelurahan_code="32.75.01.1001").parked_reasons == {"area_unknown": 1}


@pytest.mark.parametrize(
    ("header", "other"),
    [
        ("Nama", "Nama Anak"),
        ("JK", "Jenis Kelamin"),
        ("Tgl Lahir", "Tanggal Lahir"),
        ("Desa/Kel", "Kelurahan"),
        ("Berat", "Berat (kg)"),
        ("Tinggi", "Tinggi (cm)"),
        ("Nama Ortu", "Nama Orang Tua (Ibu/Ayah)"),
        ("Tanggal Pengukuran", "  TANGGAL   PENGUKURAN  "),
        ("Tanggal Pengukuran", "Tanggal Penguikuran"),
        ("Tanggal Pengukuran", "Tangal Pengukurran"),
        ("Tgl Lahir", "Tgl Lahri"),
        ("Kab/Kota", "kabkota"),
        ("ZS TB/U", "zs_tbu"),
    ],
)
def test_a_header_is_known_by_its_other_spellings(header: str, other: str, read: Read) -> None:
    layout = [other if name == header else name for name in LAYOUT_B]
    rows = [{**row, other: row[header]} for row in ROWS]
    assert the_same(read(as_csv(rows, layout)), read(as_csv(ROWS)))


def test_columns_that_users_add_are_left_alone(read: Read) -> None:
    added = ("Bulan Pengukuran", "Status Bulan", "status tahun", "Detail Status", "status desa", "Tgl Lapor")
    layout = [*added, *LAYOUT_B]
    assert the_same(read(as_csv(ROWS, layout)), read(as_csv(ROWS)))


def test_a_row_whose_missing_cell_hides_behind_a_blank_last_one_is_moved(read: Read) -> None:
    kept = [name for name in LAYOUT_B if name != "Total Pengukuran"]
    lines = as_csv(ROWS, kept).decode().split("\r\n")[1:5]
    written = as_csv(ROWS[:0]) + "".join(f"{line};\r\n" for line in lines).encode()
    assert the_same(read(written), read(as_csv(ROWS)))


def test_whole_and_short_rows_may_be_mixed(read: Read) -> None:
    short = as_html(ROWS[2:], lacks_weighings=True, title=False).decode().split("<tbody>")[1].split("</tbody>")[0]
    written = as_html(ROWS[:2]).decode().replace("</tbody>", f"{short}</tbody>")
    assert the_same(read(written.encode()), read(as_html(ROWS)))


def test_a_short_row_without_a_day_of_weighing_keeps_its_reason(count: Count) -> None:
    rows = [child(1, **{"Tanggal Pengukuran": ""})]
    assert count(as_html(rows, lacks_weighings=True)).parked_reasons == {"measured_on_invalid": 1}
    assert count(as_html(rows)).parked_reasons == {"measured_on_invalid": 1}


def test_an_unquoted_delimiter_in_the_address_does_not_lose_the_row(read: Read) -> None:
    written = as_csv(ROWS, delimiter=",").replace(b"JL CONTOH NO 2 RT", b"JL CONTOH, NO 2, RT")
    assert the_same(read(written), read(as_csv(ROWS)))


def test_an_unquoted_decimal_comma_parks_the_row_instead_of_reading_a_wrong_weight(count: Count) -> None:
    written = as_csv(ROWS, delimiter=",").replace(b",9.8,78.5,", b",9,8,78,5,")
    counted = count(written)
    assert (counted.rows_read, counted.accepted, counted.parked) == (4, 3, 1)


def test_a_quotation_mark_that_is_never_closed_swallows_no_rows(count: Count) -> None:
    written = as_csv(ROWS).replace(b";CONTOH B;", b';"CONTOH B;')
    assert count(written).rows_read == 4
    assert count(written).accepted == 4


def test_blank_rows_and_repeated_headers_are_no_rows(count: Count) -> None:
    header, *lines = as_csv(ROWS).decode().split("\r\n")
    blank = ";" * (len(LAYOUT_B) - 1)
    written = "\r\n".join([header, lines[0], "", blank, header.upper(), lines[1], " ; ;", *lines[2:]])
    assert count(written.encode()).rows_read == 4


def test_a_footer_line_is_a_row_that_is_parked(count: Count) -> None:
    counted = count(as_csv([*ROWS, {"No": "JUMLAH", "NIK": "4"}]))
    assert (counted.rows_read, counted.parked_reasons) == (5, {"area_unknown": 1})


def test_row_numbers_count_from_the_first_line_of_the_file(read: Read) -> None:
    rows = [child(1), child(2, RW="0"), child(3), child(4, JK="")]
    parked = read(as_csv(rows, titles=["JUDUL", ""])).parked
    assert [(row.row_number, row.reason) for row in parked] == [(5, "rw_missing"), (7, "sex_invalid")]
    assert [row.row_number for row in read(as_xlsx(rows, title=True)).parked] == [5, 7]


def test_the_table_with_most_rows_is_the_list_and_another_is_named() -> None:
    two = as_html(ROWS[:1], title=False) + as_html(ROWS, title=False)
    table = read_list(two)
    assert len(table) == 4
    assert [other.rows for other in table.other_lists] == [1]


def test_a_table_inside_a_cell_is_no_part_of_its_row(count: Count) -> None:
    written = as_html(ROWS).replace(b"Lihat", b"<table><tr><td>x</td></tr></table>")
    assert count(written).accepted == 4


def test_a_page_in_windows_1252_keeps_its_letters(read: Read) -> None:
    rows = [child(1, Nama="ANDRÉ", NIK=""), child(2, Nama="ANDRE", NIK="")]
    keys = read(as_csv(rows, encoding="windows-1252")).weighings.keys
    assert keys == read(as_csv(rows)).weighings.keys


def test_dates_in_a_workbook_may_be_cells_serial_numbers_or_texts(read: Read) -> None:
    dates = ["2026-10-10", datetime.date(2026, 10, 10), 46305, 46305.5, "46305", "10/10/2026", "10-Okt-2026"]
    rows = [child(number, **{"Tanggal Pengukuran": day}) for number, day in enumerate(dates, start=1)]
    measured = read(as_xlsx(rows)).weighings.measured_on
    assert set(measured.tolist()) == {datetime.date(2026, 10, 10)}


def test_numbers_in_a_workbook_need_not_be_texts(read: Read) -> None:
    rows = [child(1, Berat=11.2, Tinggi=85.1, RW=1), child(2, Berat="11,2", Tinggi="85,1 cm", RW=1.0)]
    weighings = read(as_xlsx(rows)).weighings
    assert weighings.weight_kg.tolist() == [11.2, 11.2]
    assert weighings.lenhei_cm.tolist() == [85.1, 85.1]
