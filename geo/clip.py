"""Clip an OpenStreetMap extract, such as the whole of Java, to a city and some kilometres around it.

Kept are the ways that touch the area and that roads or the basemap need, each whole with all its nodes; turn
restrictions of the roads that are kept; and open water made of several ways. Memory does not grow with the extract:
positions of nodes wait in a file beside the result (16 bytes each) until the clip is done.
"""

import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import shapely
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

from geo.errors import NoRoadError
from geo.extract import pbf, readable, relations, ways

_WAY_KEYS = (
    "highway",
    "route",
    "railway",
    "waterway",
    "natural",
    "water",
    "landuse",
    "man_made",
    "amenity",
    "public_transport",
)
_WATER_VALUES = {("natural", "water"), ("landuse", "basin"), ("landuse", "reservoir")}
_OTHER_VALUES = {
    ("route", "ferry"),
    ("man_made", "pier"),
    ("amenity", "parking"),
    ("amenity", "parking_entrance"),
    ("public_transport", "platform"),
}
_ANY_VALUE = ("highway", "railway", "waterway", "water")

Progress = Callable[[str, float], None]


def buffered(boundary: BaseGeometry, buffer_m: float) -> BaseGeometry:
    """Return the boundary (EPSG:4326) widened by so many metres, measured in a projection centred on it."""
    centre = boundary.centroid
    local = CRS.from_proj4(f"+proj=aeqd +lat_0={centre.y} +lon_0={centre.x} +datum=WGS84 +units=m")
    there = Transformer.from_crs(CRS.from_epsg(4326), local, always_xy=True)
    wide = shapely.transform(boundary, _pairs(there.transform)).buffer(buffer_m)
    back = Transformer.from_crs(local, CRS.from_epsg(4326), always_xy=True)
    return shapely.transform(wide, _pairs(back.transform))


def _pairs(transform: Callable[..., tuple[np.ndarray, np.ndarray]]) -> Callable[[np.ndarray], np.ndarray]:
    return lambda xy: np.column_stack(transform(xy[:, 0], xy[:, 1]))


def clip_extract(
    extract: Path,
    boundary: BaseGeometry,
    target: Path,
    *,
    buffer_m: float,
    progress: Progress | None = None,
) -> Path:
    """Write the part of `extract` within `buffer_m` of `boundary` (polygon, EPSG:4326) to `target` and return it.

    Raises BrokenExtractError for an extract that cannot be read, and NoRoadError when it has no road near the boundary.
    """
    tell = progress or _silent
    area = buffered(boundary, buffer_m)
    shapely.prepare(area)
    positions = target.with_suffix(".positions")
    with readable(extract), contextlib.ExitStack() as stack:
        stack.callback(positions.unlink, missing_ok=True)
        tell("clipping: open water", 0.02)
        water_members = _members_of_water(extract)
        tell("clipping: roads near the boundary", 0.1)
        kept, roads = _ways_in(extract, area, water_members, positions)
        if not roads:
            raise NoRoadError(
                f"{extract.name} has no road within {buffer_m / 1000:.0f} km of the boundary; use the extract of the "
                "region that the city lies in."
            )
        tell("clipping: writing", 0.35)
        with osmium.BackReferenceWriter(str(target), pbf(extract), overwrite=True, remove_tags=False) as writer:
            _write_ways(extract, kept, writer)
            _write_relations(extract, kept, writer)
    return target


def _silent(stage: str, share: float) -> None:
    """Tell nobody."""


def is_water(tags: osmium.osm.TagList) -> bool:
    """Say whether tags on an outline mean open water: a lake, a basin or a wide river."""
    return (
        "water" in tags
        or any(tags.get(key) == value for key, value in _WATER_VALUES)
        or (tags.get("waterway") == "riverbank")
    )


def _is_wanted(tags: osmium.osm.TagList) -> bool:
    return (
        any(key in tags for key in _ANY_VALUE)
        or any(tags.get(key) == value for key, value in _OTHER_VALUES)
        or is_water(tags)
    )


def _members_of_water(extract: Path) -> set[int]:
    """Return the ways that together outline open water: they may bear no tag of their own."""
    members: set[int] = set()
    found = osmium.FileProcessor(pbf(extract), osmium.osm.RELATION)
    for relation in relations(found.with_filter(osmium.filter.TagFilter(("type", "multipolygon")))):
        if is_water(relation.tags):
            members.update(member.ref for member in relation.members if member.type == "w")
    return members


def _ways_in(extract: Path, area: BaseGeometry, water_members: set[int], positions: Path) -> tuple[set[int], int]:
    """Return the ids of the wanted ways that touch the area, and how many of them are roads."""
    index: Any = osmium.index.create_map(f"sparse_file_array,{positions}")
    tagged = osmium.FileProcessor(pbf(extract), osmium.osm.NODE | osmium.osm.WAY).with_locations(index)
    tagged.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY)).with_filter(osmium.filter.KeyFilter(*_WAY_KEYS))
    kept: set[int] = set()
    roads = 0
    for way in ways(tagged):
        if _is_wanted(way.tags) and _touches([node.location for node in way.nodes], area):
            kept.add(way.id)
            roads += "highway" in way.tags
    if roads and water_members:
        untagged = osmium.FileProcessor(pbf(extract), osmium.osm.WAY)
        for way in ways(untagged.with_filter(osmium.filter.IdFilter(water_members))):
            if _touches([_position(index, node.ref) for node in way.nodes], area):
                kept.add(way.id)
    return kept, roads


def _position(index: Any, node: int) -> osmium.osm.Location:
    try:
        found: osmium.osm.Location = index.get(node)
    except KeyError:  # an extract may lack nodes at its edge
        return osmium.osm.Location()
    return found


def _touches(positions: Iterable[osmium.osm.Location], area: BaseGeometry) -> bool:
    west, south, east, north = area.bounds
    line = [(position.lon, position.lat) for position in positions if position.valid()]
    if not line:
        return False
    lons, lats = zip(*line, strict=True)
    if max(lons) < west or min(lons) > east or max(lats) < south or min(lats) > north:
        return False
    return bool(area.intersects(shapely.LineString(line) if len(line) > 1 else shapely.Point(line[0])))


def _write_ways(extract: Path, kept: set[int], writer: osmium.BackReferenceWriter) -> None:
    found = osmium.FileProcessor(pbf(extract), osmium.osm.WAY)
    for way in ways(found.with_filter(osmium.filter.IdFilter(kept))):
        writer.add(way)


def _write_relations(extract: Path, kept: set[int], writer: osmium.BackReferenceWriter) -> None:
    """Write turn restrictions between kept ways, and open water of which a kept way is part."""
    found = osmium.FileProcessor(pbf(extract), osmium.osm.RELATION)
    for relation in relations(found.with_filter(osmium.filter.KeyFilter("type"))):
        kind = relation.tags["type"]
        members = [member.ref for member in relation.members if member.type == "w"]
        is_restriction = kind.startswith("restriction") and bool(members) and kept.issuperset(members)
        is_open_water = kind == "multipolygon" and is_water(relation.tags) and not kept.isdisjoint(members)
        if is_restriction or is_open_water:
            writer.add(relation)
