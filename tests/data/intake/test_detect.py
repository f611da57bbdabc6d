"""What is no list is refused with its reason, whatever its name or its bytes."""

import io
import zipfile
import zlib
from collections.abc import Callable

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import UnusableInputError
from data.intake import detect as detecting
from data.intake.eppgbm import read_list
from data.intake.report import Totals
from tests.data.intake.lists import LAYOUT_B, as_csv, as_html, as_xls, as_xlsx, child

ROWS = [child(1), child(2)]

FRAMESET = b"""<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<link id="shLink" href="list_files/sheet001.htm"><!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets>
</x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]--></head>
<frameset rows="*,39"><frame src="list_files/sheet001.htm"><noframes><body></body></noframes></frameset></html>"""


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def workbook(fill: Callable[[xlsxwriter.workbook.Worksheet], object]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        fill(book.add_worksheet())
    return out.getvalue()


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + stream.encode("utf-16-le") + b"\0" * 600


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "image"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 40, "image"),
        (b"BM\x36\0\0\0" + b"\0" * 40, "image"),
        (b"%PDF-1.7\n", "pdf"),
        (b"{\\rtf1 teks}", "document"),
        (b"\x1f\x8b\x08" + zlib.compress(b"x"), "archive"),
        (zipped(catatan=b"x"), "archive"),
        (zipped(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "document"),
        (zipped(**{"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"x"}), "old_format"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": b"<x/>"}), "old_format"),
        (zipped(**{"xl/workbook.xml": b"not xml"}), "damaged"),
        (as_xlsx(ROWS)[:2000], "damaged"),
        (as_xls(ROWS)[:1500] + b"\0" * 600, "damaged"),
        (ole("EncryptedPackage"), "protected"),
        (ole("WordDocument"), "document"),
        (FRAMESET, "frameset"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "frameset"),
        (b"<!DOCTYPE html><html><body><form>masuk</form></body></html>", "web_page"),
        (b"<html><body><table><tr><td>Nama</td></tr></table></body></html>", "no_list"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "old_format"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
        (b"sekadar teks\nsatu lagi\n", "no_list"),
        (b'{"nik": 1}', "no_list"),
        (as_csv([], LAYOUT_B), "no_rows"),
        (workbook(lambda sheet: sheet.write(0, 0, "Rekap")), "no_list"),
        (workbook(lambda sheet: None), "no_list"),
        (as_csv(ROWS, [name for name in LAYOUT_B if name != "Tanggal Pengukuran"]), "lacks_columns"),
        (as_csv(ROWS, [name for name in LAYOUT_B if name not in ("Berat", "Tinggi")]), "lacks_columns"),
        (as_csv(ROWS, titles=["Daftar Anak Outlier"]), "other_report"),
        (as_csv(ROWS, titles=["DAFTAR ANAK BERDASARKAN LILA"]), "other_report"),
        (b"Daftar Anak di Beri Vitamin A\nNo;NIK;Nama;Tgl Lahir;JK\n1;;X;2024-01-01;L\n", "other_report"),
        (b"No,NIK,Nama,tgl_monitoring,asi,sereal,kacang,susu\n1,,X,2024-01-01,1,1,1,1\n", "other_report"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(UnusableInputError) as refused:
        read_list(content)
    assert refused.value.context["reason"] == reason
    assert str(refused.value).startswith("the file cannot be taken in: ")
    assert "{" not in str(refused.value)


def test_a_refusal_for_lacking_columns_names_them() -> None:
    layout = [name for name in LAYOUT_B if name not in ("Tgl Lahir", "JK")]
    with pytest.raises(UnusableInputError, match="lacks Tgl Lahir, JK"):
        read_list(as_csv(ROWS, layout))


def test_a_list_of_another_kind_is_taken_when_its_title_says_status_gizi(count: Callable[..., Totals]) -> None:
    written = as_csv(ROWS, titles=["Daftar Anak Berdasarkan Status Gizi (tanpa outlier)"])
    assert count(written).accepted == 2


def test_a_workbook_that_unpacks_beyond_all_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detecting, "UNPACKED_LIMIT_MB", 1)
    parts = {"xl/workbook.xml": b"<x/>", "xl/sharedStrings.xml": b"A" * 3_000_000}
    with pytest.raises(UnusableInputError) as refused:
        read_list(zipped(**parts))
    assert refused.value.context["reason"] == "bomb"


def test_a_workbook_with_a_cell_far_away_is_refused_before_it_takes_all_memory() -> None:
    with pytest.raises(UnusableInputError) as refused:
        read_list(workbook(lambda sheet: sheet.write("XFD1048576", "x")))
    assert refused.value.context["reason"] == "bomb"


def test_a_file_over_the_upload_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detecting.settings, "UPLOAD_LIMIT_MB", 0)
    with pytest.raises(UnusableInputError) as refused:
        read_list(as_csv(ROWS))
    assert refused.value.context["reason"] == "too_large"


def test_csv_that_begins_like_a_bitmap_is_still_csv(count: Callable[..., Totals]) -> None:
    assert count(as_csv(ROWS, titles=["BMI dan status gizi"])).accepted == 2


WRITTEN = [as_html(ROWS), as_html(ROWS, lacks_weighings=True), as_csv(ROWS), as_xlsx(ROWS), as_xls(ROWS)]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(WRITTEN),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3), st.binary(min_size=1, max_size=6)), min_size=1, max_size=8),
)
def test_a_corrupted_file_is_refused_or_read_and_never_crashes(
    content: bytes, harm: list[tuple[float, int, bytes]]
) -> None:
    corrupted = bytearray(content)
    for place, kind, junk in harm:
        at = int(place * len(corrupted))
        if kind == 0:
            corrupted[at : at + len(junk)] = junk
        elif kind == 1:
            corrupted[at:at] = junk
        elif kind == 2:
            del corrupted[at : at + 20 * len(junk)]
        else:
            corrupted[at : at + 30] = corrupted[at : at + 30] * 2
    reason, table = None, None
    try:
        table = read_list(bytes(corrupted))
    except UnusableInputError as refused:
        reason = refused.context["reason"]
    assert reason in detecting.REFUSALS or (table and len(table) == len(set(table.row_numbers.tolist())))
