"""Pengaturan: what planners set for everyone, one part each, with its history."""

import streamlit as st

from dashboard import area_upload, break_view, pusing_acts, target_view
from dashboard.shell import open_page

PARTS = {"Target": target_view.show, "Peristiwa": break_view.show, "Wilayah": area_upload.show}

viewer, version, city = open_page(
    "Pengaturan",
    "Target dan peristiwa yang dipakai semua layar tren. Perencana Dinkes yang mengubahnya; setiap perubahan tercatat "
    "dan bisa dipulihkan.",
)
pusing_acts.show_done()
picked = st.segmented_control(
    "Bagian",
    list(PARTS),
    default="Target",
    required=True,
    key="bagian",
    bind="query-params",
    label_visibility="collapsed",
    width="stretch",
)
PARTS.get(picked or "", target_view.show)(viewer, version, city)
