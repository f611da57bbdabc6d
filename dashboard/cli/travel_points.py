"""Reading a sheet of points (code, lat, lon) as people export it: `,` or `;`, a BOM, a decimal comma, other columns."""

import codecs
import csv
import math
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from data.errors import UnusableInputError

COLUMNS = ("code", "lat", "lon")

_DELIMITERS = (",", ";", "\t")
_PROBLEMS_TOLD = 5
_BOUND = {"lat": 90.0, "lon": 180.0}


def read_points(path: Path) -> pd.DataFrame:
    """Read code (text), lat and lon (degrees, EPSG:4326) from a sheet, in its order.

    Raises UnusableInputError that names the rows, the header being row 1: a column that is missing, a blank or repeated
    code, a coordinate that is missing or nowhere on Earth.
    """
    rows = _rows(path)
    try:
        _, header = next(rows)
    except StopIteration:
        raise UnusableInputError(f"{path.name} is empty; it needs the columns {', '.join(COLUMNS)}.") from None
    places = _places(header, path)
    codes: list[str] = []
    points: list[tuple[float, float]] = []
    first_row: dict[str, int] = {}
    problems: list[str] = []
    for number, row in rows:
        code, lat, lon = (row[place].strip() if place < len(row) else "" for place in places)
        if not code:
            problems.append(f"row {number} has no code")
        elif code in first_row:
            problems.append(f"row {number} repeats the code {code} of row {first_row[code]}")
        first_row.setdefault(code, number)
        latitude, longitude = _degrees(lat), _degrees(lon)
        problem = _unreal(lat, lon, latitude, longitude)
        if problem:
            problems.append(f"row {number} {problem}")
        codes.append(code)
        points.append((latitude, longitude))
    if problems:
        told = "; ".join(problems[:_PROBLEMS_TOLD])
        more = f"; and {len(problems) - _PROBLEMS_TOLD} more" if len(problems) > _PROBLEMS_TOLD else ""
        raise UnusableInputError(f"{path.name}: {told}{more}. Correct the sheet and run the command again.")
    if not codes:
        raise UnusableInputError(f"{path.name} has no row below its header.")
    frame = pd.DataFrame(points, columns=["lat", "lon"])
    frame.insert(0, "code", pd.Series(codes, dtype=object))
    return frame


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank, with the number of the line on which each ends."""
    lines = _text(path).splitlines(keepends=True)
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        raise UnusableInputError(f"{path.name}, row {reader.line_num}: this is no CSV sheet ({error}).") from error


def _text(path: Path) -> str:
    content = path.read_bytes()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        raise UnusableInputError(f"{path.name} is no CSV sheet; export it as CSV.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("windows-1252", errors="replace")


def _places(header: list[str], path: Path) -> list[int]:
    names = [name.strip().casefold() for name in header]
    absent = [column for column in COLUMNS if column not in names]
    if absent:
        raise UnusableInputError(
            f"{path.name} has no column {' or '.join(absent)}; it needs {', '.join(COLUMNS)} in its first row."
        )
    repeated = [column for column in COLUMNS if names.count(column) > 1]
    if repeated:
        raise UnusableInputError(f"{path.name} has the column {repeated[0]} more than once; keep one.")
    return [names.index(column) for column in COLUMNS]


def _degrees(cell: str) -> float:
    """Return a cell's number, its decimal sign a point or a comma, or NaN."""
    try:
        return float(cell.replace("−", "-").replace(",", ".", 1))
    except ValueError:
        return math.nan


def _unreal(lat: str, lon: str, latitude: float, longitude: float) -> str | None:
    """Say what is wrong with a point, or None."""
    cells = {"lat": (lat, latitude), "lon": (lon, longitude)}
    for column, (cell, value) in cells.items():
        if not cell:
            return f"has no {column}"
        if not math.isfinite(value):
            return f"has {column} {cell!r}, which is no number"
        if abs(value) > _BOUND[column]:
            swapped = column == "lat" and abs(latitude) <= _BOUND["lon"] and abs(longitude) <= _BOUND["lat"]
            hint = "; are lat and lon swapped?" if swapped else ""
            return f"has {column} {cell}, outside ±{_BOUND[column]:.0f}{hint}"
    if latitude == longitude == 0:
        return "has lat 0 and lon 0, which stands for a position that was never taken"
    return None
