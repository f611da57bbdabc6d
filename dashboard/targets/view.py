"""The targets on the screen: those that hold, the form for planners, and the history of who changed what."""

import pandas as pd
import streamlit as st

from dashboard import cache, filters
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.downloads import table_buttons
from dashboard.indicator_words import GROUP_NAMES
from dashboard.shell import source_line
from dashboard.targets import form as target_form
from dashboard.targets import list as target_list
from data.queries.city import CityState

_EVERYWHERE, _EVERYTHING = "Semua wilayah", "Semua indikator"


def areas_of(viewer: Viewer, version: str, city: CityState) -> dict[str, str]:
    """Return the areas that a target or an event can be of, by name: the city, its kecamatan and kelurahan."""
    places = cache.places(viewer.scope, version)
    words = {"kecamatan": "Kec.", "kelurahan": "Kel."}
    names = dict(zip(places["code"], places["name"], strict=True))
    found = {city.name: city.code}
    for level, code, name, parent in places[["level", "code", "name", "parent_code"]].to_numpy().tolist():
        where = f", {names[parent]}" if level == "kelurahan" and parent in names else ""
        found[f"{words[level]} {name}{where}"] = code
    return found


def show(viewer: Viewer, version: str, city: CityState) -> None:
    """Show targets, their form where the viewer may set them, and their history."""
    dictionary = cache.indicator_dictionary(viewer.scope, version)
    history = cache.made(
        viewer.scope,
        version,
        ("targets by name",),
        lambda: target_list.with_names(cache.target_history(viewer.scope, version), dictionary),
    )
    left, right = st.columns(2)
    with left:
        names = dict(zip(history["area_name"], history["area_code"], strict=True))
        area = filters.choice("Tampilkan wilayah", {city.name: city.code, _EVERYWHERE: "", **names}, "wilayah")
    with right:
        options = {_EVERYTHING: "", **dict(sorted(zip(history["name"], history["indicator_code"], strict=True)))}
        indicator = filters.choice("Tampilkan indikator", options, "indikator")
    asked = history[
        (history["area_code"].eq(area) | (area == "")) & (history["indicator_code"].eq(indicator) | (indicator == ""))
    ]
    held = asked[asked["replaced_at"].isna()]
    groups = list(GROUP_NAMES)
    held = held.assign(place=held["indicator_group"].map(groups.index)).sort_values(
        ["place", "name", "area_code", "series", "decree", "year"]
    )
    st.subheader(f"{fmt.count(len(held))} target berlaku", anchor=False)
    if held.empty:
        st.info("Belum ada target untuk pilihan ini.", icon=":material/flag:")
    else:
        shown = target_list.shown(held)
        st.dataframe(shown, hide_index=True, width="stretch", height=min(40 * (len(shown) + 1) + 3, 420))
    st.caption(
        "Target hanya dibandingkan dengan angka dari seri yang sama. Nilai suatu tahun dicapai paling lambat akhir "
        "tahun itu; jalur bertahap berlaku sepanjang tahunnya, garis lurus didekati merata dari tahun sebelumnya."
    )
    if viewer.may("set_target"):
        with st.container(border=True):
            st.subheader("Tetapkan, ubah, atau tarik", anchor=False)
            everything = history[history["replaced_at"].isna()]
            offered = held if area or indicator else everything
            target_form.show(
                viewer, version, areas_of(viewer, version, city), offered, asked[asked["replaced_at"].notna()]
            )
    else:
        st.caption("Target ditetapkan oleh perencana Dinkes; peran ini hanya membaca.")
    _show_history(asked, city)


def _show_history(history: pd.DataFrame, city: CityState) -> None:
    st.subheader("Riwayat", anchor=False)
    shown = target_list.history_shown(history)
    st.dataframe(shown, hide_index=True, width="stretch", height=min(40 * (len(shown) + 1) + 3, 380))
    table_buttons(lambda: target_list.to_save(history, city), "target")
    source_line("sampai hari ini", "Keputusan dan dokumen yang disebut pada tiap baris")
