"""The map of a plan's month: which RWs are visited, and which have been or will be in other months."""

import numpy as np
import pandas as pd
import streamlit as st

from dashboard import cache, filters
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.maps import layers, legend
from dashboard.maps.classes import Colour
from dashboard.maps.deck import Camera, write_deck
from dashboard.maps.fills import Fill, LegendRow

_THIS: Colour = (213, 94, 0)
_OTHER: Colour = (240, 200, 140)
_NONE: Colour = (243, 240, 232)
_SIZE_PX = (860, 500)


def show(viewer: Viewer, version: str, slots: pd.DataFrame) -> None:
    """Draw the map of one month of the plan."""
    months = sorted(set(slots["month"]))
    if not months:
        st.info("Rencana ini belum punya kunjungan.", icon=":material/map:")
        return
    picture, side = st.columns([2.6, 1], gap="medium")
    with side:
        month = filters.choice("Bulan pada peta", {fmt.month(value): value for value in months}, "petabulan")
    geometry = cache.map_geometry(viewer.scope, version)
    drawn = visited(slots, list(geometry.rw_codes), month)
    camera = Camera.over(geometry.bounds, *_SIZE_PX)
    stack = [
        *layers.fill(geometry.links, drawn),
        *layers.water(geometry.links),
        *layers.borders(geometry.links),
        *layers.facilities(geometry.links, ["puskesmas"]),
        *layers.names(geometry.labels, camera.zoom),
    ]
    with picture, st.container(key="peta-rotasi"):
        st.pydeck_chart(
            write_deck(stack, camera),
            height=_SIZE_PX[1],
            key="peta-rotasi-deck",
            alt=f"Peta RW yang dikunjungi Pusing pada {fmt.month(month)}.",
        )
    side.html(legend.legend_html(drawn.title, drawn.legend, drawn.special))


def visited(slots: pd.DataFrame, rw_codes: list[str], month: object) -> Fill:
    """Colour RWs by whether they are visited in the month, in another month of the plan, or not at all."""
    now = set(slots.loc[slots["month"] == month, "rw_code"])
    ever = set(slots["rw_code"])
    classes = np.array([0 if code in now else 1 if code in ever else 2 for code in rw_codes])
    labels = ("dikunjungi bulan ini", "dikunjungi di bulan lain", "tidak ada di rencana ini")
    colours = (_THIS, _OTHER, _NONE)
    rows = tuple(
        LegendRow(colour, label, int((classes == index).sum()))
        for index, (colour, label) in enumerate(zip(colours, labels, strict=True))
    )
    return Fill("Kunjungan Pusing", classes, colours, rows, ())
