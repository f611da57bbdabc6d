"""The day's visit sheet on paper: one A4 page per stop with its map, what to expect and what to bring. No names.

Made on the server with nothing but a library, so that it prints the same from every machine.
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from dashboard import format as fmt

_MARGIN = 18 * mm
_MAP_HEIGHT = 118 * mm
_BLUE, _ORANGE, _GREY = HexColor("#005ab5"), HexColor("#f6c48a"), HexColor("#b5b5b5")
_CHILDREN_PER_KIT = 40
_WOMEN_PER_TAPE = 20


@dataclass(frozen=True)
class Stop:
    """One stop of the plan; counts are expected people, shapes are EPSG:4326."""

    title: str
    where: str
    team: str
    reason: str
    stunted: float
    children_unseen: float
    children: float
    women_unscreened: float
    car_s: float
    car_m: float
    outline: shapely.Geometry | None
    around: Sequence[shapely.Geometry]
    route: shapely.Geometry | None
    puskesmas: tuple[float, float] | None


def visit_sheets(stops: Sequence[Stop], source: str, is_demo: bool) -> bytes:
    """Return a PDF with one page per stop."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    canvas.setTitle("Lembar kunjungan Pusing")
    for stop in stops:
        _page(canvas, stop, source, is_demo)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def supplies(stop: Stop) -> list[str]:
    """Return what to bring for the people expected; an estimate that the team adjusts."""
    children = _whole(stop.children_unseen)
    women = _whole(stop.women_unscreened)
    return [
        f"{fmt.count(children)} formulir penimbangan",
        f"{fmt.count(max(math.ceil(children / _CHILDREN_PER_KIT), 1))} kit antropometri",
        f"{fmt.count(max(math.ceil(women / _WOMEN_PER_TAPE), 1))} pita LiLA dan {fmt.count(women)} formulir ibu hamil",
        f"{fmt.count(_whole(stop.stunted))} formulir rujukan dan paket makanan tambahan",
    ]


def _whole(value: float) -> int:
    return 0 if math.isnan(value) else math.ceil(value)


def _page(canvas: Canvas, stop: Stop, source: str, is_demo: bool) -> None:
    width, height = A4
    y = height - _MARGIN
    if is_demo:
        canvas.setFillColor(HexColor("#ffd24d"))
        canvas.rect(width - _MARGIN - 34 * mm, y - 2 * mm, 34 * mm, 7 * mm, stroke=0, fill=1)
        _text(canvas, width - _MARGIN - 31 * mm, y, "DATA CONTOH", 11, is_bold=True)
    _text(canvas, _MARGIN, y, "Lembar kunjungan Pusing", 12)
    _text(canvas, _MARGIN, y - 9 * mm, stop.title, 20, is_bold=True)
    _text(canvas, _MARGIN, y - 16 * mm, stop.where, 12)
    _text(canvas, _MARGIN, y - 22 * mm, stop.team, 12)
    _map(canvas, stop, _MARGIN, y - 28 * mm - _MAP_HEIGHT, width - 2 * _MARGIN, _MAP_HEIGHT)
    y -= 28 * mm + _MAP_HEIGHT + 9 * mm
    facts = [
        ("Alasan", stop.reason),
        ("Perjalanan tim", f"{fmt.minutes(stop.car_s)} dengan mobil, {fmt.kilometres(stop.car_m)}"),
        ("Balita", f"{fmt.count(stop.children)} sasaran, {fmt.count(stop.children_unseen)} belum ditimbang bulan lalu"),
        ("Perkiraan balita stunting", f"{fmt.count(stop.stunted)} anak, termasuk yang belum diukur"),
        ("Ibu hamil belum diperiksa", fmt.count(stop.women_unscreened)),
    ]
    for name, told in facts:
        _text(canvas, _MARGIN, y, name, 11, is_bold=True)
        _text(canvas, _MARGIN + 55 * mm, y, told, 11)
        y -= 7 * mm
    _text(canvas, _MARGIN, y - 3 * mm, "Bawaan (perkiraan, sesuaikan)", 11, is_bold=True)
    for line in supplies(stop):
        y -= 7 * mm
        canvas.rect(_MARGIN + 55 * mm, y - 3.4 * mm, 3.4 * mm, 3.4 * mm, stroke=1, fill=0)
        _text(canvas, _MARGIN + 61 * mm, y - 3 * mm, line, 11)
    y -= 16 * mm
    for index, name in enumerate(("Dilayani", "Ditimbang", "Ditemukan", "Dirujuk", "Kembali")):
        x = _MARGIN + index * 35 * mm
        _text(canvas, x, y, name, 11)
        canvas.rect(x, y - 14 * mm, 30 * mm, 11 * mm, stroke=1, fill=0)
    _text(canvas, _MARGIN, _MARGIN - 6 * mm, source, 8)


def _text(canvas: Canvas, x: float, y: float, told: str, size: float, *, is_bold: bool = False) -> None:
    canvas.setFillColor(black)
    canvas.setFont("Helvetica-Bold" if is_bold else "Helvetica", size)
    canvas.drawString(x, y, told.replace("\u00a0", " ").replace("\u2212", "-"))


def _map(canvas: Canvas, stop: Stop, x: float, y: float, width: float, height: float) -> None:
    shown = [shape for shape in (stop.outline, stop.route) if shape is not None]
    if stop.puskesmas is not None:
        shown.append(shapely.Point(stop.puskesmas))
    canvas.saveState()
    frame = canvas.beginPath()
    frame.rect(x, y, width, height)
    canvas.clipPath(frame, stroke=1, fill=0)
    if not shown:
        canvas.restoreState()
        _text(canvas, x + 5 * mm, y + height / 2, "RW ini belum punya batas atau titik di peta.", 11)
        return
    west, south, east, north = shapely.total_bounds(shown)
    middle = math.cos(math.radians((south + north) / 2))
    points_per_degree = 0.86 * min(width / max((east - west) * middle, 1e-4), height / max(north - south, 1e-4))

    def placed(shape: shapely.Geometry) -> np.ndarray:
        at = shapely.get_coordinates(shape)
        across = (at[:, 0] - (west + east) / 2) * middle * points_per_degree + x + width / 2
        return np.column_stack([across, (at[:, 1] - (south + north) / 2) * points_per_degree + y + height / 2])

    for area in stop.around:
        _drawn(canvas, [placed(ring) for ring in shapely.get_parts(shapely.boundary(area))], _GREY, 0.5)
    if stop.outline is not None:
        rings = [placed(ring) for ring in shapely.get_parts(shapely.boundary(stop.outline))]
        _drawn(canvas, rings, black, 1.6, fill=_ORANGE)
    if stop.route is not None:
        _drawn(canvas, [placed(part) for part in shapely.get_parts(stop.route)], white, 5.5)
        _drawn(canvas, [placed(part) for part in shapely.get_parts(stop.route)], _BLUE, 3)
    if stop.puskesmas is not None:
        ((at_x, at_y),) = placed(shapely.Point(stop.puskesmas))
        canvas.setFillColor(black)
        canvas.circle(at_x, at_y, 7, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.setFont("Helvetica-Bold", 9)
        canvas.drawCentredString(at_x, at_y - 3, "P")
    canvas.restoreState()
    _scale(canvas, x + 5 * mm, y + 5 * mm, points_per_degree / 111_195)
    _text(canvas, x + width - 16 * mm, y + height - 9 * mm, "Utara ^", 9, is_bold=True)


def _drawn(
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
    _text(canvas, x, y + 2 * mm, fmt.kilometres(length), 9)
