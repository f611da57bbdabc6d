"""Paparan: the slides of a rakor over the whole screen, arranged and taken home by who prepares it."""

import streamlit as st

from dashboard.presenting import view as presenting_view
from dashboard.shell import open_page

viewer, version, city = open_page(
    "Paparan", "Halaman layar penuh untuk rakor, dari angka yang sama dengan halaman lain, aman dilihat semua orang."
)
if city.latest_month is None:
    st.info("Belum ada angka penimbangan: muat berkas e-PPGBM di halaman Impor data.", icon=":material/upload_file:")
    st.stop()
presenting_view.show(viewer, version, city)
