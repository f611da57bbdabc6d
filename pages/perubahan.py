"""Mengapa berubah: what led from one month's stunted children to another's, in children and in composition."""

import streamlit as st

from dashboard.change import view as change_view
from dashboard.shell import open_page

viewer, version, city = open_page(
    "Mengapa berubah",
    "Lebih banyak anak menjadi stunting, atau lebih banyak yang ditemukan? Tiap langkah dihitung, jumlahnya tepat.",
)
if city.latest_month is None:
    st.info("Belum ada angka penimbangan: muat berkas e-PPGBM di halaman Impor data.", icon=":material/upload_file:")
    st.stop()
change_view.show(viewer, version, city)
