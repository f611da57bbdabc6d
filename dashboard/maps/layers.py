"""Layers of the deck as plain dictionaries.

Geometry comes by link and is fetched once; what changes is a short text of class digits, indexed by each feature's own
number. Colours that must not fade while something is selected sit in `_subLayerProps`: Streamlit dims `getFillColor` of
everything that is not selected, and a dimmed map no longer matches its legend.
"""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from dashboard.maps.classes import Colour
from dashboard.maps.fills import BUBBLE_COLOUR, Bubbles, Fill
from dashboard.maps.geometry import Label
from dashboard.maps.name_room import moved_px

type Layer = dict[str, Any]

RW_LAYERS = ("rw", "rw-titik", "rw-gelembung")
FACILITY_STYLE: dict[str, tuple[Colour, str, int]] = {
    "posyandu": ((120, 120, 120), "", 3),
    "pustu": ((0, 158, 115), "T", 8),
    "klinik": ((86, 180, 233), "K", 8),
    "rumah_sakit": ((204, 121, 167), "R", 8),
    "puskesmas": ((0, 0, 0), "P", 9),
}
_FONT = "Source Sans, Noto Sans, sans-serif"


def _looked_up(options: Sequence[Any], indices: np.ndarray) -> str:
    """Give a deck expression that picks an option by a feature's number `i`: two digits, in two texts."""
    tens = "".join(str(index // 10) for index in indices)
    ones = "".join(str(index % 10) for index in indices)
    listed = json.dumps(options, separators=(",", ":"))
    return f"@@=({listed})[('{tens}')[properties.i]*10- -('{ones}')[properties.i]]"


def water(links: dict[str, str]) -> list[Layer]:
    """Draw rivers and lakes over the fills, where people look for them."""
    layers: list[Layer] = []
    if "water" in links:
        layers.append(
            {
                **_base("air", links["water"]),
                "stroked": True,
                "getLineColor": [92, 158, 204],
                "getLineWidth": 2.5,
                "lineWidthUnits": "pixels",
                "_subLayerProps": {"polygons-fill": {"getFillColor": [150, 196, 226]}},
            }
        )
    return layers


def roads(links: dict[str, str]) -> list[Layer]:
    """Draw roads and rail over the fills, thin enough to read both."""
    layers: list[Layer] = []
    if "rail" in links:
        layers.append(_lines("rel", links["rail"], [70, 70, 70, 150], 1))
    if "roads" in links:
        layers.append(_lines("jalan", links["roads"], [90, 80, 70, 110], 0.8))
    return layers


def fill(links: dict[str, str], coloured: Fill) -> list[Layer]:
    """Draw RWs as filled areas, and RWs without an outline as points of the same colours."""
    colour = _looked_up([list(colour) for colour in coloured.palette], coloured.classes)
    return [
        {
            **_base("rw", links["rw"], is_pickable=True),
            "stroked": False,
            "_subLayerProps": {"polygons-fill": {"getFillColor": colour, "updateTriggers": {"getFillColor": [colour]}}},
        },
        {
            **_base("rw-titik", links["rw-only-points"], is_pickable=True),
            "pointRadiusUnits": "pixels",
            "getPointRadius": 6,
            "_subLayerProps": {"points-circle": {"getFillColor": colour, "updateTriggers": {"getFillColor": [colour]}}},
        },
    ]


def plain_areas(links: dict[str, str]) -> list[Layer]:
    """Draw RWs without a figure of their own, to be clicked under bubbles."""
    return [
        {
            **_base("rw", links["rw"], is_pickable=True),
            "stroked": False,
            "_subLayerProps": {"polygons-fill": {"getFillColor": [245, 243, 238]}},
        }
    ]


def bubbles(links: dict[str, str], sized: Bubbles) -> list[Layer]:
    """Draw a count per RW as a bubble at its point; the area grows with the count."""
    radius = _looked_up(sized.radii, np.clip(sized.counts, 0, len(sized.radii) - 1))
    return [
        {
            **_base("rw-gelembung", links["rw-points"], is_pickable=True),
            "pointRadiusUnits": "pixels",
            "getPointRadius": radius,
            "stroked": False,
            "_subLayerProps": {
                "points-circle": {
                    "getFillColor": [*BUBBLE_COLOUR, 190],
                    "updateTriggers": {"getRadius": [radius]},
                }
            },
        }
    ]


def borders(links: dict[str, str]) -> list[Layer]:
    """Draw RW, kelurahan and kecamatan borders, each once."""
    return [
        _lines("batas-rw", links["rw-borders"], [255, 255, 255, 150], 0.6),
        _lines("batas-kelurahan", links["kelurahan-borders"], [60, 60, 60, 150], 1.1),
        _lines("batas-kecamatan", links["kecamatan-borders"], [20, 20, 20, 220], 2.2),
    ]


def facilities(links: dict[str, str], kinds: Sequence[str]) -> list[Layer]:
    """Draw places of care by kind: own colour, size and letter; partners with a thick ring."""
    layers: list[Layer] = []
    for kind, (colour, letter, radius) in FACILITY_STYLE.items():
        link = links.get(f"facility-{kind}")
        if kind not in kinds or link is None:
            continue
        layers.append(
            {
                **_base(f"faskes-{kind}", link, is_pickable=True),
                "pointType": "circle+text" if letter else "circle",
                "pointRadiusUnits": "pixels",
                "getPointRadius": radius,
                "stroked": True,
                "lineWidthUnits": "pixels",
                "getLineColor": "@@=properties.p ? [230, 159, 0] : [255, 255, 255]",
                "getLineWidth": "@@=properties.p ? 4 : 1.5",
                "getText": f"@@='{letter}'",
                "getTextSize": radius + 4,
                "getTextColor": [255, 255, 255],
                "textFontFamily": _FONT,
                "textFontWeight": 700,
                "_subLayerProps": {"points-circle": {"getFillColor": list(colour)}, "points-text": {"pickable": False}},
            }
        )
    return layers


def names(labels: Sequence[Label], zoom: float) -> list[Layer]:
    """Write kecamatan names, none upon another at this zoom, and kelurahan names where there is room."""
    styles: dict[str, Layer] = {
        # In metres, so that kelurahan names grow from nothing as one comes nearer and never crowd the whole city.
        # A rim and no box: from afar a box is a white speck that hides what it names.
        "kelurahan": {
            "getTextSize": 170,
            "textSizeUnits": "meters",
            "textSizeMaxPixels": 15,
            "textFontWeight": 600,
            "textFontSettings": {"fontSize": 48, "buffer": 8, "sdf": True, "smoothing": 0.2},
            "_subLayerProps": {"points-text": {"outlineWidth": 2, "outlineColor": [255, 255, 255, 200]}},
        },
        "kecamatan": {
            "getTextSize": 13,
            "textFontWeight": 700,
            "textFontSettings": {"fontSize": 48, "buffer": 6},
            "textBackground": True,
            "textBackgroundPadding": [3, 1],
            "getTextPixelOffset": "@@=[0, properties.y]",
            "_subLayerProps": {"points-text": {"getBackgroundColor": [255, 255, 255, 170]}},
        },
    }
    layers: list[Layer] = []
    for level, style in styles.items():
        written = [label for label in labels if label.level == level]
        features: list[dict[str, Any]] = [
            {
                "type": "Feature",
                "properties": {"t": label.text.upper() if level == "kecamatan" else label.text},
                "geometry": {"type": "Point", "coordinates": [label.lon, label.lat]},
            }
            for label in written
        ]
        if level == "kecamatan":
            for feature, down in zip(features, moved_px(written, zoom), strict=True):
                feature["properties"]["y"] = down
        layers.append(
            {
                **_base(f"nama-{level}", {"type": "FeatureCollection", "features": features}),
                "pointType": "text",
                "getText": "@@=properties.t",
                "getTextColor": [20, 20, 20],
                "textFontFamily": _FONT,
                "textCharacterSet": "auto",
                **style,
            }
        )
    return layers


def untouchable(stack: Sequence[Layer]) -> list[Layer]:
    """Return layers for the screen of a meeting: nothing to hover or click, and no RW as a point or a bubble."""
    return [{**layer, "pickable": False} for layer in stack if layer["id"] not in ("rw-titik", "rw-gelembung")]


def path(layer_id: str, lines: list[list[list[float]]], colour: Sequence[int], width: float) -> Layer:
    """Draw a few lines that belong to the selection."""
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "MultiLineString", "coordinates": lines}}
    return _lines(layer_id, {"type": "FeatureCollection", "features": [feature]}, colour, width)


def _base(layer_id: str, source: Any, *, is_pickable: bool = False) -> Layer:
    # No autoHighlight: lighting up what lies under the pointer draws the whole map again, which without a GPU takes a
    # second in which clicks go unheard. The name under the pointer costs nothing.
    return {"@@type": "GeoJsonLayer", "id": layer_id, "data": source, "pickable": is_pickable}


def _lines(layer_id: str, source: Any, colour: Sequence[int], width: float) -> Layer:
    return {
        **_base(layer_id, source),
        "filled": False,
        "stroked": True,
        "lineWidthUnits": "pixels",
        "getLineColor": list(colour),
        "getLineWidth": width,
        "lineJointRounded": True,
    }
