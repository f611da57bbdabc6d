"""Rotasi Pusing: plans for the coming months, from draft to adopted, beside what people would do instead."""

import streamlit as st

from dashboard import cache, downloads
from dashboard.pusing import acts as pusing_acts
from dashboard.rotation import day as rotation_day
from dashboard.rotation import decide as rotation_decide
from dashboard.rotation import make as rotation_make
from dashboard.rotation import map as rotation_map
from dashboard.rotation import staffing as rotation_staffing
from dashboard.rotation import table as rotation_table
from dashboard.rotation import view as rotation_view
from dashboard.shell import now, open_page, source_line

viewer, version, city = open_page(
    "Rotasi Pusing",
    "Rencana kunjungan puskesmas keliling: disusun mesin, diubah orang dengan alasan, lalu ditetapkan. Rencana yang "
    "sudah ditetapkan tidak dapat diubah.",
)
pusing_acts.show_done()
if not city.months:
    st.info("Belum ada angka penimbangan. Muat berkas e-PPGBM di halaman Impor data.", icon=":material/upload_file:")
    st.stop()
choice, making = st.columns([3, 1], vertical_alignment="bottom")
with making:
    rotation_make.maker(viewer, version, city)
with choice:
    plan = rotation_decide.chosen(viewer, version)
if plan is None:
    rotation_staffing.show(viewer, version, city)
    st.stop()
slots = rotation_table.with_states(
    plan,
    cache.rotation_slots(viewer.scope, version, int(plan["id"])),
    cache.visits(viewer.scope, version, plan["first_month"]),
    now().date(),
)
rotation_view.standing(viewer, plan, slots)
with st.container(horizontal=True):
    rotation_make.changer(viewer, version, plan, slots)
    rotation_decide.deciders(viewer, plan)

calendar, listed, drawn, beside, past, paper, staffing = st.tabs(
    ["Kalender", "Daftar", "Peta", "Perbandingan", "Uji balik", "Lembar kunjungan", "Kapasitas"],
    key="tampilan",
    on_change="rerun",
)
if calendar.open:
    with calendar:
        st.dataframe(rotation_table.calendar(slots), hide_index=True, width="stretch", height=560)
        st.caption("◆ dipilih orang, bukan mesin. ✓ sudah dikunjungi.")
if listed.open:
    with listed:
        st.dataframe(rotation_table.listed(slots), hide_index=True, width="stretch", height=560)
if drawn.open:
    with drawn:
        rotation_map.show(viewer, version, slots)
if beside.open:
    with beside:
        rotation_view.beside(viewer, version, plan)
if past.open:
    with past:
        rotation_view.looked_back(viewer, version, city)
if paper.open:
    with paper:
        rotation_day.show(viewer, version, city, slots)
if staffing.open:
    with staffing:
        rotation_staffing.show(viewer, version, city)
downloads.table_buttons(rotation_table.saver(plan, slots, city), f"rotasi-{plan['id']}")
source_line(
    f"data sampai {rotation_decide.data_month(plan)}",
    "prioritas RW, kapasitas puskesmas, kunjungan Pusing, hari libur nasional dan Ramadan",
)
