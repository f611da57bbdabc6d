"""From a plan's stops to their visit sheets: the facts and shapes that go on paper."""

import math

import pandas as pd
import shapely

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.rotation.day_round import Round
from dashboard.rotation.words import KINDS, REASONS
from dashboard.visit.paper import DayRound, Stop, visit_sheets
from data.queries.city import CityState


def sheets(viewer: Viewer, version: str, city: CityState, slots: pd.DataFrame, way: Round | None = None) -> bytes:
    """Return the visit sheets of some stops as PDF; the round of several stops comes first."""
    source = (
        f"{city.name}. Perkiraan dari penimbangan rutin (e-PPGBM); jalan: "
        + ("jaringan jalan buatan (data contoh)." if city.is_demo else "© OpenStreetMap contributors.")
        + " Tanpa nama anak."
    )
    stops = [_stop(viewer, version, row) for _, row in slots.iterrows()]
    day = None if way is None or len(stops) < 2 else _day(way, slots)
    return visit_sheets(stops, source, city.is_demo, day)


def _day(way: Round, slots: pd.DataFrame) -> DayRound:
    codes = list(slots["rw_code"])
    first = slots.iloc[0]
    return DayRound(
        title=first["puskesmas"],
        where=f"{fmt.month(first['month'])} · {fmt.count(len(slots))} perhentian",
        order=[codes.index(code) for code in way.rw_codes],
        drives_s=way.drives_s,
        ways=[shapely.from_wkb(line) for line in way.ways],
        note="Urutan tercepat dengan mobil" + ("" if way.is_by_road else ", perkiraan garis lurus"),
    )


def _stop(viewer: Viewer, version: str, row: pd.Series) -> Stop:
    code = row["rw_code"]
    facts = cache.expected_children(viewer.scope, version, row["month"]).set_index("rw_code").loc[code]
    reach = cache.travel_of_rw(viewer.scope, version, code)
    by_car = reach[(reach["mode"] == "car") & (reach["facility_code"] == row["puskesmas_code"])]
    routes = cache.routes_of_rw(viewer.scope, version, code, "car")
    taken = routes[routes["facility_code"] == row["puskesmas_code"]]
    siblings = cache.rw_names(viewer.scope, version)
    around = tuple(siblings.loc[siblings["kelurahan"] == row["kelurahan"], "code"])
    outlines = cache.outlines_of(viewer.scope, version, around).set_index("code")["geometry"]
    places = cache.all_facilities(viewer.scope, version).set_index("code").loc[row["puskesmas_code"]]
    has_point = pd.notna(places["lat"]) and pd.notna(places["lon"])
    return Stop(
        title=f"{row['rw_name']}, {row['kelurahan']}",
        where=f"Kecamatan {row['kecamatan']} · {fmt.month(row['month'])}",
        team=f"{row['puskesmas']} · {KINDS[row['kind']]}",
        reason=REASONS[row["reason"]],
        stunted=float(facts["expected_stunted"]),
        children_unseen=max(float(facts["children"]) - _zero(facts["d_weighed"]), 0.0),
        children=float(facts["children"]),
        women_unscreened=float(facts["pregnant_target"] - facts["pregnant_screened"]),
        car_s=float(by_car["duration_s"].iloc[0]) if len(by_car) else math.nan,
        car_m=float(by_car["distance_m"].iloc[0]) if len(by_car) else math.nan,
        outline=shapely.from_wkb(outlines[code]) if code in outlines.index else None,
        around=list(shapely.from_wkb(outlines.to_numpy())),
        route=shapely.from_wkb(taken["geometry"].iloc[0]) if len(taken) else None,
        point=_point(siblings[siblings["code"] == code]),
        puskesmas=(float(places["lon"]), float(places["lat"])) if has_point else None,
    )


def _point(rw: pd.DataFrame) -> tuple[float, float] | None:
    at = rw[["point_lon", "point_lat"]].dropna()
    return (float(at["point_lon"].iloc[0]), float(at["point_lat"].iloc[0])) if len(at) else None


def _zero(value: float) -> float:
    return 0.0 if pd.isna(value) else float(value)
