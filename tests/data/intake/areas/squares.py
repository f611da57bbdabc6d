"""A city of four square kelurahan, about a kilometre wide, in files as people make them."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
from shapely import Polygon, box

CITY, CITY_NAME = "32.99", "Kota Contoh"
STEP = 0.01
WEST, SOUTH = 107.0, -6.5
CODES = ("32.99.01.1001", "32.99.01.1002", "32.99.02.1001", "32.99.02.1002")
NAMES = ("Suka Maju", "Suka Mundur", "Mekar Jaya", "Mekar Sari")
KECAMATAN = ("Suka", "Suka", "Mekar", "Mekar")


def square(column: int, row: int, *, east: float = 0.0) -> Polygon:
    """Return a square of the grid, its eastern side moved by some degrees."""
    return box(WEST + column * STEP, SOUTH + row * STEP, WEST + (column + 1) * STEP + east, SOUTH + (row + 1) * STEP)


def kelurahan(**changed: Sequence[Any]) -> gpd.GeoDataFrame:
    """Return the four kelurahan, with columns changed or added."""
    columns: dict[str, Any] = {"kode": CODES, "kelurahan": NAMES, "kecamatan": KECAMATAN} | changed
    shapes = columns.pop("geometry", [square(0, 0), square(1, 0), square(0, 1), square(1, 1)])
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=4326)


def geojson(path: Path, frame: gpd.GeoDataFrame) -> Path:
    frame.to_file(path, driver="GeoJSON")
    return path


def raw_geojson(path: Path, shapes: Iterable[Polygon], codes: Sequence[str] = CODES) -> Path:
    """Write GeoJSON that says nothing about its coordinates, whatever they are."""
    features = [
        {
            "type": "Feature",
            "properties": {"kode": code, "kelurahan": code},
            "geometry": {"type": "Polygon", "coordinates": [list(map(list, shape.exterior.coords))]},
        }
        for code, shape in zip(codes, shapes, strict=True)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def table(*rows: Sequence[Any]) -> bytes:
    """Return rows as CSV, the first one being the header."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode()


def inside(column: int, row: int, x: float = 0.5, y: float = 0.5) -> tuple[float, float]:
    """Return latitude and longitude of a place in a square."""
    return SOUTH + (row + y) * STEP, WEST + (column + x) * STEP
