"""A place on one sheet of A4: the same content as on the screen, made on the server, always one page.

Every part has a box of its own; lists are shortened until the boxes hold them, and say how many rows are left out.
"""

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from reportlab.lib.colors import Color, HexColor, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from dashboard import format as fmt
from dashboard.places import paper_chart
from dashboard.places.content import Content, Section, Tile
from dashboard.places.members import COLUMNS
from dashboard.places.paper_text import BOLD, PLAIN, clean, fitted, largest, width, wrapped
from dashboard.places.place import LEVEL_NAMES, RW
from dashboard.places.sheet import SheetMap
from dashboard.places.words import STATUS_WORDS
from dashboard.visit.paper_map import draw
from models.rates.attendance import RELIABLE

_WIDTH, _HEIGHT = A4
_MARGIN = 13 * mm
_INNER = _WIDTH - 2 * _MARGIN
_GAP = 5 * mm
_COLUMN = (_INNER - _GAP) / 2
_TILES, _PICTURES, _FOOT = 27 * mm, 56 * mm, 13 * mm
_TITLE_SIZE = 9.5
_SIZES = ((9.0, 11.4), (8.2, 10.2), (7.6, 9.4))
"""Sizes of the lists and their leading, the largest that holds all rows; the last is shortened."""
_GREY, _YELLOW, _PALE = HexColor("#55606a"), HexColor("#ffd24d"), HexColor("#f1f1ee")
_NAME_SHARE, _NAME_LINES, _TOLD_LINES = 0.46, 3, 6
_LISTED_SHARE = 0.58
"""Share of the sheet that a list of places takes."""
_MEMBER_WIDTHS = (0.32, 0.26, 0.32, 0.1)
_MEMBER_HEADS = ("Wilayah", "Stunting (rentang)", "Urutan di kota", "D/S")


@dataclass(frozen=True)
class _Line:
    """A line of a column: cells as (distance from the left, words, font)."""

    cells: tuple[tuple[float, str, str], ...]
    is_title: bool = False
    is_quiet: bool = False


def one_page(content: Content, drawn: SheetMap, now: datetime.datetime, snapshot: str = "") -> bytes:
    """Return a place's page as PDF: exactly one page of A4. `snapshot` names the frozen state that it tells, if any."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    canvas.setTitle(f"{LEVEL_NAMES[content.place.level]}: {content.place.name}")
    y = _head(canvas, content)
    y = _tiles(canvas, content.tiles, y)
    y = _guard(canvas, content.guard, y)
    y = _pictures(canvas, content, drawn, y)
    _columns(canvas, content, y)
    _foot(canvas, content, now, snapshot)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _put(canvas: Canvas, x: float, y: float, told: str, size: float, font: str = PLAIN, colour: Color = black) -> None:
    canvas.setFillColor(colour)
    canvas.setFont(font, size)
    canvas.drawString(x, y, clean(told))


def _head(canvas: Canvas, content: Content) -> float:
    place, y = content.place, _HEIGHT - _MARGIN
    if content.is_demo:
        canvas.setFillColor(_YELLOW)
        canvas.rect(_WIDTH - _MARGIN - 31 * mm, y - 5 * mm, 31 * mm, 6.4 * mm, stroke=0, fill=1)
        _put(canvas, _WIDTH - _MARGIN - 29 * mm, y - 3.4 * mm, "DATA CONTOH", 10.5, BOLD)
    _put(canvas, _MARGIN, y - 3 * mm, LEVEL_NAMES[place.level], 10, PLAIN, _GREY)
    size = largest(place.name, _INNER, (19, 17, 15, 13, 11))
    _put(canvas, _MARGIN, y - 10.5 * mm, fitted(place.name, _INNER, size, BOLD), size, BOLD)
    where = " · ".join(part for part in (place.where, f"kode {place.code}", content.period) if part)
    _put(canvas, _MARGIN, y - 15.8 * mm, fitted(where, _INNER, 9.5), 9.5)
    return y - 18.5 * mm


def _tiles(canvas: Canvas, tiles: Sequence[Tile], top: float) -> float:
    across = (_INNER - (len(tiles) - 1) * 3 * mm) / len(tiles)
    room = across - 4 * mm
    for number, tile in enumerate(tiles):
        x = _MARGIN + number * (across + 3 * mm)
        canvas.setFillColor(_PALE)
        canvas.roundRect(x, top - _TILES, across, _TILES, 4, stroke=0, fill=1)
        at = top - 4 * mm
        for line in wrapped(tile.name, room, 7.4, 2, BOLD):
            _put(canvas, x + 2 * mm, at, line, 7.4, BOLD)
            at -= 3.1 * mm
        size = largest(tile.told, room, (16, 14, 12, 10, 8))
        _put(canvas, x + 2 * mm, top - 13 * mm, fitted(tile.told, room, size, BOLD), size, BOLD)
        for place, line in enumerate(wrapped(tile.beside, room, 6.9, 4)):
            _put(canvas, x + 2 * mm, top - 16.6 * mm - place * 2.9 * mm, line, 6.9)
    return top - _TILES - 3 * mm


def _guard(canvas: Canvas, guard: str, top: float) -> float:
    if not guard:
        return top
    lines = wrapped(guard, _INNER - 6 * mm, 8.6, 2, BOLD)
    height = (len(lines) * 4 + 2.4) * mm
    canvas.setStrokeColor(black)
    canvas.setLineWidth(0.8)
    canvas.rect(_MARGIN, top - height, _INNER, height, stroke=1, fill=0)
    for number, line in enumerate(lines):
        _put(canvas, _MARGIN + 3 * mm, top - (4.2 + 4 * number) * mm, line, 8.6, BOLD)
    return top - height - 3 * mm


def _pictures(canvas: Canvas, content: Content, drawn: SheetMap, top: float) -> float:
    right = _MARGIN + _COLUMN + _GAP
    _put(canvas, _MARGIN, top - 3 * mm, "Perjalanan angka rutin", _TITLE_SIZE, BOLD)
    _put(canvas, right, top - 3 * mm, fitted(drawn.title, _COLUMN, _TITLE_SIZE, BOLD), _TITLE_SIZE, BOLD)
    notes = wrapped(content.history_note, _COLUMN, 6.4, 2)
    bottom = top - _PICTURES + 6 * mm
    height = top - 5 * mm - bottom
    paper_chart.draw(canvas, content.history, _MARGIN, bottom, _COLUMN, height)
    for number, line in enumerate(notes):
        _put(canvas, _MARGIN, bottom - (2.9 + 2.7 * number) * mm, line, 6.4, PLAIN, _GREY)
    legend_width = 31 * mm if drawn.legend else 0.0
    canvas.setStrokeColor(_GREY)
    canvas.setLineWidth(0.6)
    draw(canvas, drawn.shown, right, bottom, _COLUMN - legend_width, height)
    for number, (colour, label) in enumerate(drawn.legend):
        at = top - (8 + 4 * number) * mm
        canvas.setFillColor(Color(*(part / 255 for part in colour)))
        canvas.setStrokeColor(_GREY)
        canvas.setLineWidth(0.3)
        canvas.rect(right + _COLUMN - legend_width + 1.5 * mm, at, 3 * mm, 2.6 * mm, stroke=1, fill=1)
        x = right + _COLUMN - legend_width + 5.5 * mm
        _put(canvas, x, at + 0.3 * mm, fitted(label, legend_width - 5.5 * mm, 6.6), 6.6)
    if drawn.note:
        _put(canvas, right, bottom - 2.9 * mm, fitted(drawn.note, _COLUMN, 6.4), 6.4, PLAIN, _GREY)
    return top - _PICTURES - 3 * mm


def _columns(canvas: Canvas, content: Content, top: float) -> None:
    """Write the lists in two columns as large as they fit, shortened so that each ends above the foot."""
    half = len(content.sections) // 2
    left, right = content.sections[half:], content.sections[:half]
    if content.place.level == RW:
        left = (content.sections[0], content.sections[2], *content.sections[4:])
        right = (content.sections[1], content.sections[3])
    room = top - _MARGIN - _FOOT
    wide = (_INNER - _GAP) * (_LISTED_SHARE if len(content.members) else 0.5)
    narrow = _INNER - _GAP - wide
    for size, leading in _SIZES:
        members = [_members_of(content, size, wide)] if len(content.members) else []
        columns = [
            [*members, *(_rows_of(part, size, wide) for part in left)],
            [_rows_of(part, size, narrow) for part in right],
        ]
        most = int(room / leading)
        if all(_height(parts, [len(part.rows) for part in parts]) <= most for parts in columns):
            break
    for x, parts in zip((_MARGIN, _MARGIN + wide + _GAP), columns, strict=True):
        y = top
        for line in _shortened(parts, most):
            y -= leading
            for at, told, font in line.cells:
                of_line = _TITLE_SIZE if line.is_title else size - 0.9 if line.is_quiet else size
                _put(canvas, x + at, y, told, of_line, font, _GREY if line.is_quiet else black)


@dataclass(frozen=True)
class _Part:
    """A list on paper: its title, its rows (each of a few lines), and what stands under it."""

    head: tuple[_Line, ...]
    rows: tuple[tuple[_Line, ...], ...]
    tail: tuple[_Line, ...]


def _rows_of(section: Section, size: float, across: float) -> _Part:
    longest = max((width(name, size, BOLD) for name, _ in section.rows), default=0.0)
    at = min(longest + 6, _NAME_SHARE * across)
    rows = []
    for name, told in section.rows:
        names = wrapped(name, at - 4, size, _NAME_LINES, BOLD)
        words = wrapped(told, across - at, size, _TOLD_LINES)
        rows.append(
            tuple(
                _Line(((0, left, BOLD), (at, right, PLAIN))) for left, right in zip_longest(names, words, fillvalue="")
            )
        )
    if not rows and section.empty:
        rows.append((_Line(((0, fitted(section.empty, across, size), PLAIN),)),))
    tail = [_Line(((0, line, PLAIN),), is_quiet=True) for line in wrapped(section.note, across, size - 0.9, 2) if line]
    return _Part((_title(section.title, across),), tuple(rows), tuple(tail))


def _members_of(content: Content, size: float, across: float) -> _Part:
    starts = [sum(_MEMBER_WIDTHS[:number]) * across for number in range(len(_MEMBER_WIDTHS))]
    heads = tuple((at, told, BOLD) for at, told in zip(starts, _MEMBER_HEADS, strict=True))
    rows = []
    has_mark = False
    for _, row in content.members[list(COLUMNS)].iterrows():
        mark = "" if row["status"] == STATUS_WORDS[RELIABLE] else " *"
        has_mark = has_mark or bool(mark)
        told = (row["name"], f"{row['told']} ({row['range']})", row["rank"], row["attendance"])
        cells = []
        for number, (at, words) in enumerate(zip(starts, told, strict=True)):
            room = _MEMBER_WIDTHS[number] * across - 4
            cells.append(
                (at, fitted(words, room - 6, size) + mark if number == 0 else fitted(words, room, size), PLAIN)
            )
        rows.append((_Line(tuple(cells)),))
    meaning = "Tertinggi lebih dulu; urutan 1 paling tinggi di kota, dalam kurung kisarannya (90 %)."
    if has_mark:
        meaning += " * belum cukup ditimbang atau belum ada data."
    tail = [_Line(((0, line, PLAIN),), is_quiet=True) for line in wrapped(meaning, across, size - 0.9, 2)]
    return _Part((_title(content.members_title, across), _Line(heads)), tuple(rows), tuple(tail))


def _title(told: str, across: float) -> _Line:
    return _Line(((0, fitted(told, across, _TITLE_SIZE, BOLD), BOLD),), is_title=True)


def _shortened(parts: list[_Part], most: int) -> list[_Line]:
    """Return the lines of some lists, the longest lists shortened row by row until all have room."""
    kept = [len(part.rows) for part in parts]
    while _height(parts, kept) > most and max(kept, default=0) > 1:
        longest = max(range(len(parts)), key=lambda number: sum(len(row) for row in parts[number].rows[: kept[number]]))
        if kept[longest] <= 1:
            longest = kept.index(max(kept))
        kept[longest] -= 1
    lines: list[_Line] = []
    for part, count in zip(parts, kept, strict=True):
        lines += [*([_Line(())] if lines else []), *_lines(part, count)]
    return lines[:most]


def _height(parts: list[_Part], kept: list[int]) -> int:
    return sum(len(_lines(part, count)) + 1 for part, count in zip(parts, kept, strict=True)) - 1


def _lines(part: _Part, count: int) -> list[_Line]:
    left_out = len(part.rows) - count
    more = [_Line(((0, f"dan {fmt.count(left_out)} lagi", PLAIN),), is_quiet=True)] if left_out else []
    return [*part.head, *(line for row in part.rows[:count] for line in row), *more, *part.tail]


def _foot(canvas: Canvas, content: Content, now: datetime.datetime, snapshot: str) -> None:
    frozen = f"Potret {snapshot}. " if snapshot else ""
    told = (
        f"Sumber: {content.source}. Periode: {content.period}. {content.age}. {frozen}"
        f"Dicetak {fmt.moment(now)} dengan Rembuk. Tanpa nama anak."
    )
    canvas.setStrokeColor(_GREY)
    canvas.setLineWidth(0.4)
    canvas.line(_MARGIN, _MARGIN + 9 * mm, _WIDTH - _MARGIN, _MARGIN + 9 * mm)
    for number, line in enumerate(wrapped(told, _INNER, 6.8, 3)):
        _put(canvas, _MARGIN, _MARGIN + (6 - 3 * number) * mm, line, 6.8)
