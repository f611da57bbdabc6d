"""Lists as e-PPGBM and its re-savers write them, with invented children, for a city that fits in the head.

The city has kecamatan Timur (kelurahan Margahayu with RW 1 to 3, Duren Jaya with RW 1) and Barat (kelurahan Bintara
with RW 1 and 2, and another Duren Jaya with RW 5).
"""

import csv
import html
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter
import xlwt

AREAS = [
    ("32.75", "kota", "Bekasi", None),
    ("32.75.01", "kecamatan", "Bekasi Timur", "32.75"),
    ("32.75.01.1001", "kelurahan", "Margahayu", "32.75.01"),
    ("32.75.01.1001.001", "rw", "RW 01", "32.75.01.1001"),
    ("32.75.01.1001.002", "rw", "RW 02", "32.75.01.1001"),
    ("32.75.01.1001.003", "rw", "RW 03", "32.75.01.1001"),
    ("32.75.01.1002", "kelurahan", "Duren Jaya", "32.75.01"),
    ("32.75.01.1002.001", "rw", "RW 01", "32.75.01.1002"),
    ("32.75.02", "kecamatan", "Bekasi Barat", "32.75"),
    ("32.75.02.1001", "kelurahan", "Bintara", "32.75.02"),
    ("32.75.02.1001.001", "rw", "RW 01", "32.75.02.1001"),
    ("32.75.02.1001.002", "rw", "RW 02", "32.75.02.1001"),
    ("32.75.02.1002", "kelurahan", "Duren Jaya", "32.75.02"),
    ("32.75.02.1002.005", "rw", "RW 05", "32.75.02.1002"),
]

LAYOUT_A = (
    "No", "NIK", "Nama", "JK", "Tgl Lahir", "BB Lahir", "TB Lahir", "Nama Ortu", "Prov", "Kab/Kota", "Kec", "Pukesmas",
    "Desa/Kel", "Posyandu", "RT", "RW", "Alamat", "Usia Saat Ukur", "Tanggal Pengukuran", "Berat", "Tinggi", "LiLA",
    "BB/U", "ZS BB/U", "TB/U", "ZS TB/U", "BB/TB", "ZS BB/TB", "Naik Berat Badan", "PMT Diterima (kg)", "Jml Vit A",
    "KPSP", "KIA",
)  # fmt: skip
LAYOUT_B = (
    *LAYOUT_A[:17], "Total Pengukuran", "Usia Saat Ukur", "Tanggal Pengukuran", "Berat", "Tinggi", "Cara Ukur",
    *LAYOUT_A[21:29], "Jml Vit A", "KPSP", "KIA", "Kelas Ibu Balita", "MBG", "Detail",
)  # fmt: skip
LAYOUT_C = (
    "No", "NIK", "Nama", "JK", "Tgl Lahir", "BB Lahir", "TB Lahir", "Nama Ortu", "Posyandu", "RW", "Alamat",
    "Tanggal Pengukuran", "Berat", "Tinggi", "LiLA", "ZS BB/U", "ZS TB/U", "ZS BB/TB", "Naik Berat Badan", "Jml Vit A",
)  # fmt: skip

Row = Mapping[str, Any]


def child(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return an invented child's row: a boy of 24 months, 85.1 cm lying and 11.2 kg, in Margahayu RW 1."""
    row = {
        "No": str(number),
        "NIK": f"32750101{number:08d}",
        "Nama": f"CONTOH {_letters(number)}",
        "JK": "L",
        "Tgl Lahir": "2024-10-05",
        "BB Lahir": "3.1",
        "TB Lahir": "49",
        "Nama Ortu": f"BAPAK {_letters(number)} / IBU {_letters(number)}",
        "Prov": "JAWA BARAT",
        "Kab/Kota": "KOTA BEKASI",
        "Kec": "BEKASI TIMUR",
        "Pukesmas": "MARGAHAYU",
        "Desa/Kel": "MARGAHAYU",
        "Posyandu": "MELATI 1",
        "RT": "02",
        "RW": "01",
        "Alamat": f"JL CONTOH NO {number} RT 02 RW 01",
        "Total Pengukuran": "12",
        "Usia Saat Ukur": "2 Tahun - 0 Bulan - 5 Hari",
        "Tanggal Pengukuran": "2026-10-10",
        "Berat": "11.2",
        "Tinggi": "85.1",
        "Cara Ukur": "Berdiri",
        "LiLA": "14",
        "BB/U": "Berat Badan Normal",
        "ZS BB/U": "-0.7",
        "TB/U": "Normal",
        "ZS TB/U": "-",
        "BB/TB": "Gizi Baik",
        "ZS BB/TB": "-0.3",
        "Naik Berat Badan": "-",
        "Jml Vit A": "2",
        "KPSP": "-",
        "KIA": "ya",
        "Kelas Ibu Balita": "Ya",
        "MBG": "Tidak",
        "Detail": "Lihat",
    }
    return {**row, **changes}


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return letters or "NOL"


def cells(rows: Iterable[Row], layout: Sequence[str]) -> list[list[Any]]:
    """Return rows as cells under a layout; columns that a row does not know are blank."""
    return [[row.get(name, "") for name in layout] for row in rows]


def as_html(
    rows: Iterable[Row], layout: Sequence[str] = LAYOUT_B, *, lacks_weighings: bool = False, title: bool = True
) -> bytes:
    """Write the page that e-PPGBM calls .xls; its rows may lack the cell of Total Pengukuran."""
    kept = [name for name in layout if not (lacks_weighings and name == "Total Pengukuran")]
    lines = ["<html><head><title>export</title></head><body>"]
    if title:
        lines.append(
            "<table><tr><td>DAFTAR ANAK BERDASARKAN STATUS GIZI</td></tr><tr><td>OKTOBER 2026</td></tr></table>"
        )
    lines.append(
        "<table border='1'><thead><tr>" + "".join(f"<th>{name}</th>" for name in layout) + "</tr></thead><tbody>"
    )
    lines += [
        "<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) + "</tr>" for row in cells(rows, kept)
    ]
    lines.append("</tbody></table></body></html>")
    return "\n".join(lines).encode()


def as_csv(
    rows: Iterable[Row],
    layout: Sequence[str] = LAYOUT_B,
    *,
    delimiter: str = ";",
    encoding: str = "utf-8",
    titles: Sequence[str] = (),
) -> bytes:
    """Write a CSV file, with title lines above the header."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([title] for title in titles)
    writer.writerow(layout)
    writer.writerows(cells(rows, layout))
    return out.getvalue().encode(encoding)


def as_xlsx(rows: Iterable[Row], layout: Sequence[str] = LAYOUT_A, *, title: bool = False) -> bytes:
    """Write a real workbook; numbers and dates in a row become numeric cells."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Status Gizi")
        first = 0
        if title:
            sheet.write(0, 0, "DAFTAR ANAK BERDASARKAN STATUS GIZI")
            first = 2
        for at, row in enumerate([list(layout), *cells(rows, layout)], start=first):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def as_xls(rows: Iterable[Row], layout: Sequence[str] = LAYOUT_A) -> bytes:
    """Write a real workbook of the old kind."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Status Gizi")
    for at, row in enumerate([list(layout), *cells(rows, layout)]):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
