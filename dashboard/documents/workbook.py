"""A briefing as a workbook: every figure of its slides as a number, whole tables, and a dictionary of their meaning."""

import datetime
import io
from typing import Any

import xlsxwriter

from dashboard.briefing.dictionary import meaning
from dashboard.briefing.model import Briefing, Cell, Chart, Column, MapPicture, Sentences, Slide, Table
from dashboard.briefing.stamp import stamp_line
from dashboard.briefing.story import SLIDES
from dashboard.documents.progress import Step, quiet
from dashboard.documents.zipped import settled

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
_UNIT_FORMATS = {"%": "0.00"}
_FIRST_ROW = 3


def write(briefing: Briefing, step: Step = quiet) -> bytes:
    """Return the workbook; the same briefing gives the same bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    day = briefing.stamp.shown_on
    book.set_properties(
        {
            "title": f"Paparan {briefing.place}",
            "author": "Rembuk",
            "subject": stamp_line(briefing.stamp),
            "created": datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC),
        }
    )
    formats = _formats(book)
    _summary(book, briefing, formats)
    _figures(book, briefing, formats)
    for number, slide in enumerate(briefing.slides, start=1):
        for place, block in enumerate(_tabular(slide), start=1):
            _block(book, briefing, number, place, slide, block, formats)
        step(number / len(briefing.slides))
    _dictionary(book, briefing, formats)
    book.close()
    return settled(stream.getvalue(), day)


def _formats(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top", "bg_color": "#E7F0F5"}),
        "title": book.add_format({"bold": True, "font_size": 13}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "count": book.add_format({"num_format": "#,##0"}),
        "share": book.add_format({"num_format": "0.00"}),
    }


def _sheet(book: Any, name: str, title: str, briefing: Briefing, formats: dict[str, Any]) -> Any:
    """Begin a sheet with its title and the stamp, which stand on the printed page too."""
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, title, formats["title"])
    sheet.write_string(1, 0, stamp_line(briefing.stamp))
    sheet.set_footer(f"&L{stamp_line(briefing.stamp)}&R&P/&N")
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(_FIRST_ROW + 1, 0)
    return sheet


def _heads(sheet: Any, names: list[str], widths: list[int], formats: dict[str, Any]) -> None:
    for column, (name, width) in enumerate(zip(names, widths, strict=True)):
        sheet.write_string(_FIRST_ROW, column, name, formats["head"])
        sheet.set_column(column, column, width)


def _summary(book: Any, briefing: Briefing, formats: dict[str, Any]) -> None:
    sheet = _sheet(book, "Ringkas", f"Paparan {briefing.place}", briefing, formats)
    _heads(sheet, ["Halaman", "Bagian", "Kalimat", "Sumber", "Periode", "Catatan"], [9, 26, 90, 44, 28, 50], formats)
    line = _FIRST_ROW + 1
    for number, slide in enumerate(briefing.slides, start=1):
        sentences = [text for block in slide.blocks if isinstance(block, Sentences) for text in block.lines]
        for told in (slide.title, *sentences):
            sheet.write_number(line, 0, number)
            for column, words in enumerate((SLIDES[slide.code][0], told, slide.source, slide.period, slide.caveat), 1):
                sheet.write_string(line, column, words, formats["wrap"])
            line += 1


def _figures(book: Any, briefing: Briefing, formats: dict[str, Any]) -> None:
    sheet = _sheet(book, "Angka", f"Angka besar paparan {briefing.place}", briefing, formats)
    names = ["Halaman", "Angka", "Nilai", "Satuan", "Seperti di layar", "Keterangan", "Periode"]
    _heads(sheet, names, [9, 32, 14, 12, 18, 44, 28], formats)
    line = _FIRST_ROW + 1
    for number, slide in enumerate(briefing.slides, start=1):
        for figure in slide.figures:
            sheet.write_number(line, 0, number)
            sheet.write_string(line, 1, figure.name)
            _value(sheet, line, 2, figure.value, figure.unit, formats)
            for column, words in enumerate((figure.unit, figure.told, figure.beside, slide.period), 3):
                sheet.write_string(line, column, words)
            line += 1


def _tabular(slide: Slide) -> list[Table]:
    return [
        block if isinstance(block, Table) else _chart_table(block) if isinstance(block, Chart) else _classes(block)
        for block in slide.blocks
        if not isinstance(block, Sentences)
    ]


def _chart_table(chart: Chart) -> Table:
    columns = (Column("Kelompok"), *(Column(series.name, chart.unit, is_number=True) for series in chart.series))
    rows = tuple(
        (Cell(name), *(Cell("", series.values[place]) for series in chart.series))
        for place, name in enumerate(chart.categories)
    )
    return Table(columns, rows, chart.title)


def _classes(picture: MapPicture) -> Table:
    rows = tuple((Cell(row.label), Cell(str(row.rw_count), float(row.rw_count))) for row in picture.classes)
    return Table((Column("Kelas"), Column("RW di kelas itu", "RW", is_number=True)), rows, picture.title)


def _block(
    book: Any, briefing: Briefing, number: int, place: int, slide: Slide, table: Table, formats: dict[str, Any]
) -> None:
    sheet = _sheet(book, f"{number}.{place} {slide.code}", table.title or slide.title, briefing, formats)
    names = [f"{column.name} ({column.unit})" if column.unit else column.name for column in table.columns]
    widths = [14 if column.is_number else _width(table, at) for at, column in enumerate(table.columns)]
    _heads(sheet, names, widths, formats)
    for line, row in enumerate(table.rows, start=_FIRST_ROW + 1):
        for at, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            if column.is_number:
                _value(sheet, line, at, cell.value, column.unit, formats)
            else:
                sheet.write_string(line, at, cell.told)
    if table.rows:
        sheet.autofilter(_FIRST_ROW, 0, _FIRST_ROW + len(table.rows), len(table.columns) - 1)


def _width(table: Table, at: int) -> int:
    longest = max((len(row[at].told) for row in table.rows), default=10)
    return min(max(longest, len(table.columns[at].name), 10) + 2, 80)


def _value(sheet: Any, line: int, column: int, value: float | None, unit: str, formats: dict[str, Any]) -> None:
    """Write a number, or leave the cell blank: not known, or not told because it is small."""
    if value is not None:
        sheet.write_number(line, column, value, formats["share" if unit in _UNIT_FORMATS else "count"])


def _dictionary(book: Any, briefing: Briefing, formats: dict[str, Any]) -> None:
    """Explain every figure and column once, with its unit and source."""
    sheet = _sheet(book, "Kamus data", "Arti setiap angka dan kolom", briefing, formats)
    _heads(sheet, ["Nama", "Satuan", "Arti", "Sumber"], [34, 12, 80, 48], formats)
    found: dict[tuple[str, str], None] = {}
    for slide in briefing.slides:
        found |= {(figure.name, figure.unit): None for figure in slide.figures}
        for table in _tabular(slide):
            found |= {(column.name, column.unit): None for column in table.columns}
    line = _FIRST_ROW + 1
    for name, unit in sorted(found):
        for column, words in enumerate((name, unit, *meaning(name))):
            sheet.write_string(line, column, words, formats["wrap"])
        line += 1
    for name, words in (
        ("Sel kosong", "Tidak diketahui, atau tidak ditampilkan karena jumlahnya kecil; bukan nol."),
        ("Jumlah kecil", "Jumlah anak per RW disebut dalam kelompok lima; jumlah wilayah yang kecil ditahan."),
        ("Dimuat dari", stamp_line(briefing.stamp)),
        ("Nama potret", briefing.stamp.snapshot_name or "tidak ada: data berjalan"),
    ):
        sheet.write_string(line, 0, name, formats["head"])
        sheet.write_string(line, 2, words, formats["wrap"])
        line += 1
