"""Ringkasan: the city today in numbers, what needs attention, and where to go next."""

import streamlit as st

from dashboard import cache, charts, summary
from dashboard import format as fmt
from dashboard.filters import AGES, SEXES
from dashboard.shell import now, open_page, page_path, published_figures, source_line, year_before

viewer, version, city = open_page(
    "Ringkasan", "Keadaan kota hari ini dari penimbangan rutin, dan hal yang perlu dilihat lebih dulu."
)
if city.latest_month is None:
    st.info("Belum ada angka penimbangan.", icon=":material/upload_file:")
    st.page_link(page_path("impor"), label="Muat berkas e-PPGBM", icon=":material/upload_file:")
    st.stop()

months = cache.city_months(viewer.scope, version, year_before(city.latest_month, 2))
table = cache.rw_month(viewer.scope, version, city.latest_month, AGES["0–59 bulan"], SEXES["Semua"])
reach = cache.own_and_nearest(viewer.scope, version, "walk")
geometry = cache.map_geometry(viewer.scope, version)

for column, figure in zip(st.columns(4), summary.figures(months, table, reach, city), strict=True):
    column.html(figure.html())

left, right = st.columns([1.15, 1], gap="large")
with left:
    st.subheader("Perlu perhatian", anchor=False)
    for item in summary.attentions(table, city, geometry.rw_without_place, now().date()):
        told, link = st.columns([3, 1], vertical_alignment="center")
        told.markdown(item.told)
        link.page_link(
            page_path(item.page), label=item.link_words, icon=":material/arrow_forward:", query_params=item.asked
        )
with right:
    st.subheader("Prevalensi dari yang diukur, dua tahun", anchor=False)
    st.plotly_chart(
        charts.share_by_month(months["month"], summary.prevalence_by_month(months), "Prevalensi"),
        config=charts.plotly_config(),
        alt=f"Prevalensi stunting rutin per bulan sampai {fmt.month(city.latest_month)}.",
    )
    source_line(f"{fmt.month(months['month'].iloc[0])}–{fmt.month(city.latest_month)}")
    published_figures(viewer, version, city)
