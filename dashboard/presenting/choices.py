"""What the presenting page is asked for, all of it in the URL: place or sequence, loop, and whether it runs."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard import cache
from dashboard.access import Viewer
from dashboard.briefing.facts import Place
from dashboard.briefing.read import places_of
from dashboard.filters import choice
from data.queries.city import CityState

RUNNING, LOOP, PLACE, SEQUENCE = "tayang", "putar", "wilayah", "urutan"
USUAL = "Urutan rakor biasa"
OPEN_NEXT = "urutan-berikut"
"""What the session opens after a sequence was saved or ended: its name, or the usual order."""
SHORTEST_LOOP_S, LONGEST_LOOP_S = 5, 600

Steps = list[dict[str, Any]]


@dataclass(frozen=True)
class Asked:
    """The place; the sequence's name and its steps (slide, area_code, seconds; none: the usual order of the place);
    the seconds that a slide of the loop stands (0: no loop), and whether slides fill the screen."""

    place: Place
    sequence: str
    steps: Steps
    loop_s: int
    is_running: bool


def ask(viewer: Viewer, version: str, city: CityState) -> Asked | None:
    """Return what the address asks for; place and sequence can be picked. None without a place of one's own."""
    options = places_of(viewer, version, city)
    if not options:
        return None
    saved = sequences(viewer)
    if (wanted := st.session_state.pop(OPEN_NEXT, None)) in (USUAL, *saved):
        st.session_state[SEQUENCE] = wanted
    left, right = st.columns(2)
    with left:
        place = choice("Wilayah", options, PLACE, "Paparan kota, atau satu kecamatan dengan kelurahannya.")
    with right:
        name = choice(
            "Urutan halaman",
            {USUAL: USUAL} | {name: name for name in saved},
            SEQUENCE,
            "Urutan yang disimpan menentukan sendiri wilayah tiap halaman.",
        )
    is_running = RUNNING in st.query_params or viewer.is_screen
    return Asked(place, name, saved.get(name, []), loop_seconds(st.query_params.get(LOOP)), is_running)


def sequences(viewer: Viewer) -> dict[str, Steps]:
    """Return the saved sequences by name; they are read live, for a frozen state is arranged after its freezing."""
    live = viewer.reading(None)
    found = cache.slide_sequences(live.scope, cache.data_version(live.scope))
    return {str(name): list(steps) for name, steps in zip(found["name"], found["steps"], strict=True)}


def loop_seconds(told: str | None) -> int:
    """Return the seconds that a slide of the loop stands, within sense; 0 where no loop is asked for."""
    if told is None or not told.isascii() or not told.isdigit() or not int(told):
        return 0
    return min(max(int(told), SHORTEST_LOOP_S), LONGEST_LOOP_S)
