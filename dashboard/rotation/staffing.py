"""What visits can be made, on the screen: slots, vehicle-days and closed months, set with a reason and taken back."""

import datetime
from collections.abc import Callable

import pandas as pd
import streamlit as st
from sqlalchemy import Connection

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.downloads import table_buttons
from dashboard.exports import Saved
from dashboard.pusing.acts import times_written, written
from dashboard.rotation.words import KINDS, staffing_told
from data.pusing import staffing
from data.pusing.reasons import LONGEST_REASON
from data.queries.city import CityState
from models.months import month_after

Act = Callable[[Connection], object]
_AHEAD = 12
_ALL = "Semua puskesmas"
_TITLE = "Kapasitas kunjungan dan bulan tutup"
_MEANING = (
    "Tanpa catatan, setiap puskesmas membuat satu kunjungan sebulan dengan timnya sendiri. Hari libur nasional, cuti "
    "bersama dan Ramadan sudah diperhitungkan. Catatan di sini berlaku untuk rencana yang disusun sesudahnya; bulan "
    "yang sudah ditetapkan tidak berubah."
)


def show(viewer: Viewer, version: str, city: CityState) -> None:
    """Show what differs from the usual; a planner adds to it and takes back."""
    st.caption(_MEANING)
    if viewer.may("plan"):
        _forms(viewer, version, city)
    _listed(viewer, version, city)


def _forms(viewer: Viewer, version: str, city: CityState) -> None:
    served = cache.service_areas(viewer.scope, version)["facility_code"]
    facilities = cache.all_facilities(viewer.scope, version)
    found = facilities[(facilities["kind"] == "puskesmas") & facilities["code"].isin(served)]
    puskesmas = dict(zip(found["name"].str.removeprefix("Puskesmas "), found["code"], strict=True))
    months = [month_after(city.months[-1], distance) for distance in range(1, _AHEAD + 1)]
    left, middle, right = st.columns(3, gap="large")
    with left:
        _slots(viewer, puskesmas, months)
    with middle:
        _closing(viewer, puskesmas, months)
    with right:
        _vehicles(viewer, months)


def _slots(viewer: Viewer, puskesmas: dict[str, str], months: list[datetime.date]) -> None:
    st.markdown("**Jumlah kunjungan**")
    with st.form(f"isi-kunjungan-{times_written()}", border=False):
        name = st.selectbox("Puskesmas", list(puskesmas))
        month = st.selectbox("Bulan", months, format_func=fmt.month)
        kind = st.selectbox("Oleh", list(KINDS), format_func=KINDS.__getitem__)
        slots = st.number_input("Kunjungan sebulan", 0, staffing.MOST_SLOTS, 1)
        has_vehicle = st.checkbox("Memakai kendaraan kota", value=True)
        reason = _reason("Misalnya: klinik mitra meminjamkan tim")
        is_sent = st.form_submit_button("Simpan jumlah", icon=":material/save:")
    if is_sent:
        code = puskesmas[name]
        written(
            viewer,
            lambda connection: staffing.set_slots(
                connection, code, month, kind, int(slots), has_vehicle, reason, viewer.name
            ),
            f"{name}, {fmt.month(month)}: {fmt.count(slots)} kunjungan oleh {KINDS[kind]}.",
        )


def _closing(viewer: Viewer, puskesmas: dict[str, str], months: list[datetime.date]) -> None:
    st.markdown("**Tutup satu bulan**")
    with st.form(f"tutup-bulan-{times_written()}", border=False):
        name = st.selectbox("Puskesmas", [_ALL, *puskesmas])
        month = st.selectbox("Bulan", months, format_func=fmt.month)
        reason = _reason("Misalnya: banjir, akreditasi")
        is_sent = st.form_submit_button("Tutup bulan", icon=":material/event_busy:")
    if is_sent:
        code = puskesmas.get(name)
        written(
            viewer,
            lambda connection: staffing.close_month(connection, code, month, reason, viewer.name),
            f"{name}, {fmt.month(month)}: tidak ada kunjungan.",
        )


def _vehicles(viewer: Viewer, months: list[datetime.date]) -> None:
    st.markdown("**Kendaraan kota**")
    with st.form(f"hari-kendaraan-{times_written()}", border=False):
        month = st.selectbox("Bulan", months, format_func=fmt.month)
        days = st.number_input("Kunjungan berkendaraan, paling banyak", 0, staffing.MOST_VEHICLE_DAYS, 40)
        reason = _reason("Misalnya: tiga mobil di bengkel")
        is_sent = st.form_submit_button("Simpan batas", icon=":material/directions_car:")
    if is_sent:
        written(
            viewer,
            lambda connection: staffing.limit_vehicle_days(connection, month, int(days), reason, viewer.name),
            f"{fmt.month(month)}: paling banyak {fmt.count(days)} kunjungan dengan kendaraan kota.",
        )


def _reason(example: str) -> str:
    return st.text_input("Alasan", max_chars=LONGEST_REASON, placeholder=example)


def _listed(viewer: Viewer, version: str, city: CityState) -> None:
    slots, closures, limits = cache.rotation_staffing(viewer.scope, version)
    told = staffing_told(slots, closures, limits)
    told = told[told["month"] > city.months[-1]].reset_index(drop=True)
    if told.empty:
        st.caption("Belum ada catatan untuk bulan-bulan mendatang.")
        return
    shown = pd.DataFrame(
        {
            "Bulan": [fmt.month(month) for month in told["month"]],
            "Puskesmas": told["puskesmas"],
            "Yang berlaku": told["told"],
            "Alasan": told["reason"].fillna(fmt.MISSING),
            "Oleh": told["by"].fillna(fmt.MISSING),
        }
    )
    st.dataframe(shown, hide_index=True, width="stretch", height=260)
    table_buttons(lambda: Saved(shown, _TITLE, (("Wilayah", city.name), ("Arti", _MEANING))), "kapasitas")
    if viewer.may("plan"):
        _undo(viewer, told)


def _undo(viewer: Viewer, told: pd.DataFrame) -> None:
    rows = {
        f"{fmt.month(row['month'])} · {row['puskesmas']} · {row['told']}": row["key"] for row in told.to_dict("records")
    }
    with st.form(f"batalkan-kapasitas-{times_written()}", border=False):
        picked = st.selectbox("Batalkan catatan", list(rows), index=None, placeholder="Pilih catatan…")
        is_sent = st.form_submit_button("Batalkan", icon=":material/undo:")
    if is_sent and picked:
        written(viewer, _taking_back(rows[picked], viewer.name), "Catatan dibatalkan; yang biasa berlaku lagi.")


def _taking_back(key: tuple[object, ...], by: str) -> Act:
    """Return the act that takes one row of the list back, by its key."""
    match key:
        case ("slots", str(puskesmas), datetime.date() as month, str(kind)):
            return lambda connection: staffing.reset_slots(connection, puskesmas, month, kind)
        case ("closed", int(number)):
            return lambda connection: staffing.reopen_month(connection, number)
        case ("vehicles", datetime.date() as month):
            return lambda connection: staffing.lift_vehicle_days(connection, month, by)
    raise KeyError(key)
