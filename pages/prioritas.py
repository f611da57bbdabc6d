"""Prioritas: which RWs the mobile clinic visits next, how sure that is and why; the other remedies one click away."""

import streamlit as st

from dashboard import cache, downloads
from dashboard import format as fmt
from dashboard.filters import MODE_NAMES
from dashboard.priority import choices as priority_choices
from dashboard.priority import detail as priority_detail
from dashboard.priority import nearest as priority_nearest
from dashboard.priority import table as priority_table
from dashboard.priority import view as priority_view
from dashboard.priority import weights as priority_weights
from dashboard.priority.words import settings_told
from dashboard.pusing import acts as pusing_acts
from dashboard.quality import confidence as quality
from dashboard.shell import SOURCE_ROUTINE, open_page, source_line

viewer, version, city = open_page(
    "Prioritas Pusing",
    "RW mana yang dikunjungi Pusing lebih dulu, seberapa pasti, dan mengapa. Hanya RW yang jauh dan belum terpantau "
    "yang diurutkan untuk Pusing; yang lain lebih tepat ditangani dengan cara lain.",
)
pusing_acts.show_done()
asked = priority_choices.ask(viewer, version, city)
settings = cache.priority_settings(viewer.scope, version)
table = cache.ranked_rws(viewer.scope, version, asked.month, cache.shares_of(asked.weights), asked.k)
if city.latest_month is not None:
    table = quality.added(viewer, version, table, city.latest_month)
here = priority_choices.within(table, asked)
remedy = priority_choices.remedy_list(here)
rows = priority_table.of_remedy(here, remedy)
priority_nearest.show(viewer, version, city, settings.mode, here)
row = priority_view.chosen(table)
code = None if row is None else str(row["rw_code"])

left, right = st.columns([1.6, 1], gap="medium")
with left:
    priority_view.listed(viewer, version, rows, remedy, code)
    downloads.table_buttons(
        lambda: priority_table.to_save(rows, asked, remedy, settings, city), f"prioritas-{remedy}-{asked.month:%Y-%m}"
    )
    if told := priority_weights.adopted_told(viewer, version, asked.weights_name):
        st.caption(told)
with right:
    if row is not None:
        priority_detail.show(viewer, version, asked, row)
        month = city.latest_month
        if month is not None and (doubt := quality.told(viewer, version, str(row["rw_code"]), month)):
            st.html(quality.badge(doubt))
    priority_view.small_map(viewer, version, asked, table, code)
source_line(
    f"kunjungan {fmt.month(asked.month)}, dari angka sebelum bulan itu",
    f"{SOURCE_ROUTINE}, waktu tempuh, kunjungan Pusing, dan usulan wilayah",
    settings_told(settings, MODE_NAMES),
)
