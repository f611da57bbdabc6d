"""Pengaturan: what planners set for everyone, one part each, with its history."""

import streamlit as st

from dashboard.areas import upload as area_upload
from dashboard.pusing import acts as pusing_acts
from dashboard.shell import open_page
from dashboard.targets import break_view
from dashboard.targets import view as target_view

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
