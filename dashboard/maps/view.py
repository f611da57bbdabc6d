"""The map of one month and measure, with what is chosen on it: fills or bubbles, roads taken, wilayah kerja."""

import datetime
from dataclasses import dataclass

import pandas as pd
import shapely
import streamlit as st

from dashboard import cache
from dashboard.access import Viewer
from dashboard.filters import MODE_NAMES
from dashboard.maps import fills, frame, layers
from dashboard.maps.deck import Camera, Deck, write_deck
from dashboard.maps.fills import Bubbles, Fill
from dashboard.maps.geometry import MapGeometry
from data.schema import AGE_BANDS

OWN_COLOUR = (0, 90, 181)
NEAREST_COLOUR = (220, 50, 32)
MEASURES = {
    "Stunting (%), dihaluskan": "smoothed",
    "Stunting (%), mentah": "raw",
    "Jumlah balita stunting": "count",
    "Kehadiran timbang (D/S)": "attendance",
    "Waktu tempuh ke puskesmas": "travel",
}
RAW, COUNT, TRAVEL = "raw", "count", "travel"
_CAMERA = "peta-kamera"
_CLOSE_ZOOM = 13.6


@dataclass(frozen=True)
class Asked:
    """What the filters ask of the map."""

    measure: str
    month: datetime.date
    age_bands: tuple[str, ...]
    sexes: tuple[int, ...]
    mode: str
    kinds: tuple[str, ...]


def shown(
    viewer: Viewer, version: str, asked: Asked, table: pd.DataFrame, facility: pd.Series | None
) -> Fill | Bubbles:
    """Return what all RWs of the map show; of those outside the viewer's areas, that they are."""
    rw_codes = cache.map_geometry(viewer.scope, version, asked.month).rw_codes
    return fills.over_map(_measured(viewer, version, asked, table, facility), list(table["code"]), rw_codes)


def _measured(
    viewer: Viewer, version: str, asked: Asked, table: pd.DataFrame, facility: pd.Series | None
) -> Fill | Bubbles:
    """Return what the own RWs show: the measure asked for, or the travel time to the place of care that is chosen."""
    durations = durations_s(viewer, version, asked, table, facility)
    if durations is not None:
        where = "puskesmas terdekat" if facility is None else facility["name"]
        return fills.travel_time(durations, f"Waktu tempuh ke {where} ({MODE_NAMES[asked.mode].lower()})")
    is_whole = set(asked.age_bands) == set(AGE_BANDS) and set(asked.sexes) == {1, 2}
    aim = cache.routine_target(viewer.scope, version, asked.month) if is_whole else None
    match asked.measure:
        case "raw":
            return fills.prevalence(table, "raw_rate", "Prevalensi stunting mentah", aim)
        case "count":
            middle = (table["stunted_low"] + table["stunted_high"]) // 2
            return fills.bubbles(middle, "Jumlah balita stunting")
        case "attendance":
            return fills.attendance(table)
    return fills.prevalence(table, "rate", "Prevalensi stunting, dihaluskan", aim)


def durations_s(
    viewer: Viewer, version: str, asked: Asked, table: pd.DataFrame, facility: pd.Series | None
) -> pd.Series | None:
    """Return the travel times that the map shows, seconds in the table's order, or None where it shows none."""
    if facility is not None:
        times = cache.travel_to_facility(viewer.scope, version, facility["code"], asked.mode).set_index("rw_code")
        return times["duration_s"].astype(float).reindex(table["code"])
    if asked.measure != TRAVEL:
        return None
    reach = cache.own_and_nearest(viewer.scope, version, asked.mode).set_index("rw_code")
    return reach["nearest_duration_s"].astype(float).reindex(table["code"])


def deck(
    viewer: Viewer, version: str, asked: Asked, geometry: MapGeometry, drawn: Fill | Bubbles, chosen: str | None
) -> Deck:
    """Return the deck with everything on it, lowest layer first."""
    areas = layers.fill(geometry.links, drawn) if isinstance(drawn, Fill) else layers.plain_areas(geometry.links)
    stack = [*areas, *layers.water(geometry.links), *layers.roads(geometry.links), *layers.borders(geometry.links)]
    if isinstance(drawn, Bubbles):
        stack += layers.bubbles(geometry.links, drawn)
    stack += _marks(viewer, version, asked, chosen)
    stack += layers.facilities(geometry.links, asked.kinds)
    stack += layers.names(geometry.labels, _over_all(geometry).zoom)
    if viewer.is_screen:
        stack = layers.untouchable(stack)
    return write_deck(stack, _camera(geometry))


def look_at(geometry: MapGeometry, lon: float, lat: float) -> None:
    """Move the camera to a place; clicks never do, only a search or a link."""
    st.session_state[_CAMERA] = Camera(round(lon, 5), round(lat, 5), max(_CLOSE_ZOOM, _over_all(geometry).zoom))


def look_at_all() -> None:
    """Move the camera back over the whole city."""
    st.session_state.pop(_CAMERA, None)


def _camera(geometry: MapGeometry) -> Camera:
    camera: Camera = st.session_state.get(_CAMERA) or _over_all(geometry)
    return camera


def _over_all(geometry: MapGeometry) -> Camera:
    return Camera.over(geometry.bounds, *frame.size_px())


def _marks(viewer: Viewer, version: str, asked: Asked, chosen: str | None) -> list[layers.Layer]:
    if chosen is None:
        return []
    served = cache.service_areas(viewer.scope, version)
    within = tuple(served.loc[served["facility_code"] == chosen, "rw_code"])
    outline = cache.outlines_of(viewer.scope, version, within or (chosen,), asked.month)
    marks = []
    if len(outline):
        border = shapely.boundary(shapely.union_all(shapely.from_wkb(outline["geometry"].to_numpy())))
        border = shapely.simplify(border, 0.00004)
        marks.append(layers.path("pilihan-tepi", _coordinates(border), [255, 255, 255], 7))
        marks.append(layers.path("pilihan", _coordinates(border), OWN_COLOUR if within else [0, 0, 0], 3.5))
    routes = cache.routes_of_rw(viewer.scope, version, chosen, asked.mode)
    own = served.loc[served["rw_code"] == chosen, "facility_code"]
    for code, drawn in zip(routes["facility_code"], shapely.from_wkb(routes["geometry"].to_numpy()), strict=True):
        is_own = code in set(own)
        name, colour = ("sendiri", OWN_COLOUR) if is_own else ("terdekat", NEAREST_COLOUR)
        marks.append(layers.path(f"rute-{name}-tepi", _coordinates(drawn), [255, 255, 255], 8))
        marks.append(layers.path(f"rute-{name}", _coordinates(drawn), colour, 4.5))
    return marks


def _coordinates(lines: shapely.Geometry) -> list[list[list[float]]]:
    return [[[round(x, 5), round(y, 5)] for x, y in shapely.get_coordinates(part)] for part in shapely.get_parts(lines)]
