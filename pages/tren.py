"""Tren & target: is it going down, is that real, by how many children is the target missed, and where is it heading."""

import streamlit as st

from dashboard.shell import open_page
from dashboard.trend import ahead as trend_ahead
from dashboard.trend import choices as trend_choices
from dashboard.trend import real as trend_real
from dashboard.trend import view as trend_view
from dashboard.trend.choices import AHEAD, REAL

viewer, version, city = open_page(
    "Tren & target",
    "Turun atau naik, nyata atau kebetulan, dan berapa anak lagi sampai target. Angka rutin dan survei tidak dicampur.",
)
if city.latest_month is None:
    st.info("Belum ada angka penimbangan: muat berkas e-PPGBM di halaman Impor data.", icon=":material/upload_file:")
    st.stop()
asked = trend_choices.ask(viewer, version, city)
if asked.part == REAL:
    trend_real.show(viewer, version, asked, city)
elif asked.part == AHEAD:
    trend_ahead.show(viewer, version, asked, city)
else:
    trend_view.show(viewer, version, asked, city)
