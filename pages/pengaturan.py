"""Pengaturan: what planners set for everyone, one part each, with its history."""

import streamlit as st

from dashboard.areas import view as area_view
from dashboard.pusing import acts as pusing_acts
from dashboard.shell import open_early_page
from dashboard.targets import break_view
from dashboard.targets import view as target_view

PARTS = {"Target": target_view.show, "Peristiwa": break_view.show, "Wilayah": area_view.show}

viewer, version, city = open_early_page(
    "Pengaturan",
    "Target dan peristiwa yang dipakai semua layar tren, dan wilayah kotanya. Perencana Dinkes yang mengubahnya; "
    "setiap perubahan tercatat.",
)
if city is None:
    area_view.show(viewer, version, None)
    st.stop()
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
