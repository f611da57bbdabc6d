"""Which place is asked for: the link's code, else the viewer's own; the way up and down, and the search.

The address alone says it (`wilayah`), so that a link, a click and the search do the same.
"""

from dataclasses import dataclass

import streamlit as st

from dashboard import cache
from dashboard.access import Viewer
from dashboard.own_areas import is_whole
from dashboard.places.links import KEY
from dashboard.places.place import CITY, PUSKESMAS, RW, Place, index_of
from data.queries.city import CityState
from models.months import month_after

WHOLE, PART, NONE = "whole", "part", "none"


@dataclass(frozen=True)
class Asked:
    """The place asked for, all places by code, and how much of it the viewer sees."""

    place: Place
    index: dict[str, Place]
    seen: str


def index(viewer: Viewer, version: str, city: CityState) -> dict[str, Place]:
    """Return every place of the city by its code; names and who serves whom are open."""
    return cache.made(
        viewer.scope,
        version,
        ("place index",),
        lambda: index_of(
            city.code,
            city.name,
            cache.places(viewer.scope, version),
            cache.rw_names(viewer.scope, version),
            cache.all_facilities(viewer.scope, version),
            cache.service_areas(viewer.scope, version),
        ),
    )


def ask(viewer: Viewer, version: str, city: CityState, level: str = "") -> Asked:
    """Return the place that the address names; without one, or with one that there is not, the viewer's own.

    `level` is what the page is about (RW or PUSKESMAS); blank for areas.
    """
    places = index(viewer, version, city)
    wanted = st.query_params.get(KEY)
    if wanted is not None and wanted not in places:
        st.info(
            f"Tautan menyebut wilayah “{wanted[:40]}” yang tidak ada di data ini; yang dibuka pilihan bawaan.",
            icon=":material/link_off:",
        )
        wanted = None
    place = places[wanted] if wanted else own_place(viewer, version, city, places, level)
    return Asked(place, places, seen(viewer, version, place))


def seen(viewer: Viewer, version: str, place: Place) -> str:
    """Say whether a viewer sees a place whole, in part, or not at all; of the city everybody is told its totals."""
    own = cache.own_rws(viewer.scope, version)
    if place.level == CITY or is_whole(own, place.rw_codes):
        return WHOLE
    return PART if own is not None and not own.isdisjoint(place.rw_codes) else NONE


def search(viewer: Viewer, version: str, asked: Asked) -> None:
    """Offer every place that the viewer may open, by name and code."""
    options = cache.made(
        viewer.scope,
        version,
        ("place options", viewer.area_code, viewer.facility_code, viewer.role),
        lambda: {
            f"{place.name} · {place.code}": code
            for code, place in asked.index.items()
            if seen(viewer, version, place) == WHOLE
        },
    )
    key = f"cari-tempat-{asked.place.code}"

    def take() -> None:
        if found := options.get(st.session_state[key] or ""):
            open_place(found)

    st.selectbox(
        "Cari wilayah, RW, atau puskesmas",
        list(options),
        index=None,
        key=key,
        placeholder="Cari nama atau kode…",
        label_visibility="collapsed",
        on_change=take,
    )


def open_place(code: str) -> None:
    """Open a place on the same page; the address says which."""
    st.query_params[KEY] = code


def own_place(viewer: Viewer, version: str, city: CityState, places: dict[str, Place], level: str = "") -> Place:
    """Return what a viewer starts from: the own area or wilayah kerja, else the city, or the first of the level."""
    if level == PUSKESMAS:
        served = [place for place in places.values() if place.level == PUSKESMAS]
        mine = [place for place in served if place.code == viewer.facility_code]
        whole = [place for place in served if seen(viewer, version, place) != NONE]
        found = mine or whole or served
        return found[0] if found else places[city.code]
    if level == RW:
        code = _neediest(viewer, version, city)
        return places.get(code, places[city.code])
    return places.get(viewer.facility_code) or places.get(viewer.area_code) or places[city.code]


def _neediest(viewer: Viewer, version: str, city: CityState) -> str:
    """Return the viewer's RW that is most surely high."""
    if city.latest_month is None:
        return ""
    facts = cache.rw_facts(viewer.scope, version, month_after(city.latest_month, 1))
    if facts.empty:
        return ""
    return str(facts["rw_code"].iloc[int(facts["rate_low"].to_numpy().argmax())])


def levels_above(asked: Asked) -> list[Place]:
    """Return the places that hold the one asked for, from the city down; of an RW also who serves it, last."""
    above = [asked.index[code] for code in asked.place.above]
    if asked.place.level == RW:
        above += [
            place for place in asked.index.values() if place.level == PUSKESMAS and asked.place.code in place.rw_codes
        ]
    return above
