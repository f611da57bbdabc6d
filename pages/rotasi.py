"""Rotasi Pusing: plans for the coming months, from draft to adopted, beside what people would do instead."""

import streamlit as st

from dashboard import cache, downloads, pusing_acts, rotation_map, rotation_view
from dashboard.shell import open_page, source_line

viewer, version, city = open_page(
    "Rotasi Pusing",
    "Rencana kunjungan puskesmas keliling: disusun mesin, diubah orang dengan alasan, lalu ditetapkan. Rencana yang "
    "sudah ditetapkan tidak dapat diubah.",
)
pusing_acts.show_done()
if not city.months:
    st.info("Belum ada angka penimbangan. Muat berkas e-PPGBM di halaman Impor data.", icon=":material/upload_file:")
    st.stop()
rotation_view.maker(viewer, version, city)
plan = rotation_view.chosen(viewer, version)
if plan is None:
    st.stop()
slots = cache.rotation_slots(viewer.scope, version, int(plan["id"]))
rotation_view.standing(plan)
with st.container(horizontal=True):
    rotation_view.changer(viewer, version, plan, slots)
    rotation_view.deciders(viewer, plan)

calendar, listed, drawn, beside, past, paper = st.tabs(
    ["Kalender", "Daftar", "Peta", "Perbandingan", "Uji balik", "Lembar kunjungan"]
)
with calendar:
    st.dataframe(rotation_view.calendar(slots), hide_index=True, width="stretch", height=560)
    st.caption("◆ ditetapkan orang, bukan mesin.")
with listed:
    st.dataframe(rotation_view.listed(slots), hide_index=True, width="stretch", height=560)
with drawn:
    rotation_map.show(viewer, version, slots)
with beside:
    rotation_view.beside(viewer, version, plan)
with past:
    rotation_view.looked_back(viewer, version, city)
with paper:
    rotation_view.paper(viewer, version, city, slots)
downloads.table_buttons(rotation_view.saver(plan, slots, city), f"rotasi-{plan['id']}")
source_line(
    f"data sampai {plan['data_state'].get('data_month', '–')}",
    "prioritas RW, kapasitas puskesmas, kunjungan Pusing, hari libur nasional dan Ramadan",
)
