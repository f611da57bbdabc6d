"""Where everything on a page stands and how large it is written: the same page for the projector and for every file.

Pages are 1,920 by 1,080 pixels. Nothing but the line of the source is smaller than 28 pixels, so that a hall reads it
at five metres. What does not fit is not squeezed: a table shows the rows that fit and says how many it left out, and
sentences that do not fit are counted; the workbook holds them all.
"""

from dataclasses import dataclass

from dashboard import format as fmt
from dashboard.briefing.model import Block, Briefing, Cell, Chart, Figure, MapPicture, Sentences, Slide, Table
from dashboard.briefing.stamp import source_line, stamp_line
from dashboard.documents import measure

WIDTH, HEIGHT = 1920, 1080
MARGIN = 64
SMALLEST, SOURCE_SIZE, FIGURE_SIZE = 28, 22, 60
LEADING = 1.28
_TITLE_SIZES = (54, 50, 46, 42)
_TITLE_TOP, _TITLE_HEIGHT = 44, 132
_FIGURES_HEIGHT, _GAP = 176, 32
_SOURCE_TOP, _SOURCE_HEIGHT = 964, 88
_TEXT_SIZES = (36, 34, 32, 30, 28)
_BULLET_INDENT = 34
_CELL_PAD = 14


@dataclass(frozen=True)
class Box:
    """A rectangle of a page, in pixels from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Words:
    """Words in a box, broken into lines that fit it."""

    box: Box
    told: str
    lines: tuple[str, ...]
    size: int
    is_bold: bool = False

    @property
    def height(self) -> float:
        """How high the lines are."""
        return len(self.lines) * self.size * LEADING


@dataclass(frozen=True)
class Tile:
    """A figure in its box: name above, figure, what stands beside below."""

    box: Box
    figure: Figure
    name: Words
    told: Words
    beside: Words


@dataclass(frozen=True)
class Paragraphs:
    """Sentences in a box, all of one size, each with its lines."""

    box: Box
    paragraphs: tuple[Words, ...]
    size: int


@dataclass(frozen=True)
class Grid:
    """A table in a box: column widths, head and the rows that fit (each cell's lines), and what was left out."""

    box: Box
    table: Table
    widths: tuple[float, ...]
    head: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    heights: tuple[float, ...]
    head_height: float
    size: int
    left_out: int

    @property
    def note(self) -> str:
        """What is said of the rows that did not fit."""
        return f"dan {fmt.count(self.left_out)} baris lagi di berkas Excel" if self.left_out else ""


@dataclass(frozen=True)
class Picture:
    """A chart or a map with its box; a chart's title stands above it."""

    box: Box
    block: Chart | MapPicture


type Placed = Paragraphs | Grid | Picture


@dataclass(frozen=True)
class Page:
    """A slide with everything in its place."""

    slide: Slide
    title: Words
    tiles: tuple[Tile, ...]
    placed: tuple[Placed, ...]
    source: Words
    stamp: Words
    number: int
    count: int


def pages(briefing: Briefing) -> tuple[Page, ...]:
    """Return every slide of a briefing laid out."""
    count = len(briefing.slides)
    return tuple(_page(slide, briefing, number, count) for number, slide in enumerate(briefing.slides, start=1))


def _page(slide: Slide, briefing: Briefing, number: int, count: int) -> Page:
    room = WIDTH - 2 * MARGIN
    top = _TITLE_TOP + _TITLE_HEIGHT + 12
    tiles: tuple[Tile, ...] = ()
    if slide.figures:
        tiles = _tiles(slide.figures, Box(MARGIN, top, room, _FIGURES_HEIGHT))
        top += _FIGURES_HEIGHT + 24
    bottom = _SOURCE_TOP - 12
    placed, x = [], float(MARGIN)
    shares = slide.widths if len(slide.widths) == len(slide.blocks) else (1.0,) * len(slide.blocks)
    free = room - _GAP * (len(slide.blocks) - 1)
    for block, share in zip(slide.blocks, shares, strict=True):
        width = free * share / sum(shares)
        placed.append(_placed(block, Box(x, top, width, bottom - top)))
        x += width + _GAP
    stamp_room = 700.0
    place = f"{slide.place or briefing.place} · {number}/{count}"
    return Page(
        slide,
        _words(slide.title, Box(MARGIN, _TITLE_TOP, room, _TITLE_HEIGHT), _TITLE_SIZES, is_bold=True),
        tiles,
        tuple(placed),
        _words(
            source_line(slide),
            Box(MARGIN, _SOURCE_TOP, room - stamp_room - _GAP, _SOURCE_HEIGHT),
            (SOURCE_SIZE,),
        ),
        _words(
            f"{place} · {stamp_line(briefing.stamp)}",
            Box(WIDTH - MARGIN - stamp_room, _SOURCE_TOP, stamp_room, _SOURCE_HEIGHT),
            (SOURCE_SIZE, 20, 18),
        ),
        number,
        count,
    )


def _words(told: str, box: Box, sizes: tuple[int, ...], *, is_bold: bool = False) -> Words:
    """Write words in the largest size that fits the box; in the smallest the last line is cut where it must be."""
    for size in sizes:
        found = measure.lines(told, box.width, size, is_bold=is_bold)
        if len(found) * size * LEADING <= box.height:
            return Words(box, told, tuple(found), size, is_bold)
    most = max(int(box.height // (sizes[-1] * LEADING)), 1)
    last = measure.shortened(" ".join(found[most - 1 :]), box.width, sizes[-1], is_bold=is_bold)
    kept = (*found[: most - 1], last)
    return Words(box, " ".join(kept), kept, sizes[-1], is_bold)


def _tiles(figures: tuple[Figure, ...], box: Box) -> tuple[Tile, ...]:
    width = (box.width - _GAP * (len(figures) - 1)) / len(figures)
    found = []
    for place, figure in enumerate(figures):
        x = box.x + place * (width + _GAP)
        inner = width - 2 * 20
        found.append(
            Tile(
                Box(x, box.y, width, box.height),
                figure,
                _words(figure.name, Box(x + 20, box.y + 10, inner, 42), (30, 28)),
                _words(
                    figure.told,
                    Box(x + 20, box.y + 50, inner, FIGURE_SIZE * 1.3),
                    (FIGURE_SIZE, 52, 46, 42),
                    is_bold=True,
                ),
                _words(figure.beside, Box(x + 20, box.y + 128, inner, 40), (28,)),
            )
        )
    return tuple(found)


def _placed(block: Block, box: Box) -> Placed:
    if isinstance(block, Sentences):
        return _paragraphs(block, box)
    if isinstance(block, Table):
        return _grid(block, box)
    return Picture(box, block)


def _paragraphs(block: Sentences, box: Box) -> Paragraphs:
    for size in _TEXT_SIZES:
        found, is_whole = _stacked(block.lines, box, size)
        if is_whole:
            return Paragraphs(box, found, size)
    size = _TEXT_SIZES[-1]
    for kept in range(len(block.lines) - 1, 0, -1):
        rest = f"dan {fmt.count(len(block.lines) - kept)} hal lagi di berkas Excel"
        found, is_whole = _stacked((*block.lines[:kept], rest), box, size)
        if is_whole:
            return Paragraphs(box, found, size)
    return Paragraphs(box, (_words(block.lines[0], box, (size,)),), size)


def _stacked(lines: tuple[str, ...], box: Box, size: int) -> tuple[tuple[Words, ...], bool]:
    y, found = box.y, []
    for line in lines:
        broken = measure.lines(line, box.width - _BULLET_INDENT, size)
        words = Words(Box(box.x + _BULLET_INDENT, y, box.width - _BULLET_INDENT, 0), line, tuple(broken), size)
        words = Words(
            Box(words.box.x, y, words.box.width, words.height), words.told, words.lines, words.size, words.is_bold
        )
        found.append(words)
        y += words.height + size * 0.55
    return tuple(found), y - size * 0.55 <= box.y + box.height


def _grid(table: Table, box: Box) -> Grid:
    """Lay a table out in the largest size that shows all its rows, else in the smallest as many rows as fit."""
    found = None
    for size in (32, 30, 28):
        found = _rows(table, box, size)
        if not found.left_out:
            return found
    if found is None:
        raise ValueError("a table needs a size")
    return found


def _rows(table: Table, box: Box, size: int) -> Grid:
    widths = _widths(table, box.width, size)
    head = tuple(
        tuple(measure.lines(column.name, width - 2 * _CELL_PAD, size, is_bold=True))
        for column, width in zip(table.columns, widths, strict=True)
    )
    line = size * LEADING
    head_height = max(len(told) for told in head) * line + 16
    note_height = line + 8
    rows: list[tuple[tuple[str, ...], ...]] = []
    heights: list[float] = []
    y = head_height
    for row in table.rows:
        cells = tuple(_cell(cell, width, size) for cell, width in zip(row, widths, strict=True))
        height = max(len(told) for told in cells) * line + 14
        is_last = len(rows) + 1 == len(table.rows)
        if y + height + (0 if is_last else note_height) > box.height:
            break
        rows.append(cells)
        heights.append(height)
        y += height
    return Grid(box, table, widths, head, tuple(rows), tuple(heights), head_height, size, len(table.rows) - len(rows))


def _cell(cell: Cell, width: float, size: int) -> tuple[str, ...]:
    return tuple(measure.lines(cell.told, width - 2 * _CELL_PAD, size))


def _widths(table: Table, room: float, size: int) -> tuple[float, ...]:
    """Return column widths: figures as wide as they are; words share what is left by how long they are."""
    natural, least = [], []
    for place, column in enumerate(table.columns):
        told = [row[place].told for row in table.rows]
        widest = max((measure.width(words, size) for words in told), default=0.0)
        longest_word = max(
            (
                measure.width(word, size, is_bold=is_bold)
                for words, is_bold in (*((words, False) for words in told), (column.name, True))
                for word in words.split(" ")
            ),
            default=0.0,
        )
        head = measure.width(column.name, size, is_bold=True)
        natural.append(max(widest, longest_word if column.is_number else head) + 2 * _CELL_PAD + 2)
        least.append((max(widest, longest_word) if column.is_number else longest_word) + 2 * _CELL_PAD + 2)
    if sum(natural) <= room:
        extra = room - sum(natural)
        return tuple(width + extra * width / sum(natural) for width in natural)
    if sum(least) >= room:
        return tuple(width * room / sum(least) for width in least)
    wanted = [full - small for full, small in zip(natural, least, strict=True)]
    free = room - sum(least)
    return tuple(small + free * want / sum(wanted) for small, want in zip(least, wanted, strict=True))
