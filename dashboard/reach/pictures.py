"""The maps of the page Akses: need beside access, and roads closed."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.maps import fills, layers
from dashboard.maps.classes import NO_DATA_COLOUR, Colour
from dashboard.maps.deck import Camera, Deck, write_deck
from dashboard.maps.fills import Fill, LegendRow
from dashboard.maps.geometry import MapGeometry
from dashboard.reach.words import ACCESS_NAMES, EFFECT_NAMES, NEED_NAMES, UNSURE_NAME
from models.access import CUT_OFF, FAR, FARTHER, HALFWAY, HIGH, LOW, MIDDLE, NEAR, NEVER_REACHED, SAME, UNSURE

NEEDS, REACHES = (LOW, MIDDLE, HIGH), (NEAR, HALFWAY, FAR)
GROUPS = tuple(f"{need} {reach}" for need in NEEDS for reach in REACHES)
NEED_BY_ACCESS: dict[str, Colour] = {
    f"{LOW} {NEAR}": (243, 243, 243),
    f"{LOW} {HALFWAY}": (180, 211, 225),
    f"{LOW} {FAR}": (80, 157, 194),
    f"{MIDDLE} {NEAR}": (243, 210, 170),
    f"{MIDDLE} {HALFWAY}": (176, 168, 160),
    f"{MIDDLE} {FAR}": (74, 116, 145),
    f"{HIGH} {NEAR}": (243, 150, 50),
    f"{HIGH} {HALFWAY}": (170, 90, 45),
    f"{HIGH} {FAR}": (60, 30, 60),
}
"""Orange for need and blue for distance, darkest where both meet: the two hues that every kind of colour vision tells
apart."""
UNSURE_COLOUR: Colour = (240, 228, 66)
EFFECT_COLOURS: dict[str, Colour] = {
    CUT_OFF: (68, 1, 84),
    FARTHER: (53, 183, 121),
    SAME: (245, 243, 238),
    NEVER_REACHED: NO_DATA_COLOUR,
}
CLOSED_COLOUR = (213, 94, 0)
_ROOM_DEGREES = 0.008
"""About nine hundred metres: the RWs beside the closed roads are seen whole."""

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


def need_fill(rows: pd.DataFrame, rw_codes: Sequence[str]) -> Fill:
    """Colour the RWs of the map by need and access; those outside the viewer's areas are a class of their own."""
    known = [*GROUPS, UNSURE]
    classes = rows["group"].map({group: index for index, group in enumerate(known)}).to_numpy(dtype=int)
    counts = np.bincount(classes, minlength=len(known))
    legend = tuple(
        LegendRow(NEED_BY_ACCESS[group], group_name(group), int(counts[index])) for index, group in enumerate(GROUPS)
    )
    unsure = (LegendRow(UNSURE_COLOUR, UNSURE_NAME, int(counts[-1])),) if counts[-1] else ()
    drawn = Fill("Kebutuhan × akses", classes, (*NEED_BY_ACCESS.values(), UNSURE_COLOUR), legend, unsure)
    return _laid_out(drawn, rows, rw_codes)


def effect_fill(rows: pd.DataFrame, rw_codes: Sequence[str], title: str) -> Fill:
    """Colour the RWs of the map by what closed roads do to them."""
    known = list(EFFECT_COLOURS)
    classes = rows["effect"].map({effect: index for index, effect in enumerate(known)}).to_numpy(dtype=int)
    counts = np.bincount(classes, minlength=len(known))
    legend = tuple(
        LegendRow(colour, EFFECT_NAMES[effect], int(counts[index]))
        for index, (effect, colour) in enumerate(EFFECT_COLOURS.items())
        if counts[index] or effect != NEVER_REACHED
    )
    return _laid_out(Fill(title, classes, tuple(EFFECT_COLOURS.values()), legend, ()), rows, rw_codes)


def group_name(group: str) -> str:
    """Return a group of need and access in words."""
    if group == UNSURE:
        return UNSURE_NAME
    need, reach = group.split(" ")
    return f"{NEED_NAMES[need]}, {ACCESS_NAMES[reach]}"


def deck(
    geometry: MapGeometry,
    drawn: Fill | None,
    size_px: tuple[int, int],
    *,
    kinds: Sequence[str] = ("puskesmas",),
    closed: list[list[list[float]]] | None = None,
    marks: Sequence[tuple[float, float]] = (),
    seen: Bounds | None = None,
    is_screen: bool = False,
) -> Deck:
    """Return the deck: fills, borders, roads that are closed, circles' middles and places of care, lowest first.

    Without a fill the RWs are plain ground. `seen` is what the map looks at, else all of it.
    """
    camera = Camera.over(seen or geometry.bounds, *size_px)
    stack = [
        *(layers.plain_areas(geometry.links) if drawn is None else layers.fill(geometry.links, drawn)),
        *layers.water(geometry.links),
        *layers.roads(geometry.links),
        *layers.borders(geometry.links),
    ]
    if closed:
        stack.append(layers.path("jalan-ditutup", closed, CLOSED_COLOUR, 1.2))
    stack += layers.facilities(geometry.links, kinds)
    if marks:
        stack.append(_numbered(marks))
    stack += layers.names([label for label in geometry.labels if label.level == "kecamatan"], camera.zoom)
    return write_deck(layers.untouchable(stack) if is_screen else stack, camera)


def bounds_of(closed: list[list[list[float]]], places: pd.DataFrame, whole: Bounds) -> Bounds:
    """Return what holds the closed roads and some RWs (point_lon, point_lat), with room around; else the whole map."""
    spots = [[float(lon), float(lat)] for line in closed for lon, lat in line]
    spots += places[["point_lon", "point_lat"]].dropna().astype(float).to_numpy().tolist()
    if not spots:
        return whole
    (west, south), (east, north) = np.min(spots, axis=0), np.max(spots, axis=0)
    return (
        max(float(west) - _ROOM_DEGREES, whole[0]),
        max(float(south) - _ROOM_DEGREES, whole[1]),
        min(float(east) + _ROOM_DEGREES, whole[2]),
        min(float(north) + _ROOM_DEGREES, whole[3]),
    )


def legend_grid_html(drawn: Fill, special: Sequence[LegendRow]) -> str:
    """Return the legend of need and access as a square of nine, in words, and what is not in it below."""
    head = "".join(f"<th>{ACCESS_NAMES[reach]}</th>" for reach in REACHES)
    body = []
    for need in reversed(NEEDS):
        cells = []
        for reach in REACHES:
            row = drawn.legend[GROUPS.index(f"{need} {reach}")]
            dark = sum(row.colour) < 400
            cells.append(
                f'<td style="background:rgb{row.colour};color:{"#fff" if dark else "#111"}">{row.rw_count} RW</td>'
            )
        body.append(f"<tr><th>{NEED_NAMES[need]}</th>{''.join(cells)}</tr>")
    rest = "".join(
        f'<div class="legend-row special"><i style="background:rgb{row.colour}"></i><span>{row.label}</span>'
        f'<span class="n">{row.rw_count} RW</span></div>'
        for row in special
    )
    return (
        '<div class="legend"><p class="legend-title">Kebutuhan (ke atas) dan jarak (ke kanan)</p>'
        f'<table class="nine"><tr><th></th>{head}</tr>{"".join(body)}</table>{rest}</div>'
    )


def _laid_out(drawn: Fill, rows: pd.DataFrame, rw_codes: Sequence[str]) -> Fill:
    laid = fills.over_map(drawn, list(rows["rw_code"]), rw_codes)
    if not isinstance(laid, Fill):
        raise TypeError("a fill was laid out as something else")
    return laid


def _numbered(places: Sequence[tuple[float, float]]) -> layers.Layer:
    features = [
        {
            "type": "Feature",
            "properties": {"t": str(number), "n": f"Lokasi {number}"},
            "geometry": {"type": "Point", "coordinates": [round(lon, 5), round(lat, 5)]},
        }
        for number, (lon, lat) in enumerate(places, start=1)
    ]
    return {
        "@@type": "GeoJsonLayer",
        "id": "lokasi-baru",
        "data": {"type": "FeatureCollection", "features": features},
        "pickable": False,
        "pointType": "circle+text",
        "pointRadiusUnits": "pixels",
        "getPointRadius": 12,
        "stroked": True,
        "lineWidthUnits": "pixels",
        "getLineColor": [255, 255, 255],
        "getLineWidth": 2,
        "getText": "@@=properties.t",
        "getTextSize": 15,
        "getTextColor": [255, 255, 255],
        "textFontWeight": 700,
        "_subLayerProps": {"points-circle": {"getFillColor": list(CLOSED_COLOUR)}},
    }
