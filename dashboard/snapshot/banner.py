"""The line on every page that says whether figures are frozen, and the way back to live ones."""

from html import escape

import streamlit as st

from dashboard.access import Viewer
from dashboard.snapshot import choice
from dashboard.snapshot.words import stamp


def show(viewer: Viewer) -> None:
    """Show which frozen state is read; on live data, only that one asked for is not there."""
    if wanted := choice.unknown():
        st.warning(
            f"Potret data {wanted} tidak ada (mungkin sudah dihapus). Yang tampil adalah data langsung.",
            icon=":material/photo_camera:",
        )
    held = choice.read_now()
    if held is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="potret"):
        st.html(f'<p class="potret"><b>Potret data:</b> {escape(stamp(held))}. Tidak dapat diubah.</p>')
        if not viewer.is_screen:
            st.button(
                "Kembali ke data langsung", icon=":material/undo:", on_click=choice.leave, key="tinggalkan-potret"
            )
