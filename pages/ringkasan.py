"""Ringkasan: the city today in numbers, what needs attention, and where to go next."""

import streamlit as st

from dashboard import cache, charts
from dashboard import format as fmt
from dashboard.landing import own, waiting
from dashboard.rakor import view as rakor_view
from dashboard.shell import now, open_page, page_path, published_figures, source_line

viewer, version, city = open_page(
    "Ringkasan", "Keadaan kota hari ini dari penimbangan rutin, dan hal yang perlu dilihat lebih dulu."
)
if city.latest_month is None:
    st.info("Belum ada angka penimbangan.", icon=":material/upload_file:")
    st.page_link(page_path("impor"), label="Muat berkas e-PPGBM", icon=":material/upload_file:")
    st.stop()

has_own = own.show(viewer, version, city)
if has_own:
    st.subheader(city.name, anchor=False)
told = cache.summary_of(viewer.scope, version, city.latest_month, now().date())
of_city = told.figures[:-1] if has_own else told.figures  # the last speaks of the viewer's RWs, shown above
for column, figure in zip(st.columns(len(of_city)), of_city, strict=True):
    column.html(figure.html())

left, right = st.columns([1.15, 1], gap="large")
with left:
    if awaited := waiting.waiting(viewer, version, city, now().date()):
        st.subheader(waiting.title_for(viewer), anchor=False)
        rakor_view.show_missing(viewer, awaited)
    if told.attentions:
        st.subheader("Perlu perhatian", anchor=False)
    for item in told.attentions:
        words, link = st.columns([3, 1], vertical_alignment="center")
        words.markdown(item.told)
        link.page_link(
            page_path(item.page), label=item.link_words, icon=":material/arrow_forward:", query_params=item.asked
        )
with right:
    st.subheader("Prevalensi dari yang diukur, dua tahun", anchor=False)
    st.plotly_chart(
        told.chart,
        config=charts.plotly_config(),
        alt=f"Prevalensi stunting rutin per bulan sampai {fmt.month(city.latest_month)}.",
    )
    source_line(f"{fmt.month(told.since)}–{fmt.month(city.latest_month)}")
    published_figures(viewer, version, city)
