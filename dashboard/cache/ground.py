"""Places, their names and outlines, and what is drawn of them."""

import datetime

import pandas as pd

from dashboard.cache.keeping import kept, read
from dashboard.maps import geometry, ground
from dashboard.maps.named_places import Named, named
from data.queries import areas, facilities
from data.scope import Scope
from geo.adjacency import adjacent


@kept()
def places(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return kecamatan and kelurahan for pick lists."""
    return read(scope, areas.places)


@kept()
def rw_names(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return every RW with the names of its kelurahan and kecamatan."""
    return read(scope, areas.rw_names)


@kept()
def own_rws(scope: Scope, version: str) -> frozenset[str] | None:  # noqa: ARG001 - part of the key
    """Return the codes of the RWs that a scope sees, or None where it sees them all."""
    return read(scope, areas.own_rws)


@kept()
def all_facilities(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the places of care."""
    return read(scope, facilities.facilities)


@kept()
def named_places(scope: Scope, version: str, month: datetime.date | None = None) -> Named:
    """Return the RWs, of a month or of today, and the places of care that can be chosen on a map."""
    return named(map_ground(scope, version, month).rws, all_facilities(scope, version))


@kept()
def service_areas(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return which puskesmas serves which RW."""
    return read(scope, facilities.service_areas)


@kept(max_entries=4)
def level_outlines(scope: Scope, version: str, level: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the outlines of one level: code, name, geometry (WKB), point_lat, point_lon."""
    return read(scope, areas.outlines, level)


@kept()
def _outlines_of(scope: Scope, version: str, codes: tuple[str, ...], on: datetime.date | None) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    return read(scope, areas.outlines_of, codes, on)


def outlines_of(scope: Scope, version: str, codes: tuple[str, ...], month: datetime.date | None = None) -> pd.DataFrame:
    """Return the outlines of some areas, of a month or of today; those that were not there then are absent."""
    return _outlines_of(scope, version, codes, None if month is None else layout_day(scope, version, month))


def map_geometry(scope: Scope, version: str, month: datetime.date | None = None) -> geometry.MapGeometry:
    """Publish the map's geometry as static files and return where they are; with the areas of a month, or of today."""
    return _map_geometry(scope, version, None if month is None else layout_day(scope, version, month))


@kept("Menyiapkan peta…", 8)
def _map_geometry(scope: Scope, version: str, on: datetime.date | None) -> geometry.MapGeometry:
    return geometry.publish_ground(_map_ground(scope, version, on))


def map_ground(scope: Scope, version: str, month: datetime.date | None = None) -> ground.Ground:
    """Return what lies under the figures of a map, with the areas of a month, or of today."""
    return _map_ground(scope, version, None if month is None else layout_day(scope, version, month))


@kept("Menyiapkan peta…", 8)
def _map_ground(scope: Scope, version: str, on: datetime.date | None) -> ground.Ground:  # noqa: ARG001 - part of the key
    return read(scope, ground.read_ground, on)


@kept()
def layout_day(scope: Scope, version: str, month: datetime.date) -> datetime.date | None:  # noqa: ARG001
    """Return since when the areas were as they were in a month, blank for those of today."""
    return read(scope, areas.layout_day, month)


@kept(max_entries=4)
def neighbours(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the pairs of RWs whose outlines share a border: rw_code, neighbour_code."""
    outlined = read(scope, areas.outlines, "rw")
    return adjacent(list(outlined["code"]), list(outlined["geometry"]))
