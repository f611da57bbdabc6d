"""Peta: where stunting is and how far its RWs are from care, for a month; a click shows the roads and the facts."""

import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.maps import cards, frame, legend, selection, view
from dashboard.maps import choices as map_choices
from dashboard.places import links as place_links
from dashboard.quality import confidence as quality
from dashboard.shell import open_page, source_line

MAP, SEARCH = "peta", "cari"

viewer, version, city = open_page(
    "Peta RW",
    "Warna menunjukkan ukuran yang dipilih per RW. Klik RW untuk melihat jalan ke puskesmas dan rinciannya; klik "
    "puskesmas untuk melihat wilayah kerjanya.",
)
asked = map_choices.ask(viewer, city)
geometry = cache.map_geometry(viewer.scope, version, asked.month)
table = cache.rw_month(viewer.scope, version, asked.month, asked.age_bands, asked.sexes)
facilities = cache.all_facilities(viewer.scope, version)
places = cache.named_places(viewer.scope, version, asked.month)
code = None if viewer.is_screen else map_choices.chosen(geometry, places)
facility = map_choices.facility_of(facilities, code)
drawn = view.shown(viewer, version, asked, table, facility)

picture, side = st.columns([2.3, 1], gap="medium")
with picture, st.container(key="peta-bingkai"):
    st.pydeck_chart(
        view.deck(viewer, version, asked, geometry, drawn, code),
        height="stretch",
        key=MAP,
        selection_mode="single-object",
        on_select=lambda: selection.take_from_map(MAP, SEARCH),
        alt=map_choices.described(drawn.title, asked.month, table),
    )
frame.ask_size(".st-key-peta-bingkai")
if code is not None:
    picture.html(legend.legend_strip_html(drawn.title, drawn.legend, drawn.special))
with side, st.container(key="peta-samping"):
    if not viewer.is_screen:
        map_choices.search(geometry, places, SEARCH)
    if facility is not None:
        st.html(map_choices.facility_facts(viewer, version, asked, table, facility))
        if facility["kind"] == "puskesmas":
            place_links.to_puskesmas(viewer, code)
    elif code is not None:
        row = table[table["code"] == code]
        if row.empty:
            st.info("RW ini di luar wilayah Anda: angkanya tidak ditampilkan.", icon=":material/lock:")
        else:
            st.html(cards.rw_card(row.iloc[0], fmt.window(asked.month, 3)))
            if doubt := quality.told(viewer, version, str(row["code"].iloc[0]), asked.month):
                st.html(quality.badge(doubt))
            st.html(map_choices.travel_facts(viewer, version, code))
            if code in set(cache.rw_names(viewer.scope, version)["code"]):
                place_links.to_card(viewer, code)
            else:
                st.caption("RW ini sudah berakhir; yang tampak adalah keadaannya pada bulan itu.")
    if code is None:
        st.html(legend.legend_html(drawn.title, drawn.legend, drawn.special))
    st.html(legend.facility_legend_html(list(asked.kinds)))
    st.html(map_choices.place_note(geometry, city))
source_line(*map_choices.source(asked, city))
map_choices.offer_files(viewer, version, city, asked, table, drawn, facility)
