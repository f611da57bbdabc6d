"""The ranking page's parts: the list that a click chooses from, and the small map."""

import hashlib

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.maps import selection, view
from dashboard.maps.geometry import MapGeometry
from dashboard.maps.legend import legend_html
from dashboard.priority import map as priority_map
from dashboard.priority import table as priority_table
from dashboard.priority.choices import Asked
from models.priority.codes import PUSING

_MAP = "prioritas-peta"
_MAP_SIZE_PX = (460, 520)
_COLUMNS = {
    "Urutan": st.column_config.NumberColumn(width=66, help="1 paling dulu"),
    "Masuk": st.column_config.TextColumn(width=108, help="Seberapa pasti masuk teratas"),
    "RW": st.column_config.TextColumn(width=215),
    "Nilai": st.column_config.NumberColumn(format="%d", width=62, help="0–100; berkas unduhan memuat desimalnya"),
    "Kisaran": st.column_config.TextColumn(width=82, help="Urutan dalam 90 % percobaan"),
    "Peluang": st.column_config.NumberColumn(format="%d %%", width=78, help="Peluang masuk teratas"),
    "Mutu": st.column_config.TextColumn(
        width=72, help="Mutu data A–D: seberapa baik balita RW ini diukur. ▲ periksa dahulu; urutannya tetap"
    ),
}


def chosen(table: pd.DataFrame) -> pd.Series | None:
    """Return the RW that is chosen, by link or click, or None."""
    code = selection.chosen(set(table["rw_code"]))
    return None if code is None else table[table["rw_code"] == code].iloc[0]


def listed(viewer: Viewer, version: str, rows: pd.DataFrame, remedy: str, code: str | None) -> None:
    """Draw the list; a click on a row chooses its RW."""
    codes = list(rows["rw_code"])
    key = f"daftar-{hashlib.sha256(','.join([remedy, *codes]).encode()).hexdigest()[:12]}"

    def take() -> None:
        picked = st.session_state[key].selection.rows
        _choose(viewer, version, codes[picked[0]] if picked else None)

    at = codes.index(code) if code in codes else None
    st.dataframe(
        priority_table.shown(rows, remedy),
        hide_index=True,
        width="stretch",
        height=470,
        column_config=_COLUMNS,
        key=key,
        on_select=take,
        selection_mode="single-row",
        selection_default=None if at is None else {"selection": {"rows": [at]}},
        alt=f"Daftar {fmt.count(len(rows))} RW menurut urutan.",
    )
    if remedy == PUSING:
        st.caption("Klik kotak di kiri baris untuk melihat alasannya. Yang belum diketahui tidak menurunkan urutan.")
    else:
        st.caption("Daftar ini tidak diperingkat untuk Pusing; nilainya tetap ditulis untuk dibandingkan.")


def small_map(viewer: Viewer, version: str, asked: Asked, table: pd.DataFrame, code: str | None) -> None:
    """Draw the RWs by tier, and hot spots where they are asked for; a click chooses an RW."""
    geometry = cache.map_geometry(viewer.scope, version)
    drawn = priority_map.tiers(table, geometry.rw_codes, asked.k)
    has_clusters = st.toggle("Tunjukkan kelompok RW tinggi dan rendah", key="kelompok", help=_CLUSTERS_HELP)
    clusters = cache.clusters(viewer.scope, version, asked.month) if has_clusters else None
    edges = _cluster_outlines(viewer, version, clusters)
    outline = cache.outlines_of(viewer.scope, version, (code,))["geometry"] if code else pd.Series(dtype=object)
    with st.container(key="prioritas-peta-bingkai"):
        st.pydeck_chart(
            priority_map.deck(geometry, drawn, outline.iloc[0] if len(outline) else None, edges, _MAP_SIZE_PX),
            height=_MAP_SIZE_PX[1],
            key=_MAP,
            selection_mode="single-object",
            on_select=lambda: _take_from_map(viewer, version),
            alt=f"Peta RW menurut peluang masuk {fmt.count(asked.k)} teratas.",
        )
    st.html(legend_html(drawn.title, drawn.legend, drawn.special))
    if clusters is not None:
        st.html(legend_html("Kelompok RW (garis tepi), petunjuk saja", priority_map.cluster_legend(clusters), ()))


def _cluster_outlines(viewer: Viewer, version: str, clusters: pd.DataFrame | None) -> dict[str, list[bytes]]:
    if clusters is None:
        return {}
    found = {}
    for code in priority_map.CLUSTER_COLOURS:
        members = tuple(clusters.loc[clusters["cluster"] == code, "rw_code"])
        found[code] = list(cache.outlines_of(viewer.scope, version, members)["geometry"]) if members else []
    return found


def _take_from_map(viewer: Viewer, version: str) -> None:
    clicked = st.session_state[_MAP].selection.objects
    codes = [found["properties"]["c"] for layer in ("rw", "rw-titik") for found in clicked.get(layer, [])]
    _choose(viewer, version, codes[0] if codes else None)


def _choose(viewer: Viewer, version: str, code: str | None) -> None:
    """Choose an RW, and let the map page open on it."""
    selection.choose(code)
    names = cache.rw_names(viewer.scope, version)
    place = names.loc[names["code"] == code, ["point_lon", "point_lat"]]
    if len(place) and place.iloc[0].notna().all():
        geometry: MapGeometry = cache.map_geometry(viewer.scope, version)
        view.look_at(geometry, *map(float, place.iloc[0]))


_CLUSTERS_HELP = (
    "RW yang bersama tetangganya lebih tinggi (atau lebih rendah) daripada yang bisa terjadi karena kebetulan. "
    "Petunjuk untuk bertanya lebih jauh; tidak ikut menentukan urutan."
)
