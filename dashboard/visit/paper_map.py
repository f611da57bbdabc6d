"""Maps on paper for the visit sheets: outlines, ways and numbered stops, drawn into a box of a PDF page."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from dashboard import format as fmt

_BLUE, _ORANGE, _GREY = HexColor("#005ab5"), HexColor("#f6c48a"), HexColor("#b5b5b5")
_FILLED = 0.86
"""Share of the box that what is shown may take."""


@dataclass(frozen=True)
class PaperMap:
    """What a map shows, in EPSG:4326: areas around (thin), outlines (filled), ways, marks (label, lon, lat), and areas
    in a colour of their own (shape, red, green and blue from 0 to 255)."""

    around: Sequence[shapely.Geometry]
    outlines: Sequence[shapely.Geometry]
    ways: Sequence[shapely.Geometry]
    marks: Sequence[tuple[str, float, float]]
    fills: Sequence[tuple[shapely.Geometry, tuple[int, int, int]]] = ()


def text(canvas: Canvas, x: float, y: float, told: str, size: float, *, is_bold: bool = False) -> None:
    """Write a line of text in black; signs that the PDF's own fonts lack are replaced."""
    canvas.setFillColor(black)
    canvas.setFont("Helvetica-Bold" if is_bold else "Helvetica", size)
    canvas.drawString(x, y, told.replace("\u00a0", " ").replace("\u2212", "-"))


def draw(canvas: Canvas, shown: PaperMap, x: float, y: float, width: float, height: float) -> None:
    """Draw a map with its scale and north into a box; say so where there is nothing to show."""
    coloured = [shape for shape, _ in shown.fills]
    extent = [*coloured, *shown.outlines, *shown.ways, *(shapely.Point(lon, lat) for _, lon, lat in shown.marks)]
    canvas.saveState()
    frame = canvas.beginPath()
    frame.rect(x, y, width, height)
    canvas.clipPath(frame, stroke=1, fill=0)
    if not extent:
        canvas.restoreState()
        text(canvas, x + 5 * mm, y + height / 2, "Belum punya batas atau titik di peta.", 11)
        return
    west, south, east, north = shapely.total_bounds(extent)
    middle = math.cos(math.radians((south + north) / 2))
    points_per_degree = _FILLED * min(width / max((east - west) * middle, 1e-3), height / max(north - south, 1e-3))

    def placed(shape: shapely.Geometry) -> np.ndarray:
        at = shapely.get_coordinates(shape)
        across = (at[:, 0] - (west + east) / 2) * middle * points_per_degree + x + width / 2
        return np.column_stack([across, (at[:, 1] - (south + north) / 2) * points_per_degree + y + height / 2])

    def rings(area: shapely.Geometry) -> list[np.ndarray]:
        return [placed(ring) for ring in shapely.get_parts(shapely.boundary(area))]

    for area in shown.around:
        _line(canvas, rings(area), _GREY, 0.5)
    for shape, (red, green, blue) in shown.fills:
        _line(canvas, rings(shape), white, 0.25, fill=Color(red / 255, green / 255, blue / 255))
    for outline in shown.outlines:
        _line(canvas, rings(outline), black, 1.6, fill=_ORANGE)
    for colour, thickness in ((white, 5.5), (_BLUE, 3)):
        for way in shown.ways:
            _line(canvas, [placed(part) for part in shapely.get_parts(way)], colour, thickness)
    for label, lon, lat in shown.marks:
        ((at_x, at_y),) = placed(shapely.Point(lon, lat))
        _mark(canvas, label, at_x, at_y)
    canvas.restoreState()
    _scale(canvas, x + 5 * mm, y + 5 * mm, points_per_degree / 111_195)
    text(canvas, x + width - 16 * mm, y + height - 9 * mm, "Utara ^", 9, is_bold=True)


def _mark(canvas: Canvas, label: str, x: float, y: float) -> None:
    canvas.setFillColor(black)
    canvas.setStrokeColor(white)
    canvas.setLineWidth(1)
    canvas.circle(x, y, 8, stroke=1, fill=1)
    canvas.setFillColor(white)
    size = 9 if len(label) == 1 else 7
    canvas.setFont("Helvetica-Bold", size)
    canvas.drawCentredString(x, y - size / 3, label)


def _line(
    canvas: Canvas, lines: Sequence[np.ndarray], colour: Color, width: float, *, fill: Color | None = None
) -> None:
    path = canvas.beginPath()
    for line in lines:
        path.moveTo(*line[0])
        for corner in line[1:]:
            path.lineTo(*corner)
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(width)
    canvas.setLineJoin(1)
    if fill is not None:
        canvas.setFillColor(fill)
    canvas.drawPath(path, stroke=1, fill=int(fill is not None))


def _scale(canvas: Canvas, x: float, y: float, points_per_metre: float) -> None:
    """Draw a bar of the longest round length that fits in about four centimetres."""
    fitting = [length for length in (50, 100, 200, 250, 500, 1000, 2000, 5000) if length * points_per_metre < 45 * mm]
    length = fitting[-1] if fitting else 50
    canvas.setStrokeColor(black)
    canvas.setLineWidth(2)
    canvas.line(x, y, x + length * points_per_metre, y)
    text(canvas, x, y + 2 * mm, fmt.kilometres(length), 9)
