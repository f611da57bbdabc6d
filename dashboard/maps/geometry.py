"""Geometry that the browser fetches once by link: outlines, borders, points, roads and water.

Files are named by their content, so a browser may keep them for ever and a rerun sends only colours. They are public,
like every static file of Streamlit, and hold open geometry and names only: never a figure.
"""

import datetime
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection

from dashboard.maps.ground import Ground, Label, read_ground
from geo import webmap

FOLDER = Path(__file__).resolve().parent.parent / "static" / "map"
URL = "app/static/map"
_KEEP_UNUSED_S = 24 * 3600
_published: set[Path] = set()
"""Files that this process linked to: an old month's stay while newer ones are written."""


@dataclass(frozen=True)
class MapGeometry:
    """Links of the published files, the order of RWs in them, and how far the map reaches."""

    links: dict[str, str]
    rw_codes: tuple[str, ...]
    rw_without_place: int
    rw_as_points: int
    labels: tuple[Label, ...]
    bounds: tuple[float, float, float, float]


def publish(connection: Connection, on: datetime.date | None = None) -> MapGeometry:
    """Write the map's files where they differ from those there, and return their links.

    With `on` the areas are those of that day; else those of today.
    """
    return publish_ground(read_ground(connection, on))


def publish_ground(ground: Ground) -> MapGeometry:
    """Write a ground's files where they differ from those there, and return their links."""
    names, placed, only_placed = ground.rws, ground.placed, ground.only_placed
    order = {code: index for index, code in enumerate(names["code"])}
    label = dict(zip(names["code"], names["rw_name"] + ", " + names["kelurahan"], strict=True))

    def told(codes: Sequence[str]) -> list[dict[str, object]]:
        return [{"i": order[code], "c": code, "n": label[code]} for code in codes]

    files = {
        "rw": webmap.geojson(ground.shapes, told(ground.outlined)),
        "rw-borders": _lines(ground.rw_borders),
        "rw-points": webmap.geojson(_points(placed, "point"), told(placed["code"].tolist())),
        "rw-only-points": webmap.geojson(_points(only_placed, "point"), told(only_placed["code"].tolist())),
        "kelurahan-borders": _lines(ground.kelurahan_borders),
        "kecamatan-borders": _lines(ground.kecamatan_borders),
        **_facility_files(ground.facilities),
        **{layer: _written(content) for layer, content in ground.basemap.items()},
    }
    without_outline = set(names["code"]) - set(ground.outlined)
    return MapGeometry(
        links={name: _write(name, content) for name, content in files.items()},
        rw_codes=tuple(names["code"]),
        rw_without_place=len(without_outline - set(placed["code"])),
        rw_as_points=len(only_placed),
        labels=ground.labels,
        bounds=ground.bounds,
    )


def _points(table: pd.DataFrame, of: str = "") -> list[BaseGeometry]:
    before = f"{of}_" if of else ""
    return list(shapely.points(table[f"{before}lon"].to_numpy(float), table[f"{before}lat"].to_numpy(float)))


def _lines(lines: Sequence[BaseGeometry]) -> bytes:
    return webmap.geojson(lines, [{} for _ in lines])


def _facility_files(table: pd.DataFrame) -> dict[str, bytes]:
    located = table[table["lat"].notna() & table["lon"].notna()]
    return {
        f"facility-{kind}": webmap.geojson(
            _points(rows),
            [
                {"c": code, "n": name, "p": int(is_partner)}
                for code, name, is_partner in rows[["code", "name", "is_partner"]].to_numpy().tolist()
            ],
        )
        for kind, rows in located.groupby("kind")
    }


def _written(content: object) -> bytes:
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()


def _write(name: str, content: bytes) -> str:
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}-{hashlib.sha256(content).hexdigest()[:12]}.json"
    if not path.exists():
        partial = path.with_suffix(f".{time.monotonic_ns()}.part")
        partial.write_bytes(content)
        partial.replace(path)
    path.touch()
    _published.add(path)
    for old in FOLDER.glob(f"{name}-*.json"):
        if old not in _published and time.time() - old.stat().st_mtime > _KEEP_UNUSED_S:
            old.unlink(missing_ok=True)
    return f"{URL}/{path.name}"
