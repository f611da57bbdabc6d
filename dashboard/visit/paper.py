"""The day's visit sheets on paper: the round with its order and roads, then one A4 page per stop with its map, what to
expect and what to bring. No names.

Made on the server with nothing but a library, so that it prints the same from every machine.
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from dashboard import format as fmt
from dashboard.visit.paper_map import PaperMap, draw, text

_MARGIN = 18 * mm
_MAP_HEIGHT = 118 * mm
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
    point: tuple[float, float] | None = None


@dataclass(frozen=True)
class DayRound:
    """The order of a day's stops: numbers of `stops` from 0, minutes' drives in seconds to each and back, the ways."""

    title: str
    where: str
    order: Sequence[int]
    drives_s: Sequence[float]
    ways: Sequence[shapely.Geometry]
    note: str


def visit_sheets(stops: Sequence[Stop], source: str, is_demo: bool, day: DayRound | None = None) -> bytes:
    """Return a PDF with one page per stop, in the order of the day's round where one is given, which comes first."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    canvas.setTitle("Lembar kunjungan Pusing")
    if day is not None:
        _round_page(canvas, day, stops, source, is_demo)
        canvas.showPage()
    for number in range(len(stops)) if day is None else day.order:
        _page(canvas, stops[number], source, is_demo)
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
    width, _ = A4
    y = _head(canvas, "Lembar kunjungan Pusing", stop.title, (stop.where, stop.team), is_demo)
    marks = [(label, *at) for label, at in (("P", stop.puskesmas), ("RW", stop.point)) if at is not None]
    shown = PaperMap(
        around=stop.around,
        outlines=[] if stop.outline is None else [stop.outline],
        ways=[] if stop.route is None else [stop.route],
        marks=marks,
    )
    draw(canvas, shown, _MARGIN, y - 28 * mm - _MAP_HEIGHT, width - 2 * _MARGIN, _MAP_HEIGHT)
    y -= 28 * mm + _MAP_HEIGHT + 9 * mm
    facts = [
        ("Alasan", stop.reason),
        ("Perjalanan tim", f"{fmt.minutes(stop.car_s)} dengan mobil, {fmt.kilometres(stop.car_m)}"),
        ("Balita", f"{fmt.count(stop.children)} sasaran, {fmt.count(stop.children_unseen)} belum ditimbang bulan lalu"),
        ("Perkiraan balita stunting", f"{fmt.count(stop.stunted)} anak, termasuk yang belum diukur"),
        ("Ibu hamil belum diperiksa", fmt.count(stop.women_unscreened)),
    ]
    for name, told in facts:
        text(canvas, _MARGIN, y, name, 11, is_bold=True)
        text(canvas, _MARGIN + 55 * mm, y, told, 11)
        y -= 7 * mm
    text(canvas, _MARGIN, y - 3 * mm, "Bawaan (perkiraan, sesuaikan)", 11, is_bold=True)
    for line in supplies(stop):
        y -= 7 * mm
        canvas.rect(_MARGIN + 55 * mm, y - 3.4 * mm, 3.4 * mm, 3.4 * mm, stroke=1, fill=0)
        text(canvas, _MARGIN + 61 * mm, y - 3 * mm, line, 11)
    y -= 16 * mm
    for index, name in enumerate(("Dilayani", "Ditimbang", "Ditemukan", "Dirujuk", "Kembali")):
        x = _MARGIN + index * 35 * mm
        text(canvas, x, y, name, 11)
        canvas.rect(x, y - 14 * mm, 30 * mm, 11 * mm, stroke=1, fill=0)
    text(canvas, _MARGIN, _MARGIN - 6 * mm, source, 8)


def _round_page(canvas: Canvas, day: DayRound, stops: Sequence[Stop], source: str, is_demo: bool) -> None:
    """Draw the round of a day: its map with numbered stops, and the order with drives and who is expected."""
    width, _ = A4
    y = _head(canvas, "Rute sehari Pusing", day.title, (day.where, day.note), is_demo)
    ordered = [stops[number] for number in day.order]
    places = [("P", ordered[0].puskesmas), *((str(n), stop.point) for n, stop in enumerate(ordered, start=1))]
    shown = PaperMap(
        around=[area for stop in ordered for area in stop.around],
        outlines=[stop.outline for stop in ordered if stop.outline is not None],
        ways=day.ways,
        marks=[(label, *at) for label, at in places if at is not None],
    )
    draw(canvas, shown, _MARGIN, y - 28 * mm - _MAP_HEIGHT, width - 2 * _MARGIN, _MAP_HEIGHT)
    y -= 28 * mm + _MAP_HEIGHT + 9 * mm
    columns = (0, 12, 94, 122, 146)
    for at, name in zip(columns, ("No.", "Tempat", "Perjalanan", "Balita", "Ibu hamil"), strict=True):
        text(canvas, _MARGIN + at * mm, y, name, 11, is_bold=True)
    rows = [
        (
            str(number),
            stop.title,
            fmt.minutes(drive),
            fmt.count(stop.children_unseen),
            fmt.count(stop.women_unscreened),
        )
        for number, (stop, drive) in enumerate(zip(ordered, day.drives_s, strict=False), start=1)
    ]
    rows.append(("P", "Kembali ke puskesmas", fmt.minutes(day.drives_s[-1]), "", ""))
    for row in rows:
        y -= 8 * mm
        for at, told in zip(columns, row, strict=True):
            text(canvas, _MARGIN + at * mm, y, told, 10)
    text(canvas, _MARGIN, y - 8 * mm, "Balita: belum ditimbang bulan lalu. Ibu hamil: belum diperiksa.", 9)
    text(canvas, _MARGIN, y - 17 * mm, f"Lama di jalan: {fmt.minutes(sum(day.drives_s))}.", 11, is_bold=True)
    text(canvas, _MARGIN, _MARGIN - 6 * mm, source, 8)


def _head(canvas: Canvas, kind: str, title: str, lines: Sequence[str], is_demo: bool) -> float:
    """Write a page's head and return its height."""
    width, height = A4
    y = height - _MARGIN
    if is_demo:
        canvas.setFillColor(HexColor("#ffd24d"))
        canvas.rect(width - _MARGIN - 34 * mm, y - 2 * mm, 34 * mm, 7 * mm, stroke=0, fill=1)
        text(canvas, width - _MARGIN - 31 * mm, y, "DATA CONTOH", 11, is_bold=True)
    text(canvas, _MARGIN, y, kind, 12)
    text(canvas, _MARGIN, y - 9 * mm, title, 20, is_bold=True)
    for number, line in enumerate(lines):
        text(canvas, _MARGIN, y - (16 + 6 * number) * mm, line, 12)
    return y
