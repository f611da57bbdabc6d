"""The settings that decide what is far and what is unseen: read by everyone, changed by planners, logged."""

import streamlit as st

from dashboard import cache
from dashboard.access import Viewer
from dashboard.filters import MODE_NAMES, MODES
from dashboard.priority.ranking import SETTING
from dashboard.priority.words import settings_told
from dashboard.pusing.acts import written
from data.pusing.choosing import change_setting


def ask(viewer: Viewer, version: str) -> None:
    """Draw the settings; a planner may change them for everyone."""
    settings = cache.priority_settings(viewer.scope, version)
    with st.popover("Batas", width="stretch", icon=":material/settings:", key="batas"):
        st.caption(settings_told(settings, MODE_NAMES))
        if not viewer.may("weigh"):
            st.caption("Yang boleh mengubahnya perencana Dinkes.")
            return
        with st.form("batas-isi", border=False):
            mode = st.selectbox("Cara tempuh pengasuh", list(MODES), index=list(MODES.values()).index(settings.mode))
            minutes = st.number_input("Jauh mulai (menit)", 1, 240, round(settings.far_s / 60))
            share = st.number_input(
                "Belum terpantau bila D/S di bawah (%)", 50, 99, round(100 * settings.attendance_minimum)
            )
            st.caption("Berlaku untuk semua orang. Nilai lama, nilai baru, dan yang mengubah dicatat.")
            is_sent = st.form_submit_button("Simpan", type="primary")
    if is_sent:
        value = {"mode": MODES[mode], "far_minutes": int(minutes), "attendance_minimum": int(share) / 100}
        written(
            viewer,
            lambda connection: change_setting(connection, SETTING, value, viewer.name),
            "Batas disimpan; urutan disusun ulang.",
        )
