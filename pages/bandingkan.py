"""Bandingkan: two months or two measures side by side under one camera, or the months one after another."""

import streamlit as st

from dashboard.compare import choices
from dashboard.compare.linked import linked_maps
from dashboard.shell import open_page, source_line

viewer, version, city = open_page(
    "Bandingkan peta",
    "Dua bulan atau dua ukuran berdampingan, atau bulan demi bulan. Kedua peta selalu melihat tempat yang sama: geser "
    "atau dekatkan yang satu, yang lain ikut. Warnanya sama untuk semua bulan.",
)
if not city.months:
    st.info("Belum ada angka penimbangan. Muat berkas e-PPGBM di halaman Impor data.", icon=":material/upload_file:")
    st.stop()
with st.container(key="saringan"):
    columns = st.columns([1, 1.4, 1.2, 1.2, 1.1, 1.6], vertical_alignment="bottom")
    with columns[0]:
        way = choices.ask_way()
    found = choices.compared(viewer, version, city, way, columns[1:5])
    with columns[5]:
        place = choices.look(viewer, version, "cari")
linked_maps(found.panes, place, key="peta-bertaut", is_touchable=not viewer.is_screen)
source_line(found.period, found.source, f"{found.note} Titik hitam: puskesmas.")
