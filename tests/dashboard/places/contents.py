"""A place's content as long or as short as a test wants it."""

import datetime

import pandas as pd
from shapely import box

from dashboard.places.content import Content, Section, Tile
from dashboard.places.members import COLUMNS
from dashboard.places.place import Place
from dashboard.places.sheet import SheetMap
from dashboard.visit.paper_map import PaperMap

NOW = datetime.datetime(2026, 11, 21, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))
SECTION_COUNT = 8


def content(
    level: str = "kelurahan",
    name: str = "Kelurahan Atas",
    rows: int = 3,
    words: str = "ada",
    members: int = 5,
    guard: str = "",
    months: int = 36,
) -> Content:
    """Return content with so many rows in every section, and so many places inside."""
    history = pd.DataFrame(
        {
            "month": [datetime.date(2023 + number // 12, number % 12 + 1, 1) for number in range(months)],
            "value": [0.03 + number / 3000 for number in range(months)],
            "low": 0.02,
            "high": 0.05,
            "told": "3 dari 100 diukur",
        }
    )
    listed = pd.DataFrame(
        [
            (f"c{number}", words, "3,0 %", "1,0–9,9 %", "1.013 (1.000–1.013)", "80 %", words)
            for number in range(members)
        ],
        columns=list(COLUMNS),
    )
    sections = tuple(
        Section(f"Bagian {number}", tuple((f"{words} {row}", f"{words} {row}") for row in range(rows)), words, words)
        for number in range(SECTION_COUNT)
    )
    return Content(
        place=Place("32.75.01.1001", level, name, words, ("32.75",), ("32.75.01.1001.001",)),
        tiles=tuple(Tile(words, words, words) for _ in range(4)),
        guard=guard,
        history=history,
        history_note=words,
        members=listed,
        members_title="RW di dalamnya" if members else "",
        sections=sections,
        period="Agustus–Oktober 2026",
        source=f"Sumber {words}",
        age="Data sampai Oktober 2026",
        is_demo=True,
        month=datetime.date(2026, 10, 1),
    )


def map_of_squares(count: int = 4) -> SheetMap:
    """Return a map of some squares in a row."""
    squares = [(box(107 + number, -6, 108 + number, -5), (40, 120, 90)) for number in range(count)]
    return SheetMap(PaperMap([], [], [], [], squares), "Peta", (((40, 120, 90), "1–2,4 %"),), "P: puskesmas")
