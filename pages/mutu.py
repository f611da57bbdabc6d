"""Mutu data: how far the measurements of a place can be trusted, who reported when, and where to go first."""

import streamlit as st

from dashboard.pusing import acts
from dashboard.quality import choices as quality_choices
from dashboard.quality import names as quality_names
from dashboard.quality import targets as quality_targets
from dashboard.quality import view as quality_view
from dashboard.quality.choices import CHECKS, FIRST, REPORTS
from dashboard.shell import now, open_page

viewer, version, city = open_page(
    "Mutu data",
    "Seberapa baik balita diukur dan dicatat: pemeriksaan WHO/UNICEF berdampingan, laporan posyandu, posyandu yang "
    "dikunjungi dahulu, dan jumlah sasaran dari beberapa sumber.",
)
acts.show_done()
if city.latest_month is None:
    st.info("Belum ada angka penimbangan: muat berkas e-PPGBM di halaman Impor data.", icon=":material/upload_file:")
    st.stop()
asked = quality_choices.ask(viewer, version, city, city.latest_month, now().date())
if asked.part == CHECKS:
    quality_view.show_checks(viewer, version, asked, city)
    quality_names.show(viewer, version, asked)
elif asked.part == REPORTS:
    quality_view.show_reports(viewer, version, asked, city)
elif asked.part == FIRST:
    quality_view.show_first(viewer, version, asked, city)
else:
    quality_targets.show(viewer, version, asked, city)
