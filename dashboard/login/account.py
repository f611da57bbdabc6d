"""Who one is, at the head of every page, and the way out."""

import streamlit as st

from dashboard.access import Viewer
from dashboard.login.gate import is_configured, log_out


def show_account(viewer: Viewer) -> bool:
    """Show the person's role and the way out; say whether there is a log-in at all."""
    if not is_configured():
        return False
    with st.popover(viewer.name, icon=":material/person:"):
        st.caption(
            f"Akun nomor {viewer.scope.actor.removeprefix('user ')}. Peran dan wilayah diatur oleh pengelola pengguna."
        )
        st.button("Keluar", icon=":material/logout:", on_click=log_out, key="keluar", width="stretch")
    return True
