"""A table of places: CSV, or the first fitting sheet of a workbook, its columns known by their headers' letters."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from data.errors import RembukError
from data.intake.areas.refusals import listed, refusal
from data.intake.columns import plain
from data.intake.delimited import DELIMITERS, read_delimited
from data.intake.detect import Kind, detect
from data.intake.grid import Grid, cell_texts, is_blank_row
from data.intake.html import read_html
from data.intake.values import is_blank, tidy
from data.intake.workbook import read_workbook

_HEADER_WITHIN_ROWS = 15
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:[.,]\d+)?")

LAT = ("lat", "latitude", "lintang", "y", "titiklat")
LON = ("lon", "lng", "long", "longitude", "bujur", "x", "titiklon")
KECAMATAN = ("kecamatan", "kec", "namakecamatan", "kecamatanname")
KELURAHAN = (
    "kelurahan", "desa", "desakel", "kelurahandesa", "desakelurahan", "keldesa", "namakelurahan", "namadesa", "kel",
    "kelurahanname",
)  # fmt: skip
KELURAHAN_CODE = ("kodekelurahan", "kodedesa", "kelurahancode", "kodekel", "kdkel", "areacode", "kodewilayah")
RW = ("rw", "norw", "nomorrw")
RW_CODE = ("koderw", "rwcode", "kdrw")


@dataclass(frozen=True)
class Row:
    """A row of a table: its number in the file, from 1 at the first line, and its texts by column."""

    number: int
    texts: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.texts.get(column, "")


def read_sheet(
    content: bytes, columns: Mapping[str, tuple[str, ...]], needed: Sequence[tuple[str, ...]]
) -> tuple[list[Row], frozenset[str]]:
    """Return the rows below the header, and which columns it has.

    `columns` gives the headers that mean a column; each of `needed` is a group of which one column must be there.
    Raises UnusableInputError when there is no such header, or nothing below it.
    """
    for grid in _grids(content):
        for at, head in enumerate(grid.rows[:_HEADER_WITHIN_ROWS]):
            found = _columns(cell_texts(head), columns)
            if all(any(name in found for name in group) for group in needed):
                rows = [
                    Row(number, {name: _text(texts, place) for name, place in found.items()})
                    for number, row in enumerate(grid.rows[at + 1 :], start=at + 2)
                    if not is_blank_row(row) and (texts := cell_texts(row))
                ]
                if not rows:
                    raise refusal("no_rows_in_table")
                return rows, frozenset(found)
    told = [" or ".join(columns[name][0] for name in group) for group in needed]
    raise refusal("table_head", found=listed(told, 10))


def degrees(text: str) -> float | None:
    """Return a latitude or longitude with a decimal point or comma; None for a blank and for what is no number."""
    told = text.replace("−", "-").replace("°", "").strip("'` ")
    return float(told.replace(",", ".")) if _NUMBER.fullmatch(told) else None


def is_wrong_number(text: str) -> bool:
    """Say whether a text is neither blank nor a coordinate."""
    return not is_blank(text) and degrees(text) is None


def _grids(content: bytes) -> Iterator[Grid]:
    try:
        detected = detect(content)
        match detected.kind:
            case Kind.WORKBOOK:
                yield from read_workbook(content)
            case Kind.HTML:
                yield from read_html(detected.text)
            case Kind.DELIMITED:
                for delimiter in DELIMITERS:
                    yield read_delimited(detected.text, delimiter)
    except RembukError as error:
        if str(error.context.get("reason", "")).startswith("areas_"):
            raise
        raise refusal("no_table") from None


def _columns(head: Sequence[str], columns: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, text in enumerate(head):
        for name, headers in columns.items():
            if plain(text) in headers and name not in found:
                found[name] = place
                break
    return found


def _text(texts: Sequence[str], place: int) -> str:
    told = tidy(texts[place]) if place < len(texts) else ""
    return "" if is_blank(told) else told
