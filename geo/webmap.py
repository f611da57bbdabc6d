"""Geometry for the browser: small GeoJSON whose shared borders stay shared.

Coordinates are EPSG:4326, longitude first, rounded to five decimals (about a metre).
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

_DEGREES_PER_METRE = 1 / 111_320
_DECIMALS = 5


def simplified(polygons: Sequence[BaseGeometry], tolerance_m: float) -> list[BaseGeometry]:
    """Return polygons with details under about `tolerance_m` taken out, borders between them kept common."""
    if not len(polygons):
        return []
    return list(shapely.coverage_simplify(np.asarray(polygons, dtype=object), tolerance_m * _DEGREES_PER_METRE))


def merged(polygons: Sequence[BaseGeometry], groups: Sequence[str]) -> dict[str, BaseGeometry]:
    """Return the union of each group's polygons, for example the kelurahan of their RWs."""
    parts = np.asarray(polygons, dtype=object)
    keys = np.asarray(groups)
    return {key: shapely.union_all(parts[keys == key]) for key in dict.fromkeys(groups)}


def border_lines(polygons: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return the borders of polygons as lines, each drawn once."""
    if not len(polygons):
        return []
    lines = shapely.line_merge(shapely.union_all(shapely.boundary(np.asarray(polygons, dtype=object))))
    return list(shapely.get_parts(lines))


def geojson(shapes: Sequence[BaseGeometry], properties: Sequence[Mapping[str, Any]]) -> bytes:
    """Return a compact FeatureCollection; `properties` holds one mapping per shape."""
    features = [
        {"type": "Feature", "properties": dict(told), "geometry": _rounded(json.loads(drawn))}
        for drawn, told in zip(shapely.to_geojson(np.asarray(shapes, dtype=object)), properties, strict=True)
    ]
    return json.dumps(
        {"type": "FeatureCollection", "features": features}, separators=(",", ":"), ensure_ascii=False
    ).encode()


def _rounded(geometry: dict[str, Any]) -> dict[str, Any]:
    def rounded(values: Any) -> Any:
        return round(values, _DECIMALS) if isinstance(values, float) else [rounded(value) for value in values]

    return {"type": geometry["type"], "coordinates": rounded(geometry["coordinates"])}
