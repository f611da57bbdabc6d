"""What the nomination page asks: the month, the kelurahan that speaks, and which part of the work."""

import datetime
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard import cache, filters, page_parts
from dashboard.access import CAMAT, LURAH, MAYOR, PUSKESMAS, Viewer
from dashboard.priority.choices import month_of_visits
from data.queries.city import CityState

NAME, SHEET, TRAVEL, TRACKER, AGENDA = "name", "sheet", "travel", "tracker", "agenda"
_PARTS = {
    "Usulkan RW": NAME,
    "Lewat berkas Excel": SHEET,
    "Koreksi waktu tempuh": TRAVEL,
    "Siapa sudah menjawab": TRACKER,
    "Bahan rakor": AGENDA,
}


@dataclass(frozen=True)
class Asked:
    """What the filters ask: part, month, and the kelurahan's code and name."""

    part: str
    month: datetime.date
    kelurahan: str
    kelurahan_name: str


def parts_for(viewer: Viewer) -> dict[str, str]:
    """Return the parts of the work that a role sees, its first task first; of a snapshot those that only tell."""
    if viewer.scope.snapshot is not None and viewer.role in (CAMAT, LURAH):
        return {name: part for name, part in _PARTS.items() if part == TRACKER}
    if viewer.role in (MAYOR, PUSKESMAS) or viewer.scope.snapshot is not None:
        return {name: part for name, part in _PARTS.items() if part in (AGENDA, TRACKER)}
    if viewer.may("reply"):
        return _PARTS
    return {name: part for name, part in _PARTS.items() if part != AGENDA}


def kelurahan_of(viewer: Viewer, places: pd.DataFrame) -> dict[str, str]:
    """Return the kelurahan that a viewer speaks for, by name with its kecamatan."""
    names = dict(zip(places["code"], places["name"], strict=True))
    found = places[(places["level"] == "kelurahan") & places["code"].str.startswith(viewer.area_code)]
    return {
        f"{name}, {names.get(parent, parent)}": code
        for name, parent, code in found[["name", "parent_code", "code"]].to_numpy().tolist()
    }


def ask(viewer: Viewer, version: str, city: CityState) -> Asked:
    """Draw the filters and return what they ask."""
    parts = parts_for(viewer)
    kelurahan = kelurahan_of(viewer, cache.places(viewer.scope, version))
    part = page_parts.picked(parts, "bagian", "Bagian")
    columns = st.columns([1, 1.6, 3.4], vertical_alignment="bottom")
    with columns[0]:
        month = month_of_visits(city)
    name = next(iter(kelurahan), "")
    if part in (NAME, SHEET, TRAVEL):
        with columns[1]:
            code = filters.choice("Kelurahan", kelurahan, "kelurahan")
            name = next(words for words, known in kelurahan.items() if known == code)
    return Asked(part, month, kelurahan.get(name, ""), name)
