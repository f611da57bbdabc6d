"""Banjir: a scenario of closed roads beside ordinary travel: who is cut off, and who goes how much farther."""

import pandas as pd
import streamlit as st

from dashboard import cache, filters
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.downloads import table_buttons
from dashboard.exports import Saved
from dashboard.maps.legend import legend_html
from dashboard.pusing.acts import show_done
from dashboard.reach import choices, flood_form, pictures
from dashboard.reach.closed import effects
from dashboard.reach.words import EFFECT_NAMES, travel_source
from dashboard.shell import SOURCE_ROUTINE, source_line
from data.queries.city import CityState
from models.access import CUT_OFF, FARTHER

_MAP_SIZE_PX = (760, 430)
_COLUMNS = {
    name: st.column_config.TextColumn(width=width)
    for name, width in {"Akibat": 84, "Biasa": 74, "Banjir": 74, "Balita": 64}.items()
}
"""The RW takes what room is left."""
_COUNTED = ("rw", "children", "minutes_more")
_MEANING = (
    "Jalan di skenario ini dianggap tidak dapat dilewati siapa pun, juga pejalan kaki. Waktu biasa tidak berubah. "
    "Terputus: tidak ada jalan kering ke puskesmas mana pun, atau titik tengah RW-nya di dalam genangan."
)


def show(viewer: Viewer, version: str, city: CityState) -> None:
    """Draw the scenario that is picked, its list, and, for planners, the form for another."""
    show_done()
    scenarios = cache.closures(viewer.scope, version)
    if scenarios.empty:
        st.info(
            "Belum ada skenario jalan ditutup. "
            + (
                "Buat yang pertama di bawah ini."
                if viewer.may("close_roads")
                else "Perencana Dinkes dapat membuatnya di sini."
            ),
            icon=":material/flood:",
        )
    else:
        _scenario(viewer, version, city, scenarios)
    if viewer.may("close_roads"):
        flood_form.show(viewer, version, scenarios)


def _scenario(viewer: Viewer, version: str, city: CityState, scenarios: pd.DataFrame) -> None:
    columns = st.columns([1.6, 1])
    with columns[0]:
        names = dict(zip(scenarios["name"], scenarios["id"].astype(int), strict=True))
        number = filters.choice("Skenario", names, "banjir")
    with columns[1]:
        mode = choices.mode()
    scenario = scenarios[scenarios["id"] == number].iloc[0]
    example = "**Contoh rekaan.** " if scenario["is_example"] else ""
    length = "" if pd.isna(scenario["closed_km"]) else f" {fmt.decimal(scenario['closed_km'])} km jalan ditutup."
    st.caption(f"{example}{scenario['reason']}.{length}")
    if not scenario["is_current"]:
        st.warning(
            "Waktu tempuh skenario ini belum dihitung pada jaringan jalan yang berlaku; jalankan `travel fill` lagi.",
            icon=":material/sync_problem:",
        )
        return
    rows = cache.closed_reach(viewer.scope, version, number, mode)
    whole = cache.closed_city(viewer.scope, version, number, mode)
    _tiles(whole, rows, city)
    if rows.empty:
        return
    geometry = cache.map_geometry(viewer.scope, version)
    drawn = pictures.effect_fill(rows, geometry.rw_codes, "Bila jalan ini ditutup")
    hit = rows[rows["effect"].isin([CUT_OFF, FARTHER])]
    cut_off = int((hit["effect"] == CUT_OFF).sum())
    farther = fmt.count(len(hit) - cut_off)
    told = f"{fmt.count(cut_off)} RW terputus dan {farther} RW lebih jauh, dari {fmt.count(len(rows))} RW."
    closed = list(scenario["lines"] or [])
    places = cache.rw_names(viewer.scope, version)
    seen = pictures.bounds_of(closed, places[places["code"].isin(hit["rw_code"])], geometry.bounds)
    left, right = st.columns([1.25, 1], gap="medium")
    with left, st.container(key="banjir-peta-bingkai"):
        st.pydeck_chart(
            pictures.deck(geometry, drawn, _MAP_SIZE_PX, closed=closed, seen=seen, is_screen=viewer.is_screen),
            height=_MAP_SIZE_PX[1],
            key="banjir-peta",
            alt=f"Peta jalan ditutup: {told}",
        )
    with left:
        st.html(legend_html(drawn.title, drawn.legend, drawn.special))
    with right:
        st.markdown(f"**{told}** Garis jingga di peta: jalan yang ditutup.")
        if viewer.is_screen:
            pass
        elif hit.empty:
            st.success("Tidak ada RW yang terputus atau lebih jauh dengan cara ini.", icon=":material/check_circle:")
        else:
            hit = hit.sort_values(["minutes_more", "rw_code"], ascending=[False, True], na_position="first")
            st.dataframe(
                shown(hit),
                hide_index=True,
                width="stretch",
                column_config=_COLUMNS,
                height=_MAP_SIZE_PX[1] - 40,
                alt=f"Daftar RW: {told}",
            )
            notes = (
                ("Wilayah", city.name),
                ("Skenario", f"{scenario['name']}: {scenario['reason']}"),
                ("Arti", _MEANING),
                ("Cara tempuh", filters.MODE_NAMES[mode]),
                ("Sumber", f"{SOURCE_ROUTINE} untuk sasaran; {travel_source(city)}"),
            )
            table_buttons(
                lambda: Saved(to_save(hit), f"RW yang terkena: {scenario['name']}", notes), f"banjir-{number}-{mode}"
            )
    source_line(
        f"dihitung {fmt.moment(scenario['computed_at'])}",
        f"{SOURCE_ROUTINE} untuk sasaran; {travel_source(city)}",
        _MEANING,
    )


def _tiles(whole: pd.DataFrame | None, rows: pd.DataFrame, city: CityState) -> None:
    where = city.name if whole is not None else "wilayah Anda"
    told = whole if whole is not None else effects(rows)
    cut_off, farther = (
        {name: told[name].to_numpy(dtype=float)[told["effect"].eq(effect)][0] for name in _COUNTED}
        for effect in (CUT_OFF, FARTHER)
    )
    tiles = (
        ("Terputus", f"{fmt.count(cut_off['rw'])} RW", f"{fmt.count(cut_off['children'])} balita"),
        (
            "Lebih jauh",
            f"{fmt.count(farther['rw'])} RW",
            f"{fmt.count(farther['children'])} balita",
        ),
        (
            "Tambahan rata-rata",
            fmt.minutes(60 * float(farther["minutes_more"])),
            "di RW yang lebih jauh, sekali jalan",
        ),
    )
    for column, (name, figure, beside) in zip(st.columns(3), tiles, strict=True):
        column.html(
            f'<div class="kpi"><p class="name">{name} · {where}</p><div class="figure">{figure}</div>'
            f'<p class="beside">{beside}</p></div>'
        )


def shown(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the RWs that are hit as people read them."""
    return pd.DataFrame(
        {
            "RW": rows["rw_name"] + ", " + rows["kelurahan"],
            "Akibat": rows["effect"].map(EFFECT_NAMES),
            "Biasa": (rows["minutes"] * 60).map(fmt.minutes),
            "Banjir": (rows["closed_minutes"] * 60).map(fmt.minutes),
            "Balita": rows["children"].map(fmt.count),
        }
    )


def to_save(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the same with codes and figures in minutes."""
    return pd.DataFrame(
        {
            "Kode RW": rows["rw_code"],
            "RW": rows["rw_name"],
            "Kelurahan": rows["kelurahan"],
            "Kecamatan": rows["kecamatan"],
            "Akibat": rows["effect"].map(EFFECT_NAMES),
            "Biasa (menit)": rows["minutes"].round(1),
            "Dengan jalan ditutup (menit)": rows["closed_minutes"].round(1),
            "Lebih lama (menit)": rows["minutes_more"].round(1),
            "Balita sasaran": rows["children"],
        }
    )
