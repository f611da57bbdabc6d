"""What lies under the figures of a map: areas as they were on a day, borders, places of care, names and the basemap.

The map in the browser is published from it, and pictures on paper are drawn from it, so that both show the same. RWs
are simplified together, which keeps the borders between them common; where files of different days meet a centimetre
apart, they are fitted to each other first.
"""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection

from data.queries import areas, facilities, travel
from geo import webmap
from geo.errors import GeoError
from geo.local_map import local_map
from geo.mending import mend

TOLERANCE_M = 4.0
_SAME_BORDER_M, _SAME_BORDER_DEGREES = 1.0, 1e-6


@dataclass(frozen=True)
class Label:
    """A place's name and where it is written."""

    text: str
    lon: float
    lat: float
    level: str


@dataclass(frozen=True)
class Ground:
    """The ground of a map, EPSG:4326.

    `rws` is the table of RWs in the order of their numbers (`data.queries.areas.rw_names`); `outlined` holds the codes
    of those with an outline, `shapes` the outlines in the same order. Borders are lines, each drawn once.
    """

    rws: pd.DataFrame
    outlined: tuple[str, ...]
    shapes: tuple[BaseGeometry, ...]
    rw_borders: tuple[BaseGeometry, ...]
    kelurahan_borders: tuple[BaseGeometry, ...]
    kecamatan_borders: tuple[BaseGeometry, ...]
    facilities: pd.DataFrame
    basemap: dict[str, Any]
    labels: tuple[Label, ...]
    bounds: tuple[float, float, float, float]

    @property
    def placed(self) -> pd.DataFrame:
        """The RWs with a point."""
        return self.rws[self.rws["point_lat"].notna() & self.rws["point_lon"].notna()]

    @property
    def only_placed(self) -> pd.DataFrame:
        """The RWs with a point and no outline."""
        placed = self.placed
        return placed[~placed["has_outline"]]

    @cached_property
    def outline_by_code(self) -> dict[str, BaseGeometry]:
        """The outlines by their RWs' codes."""
        return dict(zip(self.outlined, self.shapes, strict=True))

    @cached_property
    def point_by_code(self) -> dict[str, BaseGeometry]:
        """The points by their RWs' codes."""
        placed = self.placed
        points = shapely.points(placed["point_lon"].to_numpy(float), placed["point_lat"].to_numpy(float))
        return dict(zip(placed["code"], points, strict=True))


def read_ground(connection: Connection, on: datetime.date | None = None) -> Ground:
    """Read the ground as it was on a day, or as it is; roads, water and places of care are always those of today."""
    rws = areas.rw_names(connection, on)
    outlined = areas.outlines(connection, "rw", on)
    kelurahan = areas.outlines(connection, "kelurahan", on)
    kecamatan = areas.outlines(connection, "kecamatan", on)
    shapes = webmap.simplified(_fitted(shapely.from_wkb(outlined["geometry"].to_numpy())), TOLERANCE_M)
    held_by = rws.set_index("code").loc[outlined["code"]]
    whole = _with_own_outline(shapes, list(held_by["kelurahan_code"]), kelurahan)
    wider = _with_own_outline(shapes, list(held_by["kecamatan_code"]), kecamatan)
    network = travel.current_network(connection)
    return Ground(
        rws=rws,
        outlined=tuple(outlined["code"]),
        shapes=tuple(shapes),
        rw_borders=tuple(webmap.border_lines(shapes)),
        kelurahan_borders=tuple(webmap.border_lines(whole)),
        kecamatan_borders=tuple(webmap.border_lines(wider)),
        facilities=facilities.facilities(connection),
        basemap={} if network.empty else dict(network["basemap"].iloc[0] or {}),
        labels=(*_labels(kecamatan, "kecamatan"), *_labels(kelurahan, "kelurahan")),
        bounds=_bounds(shapes or whole, rws),
    )


def _fitted(outlines: NDArray[np.object_]) -> list[BaseGeometry]:
    """Give neighbours common borders where they lie within a metre; outlines that rival each other stay as they are."""
    if len(outlines) and not shapely.coverage_is_valid(outlines, gap_width=_SAME_BORDER_DEGREES):
        ground = local_map(outlines)
        try:
            return list(ground.to_degrees(mend(ground.to_metres(outlines), gap_m=_SAME_BORDER_M).outlines))
        except GeoError:
            pass
    return list(outlines)


def _with_own_outline(shapes: list[BaseGeometry], held_by: list[str], parents: pd.DataFrame) -> list[BaseGeometry]:
    """Draw parents as the union of their RWs where there are any, so that both borders coincide, else as they came."""
    if not shapes:
        return list(shapely.from_wkb(parents["geometry"].to_numpy()))
    unions = webmap.merged(shapes, held_by)
    own = parents[~parents["code"].isin(list(unions))]
    return [*unions.values(), *shapely.from_wkb(own["geometry"].to_numpy())]


def _labels(table: pd.DataFrame, level: str) -> list[Label]:
    points = shapely.point_on_surface(shapely.from_wkb(table["geometry"].to_numpy()))
    return [
        Label(name, round(float(point.x), 5), round(float(point.y), 5), level)
        for name, point in zip(table["name"], points, strict=True)
    ]


def _bounds(shapes: list[BaseGeometry], rws: pd.DataFrame) -> tuple[float, float, float, float]:
    placed = rws[rws["point_lat"].notna() & rws["point_lon"].notna()]
    if shapes:
        west, south, east, north = shapely.total_bounds(shapes)
    elif len(placed):
        west, east = placed["point_lon"].min(), placed["point_lon"].max()
        south, north = placed["point_lat"].min(), placed["point_lat"].max()
    else:
        west, south, east, north = 95.0, -11.0, 141.0, 6.0  # Indonesia, until a city has a place
    return float(west), float(south), float(east), float(north)
