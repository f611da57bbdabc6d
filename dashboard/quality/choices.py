"""What the page of data quality is asked for, all of it in the URL: a part, a place at any level, and the months."""

import datetime
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.filters import choice
from dashboard.page_parts import picked
from dashboard.quality.grading import MONTHS
from data.queries.city import CityState

CHECKS, REPORTS, FIRST, TARGETS = "Pemeriksaan", "Laporan posyandu", "Kunjungi dahulu", "Jumlah sasaran"
LEVEL_NAMES = {
    "kota": "Kota",
    "kecamatan": "Kecamatan",
    "kelurahan": "Kelurahan",
    "puskesmas": "Puskesmas",
    "rw": "RW",
    "posyandu": "Posyandu",
}
UNNAMED = "tanpa nama posyandu"
_SPANS = {f"{months} bulan": months for months in (MONTHS, 3, 12)}


@dataclass(frozen=True)
class Place:
    """A place that can be asked for: its level, code, name, and the RWs in it; of a posyandu its name in its RW."""

    level: str
    code: str
    name: str
    rw_codes: tuple[str, ...]
    posyandu: str | None = None


@dataclass(frozen=True)
class Asked:
    """What the page is asked for: months end with `month`, and `today` says which of them may be late."""

    part: str
    place: Place
    month: datetime.date
    months: int
    today: datetime.date

    @property
    def period(self) -> str:
        """The months in words."""
        return fmt.window(self.month, self.months)


def ask(viewer: Viewer, version: str, city: CityState, month: datetime.date, today: datetime.date) -> Asked:
    """Ask for part, level, place and months."""
    part = picked({name: name for name in (CHECKS, REPORTS, FIRST, TARGETS)}, "bagian", "Bagian")
    left, middle, right = st.columns([1, 2.4, 1])
    with left:
        levels = {name: level for level, name in LEVEL_NAMES.items() if _has(viewer, level)}
        level = choice("Tingkat", levels, "tingkat")
    with right:
        months = choice("Bulan yang dilihat", _SPANS, "rentang", "Kebiasaan mengukur berubah pelan: enam bulan.")
    asked_for = cache.made(
        viewer.scope,
        version,
        ("quality places", level, month, months, viewer.facility_code),
        lambda: places(viewer, version, city, level, month, months, today),
    )
    with middle:
        place = choice("Wilayah", asked_for, f"di-{level}", "Ketik sebagian namanya.")
    return Asked(part, place, month, months, today)


def places(
    viewer: Viewer, version: str, city: CityState, level: str, month: datetime.date, months: int, today: datetime.date
) -> dict[str, Place]:
    """Return the places of a level that the viewer sees, by name."""
    rws = _rws(viewer, version)
    if level == "kota":
        return {city.name: Place("kota", city.code, city.name, tuple(rws["code"]))}
    if level == "puskesmas":
        return _puskesmas(viewer, version)
    if level == "rw":
        return {name: Place("rw", code, name, (code,)) for code, name in zip(rws["code"], _rw_names(rws), strict=True)}
    if level == "posyandu":
        units = cache.quality_grid(viewer.scope, version, month, today, months)
        names = dict(zip(rws["code"], _rw_names(rws), strict=True))
        found = units[["rw_code", "posyandu"]].drop_duplicates().to_numpy().tolist()
        return {
            (name := f"{posyandu or UNNAMED}, {names[code]}"): Place("posyandu", code, name, (code,), posyandu)
            for code, posyandu in found
            if code in names
        }
    parts = {"kecamatan": 3, "kelurahan": 4}[level]
    known = cache.places(viewer.scope, version)
    inside = rws.groupby(rws["code"].str.split(".").str[:parts].str.join("."))["code"].agg(tuple).to_dict()
    kecamatan = known.set_index("code")["name"].to_dict()
    return {
        (told := f"{name}, Kec. {kecamatan.get(parent, '')}" if level == "kelurahan" else name): Place(
            level, code, told, inside[code]
        )
        for code, name, parent in known.loc[known["level"] == level, ["code", "name", "parent_code"]]
        .to_numpy()
        .tolist()
        if code in inside
    }


def _has(viewer: Viewer, level: str) -> bool:
    """Say whether a level is whole for the viewer: a puskesmas serves parts of kelurahan."""
    return not viewer.facility_code or level in ("puskesmas", "rw", "posyandu")


def _rws(viewer: Viewer, version: str) -> pd.DataFrame:
    rws, own = cache.rw_names(viewer.scope, version), cache.own_rws(viewer.scope, version)
    return rws if own is None else rws[rws["code"].isin(own)]


def _rw_names(rws: pd.DataFrame) -> list[str]:
    return [f"{rw} {kelurahan}" for rw, kelurahan in zip(rws["rw_name"], rws["kelurahan"], strict=True)]


def _puskesmas(viewer: Viewer, version: str) -> dict[str, Place]:
    names = cache.all_facilities(viewer.scope, version).set_index("code")["name"].to_dict()
    served = cache.service_areas(viewer.scope, version)
    if viewer.facility_code:
        served = served[served["facility_code"] == viewer.facility_code]
    inside = served.groupby("facility_code")["rw_code"].agg(tuple)
    found = [Place("puskesmas", str(code), str(names.get(code, code)), rws) for code, rws in inside.items()]
    return {place.name: place for place in sorted(found, key=lambda place: place.name)}
