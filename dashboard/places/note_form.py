"""Writing a note on a place, and taking it back."""

import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import PLANNER, Viewer
from dashboard.places.place import PUSKESMAS, RW, Place
from dashboard.places.words import failure
from dashboard.pusing.acts import times_written, written
from data.place_notes import restore_note, withdraw_note, write_note

_LAST = "catatan-ditarik"


def show(viewer: Viewer, version: str, place: Place) -> None:
    """Draw the form and what of the standing notes the viewer may take back; nothing for those who only read."""
    if not may_write(viewer, place):
        return
    with st.expander("Tulis atau tarik catatan", icon=":material/edit_note:"):
        with st.form(f"catatan-{place.code}-{times_written()}", border=False):
            told = st.text_area(
                "Catatan singkat",
                max_chars=300,
                placeholder="Misalnya: posyandu pindah ke balai RW; jembatan diperbaiki sampai Maret.",
                help="Tanpa nama orang, alamat, atau keadaan satu anak. Terbaca oleh semua yang melihat tempat ini.",
            )
            is_sent = st.form_submit_button("Simpan catatan", type="primary")
        _undo(viewer, place)
        own = cache.place_notes(viewer.scope, version)
        own = own[own["place_code"].eq(place.code) & (own["written_by"].eq(viewer.name) | (viewer.role == PLANNER))]
        for number, note, day in own[["id", "note", "written_at"]].itertuples(index=False):
            _withdrawable(viewer, place, int(number), f"{fmt.day(day.date())}: {note}")
    if is_sent:
        written(
            viewer,
            lambda connection: write_note(connection, place.code, told, viewer.name),
            "Catatan disimpan.",
            failure,
        )


def may_write(viewer: Viewer, place: Place) -> bool:
    """Say whether somebody who sees all of a place may write notes on it: an area of their own, their own puskesmas.

    The database holds the same; the form is not shown where it would refuse.
    """
    if not viewer.may("note"):
        return False
    if viewer.role == PLANNER or place.level == RW:
        return True
    if place.level == PUSKESMAS:
        return place.code == viewer.facility_code
    return bool(viewer.area_code) and f"{place.code}.".startswith(f"{viewer.area_code}.")


def _withdrawable(viewer: Viewer, place: Place, number: int, told: str) -> None:
    words, button = st.columns([3, 1], vertical_alignment="center")
    words.markdown(fmt_plain(told))
    if button.button("Tarik", key=f"tarik-catatan-{number}"):
        st.session_state[_LAST] = (place.code, number)
        written(viewer, lambda connection: withdraw_note(connection, number), "Catatan ditarik.", failure)


def _undo(viewer: Viewer, place: Place) -> None:
    """Offer to put the note back that this session took back last."""
    code, number = st.session_state.get(_LAST, ("", 0))
    if code == place.code and st.button("Kembalikan catatan yang tadi ditarik", icon=":material/undo:"):
        del st.session_state[_LAST]
        written(viewer, lambda connection: restore_note(connection, number), "Catatan dikembalikan.", failure)


def fmt_plain(told: str) -> str:
    """Return people's words so that Markdown reads nothing into them."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()#+-.!|<>~$:" else sign for sign in told)
