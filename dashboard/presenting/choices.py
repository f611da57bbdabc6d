"""What the presenting page is asked for, all of it in the URL: place, sequence, loop, and whether it runs."""

from dataclasses import dataclass

import streamlit as st

from dashboard.access import Viewer
from dashboard.briefing.facts import Place
from dashboard.briefing.read import places_of
from dashboard.filters import choice
from data.queries.city import CityState

RUNNING, LOOP, PLACE = "tayang", "putar", "wilayah"
SHORTEST_LOOP_S, LONGEST_LOOP_S = 5, 600


@dataclass(frozen=True)
class Asked:
    """The place, how many seconds a slide of the loop stands (0: no loop), and whether slides fill the screen."""

    place: Place
    loop_s: int
    is_running: bool


def ask(viewer: Viewer, version: str, city: CityState) -> Asked | None:
    """Return what the address asks for; the place can be picked. None where the viewer has no place of their own."""
    options = places_of(viewer, version, city)
    if not options:
        return None
    place = choice("Wilayah", options, PLACE, "Paparan kota, atau satu kecamatan dengan kelurahannya.")
    return Asked(place, loop_seconds(st.query_params.get(LOOP)), RUNNING in st.query_params or viewer.is_screen)


def loop_seconds(told: str | None) -> int:
    """Return the seconds that a slide of the loop stands, within sense; 0 where no loop is asked for."""
    if told is None or not told.isascii() or not told.isdigit() or not int(told):
        return 0
    return min(max(int(told), SHORTEST_LOOP_S), LONGEST_LOOP_S)
