"""What the trend screens are asked for: areas, indicator, period and part, all of it in the URL."""

import datetime
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.filters import choice
from dashboard.small_cells import is_told_exactly
from dashboard.trend.words import INDICATORS, UNITS, Indicator
from data.queries.city import CityState
from data.scope import WHOLE_CITY

TREND, REAL, AHEAD = "Tren dan target", "Nyata atau kebetulan?", "Ke mana arahnya?"
PARTS = (TREND, REAL, AHEAD)
ONE_PICTURE, SMALL_PICTURES = "Satu grafik", "Grafik kecil berjajar"
LINE, BY_YEAR = "Urut waktu", "Tahun di atas tahun"
MOST_AREAS = 6


@dataclass(frozen=True)
class Area:
    """An area that can be asked for: its code, its name as people say it, and its level."""

    code: str
    name: str
    level: str


@dataclass(frozen=True)
class Asked:
    """What the trend page is asked for."""

    part: str
    areas: tuple[Area, ...]
    indicator_name: str
    indicator: Indicator
    unit: str
    unit_name: str


def sees_whole_city(viewer: Viewer) -> bool:
    """Say whether a viewer sees every RW, and not only totals of the city."""
    return WHOLE_CITY in viewer.scope.areas


def areas_of(viewer: Viewer, version: str, city: CityState, *, has_flows: bool = False) -> dict[str, Area]:
    """Return the areas that a viewer may ask for, by name; with `has_flows` those whose flows are told as well."""
    key = ("areas", viewer.area_code, viewer.facility_code, viewer.role, has_flows)
    return cache.made(viewer.scope, version, key, lambda: _areas_of(viewer, version, city, has_flows))


def _areas_of(viewer: Viewer, version: str, city: CityState, has_flows: bool) -> dict[str, Area]:
    """Return the own kecamatan, kelurahan and RWs, and the city: first for those who see it whole, else last.

    A puskesmas serves parts of kelurahan, so that only its RWs are whole figures. Single RWs are for those who are told
    counts of few children exactly, and so are the flows of a part of the city: one month and its flows tell the next.
    """
    whole = Area(city.code, city.name, "kota")
    is_exact = is_told_exactly(viewer.scope)
    if has_flows and not is_exact:
        return {whole.name: whole} if sees_whole_city(viewer) else {}
    found = _places_of(viewer, version) + (_rws_of(viewer, version) if is_exact else [])
    if sees_whole_city(viewer):
        found.insert(0, whole)
    elif not has_flows:
        found.append(whole)
    return {area.name: area for area in found}


def _places_of(viewer: Viewer, version: str) -> list[Area]:
    if not viewer.scope.areas:
        return []
    places = cache.places(viewer.scope, version)
    return [
        Area(code, f"{word} {name}", level)
        for level, word in (("kecamatan", "Kec."), ("kelurahan", "Kel."))
        for code, name in places.loc[places["level"] == level, ["code", "name"]].to_numpy().tolist()
        if code.startswith(viewer.area_code)
    ]


def _rws_of(viewer: Viewer, version: str) -> list[Area]:
    rws = cache.rw_names(viewer.scope, version)
    if viewer.facility_code:
        served = cache.service_areas(viewer.scope, version)
        rws = rws[rws["code"].isin(served.loc[served["facility_code"] == viewer.facility_code, "rw_code"])]
    else:
        rws = rws[rws["code"].str.startswith(viewer.area_code)]
    return [
        Area(code, f"{rw} {kelurahan}", "rw")
        for code, rw, kelurahan in rws[["code", "rw_name", "kelurahan"]].to_numpy().tolist()
    ]


def part_picker(parts: tuple[str, ...]) -> str:
    """Let a part of the page be picked; it stands in the URL as `bagian`."""
    picked = st.segmented_control(
        "Bagian",
        parts,
        default=parts[0],
        key="bagian",
        bind="query-params",
        label_visibility="collapsed",
        width="stretch",
    )
    return picked if picked in parts else parts[0]


def area_picker(options: dict[str, Area]) -> Area:
    """Let one area be picked; its name stands in the URL as `wilayah`."""
    return choice("Wilayah", options, "wilayah", "Kota, kecamatan, kelurahan, atau RW: ketik sebagian namanya.")


def ask(viewer: Viewer, version: str, city: CityState) -> Asked:
    """Ask for part, areas, indicator and period; stop where the viewer may ask for no area."""
    part = part_picker(PARTS)
    options = areas_of(viewer, version, city)
    if not options:
        st.info("Tidak ada wilayah yang angkanya boleh dibuka dengan peran ini.", icon=":material/lock:")
        st.stop()
    left, middle, right = st.columns([2.2, 1.3, 0.8])
    with left:
        areas = _several(options) if part == TREND else (area_picker(options),)
    indicator_name, unit_name = next(iter(INDICATORS)), next(iter(UNITS))
    if part != AHEAD:
        with middle:
            indicator_name = choice(
                "Indikator", {name: name for name in INDICATORS}, "indikator", "Tiap indikator punya deretnya sendiri."
            )
    if part == TREND:
        with right:
            unit_name = choice("Satuan waktu", {name: name for name in UNITS}, "satuan")
    return Asked(part, areas, indicator_name, INDICATORS[indicator_name], UNITS[unit_name], unit_name)


def _several(options: dict[str, Area]) -> tuple[Area, ...]:
    first = next(iter(options))
    picked = st.multiselect(
        "Wilayah",
        list(options),
        default=[first],
        key="wilayah",
        max_selections=MOST_AREAS,
        placeholder="Pilih…",
        bind="query-params",
        help=f"Kota, kecamatan, kelurahan, atau RW; paling banyak {MOST_AREAS} sekaligus.",
    )
    return tuple(options[name] for name in picked) or (options[first],)


def month_options(months: pd.Series) -> dict[str, datetime.date]:
    """Return months by their words, the newest first."""
    return {fmt.month(month): month for month in sorted(months, reverse=True)}
