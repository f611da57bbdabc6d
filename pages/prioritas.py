"""Prioritas: which RWs the mobile clinic visits next, how sure that is and why; the other remedies one click away."""

import streamlit as st

from dashboard import (
    cache,
    downloads,
    priority_choices,
    priority_detail,
    priority_nearest,
    priority_table,
    priority_view,
    priority_weights,
    pusing_acts,
)
from dashboard import format as fmt
from dashboard.filters import MODE_NAMES
from dashboard.priority_words import settings_told
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
    priority_view.small_map(viewer, version, asked, table, code)
source_line(
    f"kunjungan {fmt.month(asked.month)}, dari angka sebelum bulan itu",
    f"{SOURCE_ROUTINE}, waktu tempuh, kunjungan Pusing, dan usulan wilayah",
    settings_told(settings, MODE_NAMES),
)
