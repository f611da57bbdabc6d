"""The events that explain a jump, on the screen: those that stand, the form for planners, and the history."""

import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.downloads import table_buttons
from dashboard.shell import source_line
from dashboard.targets import break_form, break_list
from dashboard.targets.view import areas_of
from data.queries.city import CityState


def show(viewer: Viewer, version: str, city: CityState) -> None:
    """Show events, their form where the viewer may add them, and their history."""
    history = cache.break_history(viewer.scope, version)
    held = history[history["withdrawn_at"].isna()].sort_values("happened_on", ascending=False)
    st.caption(
        "Peristiwa yang membuat angka melompat tanpa keadaan anak berubah: definisi baru, pembersihan data, RW baru, "
        "gerakan penimbangan. Peristiwa digambar dan didaftar pada setiap tren wilayahnya dan wilayah di dalamnya."
    )
    st.subheader(f"{fmt.count(len(held))} peristiwa berlaku", anchor=False)
    if held.empty:
        st.info("Belum ada peristiwa yang dicatat.", icon=":material/event_note:")
    else:
        shown = break_list.shown(held)
        st.dataframe(shown, hide_index=True, width="stretch", height=min(40 * (len(shown) + 1) + 3, 380))
    if viewer.may("add_break"):
        with st.container(border=True):
            st.subheader("Catat, koreksi, atau tarik", anchor=False)
            break_form.show(viewer, areas_of(viewer, version, city), held, history[history["withdrawn_at"].notna()])
    else:
        st.caption("Peristiwa dicatat oleh perencana Dinkes; peran ini hanya membaca.")
    st.subheader("Riwayat", anchor=False)
    shown = break_list.history_shown(history)
    st.dataframe(shown, hide_index=True, width="stretch", height=min(40 * (len(shown) + 1) + 3, 320))
    table_buttons(lambda: break_list.to_save(history, city), "peristiwa")
    source_line("sampai hari ini", "Catatan perencana Dinkes")
