"""A briefing as PowerPoint: words that can be edited, tables and charts of the program's own, the map as a picture."""

import io
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from dashboard import format as fmt
from dashboard.briefing.model import BARS, LINE, Briefing, Chart, MapPicture
from dashboard.briefing.stamp import stamp_line
from dashboard.documents import drawing
from dashboard.documents.layout import (
    LEADING,
    SMALLEST,
    WIDTH,
    Box,
    Grid,
    Page,
    Paragraphs,
    Picture,
    Tile,
    Words,
    pages,
)
from dashboard.documents.progress import Step, quiet
from dashboard.documents.zipped import settled

_EMU, _POINTS = 6350, 0.5
_FONT, _LANGUAGE = "Arial", "id-ID"
_INK, _HEAD, _QUIET, _TILE, _EDGE = (
    RGBColor.from_string(code) for code in ("1B2327", "0B3D5A", "3D474D", "F4F7F9", "C3CAD0")
)
_TITLE_ONLY = 5
_PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""Office's own id of the table style without any."""


def write(briefing: Briefing, step: Step = quiet) -> bytes:
    """Return the deck; the same briefing gives the same bytes."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(WIDTH * _EMU), Emu(1080 * _EMU)
    told = deck.core_properties
    told.title, told.author, told.language = f"Paparan {briefing.place}", "Rembuk", _LANGUAGE
    told.subject = told.keywords = stamp_line(briefing.stamp)
    told.last_modified_by, told.revision = "Rembuk", 1
    laid_out = pages(briefing)
    for page in laid_out:
        _slide(deck, page)
        step(page.number / len(laid_out))
    stream = io.BytesIO()
    deck.save(stream)
    return settled(stream.getvalue(), briefing.stamp.shown_on)


def _slide(deck: Any, page: Page) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    rule = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, Emu(WIDTH * _EMU), Emu(16 * _EMU))
    _fill(rule, RGBColor.from_string("0B5E8A"))
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = _emu(page.title.box)
    _write(title.text_frame, page.title, colour=_HEAD)
    for tile in page.tiles:
        _tile(slide, tile)
    for placed in page.placed:
        if isinstance(placed, Paragraphs):
            _paragraphs(slide, placed)
        elif isinstance(placed, Grid):
            _table(slide, placed)
        elif isinstance(placed, Picture) and isinstance(placed.block, Chart):
            _chart(slide, placed.block, placed.box)
        elif isinstance(placed.block, MapPicture):
            _map(slide, placed.block, placed.box)
    _text(slide, page.source, colour=_QUIET)
    _text(slide, page.stamp, colour=_QUIET, align=PP_ALIGN.RIGHT)


def _emu(box: Box) -> tuple[Emu, Emu, Emu, Emu]:
    return tuple(Emu(round(side * _EMU)) for side in (box.x, box.y, box.width, box.height))  # type: ignore[return-value]


def _fill(shape: Any, colour: RGBColor, edge: RGBColor | None = None) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour
    shape.shadow.inherit = False
    if edge is None:
        shape.line.fill.background()
    else:
        shape.line.color.rgb = edge


def _text(slide: Any, words: Words, colour: RGBColor = _INK, align: Any = None) -> None:
    box = slide.shapes.add_textbox(*_emu(words.box))
    _write(box.text_frame, words, colour=colour, align=align)


def _write(frame: Any, words: Words, colour: RGBColor = _INK, align: Any = None) -> None:
    _bare(frame)
    _run(frame.paragraphs[0], words.told, words.size, is_bold=words.is_bold, colour=colour, align=align)


def _bare(frame: Any) -> None:
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.TOP


def _run(
    paragraph: Any, told: str, size: float, *, is_bold: bool = False, colour: RGBColor = _INK, align: Any = None
) -> None:
    paragraph.alignment = align or PP_ALIGN.LEFT
    paragraph.line_spacing = Pt(size * LEADING * _POINTS)
    run = paragraph.add_run()
    run.text = told
    run.font.name, run.font.size, run.font.bold = _FONT, Pt(size * _POINTS), is_bold
    run.font.color.rgb = colour
    run._r.get_or_add_rPr().set("lang", _LANGUAGE)


def _tile(slide: Any, tile: Tile) -> None:
    ground = slide.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *_emu(tile.box))
    ground.adjustments[0] = 0.06
    _fill(ground, _TILE, _EDGE)
    _text(slide, tile.name)
    _text(slide, tile.told, colour=_HEAD)
    _text(slide, tile.beside)


def _paragraphs(slide: Any, placed: Paragraphs) -> None:
    frame = slide.shapes.add_textbox(*_emu(placed.box)).text_frame
    _bare(frame)
    for number, words in enumerate(placed.paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        _run(paragraph, words.told, placed.size)
        paragraph.space_after = Pt(placed.size * 0.55 * _POINTS)
        properties = paragraph._p.get_or_add_pPr()
        properties.set("marL", str(34 * _EMU))
        properties.set("indent", str(-34 * _EMU))
        bullet = properties.makeelement(qn("a:buChar"), {"char": "▪"})
        properties.append(bullet)


def _table(slide: Any, grid: Grid) -> None:
    height = grid.head_height + sum(grid.heights)
    shape = slide.shapes.add_table(
        len(grid.rows) + 1, len(grid.widths), *_emu(Box(grid.box.x, grid.box.y, grid.box.width, height))
    )
    table = shape.table
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = _PLAIN_TABLE
    table.horz_banding = False
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Emu(round(width * _EMU))
    for row, own in zip(table.rows, (grid.head_height, *grid.heights), strict=True):
        row.height = Emu(round(own * _EMU))
    told = [[column.name for column in grid.table.columns]]
    told += [[cell.told for cell in row] for row in grid.table.rows[: len(grid.rows)]]
    for line, row in enumerate(told):
        for place, words in enumerate(row):
            cell = table.cell(line, place)
            cell.margin_left = cell.margin_right = Emu(14 * _EMU)
            cell.margin_top = cell.margin_bottom = Emu(5 * _EMU)
            cell.vertical_anchor = MSO_ANCHOR.BOTTOM if line == 0 else MSO_ANCHOR.TOP
            align = PP_ALIGN.RIGHT if grid.table.columns[place].is_number else PP_ALIGN.LEFT
            colour = _HEAD if line == 0 else _INK
            _run(cell.text_frame.paragraphs[0], words, grid.size, is_bold=line == 0, colour=colour, align=align)
            _underline(cell, 3 if line == 0 else 1)
    if grid.note:
        top = grid.box.y + height + 6
        _text(slide, Words(Box(grid.box.x + 14, top, grid.box.width - 14, 40), grid.note, (grid.note,), grid.size))


def _underline(cell: Any, width: int) -> None:
    """Draw a line below a cell; the library has no word for it."""
    properties = cell._tc.get_or_add_tcPr()
    line = properties.makeelement(qn("a:lnB"), {"w": str(width * _EMU)})
    fill = line.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": "0B5E8A" if width > 1 else "C3CAD0"}))
    line.append(fill)
    properties.append(line)


def _chart(slide: Any, chart: Chart, box: Box) -> None:
    title = Words(Box(box.x, box.y, box.width, 46), chart.title, (chart.title,), 30, is_bold=True)
    _text(slide, title)
    inner = Box(box.x, box.y + 48, box.width, box.height - 48)
    data = CategoryChartData(number_format=_number_format(chart))
    data.categories = chart.categories
    for name, values in native_series(chart):
        data.add_series(name, values)
    kind = {LINE: XL_CHART_TYPE.LINE, BARS: XL_CHART_TYPE.BAR_CLUSTERED}.get(chart.kind, XL_CHART_TYPE.COLUMN_STACKED)
    shape = slide.shapes.add_chart(kind, *_emu(inner), data)
    shape._element.nvGraphicFramePr.cNvPr.set("descr", chart.title)
    drawn = shape.chart
    drawn.font.name, drawn.font.size = _FONT, Pt(SMALLEST * _POINTS)
    drawn.has_title = False
    drawn.has_legend = chart.kind == LINE and len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    drawn.value_axis.tick_labels.number_format = _number_format(chart)
    drawn.value_axis.tick_labels.number_format_is_linked = False
    drawn.value_axis.major_gridlines.format.line.color.rgb = _EDGE
    if chart.kind == LINE:
        _lines(drawn, chart)
    elif chart.kind == BARS:
        _bars(drawn, chart)
    else:
        _waterfall(drawn, chart)


def native_series(chart: Chart) -> list[tuple[str, tuple[float | None, ...]]]:
    """Return a chart's series as an office program draws them: a waterfall is bars on an unseen base."""
    if chart.kind in (LINE, BARS):
        return [(series.name, series.values) for series in chart.series]
    values = [value or 0.0 for value in chart.series[0].values]
    levels, last = drawing.levels_of(values), len(values) - 1
    ends = (0, last)
    steps = [(place, value) for place, value in enumerate(values)]
    return [
        ("Dasar", tuple(None if place in ends else low for place, (low, _) in enumerate(levels))),
        ("Jumlah", tuple(value if place in ends else None for place, value in steps)),
        ("Bertambah", tuple(value if place not in ends and value > 0 else None for place, value in steps)),
        ("Berkurang", tuple(-value if place not in ends and value < 0 else None for place, value in steps)),
    ]


def _number_format(chart: Chart) -> str:
    digits = "0." + "0" * chart.digits if chart.digits else "#,##0"
    return f'{digits}" %"' if chart.unit == "%" else digits


def _lines(drawn: Any, chart: Chart) -> None:
    drawn.value_axis.minimum_scale = 0
    drawn.category_axis.tick_labels.font.size = Pt(SMALLEST * _POINTS)
    for series, told in zip(drawn.plots[0].series, chart.series, strict=True):
        line = series.format.line
        line.width = Pt(2.5)
        line.color.rgb = RGBColor.from_string("D55E00" if told.is_target else "0B5E8A")
        series.smooth = False
        if told.is_target:
            line.dash_style = MSO_LINE.DASH


def _bars(drawn: Any, chart: Chart) -> None:
    drawn.category_axis.reverse_order = True
    drawn.value_axis.visible = drawn.value_axis.has_major_gridlines = False
    drawn.value_axis.minimum_scale = 0
    plot = drawn.plots[0]
    plot.gap_width = 45
    _labelled(plot.series[0], "0B5E8A", _number_format(chart))


def _waterfall(drawn: Any, chart: Chart) -> None:
    values = [value or 0.0 for value in chart.series[0].values]
    drawn.value_axis.minimum_scale = drawing.cut_axis(values)
    drawn.value_axis.visible = drawn.value_axis.has_major_gridlines = False
    drawn.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    plot = drawn.plots[0]
    plot.gap_width, plot.overlap = 35, 100
    base, total, up, down = plot.series
    base.format.fill.background()
    _labelled(total, drawing.TOTAL[1:], "#,##0", is_inside=True)
    _labelled(up, drawing.UP[1:], '"+"#,##0', is_inside=True)
    _labelled(down, drawing.DOWN[1:], '"−"#,##0', is_inside=True)


def _labelled(series: Any, colour: str, number_format: str, *, is_inside: bool = False) -> None:
    """Colour a series and write its values; stacked bars take no label outside, so that small ones stand on theirs."""
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = RGBColor.from_string(colour.upper())
    labels = series.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, number_format, False
    labels.font.size, labels.font.bold = Pt(SMALLEST * _POINTS), is_inside
    if is_inside:
        labels.position = XL_LABEL_POSITION.INSIDE_BASE
    else:
        labels.position = XL_LABEL_POSITION.OUTSIDE_END


def _map(slide: Any, picture: MapPicture, box: Box) -> None:
    if not picture.png:
        _legend(slide, picture, box)
        return
    shown = slide.shapes.add_picture(io.BytesIO(picture.png), 0, 0)
    scale = min(box.width * _EMU / shown.width, box.height * _EMU / shown.height)
    shown.width, shown.height = Emu(round(shown.width * scale)), Emu(round(shown.height * scale))
    shown.left = Emu(round(box.x * _EMU + (box.width * _EMU - shown.width) / 2))
    shown.top = Emu(round(box.y * _EMU + (box.height * _EMU - shown.height) / 2))
    shown._element.nvPicPr.cNvPr.set("descr", picture.alt)


def _legend(slide: Any, picture: MapPicture, box: Box) -> None:
    _text(slide, Words(Box(box.x, box.y, box.width, 44), picture.title, (picture.title,), SMALLEST, is_bold=True))
    for place, row in enumerate(picture.classes):
        top = box.y + 50 + place * 44
        swatch = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_emu(Box(box.x, top, 56, 34)))
        _fill(swatch, RGBColor(*row.colour), _EDGE)
        told = f"{row.label}: {fmt.count(row.rw_count)} RW"
        _text(slide, Words(Box(box.x + 74, top, box.width - 74, 40), told, (told,), SMALLEST))
