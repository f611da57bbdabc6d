"""Arranging a sequence of slides: which, of which place, in which order and for how long; saved under a name."""

from collections.abc import Callable

import pandas as pd
import streamlit as st
from sqlalchemy import Connection

from dashboard.access import Viewer
from dashboard.briefing.read import places_of
from dashboard.briefing.story import SLIDES
from dashboard.presenting.choices import OPEN_NEXT, USUAL, Asked, Steps
from dashboard.pusing.acts import times_written, written
from data.errors import RembukError
from data.queries.city import CityState
from data.sequences import LONGEST_NAME, LONGEST_SECONDS, MOST_STEPS, Step, end_sequence, save_sequence

_ORDER, _SLIDE, _PLACE, _SECONDS = "Ke-", "Halaman", "Wilayah", "Detik"
_NAMES = {name: code for code, (name, _) in SLIDES.items()}


def show(viewer: Viewer, version: str, city: CityState, asked: Asked) -> None:
    """Let a planner change the sequence that is shown and save it under a name."""
    if not viewer.may("plan"):
        return
    with st.expander("Atur urutan halaman", icon=":material/reorder:"):
        places = {name: place.code for name, place in places_of(viewer, version, city).items()}
        st.caption(
            "Ubah nomor untuk memindah, tambah baris di bawah, hapus baris yang dipilih. Detik 0: tanpa batas waktu."
        )
        edited = st.data_editor(
            table(asked, places),
            num_rows="dynamic",
            hide_index=True,
            width="stretch",
            key=f"urutan-isi-{asked.sequence}-{asked.place.code}-{times_written()}",
            column_config={
                _ORDER: st.column_config.NumberColumn(min_value=1, max_value=MOST_STEPS, step=1, width="small"),
                _SLIDE: st.column_config.SelectboxColumn(options=list(_NAMES), required=True),
                _PLACE: st.column_config.SelectboxColumn(options=list(places), required=True),
                _SECONDS: st.column_config.NumberColumn(min_value=0, max_value=LONGEST_SECONDS, step=5, width="small"),
            },
        )
        known = "" if asked.sequence == USUAL else asked.sequence
        name = st.text_input("Nama urutan", known, max_chars=LONGEST_NAME, placeholder="Misalnya: Rakor TW-III 2026")
        with st.container(horizontal=True):
            if st.button("Simpan urutan", type="primary", icon=":material/save:"):
                steps = steps_of(edited, places)
                _write(
                    viewer,
                    lambda connection: save_sequence(connection, name, steps, viewer.name),
                    f"Urutan “{name.strip()}” disimpan dan kini ditampilkan.",
                    name.strip(),
                )
            if known and st.button("Hapus urutan ini", icon=":material/delete:"):
                _write(viewer, lambda connection: end_sequence(connection, known), "Urutan dihapus.", USUAL)


def _write(viewer: Viewer, act: Callable[[Connection], object], told: str, opened: str) -> None:
    """Do an act and open a sequence after it; a refused one leaves the page as it is."""
    st.session_state[OPEN_NEXT] = opened
    written(viewer, act, told, _refused)
    st.session_state.pop(OPEN_NEXT)


def table(asked: Asked, places: dict[str, str]) -> pd.DataFrame:
    """Return the sequence that is shown as rows to edit."""
    by_code = {code: name for name, code in places.items()}
    steps: Steps = asked.steps or [{"slide": code, "area_code": asked.place.code, "seconds": 0} for code in SLIDES]
    rows = [
        (SLIDES[step["slide"]][0], by_code[step["area_code"]], int(step["seconds"]))
        for step in steps
        if step["slide"] in SLIDES and step["area_code"] in by_code
    ]
    shown = pd.DataFrame(rows, columns=[_SLIDE, _PLACE, _SECONDS])
    shown.insert(0, _ORDER, range(1, len(shown) + 1))
    return shown


def steps_of(edited: pd.DataFrame, places: dict[str, str]) -> list[Step]:
    """Return the rows as steps in the order of their numbers: without one last, unfinished ones not at all."""
    whole = edited[edited[_SLIDE].isin(list(_NAMES)) & edited[_PLACE].isin(list(places))]
    ordered = whole.sort_values(_ORDER, kind="stable", na_position="last")
    return [
        Step(_NAMES[row[_SLIDE]], places[row[_PLACE]], 0 if pd.isna(row[_SECONDS]) else int(row[_SECONDS]))
        for row in ordered.to_dict("records")
    ]


def _refused(_: RembukError) -> str:
    return f"Urutan perlu nama (paling panjang {LONGEST_NAME} huruf) dan 1 sampai {MOST_STEPS} halaman."
