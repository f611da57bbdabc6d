"""The viewer's own place at the head of the first page: its figures, and the way to everything about it."""

import streamlit as st

from dashboard.access import CAMAT, LURAH, PUSKESMAS, Viewer
from dashboard.places import choices
from dashboard.places.gather import content_of
from dashboard.places.links import KEY
from dashboard.places.place import PUSKESMAS as SERVED
from dashboard.places.view import show_tiles
from dashboard.shell import now, page_path
from data.queries.city import CityState


def show(viewer: Viewer, version: str, city: CityState) -> bool:
    """Show a camat's kecamatan, a lurah's kelurahan or a puskesmas's wilayah kerja; say whether there is one."""
    if viewer.role not in (CAMAT, LURAH, PUSKESMAS):
        return False
    index = choices.index(viewer, version, city)
    place = choices.own_place(viewer, version, city, index)
    if place.code == city.code or choices.seen(viewer, version, place) != choices.WHOLE:
        return False
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(f"Wilayah saya: {place.name}", anchor=False)
        st.page_link(
            page_path("puskesmas" if place.level == SERVED else "wilayah"),
            label="Semua tentang wilayah ini",
            icon=":material/arrow_forward:",
            query_params={KEY: place.code},
        )
    show_tiles(content_of(viewer, version, city, index, place, now()))
    return True
