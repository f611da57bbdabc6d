"""Akses: who is within reach of care, of which puskesmas, with whose help, when it floods, and where more is needed."""

import streamlit as st

from dashboard.reach import choices, flood, lists, need, shares, sites
from dashboard.reach.words import STRAIGHT_LINE
from dashboard.shell import open_page

viewer, version, city = open_page(
    "Akses ke layanan",
    "Berapa balita yang dekat dari puskesmas lewat jalan, siapa yang lebih dekat ke puskesmas lain, apa bedanya dengan "
    "mitra dan saat banjir, dan di mana satu tempat lagi paling menolong.",
)
if city.travel_method is None:
    st.info(
        "Waktu tempuh belum dihitung. Muat RW, fasilitas, dan berkas jalan OpenStreetMap, lalu jalankan `travel fill` "
        "(lihat Kelengkapan).",
        icon=":material/route:",
    )
    st.stop()
if city.travel_method == "straight_line":
    st.warning(STRAIGHT_LINE, icon=":material/straighten:")
part = choices.ask_part(viewer)
show = {
    choices.SHARES: shares.show,
    choices.NEAREST: lists.show_nearest,
    choices.PARTNERS: lists.show_partners,
    choices.FLOOD: flood.show,
    choices.SITES: sites.show,
    choices.NEED: need.show,
}[part]
show(viewer, version, city)
