"""What a slide is made of: plain data with its words, from which a screen and every file are drawn.

Everything that can be read carries its words (`told`, Indonesian, rounded as people read it) and, where it is a figure,
its value as a number, so that a workbook holds the same figure that the projector showed.
"""

import datetime
from dataclasses import dataclass

LINE, BARS, WATERFALL = "line", "bars", "waterfall"


@dataclass(frozen=True)
class Figure:
    """A large number with its name and what stands beside it."""

    name: str
    told: str
    beside: str = ""
    value: float | None = None
    unit: str = ""


@dataclass(frozen=True)
class Sentences:
    """Sentences one below the other, each whole by itself."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column's heading, its unit, and whether its cells are figures, which stand to the right."""

    name: str
    unit: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell as people read it, with its value where it is a figure."""

    told: str
    value: float | None = None


@dataclass(frozen=True)
class Table:
    """Rows of cells under columns, all that there are; a page shows as many as fit and says how many it left out."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""


@dataclass(frozen=True)
class Series:
    """A line or a group of bars: a value for each category, blank where there is none."""

    name: str
    values: tuple[float | None, ...]
    is_target: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart as plain numbers; `digits` and `unit` say how its values are written.

    The values of a waterfall are the start, the signed steps and the end.
    """

    kind: str
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    digits: int = 0


@dataclass(frozen=True)
class LegendClass:
    """A class of a map: its colour (red, green, blue), its words, and how many RWs are in it."""

    colour: tuple[int, int, int]
    label: str
    rw_count: int


@dataclass(frozen=True)
class MapPicture:
    """A map as a picture (PNG with scale, north and source in it; blank where none can be drawn) and its legend."""

    title: str
    alt: str
    classes: tuple[LegendClass, ...]
    png: bytes = b""


type Block = Sentences | Table | Chart | MapPicture


@dataclass(frozen=True)
class Slide:
    """One page: a title that says the finding, figures above, up to two blocks side by side, source and period.

    `widths` are the blocks' shares of the page. `place` is what the slide is about.
    """

    code: str
    title: str
    blocks: tuple[Block, ...]
    source: str
    period: str
    figures: tuple[Figure, ...] = ()
    widths: tuple[float, ...] = (1.0,)
    caveat: str = ""
    place: str = ""


@dataclass(frozen=True)
class Stamp:
    """How old a briefing's data are, and of which frozen state; without one the data go on changing."""

    data_until: datetime.date | None
    loaded_on: datetime.date | None
    shown_on: datetime.date
    is_demo: bool
    snapshot_id: str = ""
    snapshot_name: str = ""


@dataclass(frozen=True)
class Briefing:
    """The slides of a place, or of several, in their order, with the stamp that stands on each.

    `seconds` says how long each slide is meant to stand (0: as long as it takes); without them none has a limit.
    """

    place: str
    area_code: str
    slides: tuple[Slide, ...]
    stamp: Stamp
    seconds: tuple[int, ...] = ()
