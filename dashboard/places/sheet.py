"""The map on a place's sheet of paper: of an RW the ways to care, of others their RWs by class."""

from dataclasses import dataclass

import pandas as pd
import shapely

from dashboard import cache
from dashboard.access import Viewer
from dashboard.maps import fills
from dashboard.places.content import Content
from dashboard.places.place import CITY, RW, Place
from dashboard.visit.paper_map import PaperMap
from models.months import month_after

_SIMPLE_DEGREES = 0.00008
"""About nine metres: less than a printed line is wide, and a city's sheet stays small."""

Legend = tuple[tuple[tuple[int, int, int], str], ...]


@dataclass(frozen=True)
class SheetMap:
    """The map, its title, and what its colours mean."""

    shown: PaperMap
    title: str
    legend: Legend
    note: str = ""


def map_of(viewer: Viewer, version: str, content: Content) -> SheetMap:
    """Return the map of a place; an RW that has no outline is left out of it."""
    place = content.place
    if place.level == RW:
        return _of_rw(viewer, version, place)
    facts = cache.rw_facts(viewer.scope, version, month_after(content.month, 1))
    facts = facts[facts["rw_code"].isin(place.rw_codes)].reset_index(drop=True)
    drawn = fills.prevalence(facts, "rate", "Perkiraan prevalensi stunting per RW")
    colours = dict(zip(facts["rw_code"], (drawn.palette[number] for number in drawn.classes), strict=True))
    outlines = _outlines(viewer, version, place.rw_codes)
    known = [(outlines[code], colour) for code, colour in colours.items() if code in outlines]
    shown = PaperMap(
        around=[shape for code, shape in outlines.items() if code not in colours],
        outlines=[],
        ways=[],
        marks=[] if place.level == CITY else _puskesmas(viewer, version, place),
        fills=known,
    )
    legend = tuple((row.colour, row.label) for row in (*drawn.legend, *drawn.special) if row.rw_count)
    return SheetMap(shown, drawn.title, legend, "" if place.level == CITY else "P: puskesmas")


def _of_rw(viewer: Viewer, version: str, place: Place) -> SheetMap:
    names = cache.rw_names(viewer.scope, version)
    kelurahan = place.above[-1] if place.above else ""
    around = _outlines(viewer, version, tuple(names.loc[names["kelurahan_code"] == kelurahan, "code"]))
    routes = cache.routes_of_rw(viewer.scope, version, place.code, "walk")
    facilities = cache.all_facilities(viewer.scope, version).set_index("code")
    point = names.loc[names["code"] == place.code, ["point_lon", "point_lat"]].astype(float)
    marks = [("P", *at) for code in routes["facility_code"] for at in _point(facilities, str(code))]
    marks += [("RW", float(lon), float(lat)) for lon, lat in point.dropna().itertuples(index=False)]
    shown = PaperMap(
        around=list(around.values()),
        outlines=[around[place.code]] if place.code in around else [],
        ways=[shapely.from_wkb(way) for way in routes["geometry"]],
        marks=marks,
    )
    note = "Jingga: RW ini; biru: jalan kaki ke puskesmas (P)." if len(routes) else "Jingga: RW ini."
    return SheetMap(shown, "Letak dan jalan ke puskesmas", (), note)


def _puskesmas(viewer: Viewer, version: str, place: Place) -> list[tuple[str, float, float]]:
    facilities = cache.all_facilities(viewer.scope, version)
    of_kind = facilities[facilities["kind"] == "puskesmas"]
    is_here = [
        code == place.code or (isinstance(area, str) and place.holds(area))
        for code, area in zip(of_kind["code"], of_kind["area_code"], strict=True)
    ]
    by_code = of_kind.set_index("code")
    return [("P", *at) for code in of_kind.loc[is_here, "code"] for at in _point(by_code, str(code))]


def _point(facilities: pd.DataFrame, code: str) -> list[tuple[float, float]]:
    if code not in facilities.index:
        return []
    at = facilities.loc[[code], ["lon", "lat"]].astype(float).dropna()
    return [(float(lon), float(lat)) for lon, lat in at.itertuples(index=False)]


def _outlines(viewer: Viewer, version: str, codes: tuple[str, ...]) -> dict[str, shapely.Geometry]:
    found = cache.outlines_of(viewer.scope, version, codes)
    shapes = shapely.simplify(shapely.from_wkb(found["geometry"].to_numpy()), _SIMPLE_DEGREES)
    return dict(zip(found["code"], shapes, strict=True))
