"""Frozen states on the screen: those there are with their link, one that is made, and whether one is as it was."""

import datetime
from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.promises.words import failure
from dashboard.rakor.clock import quarter_of
from dashboard.snapshot import choice
from dashboard.snapshot.words import fingerprint_told
from data.errors import RembukError
from data.queries.city import CityState
from data.snapshots import drop_snapshot, make_snapshot, verify_snapshot

_DONE = "potret-pesan"


def show(viewer: Viewer, city: CityState, today: datetime.date) -> None:
    """Show the frozen states beside the form that makes one."""
    if told := st.session_state.pop(_DONE, None):
        st.success(told, icon=":material/check_circle:")
    found = cache.all_snapshots(viewer.scope.reading(None), cache.data_version(viewer.scope.reading(None)))
    left, right = st.columns([1.6, 1], gap="large")
    with left:
        if found.empty:
            st.info(
                "Belum ada potret data. Buat satu sebelum rakor: angka di paparan, berkas, dan berita acara akan tetap "
                "sama walau data terus berubah.",
                icon=":material/photo_camera:",
            )
        for row in found.to_dict("records"):
            _card(viewer, row)
    with right:
        if viewer.may("freeze"):
            _maker(viewer, city, today)


def _card(viewer: Viewer, row: Mapping[Any, Any]) -> None:
    with st.container(border=True):
        told = f"{fmt.day(row['as_of'])}, no. {row['number']}, sidik {fingerprint_told(row['sha256'])}"
        st.markdown(f"**{row['name']}**, {told}")
        st.caption(
            f"{fmt.count(row['rows'])} baris, dibuat oleh "
            f"{row['made_by'] or 'tidak dicatat'}. Tautan: tambahkan ?snapshot={row['id']} pada alamat halaman mana "
            "pun." + (f" Dipakai berita acara {row['meeting']}." if row["meeting"] else "")
        )
        with st.container(horizontal=True):
            st.button(
                "Buka potret ini", key=f"buka-{row['id']}", icon=":material/photo_camera:", on_click=choice.enter,
                args=(str(row["id"]),),
            )  # fmt: skip
            if viewer.may("freeze"):
                if st.button("Periksa keutuhan", key=f"periksa-{row['id']}", icon=":material/fingerprint:"):
                    _verify(str(row["id"]))
                if not row["meeting"] and st.button("Hapus", key=f"hapus-{row['id']}", icon=":material/delete:"):
                    _drop(viewer, str(row["id"]), str(row["name"]))


def _verify(snapshot_id: str) -> None:
    with st.spinner("Menghitung ulang sidik…"):
        changed = verify_snapshot(cache.engine(), snapshot_id)
    if changed:
        st.error(
            f"Potret ini BERUBAH sejak dibuat, pada tabel: {', '.join(found.table for found in changed)}. Jangan "
            "dipakai; laporkan kepada pengelola.",
            icon=":material/gpp_bad:",
        )
    else:
        st.success("Utuh: isinya persis seperti saat dibuat.", icon=":material/verified:")


@st.dialog("Hapus potret data")
def _drop(viewer: Viewer, snapshot_id: str, name: str) -> None:
    st.markdown(f"Potret **{name}** akan hilang dan tidak bisa dikembalikan. Tautannya tidak lagi terbuka.")
    if st.button("Ya, hapus", type="primary", icon=":material/delete:"):
        try:
            drop_snapshot(cache.engine(), viewer.scope, snapshot_id)
        except RembukError as error:
            st.error(failure(error), icon=":material/error:")
            return
        st.session_state[_DONE] = f"Potret {name} dihapus."
        st.rerun()


def _maker(viewer: Viewer, city: CityState, today: datetime.date) -> None:
    st.subheader("Buat potret data", anchor=False)
    with st.form("buat-potret", border=True):
        name = st.text_input("Nama", f"Rakor {quarter_of(today).name}")
        as_of = st.date_input("Hari rapat", today, format="DD/MM/YYYY")
        latest = "" if city.latest_month is None else f" Data sampai {fmt.month(city.latest_month)}."
        st.caption(f"Semua angka, rencana, bobot, target, dan janji dibekukan seperti sekarang.{latest}")
        is_sent = st.form_submit_button("Buat potret", type="primary", icon=":material/photo_camera:")
    if not is_sent:
        return
    try:
        with st.spinner("Membekukan data… yang pertama perlu sekitar 20 detik"):
            made = make_snapshot(cache.engine(), viewer.scope, name, as_of, viewer.name)
    except RembukError as error:
        st.error(failure(error), icon=":material/error:")
        return
    st.session_state[_DONE] = f"Potret {made.name} dibuat: no. {made.number}, sidik {fingerprint_told(made.sha256)}."
    st.rerun()
