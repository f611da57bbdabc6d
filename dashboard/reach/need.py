"""Kebutuhan × akses: the map of nine groups of RWs, its legend in words, and the list under it."""

import pandas as pd
import streamlit as st

from dashboard import cache, filters
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.downloads import table_buttons
from dashboard.exports import Saved
from dashboard.reach import choices, pictures
from dashboard.reach.words import travel_source
from dashboard.shell import SOURCE_ROUTINE, source_line
from data.queries.city import CityState
from models.access import FAR, HIGH, NEED_EDGES, UNSURE, need_by_access
from models.access.need import NEAR_SHARE
from models.rates.attendance import RELIABLE

MAP_SIZE_PX = (760, 520)
_MAP = "kebutuhan-akses-peta"


def show(viewer: Viewer, version: str, city: CityState) -> None:
    """Draw the map with its legend beside it, and the RWs in which both meet."""
    with st.columns(3)[0]:
        mode = choices.mode()
    far_min = cache.priority_settings(viewer.scope, version).far_s / 60
    rows = cache.made(
        viewer.scope,
        version,
        ("need by access", mode, far_min),
        lambda: _grouped(cache.reach_of_rws(viewer.scope, version, mode), far_min),
    )
    if rows.empty or city.latest_month is None:
        st.info("Belum ada angka penimbangan untuk RW.", icon=":material/upload_file:")
        return
    geometry = cache.map_geometry(viewer.scope, version)
    drawn = pictures.need_fill(rows, geometry.rw_codes)
    worst = rows[rows["group"] == f"{HIGH} {FAR}"].sort_values(["rate", "rw_code"], ascending=[False, True])
    told = _told(rows, worst, far_min)
    left, right = st.columns([1.9, 1], gap="medium")
    with left, st.container(key="kebutuhan-peta-bingkai"):
        st.pydeck_chart(
            pictures.deck(geometry, drawn, MAP_SIZE_PX, is_screen=viewer.is_screen),
            height=MAP_SIZE_PX[1],
            key=_MAP,
            alt=f"Peta kebutuhan dan akses per RW. {told}",
        )
    with right:
        st.html(pictures.legend_grid_html(drawn, drawn.special))
        st.markdown(told)
        near = NEAR_SHARE * far_min
        st.caption(
            f"Rendah: di bawah {fmt.share(NEED_EDGES[0])}; tinggi: {fmt.share(NEED_EDGES[1], 0)} ke atas (prevalensi "
            f"dihaluskan). Dekat: di bawah {fmt.decimal(near, 0)} menit; jauh: {fmt.decimal(far_min, 0)} menit ke atas "
            "ke puskesmas terdekat. RW yang belum cukup ditimbang berwarna sendiri dan tidak dinilai baik."
        )
    if not viewer.is_screen:
        _listed(rows, worst, mode, city)
    source_line(
        fmt.window(city.latest_month, 3), f"{SOURCE_ROUTINE}; {travel_source(city)}", f"{filters.MODE_NAMES[mode]}."
    )


def _grouped(rows: pd.DataFrame, far_min: float) -> pd.DataFrame:
    return need_by_access(rows.assign(minutes=rows["puskesmas_minutes"]), far_min, frozenset({RELIABLE}))


def _told(rows: pd.DataFrame, worst: pd.DataFrame, far_min: float) -> str:
    unsure = int((rows["group"] == UNSURE).sum())
    return (
        f"**{fmt.count(len(worst))} RW** tinggi stuntingnya dan jauh ({fmt.decimal(far_min, 0)} menit atau lebih), "
        f"dengan {fmt.count(float(worst['children'].sum()))} balita. {fmt.count(unsure)} RW belum cukup datanya."
    )


def _listed(rows: pd.DataFrame, worst: pd.DataFrame, mode: str, city: CityState) -> None:
    st.subheader("RW dengan stunting tinggi dan jauh", anchor=False)
    if worst.empty:
        st.caption("Tidak ada RW yang sekaligus tinggi dan jauh; seluruh RW ada di berkas unduhan.")
    else:
        st.dataframe(
            shown(worst),
            hide_index=True,
            width="stretch",
            height=min(40 * (len(worst) + 1) + 3, 420),
            alt=f"{fmt.count(len(worst))} RW dengan stunting tinggi dan jauh.",
        )
    notes = (
        ("Wilayah", city.name),
        ("Isi", "Semua RW dengan kelompoknya"),
        ("Cara tempuh", filters.MODE_NAMES[mode]),
        ("Sumber", f"{SOURCE_ROUTINE}; {travel_source(city)}"),
    )
    table_buttons(lambda: Saved(to_save(rows), "Kebutuhan dan akses per RW", notes), f"kebutuhan-akses-{mode}")


def shown(rows: pd.DataFrame) -> pd.DataFrame:
    """Return RWs as people read them."""
    return pd.DataFrame(
        {
            "RW": rows["rw_name"] + ", " + rows["kelurahan"],
            "Kecamatan": rows["kecamatan"],
            "Stunting (dihaluskan)": rows["rate"].map(fmt.share),
            "Ke puskesmas": (rows["puskesmas_minutes"] * 60).map(fmt.minutes),
            "Balita": rows["children"].map(fmt.count),
        }
    )


def to_save(rows: pd.DataFrame) -> pd.DataFrame:
    """Return all RWs with their group."""
    return pd.DataFrame(
        {
            "Kode RW": rows["rw_code"],
            "RW": rows["rw_name"],
            "Kelurahan": rows["kelurahan"],
            "Kecamatan": rows["kecamatan"],
            "Kelompok": rows["group"].map(pictures.group_name),
            "Stunting dihaluskan (%)": (rows["rate"] * 100).round(2).where(rows["group"] != UNSURE),
            "Ke puskesmas (menit)": rows["puskesmas_minutes"].round(1),
            "Balita sasaran": rows["children"],
        }
    )
