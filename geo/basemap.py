"""The app's own basemap from an OpenStreetMap extract: main roads, water and railways as compact GeoJSON.

It is drawn under the map of a city without asking anything of the internet, so it is small: lines are simplified by
about 5 m, coordinates have 5 decimals (1 m), and the lesser classes are left out when the whole would grow too large.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import shapely
from shapely.geometry.base import BaseGeometry

from geo.clip import buffered, is_water
from geo.extract import areas, pbf, readable, ways

ROAD_CLASSES = ("motorway", "trunk", "primary", "secondary", "tertiary")
"""Classes that are drawn, the greatest first; a class's links count as it."""

SIZE_LIMIT_BYTES = 700_000
"""All layers together: a first visit on a slow line waits about a second for them."""

MARGIN_M = 2_000.0
"""What lies this far outside the boundary is drawn too, so that the city does not float."""

_TOLERANCE_DEG = 4.5e-5
"""5 m on the ground."""
_SMALLEST_WATER_DEG2 = 2_000 / 111_320**2
"""2,000 m²: a smaller pond is a dot at the scale of a city."""

_RIVERS = frozenset({"river", "canal"})
_RAIL = frozenset({"rail", "light_rail", "subway", "monorail"})

Grouped = dict[tuple[str, str], list[BaseGeometry]]
"""Shapes by kind and name."""


def basemap_layers(extract: Path, boundary: BaseGeometry | None = None) -> dict[str, bytes]:
    """Return GeoJSON (EPSG:4326) by layer: `roads`, `water` and `rail`.

    Roads have `class` (of ROAD_CLASSES) and, where there is one, `name`; water has `kind` (river, canal or area); rail
    has `kind`. With a boundary (polygon), what lies more than MARGIN_M outside is cut off. Classes are left out from
    the least upward while the whole is over SIZE_LIMIT_BYTES.

    Raises BrokenExtractError for an extract that cannot be read.
    """
    frame = None if boundary is None else buffered(boundary, MARGIN_M)
    with readable(extract):
        roads, water, rail = _lines(extract)
        water[("area", "")] = _open_water(extract)
    layers = {
        "water": _layer(water, frame, "kind"),
        "rail": _layer(rail, frame, "kind"),
    }
    shown = list(ROAD_CLASSES)
    while True:
        kept = {key: shapes for key, shapes in roads.items() if key[0] in shown}
        layers["roads"] = _layer(kept, frame, "class")
        if len(shown) == 1 or sum(map(len, layers.values())) <= SIZE_LIMIT_BYTES:
            return {name: layers[name] for name in ("roads", "water", "rail")}
        shown.pop()


def _lines(extract: Path) -> tuple[Grouped, Grouped, Grouped]:
    """Return roads, rivers and railways."""
    roads: Grouped = defaultdict(list)
    water: Grouped = defaultdict(list)
    rail: Grouped = defaultdict(list)
    found = osmium.FileProcessor(pbf(extract), osmium.osm.NODE | osmium.osm.WAY).with_locations()
    found.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
    found.with_filter(osmium.filter.KeyFilter("highway", "waterway", "railway"))
    for way in ways(found):
        tags = dict(way.tags)
        name = tags.get("name", "")
        highway = tags.get("highway", "")
        road = highway.removesuffix("_link")
        if road in ROAD_CLASSES:
            _add_line(roads[(road, name if road == highway else "")], way)
        elif tags.get("waterway") in _RIVERS:
            _add_line(water[(tags["waterway"], name)], way)
        elif tags.get("railway") in _RAIL and "service" not in tags:
            _add_line(rail[(tags["railway"], name)], way)
    return roads, water, rail


def _add_line(lines: list[BaseGeometry], way: osmium.osm.Way) -> None:
    points = [(node.lon, node.lat) for node in way.nodes if node.location.valid()]
    if len(points) > 1:
        lines.append(shapely.LineString(points))


def _open_water(extract: Path) -> list[BaseGeometry]:
    """Return lakes, basins and wide rivers as polygons."""
    factory = osmium.geom.WKBFactory()
    found = osmium.FileProcessor(pbf(extract)).with_areas(
        osmium.filter.KeyFilter("natural", "water", "landuse", "waterway")
    )
    found.with_filter(osmium.filter.KeyFilter("natural", "water", "landuse", "waterway"))
    shapes = []
    for area in areas(found):
        if not is_water(area.tags):
            continue
        try:
            shapes.append(shapely.from_wkb(factory.create_multipolygon(area)))
        except RuntimeError:
            continue  # an outline that closes nowhere is not drawn; the rest of the map still is
    return [shape for shape in shapes if shape.area >= _SMALLEST_WATER_DEG2]


def _layer(grouped: Grouped, frame: BaseGeometry | None, kind: str) -> bytes:
    features = []
    for (value, name), shapes in sorted(grouped.items()):
        drawn = _drawn(shapes, frame)
        if not drawn.is_empty:
            properties = {kind: value, **({"name": name} if name else {})}
            features.append({"type": "Feature", "properties": properties, "geometry": _geometry(drawn)})
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, separators=(",", ":"), ensure_ascii=False).encode()


def _drawn(shapes: Iterable[BaseGeometry], frame: BaseGeometry | None) -> BaseGeometry:
    """Join shapes, cut them to the frame and simplify them."""
    whole = shapely.union_all(shapely.make_valid(np.array(list(shapes), dtype=object)))
    if frame is not None:
        whole = whole.intersection(frame)
    polygons = [part for part in shapely.get_parts(whole) if part.geom_type.endswith("Polygon")]
    if polygons:
        return shapely.simplify(shapely.union_all(polygons), _TOLERANCE_DEG)
    lines = [part for part in shapely.get_parts(whole) if part.geom_type.endswith("LineString")]
    return shapely.simplify(shapely.line_merge(shapely.union_all(lines)), _TOLERANCE_DEG)


def _geometry(shape: BaseGeometry) -> dict[str, Any]:
    plain = shapely.geometry.mapping(shape)
    return {"type": plain["type"], "coordinates": _rounded(plain["coordinates"])}


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates[0], float):
        return [round(value, 5) for value in coordinates]
    return [_rounded(part) for part in coordinates]
