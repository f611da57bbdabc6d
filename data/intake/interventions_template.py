"""The workbook that OPD and puskesmas fill: RWs, month and indicators written in, counts left to them.

One sheet for each kind of figure that was asked for, the dictionary of the indicators, and a page of instructions.
"""

import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data.intake.interventions_layout import LAYOUTS, PREGNANT, STATUS, Layout

HEAD_ROW = 3
_WIDTHS = {"Kode RW": 20, "Kecamatan": 18, "Kelurahan": 20, "Indikator": 32, "Bidang": 32, "Kode indikator": 22}
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
_DICTIONARY = {
    "Kode": "code",
    "Nama": "name",
    "OPD": "opd",
    "Definisi": "definition",
    "Sumber": "source",
}
GUIDE = (
    ("Yang diisi", "Hanya kolom kuning. Kode RW, bulan, dan kode indikator sudah terisi; jangan diubah."),
    ("Sasaran, Tercapai", "Banyaknya yang seharusnya dijangkau dan yang sudah dijangkau di RW itu pada bulan itu."),
    (
        "Diangkat, Diterima, Selesai",
        "Kebutuhan warga yang diangkat lewat posyandu pada bulan itu; di antaranya yang diterima OPD; di antaranya "
        "yang sudah selesai saat berkas diisi. Perbarui bulan lama dengan mengirim ulang barisnya.",
    ),
    (
        "Ibu hamil",
        "Sasaran ibu hamil, yang diperiksa sampai akhir bulan, dan di antaranya yang KEK (LILA di bawah 23,5 cm) dan "
        "anemia (Hb di bawah 11 g/dl). KEK dan anemia boleh kosong bila belum diketahui.",
    ),
    ("Kosong", "Baris tanpa angka dan tanpa status berarti belum dilaporkan. Kosong tidak dihitung nol."),
    ("belum mulai", "Layanan belum berjalan di RW itu. Tidak dihitung nol dan tidak menurunkan cakupan."),
    ("hapus", "Menarik kembali angka yang pernah dikirim untuk RW, bulan, dan indikator itu."),
    ("Angka", "Bilangan bulat tanpa titik: 1020, bukan 1.020. Nol ditulis 0."),
    ("Memperbaiki", "Unggah lagi baris yang sudah benar; angka RW, bulan, dan indikator yang sama diganti."),
    ("Data pribadi", "Jangan menulis nama, NIK, atau alamat siapa pun di berkas ini."),
)


@dataclass(frozen=True)
class Template:
    """What to ask for: RWs (code, rw_name, kelurahan, kecamatan), a month, and rows of the dictionary of indicators."""

    areas: pd.DataFrame
    month: datetime.date
    indicators: pd.DataFrame
    title: str


def write_template(template: Template) -> bytes:
    """Write the workbook to fill in."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"}),
        "asked": book.add_format(
            {"bold": True, "text_wrap": True, "bottom": 1, "valign": "top", "bg_color": "#ffd24d"}
        ),
        "open": book.add_format({"bg_color": "#fff7df", "border": 1, "border_color": "#d9d9d9"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    for layout in LAYOUTS:
        of_layout = template.indicators[template.indicators["indicator_group"].isin(layout.groups)]
        if len(of_layout):
            _write_rows(book.add_worksheet(layout.sheet), layout, template, of_layout, styles)
    _write_dictionary(book.add_worksheet("Kamus indikator"), template.indicators, styles)
    _write_guide(book.add_worksheet("Petunjuk"), styles)
    book.close()
    return stream.getvalue()


def _write_rows(
    page: Worksheet, layout: Layout, template: Template, indicators: pd.DataFrame, styles: dict[str, Format]
) -> None:
    page.write_string(0, 0, f"{template.title}: {layout.sheet.lower()}", styles["title"])
    page.write_string(1, 0, "Isi kolom kuning saja. Kosong berarti belum dilaporkan, bukan nol; lihat lembar Petunjuk.")
    page.freeze_panes(HEAD_ROW + 1, 0)
    for column, name in enumerate(layout.columns):
        is_filled = name in layout.filled
        page.write_string(HEAD_ROW, column, name, styles["asked" if is_filled else "head"])
        page.set_column(column, column, _WIDTHS.get(name, 14 if is_filled else 10))
    last = HEAD_ROW
    first_open = len(layout.columns) - len(layout.filled)
    for last, cells in enumerate(_rows(layout, template, indicators), start=HEAD_ROW + 1):
        for column, cell in enumerate(cells):
            page.write_string(last, column, cell)
        for column in range(first_open, len(layout.columns)):
            page.write_blank(last, column, None, styles["open"])
    page.autofilter(HEAD_ROW, 0, last, len(layout.columns) - 1)
    if last == HEAD_ROW:
        return
    page.data_validation(
        HEAD_ROW + 1,
        first_open,
        last,
        first_open + len(layout.counts) - 1,
        {
            "validate": "integer",
            "criteria": ">=",
            "value": 0,
            "error_title": "Bilangan bulat",
            "error_message": "Tulis bilangan bulat mulai dari 0, tanpa titik.",
        },
    )
    page.data_validation(
        HEAD_ROW + 1,
        layout.columns.index(STATUS),
        last,
        layout.columns.index(STATUS),
        {
            "validate": "list",
            "source": list(layout.statuses),
            "error_title": "Pilih dari daftar",
            "error_message": f"Kosongkan, atau pilih salah satu: {', '.join(layout.statuses)}.",
        },
    )


def _rows(layout: Layout, template: Template, indicators: pd.DataFrame) -> Iterator[list[str]]:
    about = [[]] if layout is PREGNANT else [[row.code, row.name] for row in indicators.itertuples(index=False)]
    month = f"{template.month:%Y-%m}"
    places = [[row.code, row.kecamatan, row.kelurahan, row.rw_name] for row in template.areas.itertuples(index=False)]
    for named in about:
        for place in places:
            yield [*map(str, place), month, *map(str, named)]


def _write_dictionary(page: Worksheet, indicators: pd.DataFrame, styles: dict[str, Format]) -> None:
    for column, (name, width) in enumerate(zip(_DICTIONARY, (24, 30, 30, 80, 50), strict=True)):
        page.write_string(0, column, name, styles["head"])
        page.set_column(column, column, width)
    for row, record in enumerate(indicators.to_dict("records"), start=1):
        for column, key in enumerate(_DICTIONARY.values()):
            told = record[key]
            page.write_string(row, column, told if isinstance(told, str) else "", styles["wrap"])


def _write_guide(page: Worksheet, styles: dict[str, Format]) -> None:
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 100)
    page.write_string(0, 0, "Cara mengisi", styles["title"])
    for row, (name, told) in enumerate(GUIDE, start=2):
        page.write_string(row, 0, name, styles["head"])
        page.write_string(row, 1, told, styles["wrap"])
