"""Links to the pages of places, for roles that have them."""

import streamlit as st

from dashboard.access import Viewer
from dashboard.shell import page_path

KEY = "wilayah"
"""What the address calls the place that is asked for."""


def to_card(viewer: Viewer, rw_code: str) -> None:
    """Offer the page of an RW."""
    _offer(viewer, "kartu", "Buka Kartu RW", ":material/badge:", rw_code)


def to_puskesmas(viewer: Viewer, facility_code: str) -> None:
    """Offer the page of a puskesmas."""
    _offer(viewer, "puskesmas", "Buka halaman puskesmas", ":material/health_and_safety:", facility_code)


def _offer(viewer: Viewer, page: str, label: str, icon: str, code: str) -> None:
    if viewer.sees(page):
        st.page_link(page_path(page), label=label, icon=icon, query_params={KEY: code})
