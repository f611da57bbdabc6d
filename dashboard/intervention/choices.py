"""What the interventions page asks: part, group, OPD, service, month, and which areas; all of it in the URL."""

import datetime
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard import cache, filters
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.indicator_words import GROUP_NAMES
from data.queries.city import CityState

ALL_SERVICES, BY_AREA, NEEDS, UPLOAD = "services", "areas", "needs", "upload"
_PARTS = {"Semua layanan": ALL_SERVICES, "Per wilayah": BY_AREA, "SPM posyandu": NEEDS, "Impor": UPLOAD}
GROUPS = ("specific", "sensitive", "maternal")
ALL_OPD, ALL_GROUPS, WHOLE_CITY = "Semua OPD", "Semua kelompok", "Seluruh kota"
LEVEL_WORDS = {"kota": "kota", "kecamatan": "kecamatan", "kelurahan": "kelurahan", "rw": "RW"}
LEVELS = {"Kecamatan": "kecamatan", "Kelurahan": "kelurahan", "RW": "rw"}


@dataclass(frozen=True)
class Asked:
    """What the filters ask: services are rows of the dictionary; `within` is a code prefix, blank for the city."""

    part: str
    services: pd.DataFrame
    month: datetime.date
    level: str = "kota"
    within: str = ""
    within_name: str = ""


def ask_part(viewer: Viewer) -> str:
    """Let a part of the page be picked; only those who import see the last, and only who sees areas compares them."""
    shut = {part for part, is_open in ((UPLOAD, viewer.may("import")), (BY_AREA, sees_areas(viewer))) if not is_open}
    parts = {name: part for name, part in _PARTS.items() if part not in shut}
    picked = st.segmented_control(
        "Bagian",
        list(parts),
        default=next(iter(parts)),
        required=True,
        key="bagian",
        bind="query-params",
        label_visibility="collapsed",
        width="stretch",
    )
    return parts.get(picked or "", ALL_SERVICES)


def sees_areas(viewer: Viewer) -> bool:
    """Say whether a role sees figures of areas, and not only totals of the city."""
    return bool(viewer.scope.areas or viewer.facility_code)


def ask_services(viewer: Viewer, dictionary: pd.DataFrame, months: list[datetime.date]) -> Asked:
    """Ask for group, OPD and month of the overview."""
    left, middle, right = st.columns(3)
    with left:
        services = _of_group(dictionary)
    with middle:
        services = _of_opd(services, viewer.scope.unit)
    with right:
        return Asked(ALL_SERVICES, services, _month(months))


def ask_areas(viewer: Viewer, version: str, dictionary: pd.DataFrame, months: list[datetime.date]) -> Asked:
    """Ask for one service, a month, a level, and the area within which: an RW level needs a kelurahan."""
    opd_box, service_box, month_box, level_box, area_box = st.columns([1.3, 1.5, 1, 0.9, 1.3])
    with opd_box:
        services = _of_opd(dictionary[dictionary["indicator_group"].isin(GROUPS)], viewer.scope.unit)
    with service_box:
        names = services.sort_values(["indicator_group", "name"], ascending=[False, True])["name"].tolist()
        name = filters.choice("Layanan", {name: name for name in names}, "layanan")
    with month_box:
        month = _month(months)
    with level_box:
        level = filters.choice("Tingkat", levels_of(viewer), "tingkat", "RW tampil setelah kelurahannya dipilih.")
    with area_box:
        options = within_options(viewer, cache.places(viewer.scope, version), level, _own_rws(viewer, version))
        within = filters.choice("Wilayah", options, "wilayah")
    picked = next(name for name, code in options.items() if code == within)
    return Asked(BY_AREA, services[services["name"] == name], month, level, within, picked)


def ask_needs(viewer: Viewer, version: str, dictionary: pd.DataFrame, months: list[datetime.date]) -> Asked:
    """Ask for a span of months that ends with one, a level and an area, for the six sectors."""
    sectors = dictionary[dictionary["indicator_group"] == "spm"]
    if not sees_areas(viewer):
        return Asked(NEEDS, sectors, _month(months), "kota")
    month_box, level_box, area_box = st.columns([1, 0.9, 1.3])
    with month_box:
        month = _month(months)
    with level_box:
        level = filters.choice("Tingkat", levels_of(viewer), "tingkat", "RW tampil setelah kelurahannya dipilih.")
    with area_box:
        options = within_options(viewer, cache.places(viewer.scope, version), level, _own_rws(viewer, version))
        within = filters.choice("Wilayah", options, "wilayah")
    picked = next(name for name, code in options.items() if code == within)
    return Asked(NEEDS, sectors, month, level, within, picked)


def levels_of(viewer: Viewer) -> dict[str, str]:
    """Return the levels that a role compares: a puskesmas serves parts of kelurahan, so that only RWs are whole."""
    if viewer.facility_code:
        return {"RW": "rw"}
    if viewer.area_code.count(".") > 2:
        return {name: level for name, level in LEVELS.items() if level != "kecamatan"}
    return LEVELS


def within_options(
    viewer: Viewer, places: pd.DataFrame, level: str, own_rws: frozenset[str] | None = None
) -> dict[str, str]:
    """Return the areas within which a level can be looked at, by name: a role's own only, and a kelurahan for RWs."""
    own = viewer.area_code
    inside = places[places["code"].str.startswith(own)] if own else places
    if own_rws is not None:
        inside = inside[inside["code"].isin({code.rpartition(".")[0] for code in own_rws})]
    kecamatan = inside[inside["level"] == "kecamatan"]
    kelurahan = inside[inside["level"] == "kelurahan"]
    names = dict(zip(places["code"], places["name"], strict=True))
    of_kelurahan: dict[str, str] = {
        f"Kel. {name}, {names.get(parent, '')}": code
        for name, parent, code in kelurahan[["name", "parent_code", "code"]].to_numpy().tolist()
    }
    if level == "rw":
        return of_kelurahan
    of_kecamatan: dict[str, str] = {
        f"Kec. {name}": code for name, code in kecamatan[["name", "code"]].to_numpy().tolist()
    }
    if own:
        return of_kelurahan if kecamatan.empty else of_kecamatan
    return {WHOLE_CITY: "", **(of_kecamatan if level == "kelurahan" else {})}


def compared_areas(viewer: Viewer, version: str, city: CityState, asked: Asked) -> pd.DataFrame:
    """Return the areas of the level asked for: code, name, where."""
    if asked.level == "kota":
        return pd.DataFrame({"code": [city.code], "name": [city.name], "where": [""]})
    if asked.level == "rw":
        rws = cache.rw_names(viewer.scope, version)
        rws = rws[rws["code"].str.startswith(f"{asked.within}.")]
        own_rws = _own_rws(viewer, version)
        if own_rws is not None:
            rws = rws[rws["code"].isin(own_rws)]
        return pd.DataFrame({"code": rws["code"], "name": rws["rw_name"], "where": rws["kelurahan"]})
    places = cache.places(viewer.scope, version)
    names = dict(zip(places["code"], places["name"], strict=True))
    inside = places[(places["level"] == asked.level) & places["code"].str.startswith(asked.within)]
    return pd.DataFrame(
        {
            "code": inside["code"],
            "name": inside["name"],
            "where": [names.get(parent, city.name) for parent in inside["parent_code"]],
        }
    )


def _own_rws(viewer: Viewer, version: str) -> frozenset[str] | None:
    """Return the RWs of a puskesmas's wilayah kerja, or None for a role that is of no puskesmas."""
    if not viewer.facility_code:
        return None
    served = cache.service_areas(viewer.scope, version)
    return frozenset(served.loc[served["facility_code"] == viewer.facility_code, "rw_code"])


def _of_group(dictionary: pd.DataFrame) -> pd.DataFrame:
    options = {ALL_GROUPS: GROUPS, **{GROUP_NAMES[group]: (group,) for group in GROUPS}}
    groups = filters.choice("Kelompok", options, "kelompok")
    return dictionary[dictionary["indicator_group"].isin(groups)]


def _of_opd(services: pd.DataFrame, own: str) -> pd.DataFrame:
    """Let an OPD be picked; an OPD's own people begin with theirs."""
    known = {opd: opd for opd in sorted(services["opd"].dropna().unique())}
    options = {**({own: own} if own in known else {}), ALL_OPD: "", **known}
    opd = filters.choice("OPD", options, "opd")
    return services[services["opd"] == opd] if opd else services


def _month(months: list[datetime.date]) -> datetime.date:
    return filters.choice("Bulan", {fmt.month(month): month for month in reversed(months)}, "bulan")
