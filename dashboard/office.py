"""The head of pages that are about people and not about figures: they open while no city is loaded, too."""

import streamlit as st

from dashboard import cache
from dashboard.access import Viewer, act_as, gate
from dashboard.login.account import show_account
from dashboard.shell import STYLE


def open_office(title: str, help_text: str, act: str) -> Viewer:
    """Let the viewer in, draw the head, and return the viewer; stop with a sentence for who may not do the act."""
    viewer = gate()
    st.html(STYLE)
    with st.container(horizontal=True, vertical_alignment="bottom", key="kepala"):
        st.title(title, help=help_text, anchor=False)
        if not show_account(viewer):
            _try_others(viewer)
    if not viewer.may(act):
        st.info("Halaman ini bukan untuk peran Anda.", icon=":material/lock:")
        st.stop()
    return viewer


def _try_others(viewer: Viewer) -> None:
    """Lead back to the other roles of the demo city; a demo without figures has none."""
    with st.popover(viewer.name, icon=":material/person:"):
        st.caption("Kota contoh tanpa cara masuk, hanya pada komputer ini (127.0.0.1).")
        roles = cache.demo_roles(cache.data_version(viewer.scope))
        picked = st.selectbox(
            "Coba sebagai", list(roles), index=list(roles).index(viewer.name) if viewer.name in roles else 0
        )
        if roles and roles[picked] != viewer:
            act_as(roles[picked])
            st.rerun()
