"""Making a scenario of closed roads: by names of streets and bridges, or by a circle around a place on the map."""

import numpy as np
import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.pusing.acts import times_written, written
from dashboard.reach import pictures
from dashboard.reach.words import refused
from data import settings
from data.pusing.reasons import LONGEST_REASON
from data.travel import close_roads, current_network_files, withdraw_closure
from data.travel.closing import LONGEST_NAME
from geo.errors import GeoError
from geo.network import Circle, Closures

_MAP = "banjir-pilih"
_SIZE_PX = (560, 380)
_CIRCLES = "banjir-lingkaran"
_MOST_CIRCLES = 12


def show(viewer: Viewer, version: str, scenarios: pd.DataFrame) -> None:
    """Let roads be closed and named, and scenarios be taken back."""
    names = cache.road_names(viewer.scope, version)
    with st.expander("Buat skenario baru", icon=":material/add_road:", expanded=scenarios.empty):
        if names is None:
            st.info(
                "Jaringan jalan tidak ada di komputer ini, jadi jalan belum dapat ditutup. Muat berkas OpenStreetMap "
                "dengan `travel build` dan `travel fill` (lihat Kelengkapan).",
                icon=":material/add_road:",
            )
            return
        turn = times_written()
        left, right = st.columns([1, 1.1], gap="medium")
        with right:
            circles = _circles(viewer, version, turn)
        with left:
            streets = st.multiselect(
                "Jalan", names.streets, key=f"banjir-jalan-{turn}", placeholder="Ketik nama jalan…"
            )
            bridges = st.multiselect(
                "Jembatan di jalan", names.bridges, key=f"banjir-jembatan-{turn}", placeholder="Ketik nama jalannya…"
            )
            name = st.text_input(
                "Nama skenario", max_chars=LONGEST_NAME, key=f"banjir-nama-{turn}", placeholder="Banjir Januari 2025"
            )
            reason = st.text_input(
                "Alasan", max_chars=LONGEST_REASON, key=f"banjir-alasan-{turn}", placeholder="Genangan lebih dari 50 cm"
            )
            st.caption(
                f"Ditutup: {fmt.count(len(streets))} jalan, {fmt.count(len(bridges))} jembatan, "
                f"{fmt.count(len(circles))} lingkaran. Hitungannya beberapa detik; waktu biasa tidak berubah."
            )
            if st.button("Hitung dan simpan", type="primary", icon=":material/calculate:", key="banjir-simpan"):
                _close(viewer, name, Closures(tuple(circles), tuple(streets), tuple(bridges)), reason)
    if len(scenarios):
        _withdraw(viewer, scenarios)


def _circles(viewer: Viewer, version: str, turn: int) -> list[Circle]:
    """Draw a map on which a click on an RW puts a circle there, and return the circles put."""
    key = f"{_CIRCLES}-{turn}"
    circles: list[Circle] = st.session_state.setdefault(key, [])
    radius = st.slider("Radius lingkaran (meter)", 100, 3000, 500, 100, key=f"banjir-radius-{turn}")
    geometry = cache.map_geometry(viewer.scope, version)
    outlines = [_ring(circle) for circle in circles]

    def take() -> None:
        clicked = st.session_state[f"{_MAP}-{turn}-{len(circles)}"].selection.objects
        codes = [found["properties"]["c"] for layer in ("rw", "rw-titik") for found in clicked.get(layer, [])]
        names = cache.rw_names(viewer.scope, version)
        place = names.loc[names["code"].isin(codes), ["point_lat", "point_lon"]].dropna()
        if len(place) and len(circles) < _MOST_CIRCLES:
            lat, lon = map(float, place.iloc[0])
            circles.append(Circle(lat, lon, float(radius)))

    with st.container(key="banjir-pilih-bingkai"):
        st.pydeck_chart(
            pictures.deck(geometry, None, _SIZE_PX, kinds=(), closed=outlines),
            height=_SIZE_PX[1],
            key=f"{_MAP}-{turn}-{len(circles)}",
            selection_mode="single-object",
            on_select=take,
            alt=f"Peta untuk memilih daerah genangan; {fmt.count(len(circles))} lingkaran dipilih.",
        )
    st.caption("Klik RW yang tergenang: semua jalan di dalam lingkaran di sekitar titik tengahnya ditutup.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        lat = st.number_input("Lintang", -90.0, 90.0, None, format="%.5f", key=f"banjir-lat-{turn}-{len(circles)}")
        lon = st.number_input("Bujur", -180.0, 180.0, None, format="%.5f", key=f"banjir-lon-{turn}-{len(circles)}")
        if st.button("Tambah titik", key=f"banjir-tambah-{turn}", disabled=len(circles) >= _MOST_CIRCLES):
            if lat is None or lon is None:
                st.toast("Isi lintang dan bujurnya dulu.")
            else:
                circles.append(Circle(float(lat), float(lon), float(radius)))
                st.rerun()
        if circles and st.button("Hapus lingkaran terakhir", key=f"banjir-hapus-{turn}"):
            circles.pop()
            st.rerun()
    return circles


def _close(viewer: Viewer, name: str, closures: Closures, reason: str) -> None:
    home = settings.networks()
    with st.spinner("Menghitung waktu tempuh tanpa jalan itu…"):
        try:
            written(
                viewer,
                lambda connection: close_roads(
                    connection, current_network_files(connection, home), name, closures, reason, viewer.name
                ),
                "Skenario tersimpan dan waktunya sudah dihitung.",
                refused,
            )
        except GeoError:
            st.error("Jalan itu tidak dapat ditutup; periksa lingkaran dan jaringan jalannya.", icon=":material/error:")


def _withdraw(viewer: Viewer, scenarios: pd.DataFrame) -> None:
    words = {f"{row['name']} (no. {row['id']})": int(row["id"]) for _, row in scenarios.iterrows()}
    with st.form("banjir-batal", border=False):
        picked = st.selectbox("Batalkan skenario", list(words), index=None, placeholder="Pilih skenario…")
        if st.form_submit_button("Batalkan", icon=":material/undo:") and picked:
            number = words[picked]
            written(
                viewer,
                lambda connection: withdraw_closure(connection, number),
                "Skenario dibatalkan; catatannya tetap ada di log.",
                refused,
            )


def _ring(circle: Circle) -> list[list[float]]:
    angle = np.linspace(0, 2 * np.pi, 49)
    lat = circle.lat + circle.radius_m * np.sin(angle) / 110_574
    lon = circle.lon + circle.radius_m * np.cos(angle) / (111_320 * np.cos(np.radians(circle.lat)))
    return [[round(float(x), 5), round(float(y), 5)] for x, y in zip(lon, lat, strict=True)]
