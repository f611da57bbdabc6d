"""What Dinkes takes to the rakor: who has answered, and where data and nominations agree or differ."""

import streamlit as st

from dashboard import cache, filters, page_parts
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.downloads import table_buttons
from dashboard.exports import Saved
from dashboard.nomination import list as nomination_list
from dashboard.nomination.choices import Asked
from dashboard.nomination.list import LIST_MEANINGS, LIST_NAMES
from dashboard.priority.words import preset_name
from data.queries.city import CityState
from models.priority.ranking import DEFAULT_K


def show_tracker(viewer: Viewer, version: str, asked: Asked) -> None:
    """Show which kelurahan have answered the call for the month."""
    answers = cache.nomination_answers(viewer.scope, version, asked.month)
    answers = answers[answers["kelurahan_code"].str.startswith(viewer.area_code)]
    answered = int(answers["written_at"].notna().sum())
    st.markdown(
        f"**{fmt.count(answered)} dari {fmt.count(len(answers))} kelurahan** sudah menjawab untuk "
        f"{fmt.month(asked.month)}; {fmt.count(answers['named'].sum())} RW diusulkan. Yang belum menjawab di atas."
    )
    table = nomination_list.tracker_shown(answers)
    st.dataframe(table, hide_index=True, width="stretch", height=480)
    title = f"Jawaban kelurahan atas permintaan usulan, {fmt.month(asked.month)}"
    table_buttons(lambda: Saved(table, title, (("Bulan", fmt.month(asked.month)),)), f"jawaban-{asked.month:%Y-%m}")


def show_agenda(viewer: Viewer, version: str, asked: Asked, city: CityState) -> None:
    """Show the three lists."""
    presets = cache.presets(viewer.scope, version)
    columns = st.columns([1.2, 0.7, 4], vertical_alignment="bottom")
    with columns[0]:
        preset = filters.choice("Bobot", {preset_name(name): name for name in presets}, "preset")
    with columns[1]:
        k = int(st.number_input("Teratas", 1, 1000, DEFAULT_K, key="k", bind="query-params"))
    columns[2].caption(
        "Usulan tidak ikut dihitung dalam urutan di halaman ini, supaya data dan usulan benar-benar dua suara. "
        "Yang berbeda itulah yang dibahas di rakor."
    )
    weights = nomination_list.without_nomination(presets[preset])
    table = cache.ranked_rws(viewer.scope, version, asked.month, cache.shares_of(weights), k)
    lists = nomination_list.three_lists(table, cache.nominations(viewer.scope, version, asked.month), k)
    for column, (code, rows) in zip(st.columns(len(lists)), lists.items(), strict=True):
        column.html(
            f'<div class="kpi remedy"><div class="figure">{fmt.count(len(rows))} RW</div>'
            f'<p class="beside"><b>{LIST_NAMES[code]}</b><br>{LIST_MEANINGS[code]}</p></div>'
        )
    words = {name: code for code, name in LIST_NAMES.items()}
    rows = lists[page_parts.picked(words, "daftar-rakor", "Daftar", LIST_NAMES[nomination_list.ONLY_NAMED])]
    if rows.empty:
        st.caption("Tidak ada RW di daftar ini.")
    else:
        st.dataframe(nomination_list.agenda_shown(rows), hide_index=True, width="stretch")
    table_buttons(
        lambda: nomination_list.agenda_to_save(lists, asked.month, k, city), f"bahan-rakor-{asked.month:%Y-%m}"
    )
