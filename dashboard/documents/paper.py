"""A briefing as PDF: the pages of the projector, drawn with the fonts that every reader of PDF has."""

import io

from reportlab.lib.colors import HexColor, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from dashboard import format as fmt
from dashboard.briefing.model import Briefing, Chart, MapPicture
from dashboard.briefing.stamp import stamp_line
from dashboard.documents import drawing
from dashboard.documents.layout import (
    HEIGHT,
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
from dashboard.documents.measure import printable, width
from dashboard.documents.progress import Step, quiet

_SCALE = 0.5
_INK, _HEAD, _QUIET = "#1b2327", "#0b3d5a", "#3d474d"


def write(briefing: Briefing, step: Step = quiet) -> bytes:
    """Return the PDF; the same briefing gives the same bytes."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(WIDTH * _SCALE, HEIGHT * _SCALE), invariant=1, lang="id-ID")
    canvas.setTitle(f"Paparan {briefing.place}")
    canvas.setAuthor("Rembuk")
    canvas.setSubject(stamp_line(briefing.stamp))
    laid_out = pages(briefing)
    for page in laid_out:
        canvas.bookmarkPage(f"p{page.number}")
        canvas.addOutlineEntry(printable(page.slide.title), f"p{page.number}")
        canvas.scale(_SCALE, _SCALE)
        _page(canvas, page)
        canvas.showPage()
        step(page.number / len(laid_out))
    canvas.save()
    return stream.getvalue()


def _page(canvas: Canvas, page: Page) -> None:
    _rectangle(canvas, Box(0, 0, WIDTH, 16), "#0b5e8a")
    _words(canvas, page.title, _HEAD)
    for tile in page.tiles:
        _tile(canvas, tile)
    for placed in page.placed:
        if isinstance(placed, Paragraphs):
            for words in placed.paragraphs:
                _rectangle(canvas, Box(words.box.x - 30, words.box.y + words.size * 0.42, 14, 14), "#0b5e8a")
                _words(canvas, words, _INK)
        elif isinstance(placed, Grid):
            _grid(canvas, placed)
        elif isinstance(placed, Picture) and isinstance(placed.block, Chart):
            for shape in drawing.draw(placed.block, placed.box):
                _shape(canvas, shape)
        elif isinstance(placed.block, MapPicture):
            _map(canvas, placed.block, placed.box)
    _words(canvas, page.source, _QUIET)
    _words(canvas, page.stamp, _QUIET, is_right=True)


def _label(
    canvas: Canvas, x: float, y: float, told: str, size: float, colour: str = _INK, *, is_bold: bool = False
) -> None:
    canvas.setFillColor(HexColor(colour))
    canvas.setFont("Helvetica-Bold" if is_bold else "Helvetica", size)
    canvas.drawString(x, HEIGHT - y, printable(told))


def _right(canvas: Canvas, x: float, y: float, told: str, size: float, colour: str, *, is_bold: bool = False) -> None:
    canvas.setFillColor(HexColor(colour))
    canvas.setFont("Helvetica-Bold" if is_bold else "Helvetica", size)
    canvas.drawRightString(x, HEIGHT - y, printable(told))


def _words(canvas: Canvas, words: Words, colour: str, *, is_right: bool = False) -> None:
    for number, line in enumerate(words.lines):
        y = words.box.y + number * words.size * LEADING + words.size * 0.98
        if is_right:
            _right(canvas, words.box.x + words.box.width, y, line, words.size, colour, is_bold=words.is_bold)
        else:
            _label(canvas, words.box.x, y, line, words.size, colour, is_bold=words.is_bold)


def _rectangle(canvas: Canvas, box: Box, colour: str) -> None:
    canvas.setFillColor(HexColor(colour))
    canvas.rect(box.x, HEIGHT - box.y - box.height, box.width, box.height, stroke=0, fill=1)


def _tile(canvas: Canvas, tile: Tile) -> None:
    box = tile.box
    canvas.setFillColor(HexColor("#f4f7f9"))
    canvas.setStrokeColor(HexColor("#c3cad0"))
    canvas.setLineWidth(2)
    canvas.roundRect(box.x, HEIGHT - box.y - box.height, box.width, box.height, 10, stroke=1, fill=1)
    _words(canvas, tile.name, _INK)
    _words(canvas, tile.told, _HEAD)
    _words(canvas, tile.beside, _INK)


def _line(canvas: Canvas, points: tuple[tuple[float, float], ...], colour: str, thick: float, dashed: bool) -> None:
    canvas.setStrokeColor(HexColor(colour))
    canvas.setLineWidth(thick)
    canvas.setDash([16, 10] if dashed else [])
    path = canvas.beginPath()
    path.moveTo(points[0][0], HEIGHT - points[0][1])
    for x, y in points[1:]:
        path.lineTo(x, HEIGHT - y)
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.setDash([])


def _shape(canvas: Canvas, shape: drawing.Shape) -> None:
    if isinstance(shape, drawing.Rectangle):
        _rectangle(canvas, shape.box, shape.colour)
    elif isinstance(shape, drawing.Path):
        _line(canvas, shape.points, shape.colour, shape.width, shape.is_dashed)
    else:
        room = width(shape.told, shape.size, is_bold=shape.is_bold) / 1.02
        left = shape.x - {drawing.START: 0.0, drawing.MIDDLE: room / 2, drawing.END: room}[shape.anchor]
        _label(canvas, left, shape.y, shape.told, shape.size, shape.colour, is_bold=shape.is_bold)


def _grid(canvas: Canvas, grid: Grid) -> None:
    y = grid.box.y
    _row(canvas, grid, grid.head, y, grid.head_height, is_head=True)
    y += grid.head_height
    for row, height in zip(grid.rows, grid.heights, strict=True):
        _row(canvas, grid, row, y, height, is_head=False)
        y += height
    if grid.note:
        _label(canvas, grid.box.x + 14, y + grid.size * 1.15, grid.note, grid.size)


def _row(
    canvas: Canvas, grid: Grid, row: tuple[tuple[str, ...], ...], top: float, height: float, *, is_head: bool
) -> None:
    x, line = grid.box.x, grid.size * LEADING
    colour = _HEAD if is_head else _INK
    for cell, room, column in zip(row, grid.widths, grid.table.columns, strict=True):
        start = top + height - 8 - len(cell) * line if is_head else top + 7
        for number, told in enumerate(cell):
            y = start + number * line + grid.size * 0.98
            if column.is_number:
                _right(canvas, x + room - 14, y, told, grid.size, colour, is_bold=is_head)
            else:
                _label(canvas, x + 14, y, told, grid.size, colour, is_bold=is_head)
        x += room
    below = ((grid.box.x, top + height), (x, top + height))
    _line(canvas, below, "#0b5e8a" if is_head else "#c3cad0", 3 if is_head else 1, dashed=False)


def _map(canvas: Canvas, picture: MapPicture, box: Box) -> None:
    if picture.png:
        canvas.drawImage(
            ImageReader(io.BytesIO(picture.png)), box.x, HEIGHT - box.y - box.height, box.width, box.height,
            preserveAspectRatio=True, anchor="c",
        )  # fmt: skip
        return
    _label(canvas, box.x, box.y + SMALLEST, picture.title, SMALLEST, is_bold=True)
    for place, row in enumerate(picture.classes):
        top = box.y + 50 + place * 44
        canvas.setStrokeColor(HexColor("#8a949a"))
        canvas.setFillColorRGB(*(channel / 255 for channel in row.colour))
        canvas.setLineWidth(1)
        canvas.rect(box.x, HEIGHT - top - 34, 56, 34, stroke=1, fill=1)
        canvas.setFillColor(white)
        told = f"{row.label}: {fmt.count(row.rw_count)} RW"
        _label(canvas, box.x + 74, top + SMALLEST, told, SMALLEST)
