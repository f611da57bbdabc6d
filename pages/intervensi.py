"""Intervensi: coverage of services against target by OPD and area, needs under the six SPM, and their import."""

import streamlit as st

from dashboard import cache
from dashboard.intervention import choices as intervention_choices
from dashboard.intervention import needs as intervention_needs
from dashboard.intervention import upload as intervention_upload
from dashboard.intervention import view as intervention_view
from dashboard.intervention.choices import BY_AREA, NEEDS, UPLOAD
from dashboard.shell import open_page

viewer, version, city = open_page(
    "Intervensi",
    "Layanan spesifik (1.000 hari pertama) dan sensitif menurut OPD: cakupan terhadap target, per wilayah, dan "
    "kebutuhan enam SPM posyandu. Wilayah yang belum mulai tidak dihitung nol.",
)
part = intervention_choices.ask_part(viewer)
if part == UPLOAD:
    intervention_upload.show(viewer, version, city)
    st.stop()
dictionary = cache.indicator_dictionary(viewer.scope, version)
months = cache.intervention_months(viewer.scope, version)
if not months:
    st.info(
        "Belum ada laporan intervensi. Perencana Dinkes dapat mengunduh berkas isian dan mengimpornya di bagian Impor.",
        icon=":material/upload_file:",
    )
    st.stop()
if part == NEEDS:
    intervention_needs.show(viewer, version, intervention_choices.ask_needs(viewer, version, dictionary, months), city)
elif part == BY_AREA:
    asked = intervention_choices.ask_areas(viewer, version, dictionary, months)
    intervention_view.show_areas(viewer, version, asked, city)
else:
    intervention_view.show_services(
        viewer, version, intervention_choices.ask_services(viewer, dictionary, months), city
    )
