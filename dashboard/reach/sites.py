"""Lokasi baru: where one more puskesmas or pustu brings the most children within reach, and what the rule asks for."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import cache, filters
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.charts import LINE_COLOUR, picture_config
from dashboard.downloads import table_buttons
from dashboard.exports import Saved
from dashboard.pusing.acts import show_done, written
from dashboard.reach import choices, pictures
from dashboard.reach.site_figures import rule_by_kecamatan
from dashboard.reach.words import refused, travel_source
from dashboard.shell import SOURCE_ROUTINE, source_line
from data.population import FEWEST, LONGEST_SOURCE, MOST, set_population
from data.queries.city import CityState

_MAP_SIZE_PX = (560, 430)
_MODES = {"Jalan kaki": "walk", "Sepeda motor": "motorcycle"}
_MEANING = (
    "Dipilih satu per satu: tiap langkah mengambil tempat yang paling banyak menambah balita terjangkau, di luar yang "
    "sudah terjangkau sekarang. Calonnya hanya tempat yang sudah ada: posyandu dan pustu (atau titik kelurahan bila "
    "keduanya belum dimuat). Lahan, biaya, dan tenaga tidak dihitung."
)


def show(viewer: Viewer, version: str, city: CityState) -> None:
    """Draw the curve, the places on a map and as a list, and the rule beside them."""
    show_done()
    columns = st.columns(3)
    with columns[0]:
        kind = filters.choice("Tambah satu", choices.SITE_KINDS, "jenis")
    with columns[1]:
        mode = filters.choice("Cara tempuh pengasuh", _MODES, "moda-lokasi")
    with columns[2]:
        limit = filters.choice("Terjangkau dalam", choices.LIMITS, "batas")
    found = cache.site_curve(viewer.scope, version, mode, limit, kind)
    if found["share"].isna().all():
        st.info("Belum ada sasaran balita atau waktu tempuh untuk dihitung.", icon=":material/hourglass_empty:")
        return
    if cache.sites(viewer.scope, version).empty:
        st.info(
            "Waktu tempuh ke calon lokasi (posyandu, pustu) belum dihitung. Pengelola aplikasi menjalankan "
            "`travel fill` sekali lagi; sebelum itu kurvanya hanya berisi keadaan hari ini.",
            icon=":material/route:",
        )
    told = curve_told(found, limit, kind)
    left, right = st.columns([1.1, 1], gap="medium")
    with left:
        st.plotly_chart(
            curve(found, limit), config=picture_config("lokasi-baru"), key="lokasi-kurva", alt=told, width="stretch"
        )
        st.markdown(told)
    with right:
        _map(viewer, version, found, told)
    if len(found) > 1 and not viewer.is_screen:
        names = dict(cache.places(viewer.scope, version)[["code", "name"]].to_numpy().tolist())
        table = shown(found, names)
        st.dataframe(table, hide_index=True, width="stretch", height=min(40 * (len(table) + 1) + 3, 443), alt=told)
        notes = (
            ("Wilayah", city.name),
            ("Arti", _MEANING),
            ("Terjangkau", f"{limit} menit atau kurang, {filters.MODE_NAMES[mode].lower()}"),
            ("Sumber", f"{SOURCE_ROUTINE} untuk sasaran; {travel_source(city)}"),
        )
        table_buttons(lambda: Saved(table, f"Lokasi {kind} baru", notes), f"lokasi-{kind}-{mode}-{limit}")
    _rule(viewer, version, city)
    source_line(
        fmt.month(city.latest_month) if city.latest_month else fmt.MISSING,
        f"{SOURCE_ROUTINE} untuk sasaran; {travel_source(city)}",
        _MEANING,
    )


def curve(found: pd.DataFrame, limit: int) -> go.Figure:
    """Return the share within reach after each site; the first point is today."""
    figure = go.Figure(
        go.Scatter(
            x=found["step"],
            y=found["share"] * 100,
            mode="lines+markers+text",
            text=[fmt.share(value) for value in found["share"]],
            textposition="top center",
            line={"color": LINE_COLOUR, "width": 3},
            marker={"size": 9},
            cliponaxis=False,
            hovertemplate="%{x} tempat: %{y:.1f} %<extra></extra>",
        )
    )
    figure.update_layout(
        height=360, margin={"l": 10, "r": 20, "t": 30, "b": 10}, separators=",.", font={"size": 15}, showlegend=False
    )
    lowest = float(found["share"].min() * 100)
    figure.update_yaxes(title=f"Balita dalam {limit} menit", ticksuffix=" %", range=[max(0.0, lowest - 8), 104])
    figure.update_xaxes(title="Tempat baru", dtick=1)
    return figure


def curve_told(found: pd.DataFrame, limit: int, kind: str) -> str:
    """Tell the curve in words."""
    today = fmt.share(found["share"].iloc[0])
    if len(found) == 1:
        return f"Hari ini {today} balita terjangkau dalam {limit} menit; tidak ada calon yang menambahnya."
    first, last = found.iloc[1], found.iloc[-1]
    return (
        f"Hari ini **{today}** balita terjangkau dalam {limit} menit. Satu {kind} di **{first['site_name']}** menambah "
        f"{fmt.count(first['children_gained'])} balita ({fmt.points(first['share'] - found['share'].iloc[0])}); "
        f"dengan {fmt.count(last['step'])} tempat menjadi {fmt.share(last['share'])}."
    )


def shown(found: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Return the sites of a curve as people read them."""
    sites = found.assign(share_gained=found["share"].diff())[found["step"] > 0]
    kelurahan = [names.get(".".join(str(code).split(".")[:4]), fmt.MISSING) for code in sites["area_code"]]
    return pd.DataFrame(
        {
            "Urutan": sites["step"],
            "Tempat": sites["site_name"],
            "Kelurahan": kelurahan,
            "RW bertambah": sites["origins_gained"],
            "Balita bertambah": sites["children_gained"].round(0).astype(int),
            "Bagian bertambah": sites["share_gained"].map(fmt.points),
            "Menjadi": sites["share"].map(fmt.share),
        }
    )


def _map(viewer: Viewer, version: str, found: pd.DataFrame, told: str) -> None:
    geometry = cache.map_geometry(viewer.scope, version)
    places = found[found["step"] > 0].dropna(subset=["lat", "lon"])
    with st.container(key="lokasi-peta-bingkai"):
        st.pydeck_chart(
            pictures.deck(
                geometry,
                None,
                _MAP_SIZE_PX,
                kinds=("puskesmas", "pustu"),
                marks=list(zip(places["lon"].astype(float), places["lat"].astype(float), strict=True)),
                is_screen=viewer.is_screen,
            ),
            height=_MAP_SIZE_PX[1],
            key="lokasi-peta",
            alt=f"Peta lokasi baru menurut urutannya. {told}",
        )


def _rule(viewer: Viewer, version: str, city: CityState) -> None:
    st.subheader("Aturan 1 puskesmas per 30.000 penduduk", anchor=False)
    people = cache.population(viewer.scope, version)
    if len(people):
        told = people.iloc[0]
        table = rule_by_kecamatan(
            cache.reach_of_rws(viewer.scope, version, "walk"),
            cache.all_facilities(viewer.scope, version),
            float(told["people"]),
        )
        lacking = int(table["lacking"].sum())
        summary = (
            f"{fmt.count(int(table['puskesmas'].sum()))} puskesmas di {city.name}; aturan itu meminta "
            f"{fmt.count(table['wanted'].sum())}, kurang {fmt.count(lacking)} bila dihitung per kecamatan."
        )
        st.dataframe(
            rule_shown(table), hide_index=True, width="stretch", height=40 * (min(len(table), 12) + 1) + 3, alt=summary
        )
        st.caption(
            f"{summary} Penduduk {fmt.count(told['people'])} ({told['source']}, {told['period']}), dibagi menurut "
            "sasaran balita. Aturan menghitung jumlah, kurva di atas menghitung jarak: keduanya bisa berbeda."
        )
    else:
        st.info(
            "Jumlah penduduk kota belum diisi; perencana Dinkes dapat mengisinya di sini.", icon=":material/groups:"
        )
    if viewer.may("set_target"):
        _population_form(viewer, is_open=people.empty)


def rule_shown(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rule by kecamatan as people read it."""
    return pd.DataFrame(
        {
            "Kecamatan": table["kecamatan"],
            "Penduduk (perkiraan)": [fmt.count(round(value, -2)) for value in table["people"]],
            "Puskesmas": table["puskesmas"],
            "Menurut aturan": table["wanted"].map(fmt.count),
            "Kurang": table["lacking"].map(fmt.count),
        }
    )


def _population_form(viewer: Viewer, *, is_open: bool) -> None:
    with (
        st.expander("Isi jumlah penduduk", icon=":material/edit:", expanded=is_open),
        st.form("penduduk", border=False),
    ):
        first, second, third = st.columns([1, 1, 2])
        people = first.number_input("Penduduk", FEWEST, MOST, value=None, step=1000, placeholder="jiwa")
        period = second.text_input("Periode", max_chars=40, placeholder="2026-S1")
        source = third.text_input("Sumber", max_chars=LONGEST_SOURCE, placeholder="Dukcapil (DKB)")
        if st.form_submit_button("Simpan", type="primary"):
            if people is None:
                st.error("Tulis dulu jumlahnya.", icon=":material/error:")
            else:
                given = int(people)
                written(
                    viewer,
                    lambda connection: set_population(connection, given, period, source, viewer.name),
                    "Jumlah penduduk tersimpan.",
                    refused,
                )
