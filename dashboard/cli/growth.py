"""`python -m dashboard growth IN.csv OUT.csv`: the same sheet with WHO z-scores and flags added at its end.

Every cell is read and written as text, a block of rows at a time, so that a sheet of any length keeps its order and its
own columns as they were. The output appears under its name only when it is whole.
"""

import codecs
import csv
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from math import isnan
from pathlib import Path
from typing import Annotated, TextIO

import numpy as np
import typer
from numpy.typing import NDArray

from data.errors import UnusableInputError
from models.growth import codes
from models.growth.zscores import NO_FLAG, RESULT_COLUMNS, ZScores, zscores

MEASURES = ("sex", "weight_kg", "lenhei_cm")
AGE, BIRTH, MEASURED = "age_days", "birth_date", "measured_on"
OPTIONAL = ("measure", "oedema")
MISSING_WORDS = frozenset({"", "na", "n/a", "nan", "null", "none", "-"})

DELIMITERS = ",;\t|"
BLOCK_ROWS = 50_000

Row = list[str]

app = typer.Typer(add_completion=False)


@app.command()
def growth(
    source: Annotated[
        Path, typer.Argument(metavar="IN.csv", help="Sheet to read, as CSV; cells parted by , ; tab or |")
    ],
    target: Annotated[Path, typer.Argument(metavar="OUT.csv", help="Sheet to write; replaced if it exists")],
) -> None:
    """Add WHO z-scores (haz, waz, whz, baz) and their flags to a sheet of measurements.

    Reads the columns sex (1/2, L/P or M/F), age_days or birth_date + measured_on, weight_kg, lenhei_cm and, where
    present, measure (l lying, h standing) and oedema (y/n). Missing or impossible input gives blank scores.
    """
    rows = scored = flagged = 0
    with source.open("rb") as raw, _whole_or_not_at_all(target) as out:
        sheet = Sheet(raw, source)
        writer = csv.writer(out, delimiter=sheet.delimiter, lineterminator=sheet.line_end)
        writer.writerow([*(sheet.header[cell] for cell in sheet.kept), *RESULT_COLUMNS])
        for block in sheet.blocks():
            scores = _score(block, sheet.columns)
            writer.writerows(_with_scores(block, scores, sheet))
            rows += sum(map(bool, block))
            flags = np.array(scores[4:])
            scored += int((flags != NO_FLAG).any(axis=0).sum())
            flagged += int((flags == 1).any(axis=0).sum())
    typer.echo(f"{target}: {rows} rows, {scored} with a score, {flagged} with a flag", err=True)


class Sheet:
    """A CSV file opened for reading: its delimiter, its header and where the columns of a measurement are."""

    def __init__(self, raw: io.BufferedReader, path: Path) -> None:
        """Read the header; raise UnusableInputError when this is no sheet of measurements."""
        self._path = path
        start = raw.peek()
        text = _as_text(raw, start, path)
        self._rows = csv.reader(text, delimiter=_delimiter(start), strict=True)
        self.delimiter: str = self._rows.dialect.delimiter
        self.line_end = "\r\n" if b"\r\n" in start or b"\r\0\n" in start else "\n"
        self.header = next((row for row in self._read() if row), [])
        if not any(name.strip() for name in self.header):
            raise UnusableInputError(f"{path} is empty; give a CSV file whose first line names its columns.")
        self.columns = self._find_columns()
        self.kept = [cell for cell, name in enumerate(self.header) if name.strip() not in RESULT_COLUMNS]

    def blocks(self) -> Iterator[list[Row]]:
        """Yield the rows below the header, in order, some thousands at a time; a blank line is an empty row."""
        rows = self._read()
        while block := list(islice(rows, BLOCK_ROWS)):
            yield block

    def _read(self) -> Iterator[Row]:
        try:
            yield from self._rows
        except csv.Error as error:
            raise UnusableInputError(
                f"{self._path} cannot be read as CSV near line {self._rows.line_num} ({error}); look for a quotation"
                " mark that is opened and not closed."
            ) from error
        except UnicodeDecodeError as error:
            raise UnusableInputError(f"{self._path} is not readable text; save it as CSV in UTF-8.") from error

    def _find_columns(self) -> dict[str, int]:
        names = [name.strip().lower() for name in self.header]
        wanted = (*MEASURES, AGE, BIRTH, MEASURED, *OPTIONAL)
        if twice := [name for name in wanted if names.count(name) > 1]:
            raise UnusableInputError(f"{self._path} has more than one column {twice[0]}; keep the one that counts.")
        columns = {name: names.index(name) for name in wanted if name in names}
        lacking = [name for name in MEASURES if name not in columns]
        if AGE not in columns and not {BIRTH, MEASURED} <= columns.keys():
            lacking.append(f"{AGE} (or {BIRTH} and {MEASURED})")
        if lacking:
            raise UnusableInputError(
                f"{self._path} lacks the column {', '.join(lacking)}; its first line must name the columns"
                f" {', '.join(MEASURES)} and {AGE} (or {BIRTH} and {MEASURED})."
            )
        return columns


def _as_text(raw: io.BufferedReader, start: bytes, path: Path) -> TextIO:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return io.TextIOWrapper(raw, encoding="utf-16", newline="")
    if b"\0" in start:
        raise UnusableInputError(f"{path} is not a CSV file; save the sheet as CSV first.")
    # bytes that are not UTF-8 (a sheet from older Excel) pass through to the output as they are
    return io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")


def _delimiter(start: bytes) -> str:
    head = start.replace(b"\0", b"").removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n").splitlines()
    header = head[0].decode("latin-1") if head else ""
    return max(DELIMITERS, key=header.count)


def _score(block: list[Row], columns: dict[str, int]) -> ZScores:
    def cells(name: str) -> Row:
        at = columns.get(name)
        return [""] * len(block) if at is None else [row[at] if at < len(row) else "" for row in block]

    return zscores(
        codes.sexes(cells("sex")),
        _age_days(cells(AGE), cells(BIRTH), cells(MEASURED)),
        codes.numbers(cells("weight_kg")),
        codes.numbers(cells("lenhei_cm")),
        codes.positions(cells("measure")),
        codes.oedemas(cells("oedema")),
    )


def _age_days(ages: Row, births: Row, measured: Row) -> NDArray[np.float64]:
    is_blank = np.fromiter((age.strip().lower() in MISSING_WORDS for age in ages), dtype=bool, count=len(ages))
    age_days = codes.numbers(ages)
    if is_blank.any():
        age_days = np.where(is_blank, codes.days(measured) - codes.days(births), age_days)
    return age_days


def _with_scores(block: list[Row], scores: ZScores, sheet: Sheet) -> Iterator[Row]:
    width = len(sheet.header)
    keeps_all = len(sheet.kept) == width
    texts = zip(*map(_score_texts, scores[:4]), *map(_flag_texts, scores[4:]), strict=True)
    for row, added in zip(block, texts, strict=True):
        if not row:
            yield row
            continue
        beyond_header = row[width:]
        cells = row[:width] + [""] * (width - len(row))
        yield [*(cells if keeps_all else [cells[at] for at in sheet.kept]), *added, *beyond_header]


def _score_texts(scores: NDArray[np.float64]) -> Row:
    return ["" if isnan(score) else f"{score:.2f}" for score in scores.tolist()]


def _flag_texts(flags: NDArray[np.int8]) -> Row:
    return ["" if flag == NO_FLAG else str(flag) for flag in flags.tolist()]


@contextmanager
def _whole_or_not_at_all(target: Path) -> Iterator[TextIO]:
    """Open a text file that takes the target's place when the block ends well, and vanishes when it does not."""
    target = Path(os.path.realpath(target))
    if target.is_dir():
        raise IsADirectoryError(None, "is a folder", str(target))
    if not target.parent.is_dir():
        raise UnusableInputError(f"there is no folder {target.parent} to write {target.name} into; make it first.")
    if target.exists() and not target.is_file():  # a device or pipe, such as /dev/stdout, has no place to take
        with target.open("w", encoding="utf-8", errors="surrogateescape", newline="") as out:
            yield out
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", errors="surrogateescape", newline="") as out:
            yield out
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
