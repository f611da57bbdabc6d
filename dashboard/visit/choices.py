"""What the visit page asks: which part of the work, and whose wilayah kerja."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard import cache, filters, page_parts
from dashboard.access import Viewer

LOG, SHEET, MADE, RESULTS = "log", "sheet", "made", "results"
_PARTS = {
    "Catat kunjungan": LOG,
    "Lewat berkas Excel": SHEET,
    "Daftar kunjungan": MADE,
    "Janji dan hasil": RESULTS,
}
ALL = "Semua puskesmas"


@dataclass(frozen=True)
class Asked:
    """What the filters ask: the part, and the puskesmas (blank: all)."""

    part: str
    puskesmas: str
    puskesmas_name: str


def parts_for(viewer: Viewer) -> dict[str, str]:
    """Return the parts of the work that a role sees; only those who log visits may write."""
    return (
        _PARTS if viewer.may("log_visit") else {name: part for name, part in _PARTS.items() if part in (MADE, RESULTS)}
    )


def puskesmas_of(viewer: Viewer, facilities: pd.DataFrame, served: pd.DataFrame) -> dict[str, str]:
    """Return the puskesmas with a wilayah kerja by name; a head's own only."""
    found = facilities[(facilities["kind"] == "puskesmas") & facilities["code"].isin(served["facility_code"])]
    if viewer.facility_code:
        found = found[found["code"] == viewer.facility_code]
    return dict(zip(found["name"], found["code"], strict=True))


def ask(viewer: Viewer, version: str) -> Asked:
    """Draw the filters and return what they ask."""
    parts = parts_for(viewer)
    part = page_parts.picked(parts, "catatan", "Bagian")
    options = puskesmas_of(
        viewer, cache.all_facilities(viewer.scope, version), cache.service_areas(viewer.scope, version)
    )
    if part in (MADE, RESULTS) and not viewer.facility_code:
        options = {ALL: "", **options}
    left, _ = st.columns([1, 2.2])
    with left:
        code = filters.choice("Puskesmas", options, "puskesmas")
    return Asked(part, code, next(name for name, known in options.items() if known == code))


def work_area(viewer: Viewer, version: str, puskesmas: str) -> pd.DataFrame:
    """Return the RWs of a puskesmas's wilayah kerja: code, rw_name, kelurahan, kecamatan."""
    served = cache.service_areas(viewer.scope, version)
    codes = served.loc[served["facility_code"] == puskesmas, "rw_code"]
    names = cache.rw_names(viewer.scope, version)
    return names[names["code"].isin(codes)][["code", "rw_name", "kelurahan", "kecamatan"]].reset_index(drop=True)
