"""Geometry that the browser fetches once by link: outlines, borders, points, roads and water.

Files are named by their content, so a browser may keep them for ever and a rerun sends only colours. They are public,
like every static file of Streamlit, and hold open geometry and names only: never a figure.
"""

import hashlib
import json
import time
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import shapely
from sqlalchemy import Connection

from data.queries import areas, facilities, travel
from geo import webmap

FOLDER = Path(__file__).resolve().parent.parent / "static" / "map"
URL = "app/static/map"
TOLERANCE_M = 4.0
_KEEP_UNUSED_S = 24 * 3600


@dataclass(frozen=True)
class Label:
    """A place's name and where it is written."""

    text: str
    lon: float
    lat: float
    level: str


@dataclass(frozen=True)
class MapGeometry:
    """Links of the published files, the order of RWs in them, and how far the map reaches."""

    links: dict[str, str]
    rw_codes: tuple[str, ...]
    rw_without_place: int
    rw_as_points: int
    labels: tuple[Label, ...]
    bounds: tuple[float, float, float, float]


def publish(connection: Connection) -> MapGeometry:
    """Write the map's files where they differ from those there, and return their links."""
    names = areas.rw_names(connection)
    outlined = areas.outlines(connection, "rw")
    kelurahan = areas.outlines(connection, "kelurahan")
    kecamatan = areas.outlines(connection, "kecamatan")
    files: dict[str, bytes] = {}

    order = {code: index for index, code in enumerate(names["code"])}
    label = dict(zip(names["code"], names["rw_name"] + ", " + names["kelurahan"], strict=True))
    shapes = webmap.simplified(list(shapely.from_wkb(outlined["geometry"].to_numpy())), TOLERANCE_M)
    files["rw"] = webmap.geojson(shapes, [_told(order[code], code, label[code]) for code in outlined["code"]])
    files["rw-borders"] = _lines(webmap.border_lines(shapes))

    placed = names[names["point_lat"].notna() & names["point_lon"].notna()]
    files["rw-points"] = webmap.geojson(
        list(shapely.points(placed["point_lon"], placed["point_lat"])),
        [_told(order[code], code, label[code]) for code in placed["code"]],
    )
    only_placed = placed[~placed["has_outline"]]
    files["rw-only-points"] = webmap.geojson(
        list(shapely.points(only_placed["point_lon"], only_placed["point_lat"])),
        [_told(order[code], code, label[code]) for code in only_placed["code"]],
    )
    held_by = names.set_index("code").loc[outlined["code"]]
    whole = _with_own_outline(shapes, list(held_by["kelurahan_code"]), kelurahan)
    files["kelurahan-borders"] = _lines(webmap.border_lines(whole))
    files["kecamatan-borders"] = _lines(
        webmap.border_lines(_with_own_outline(shapes, list(held_by["kecamatan_code"]), kecamatan))
    )
    files.update(_facility_files(facilities.facilities(connection)))
    files.update(_basemap_files(travel.current_network(connection)))

    without_outline = set(names["code"]) - set(outlined["code"])
    without_place = without_outline - set(placed["code"])
    return MapGeometry(
        links={name: _write(name, content) for name, content in files.items()},
        rw_codes=tuple(names["code"]),
        rw_without_place=len(without_place),
        rw_as_points=len(only_placed),
        labels=(*_labels(kecamatan, "kecamatan"), *_labels(kelurahan, "kelurahan")),
        bounds=_bounds(shapes or whole, placed),
    )


def _told(index: int, code: str, name: str) -> dict[str, object]:
    return {"i": index, "c": code, "n": name}


def _with_own_outline(
    shapes: list[shapely.Geometry], held_by: list[str], parents: pd.DataFrame
) -> list[shapely.Geometry]:
    """Draw parents as the union of their RWs where there are any, so that both borders coincide, else as they came."""
    if not shapes:
        return list(shapely.from_wkb(parents["geometry"].to_numpy()))
    unions = webmap.merged(shapes, held_by)
    own = parents[~parents["code"].isin(list(unions))]
    return [*unions.values(), *shapely.from_wkb(own["geometry"].to_numpy())]


def _lines(lines: list[shapely.Geometry]) -> bytes:
    return webmap.geojson(lines, [{} for _ in lines])


def _facility_files(table: pd.DataFrame) -> dict[str, bytes]:
    located = table[table["lat"].notna() & table["lon"].notna()]
    return {
        f"facility-{kind}": webmap.geojson(
            list(shapely.points(rows["lon"], rows["lat"])),
            [
                {"c": code, "n": name, "p": int(is_partner)}
                for code, name, is_partner in rows[["code", "name", "is_partner"]].to_numpy().tolist()
            ],
        )
        for kind, rows in located.groupby("kind")
    }


def _basemap_files(network: pd.DataFrame) -> dict[str, bytes]:
    if network.empty or not network["basemap"].iloc[0]:
        return {}
    return {
        layer: json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
        for layer, content in network["basemap"].iloc[0].items()
    }


def _labels(table: pd.DataFrame, level: str) -> list[Label]:
    points = shapely.point_on_surface(shapely.from_wkb(table["geometry"].to_numpy()))
    return [
        Label(name, round(float(point.x), 5), round(float(point.y), 5), level)
        for name, point in zip(table["name"], points, strict=True)
    ]


def _bounds(shapes: list[shapely.Geometry], placed: pd.DataFrame) -> tuple[float, float, float, float]:
    if shapes:
        west, south, east, north = shapely.total_bounds(shapes)
    elif len(placed):
        west, east = placed["point_lon"].min(), placed["point_lon"].max()
        south, north = placed["point_lat"].min(), placed["point_lat"].max()
    else:
        west, south, east, north = 95.0, -11.0, 141.0, 6.0  # Indonesia, until a city has a place
    return float(west), float(south), float(east), float(north)


def _write(name: str, content: bytes) -> str:
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}-{hashlib.sha256(content).hexdigest()[:12]}.json"
    if not path.exists():
        partial = path.with_suffix(f".{time.monotonic_ns()}.part")
        partial.write_bytes(content)
        partial.replace(path)
    path.touch()
    for old in FOLDER.glob(f"{name}-*.json"):
        if old != path and time.time() - old.stat().st_mtime > _KEEP_UNUSED_S:
            old.unlink(missing_ok=True)
    return f"{URL}/{path.name}"
