"""Making a draft and changing one: a planner asks, the search runs, and the draft is saved and shown."""

import datetime
from collections.abc import Callable

import pandas as pd
import streamlit as st
from sqlalchemy import Connection

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.priority.words import preset_name
from dashboard.pusing.words import failure
from dashboard.rotation.plan import Change, Made, change, make, save
from dashboard.visit.months import visit_months
from data.errors import RembukError
from data.pusing import planning
from data.pusing.reasons import LONGEST_REASON
from data.queries.city import CityState
from data.scope import scoped_connection, writing_connection
from models.errors import ModelError
from models.rotation import RotationRules

FRESH = "rencana-baru"
"""Where the session keeps the number of the draft that was just saved, for the page to show it."""


def maker(viewer: Viewer, version: str, city: CityState) -> None:
    """Let a planner make a new draft."""
    if viewer.may("plan") and st.button("Susun rencana baru", icon=":material/add:", width="stretch"):
        _new_plan(viewer, version, city)


@st.dialog("Susun rencana baru")
def _new_plan(viewer: Viewer, version: str, city: CityState) -> None:
    with st.form("susun", border=False):
        ahead = [month for month in visit_months(city.months) if month > city.months[-1]]
        first: datetime.date = st.selectbox("Bulan pertama", ahead, format_func=fmt.month)
        months = st.slider("Lama (bulan)", 1, 12, 3)
        presets = {preset_name(name): name for name in cache.presets(viewer.scope, version)}
        preset = presets[st.selectbox("Bobot prioritas", list(presets))]
        gap = st.number_input("Jarak paling dekat dua kunjungan (bulan)", 1, 12, 6)
        wait = st.number_input("RW jauh menunggu paling lama (bulan)", 1, 36, 12)
        share = st.slider("Jatah minimal tiap kecamatan (% dari bagian seimbangnya)", 0, 100, 50)
        is_sent = st.form_submit_button("Susun", type="primary")
    if is_sent:
        rules = RotationRules(min_gap_months=int(gap), longest_wait_months=int(wait), fair_share=share / 100)
        with st.spinner("Mencari rencana terbaik, biasanya kurang dari setengah menit…"):
            _saved(viewer, lambda connection: make(connection, first, months, preset, rules))


def changer(viewer: Viewer, version: str, plan: pd.Series, slots: pd.DataFrame) -> None:
    """Let a planner put another RW in a slot, with a reason; the rest is planned again."""
    if not viewer.may("plan") or plan["status"] == planning.ADOPTED or slots.empty:
        return
    if st.button("Ganti satu kunjungan", icon=":material/swap_horiz:"):
        _swap(viewer, version, plan, slots)


@st.dialog("Ganti satu kunjungan")
def _swap(viewer: Viewer, version: str, plan: pd.Series, slots: pd.DataFrame) -> None:
    stops = {
        f"{fmt.short_month(row['month'])} · {row['puskesmas'].removeprefix('Puskesmas ')} · {row['rw_name']}, "
        f"{row['kelurahan']}": row
        for row in slots.to_dict("records")
    }
    picked = stops[st.selectbox("Kunjungan yang diganti", list(stops))]
    names = cache.rw_names(viewer.scope, version)
    served = cache.service_areas(viewer.scope, version)
    own = served.loc[served["facility_code"] == picked["puskesmas_code"], "rw_code"]
    others = names[names["code"].isin(own) & (names["code"] != picked["rw_code"])]
    options = dict(zip(others["rw_name"] + ", " + others["kelurahan"], others["code"], strict=True))
    instead = st.selectbox("Menjadi RW", list(options), index=None, placeholder="Pilih RW…")
    reason = st.text_input("Alasan", max_chars=LONGEST_REASON, placeholder="Misalnya: permintaan lurah, jembatan putus")
    if st.button("Ganti dan susun ulang sisanya", type="primary"):
        if instead is None or not reason.strip():
            st.warning("Pilih RW penggantinya dan tulis alasannya.")
            return
        wanted = Change(
            f"{picked['month']:%Y-%m}", picked["puskesmas_code"], options[instead], picked["rw_code"], reason.strip()
        )
        with st.spinner("Menyusun ulang di sekitar keputusan ini…"):
            _saved(viewer, lambda connection: change(connection, plan, slots, wanted))


def _saved(viewer: Viewer, search: Callable[[Connection], Made]) -> None:
    """Search for a plan on facts as they are now, save it as a draft and show it, or say why there is none."""
    try:
        with scoped_connection(cache.engine(), viewer.scope) as connection:
            made = search(connection)
        with writing_connection(cache.engine(), viewer.scope) as connection:
            st.session_state[FRESH] = save(connection, made)
    except RembukError as error:
        st.error(failure(error), icon=":material/error:")
        return
    except ModelError:
        st.error(
            "Rencana tidak dapat disusun dari keadaan ini dan tidak ada yang disimpan. Periksa bulan, RW, dan "
            "kapasitasnya.",
            icon=":material/error:",
        )
        return
    st.rerun()
