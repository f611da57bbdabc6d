"""The owner's page: own promises to answer, those of others about the own area, and a puskesmas's months to sign."""

import datetime
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import cache, downloads
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.promises import form
from dashboard.promises import list as promise_list
from dashboard.promises.figures import SHUT, overdue_promises
from dashboard.promises.words import failure
from dashboard.pusing.acts import times_written, written
from dashboard.rakor.view import calendar_button
from data.queries.city import CityState
from data.rakor.signing import sign_month, unsign_month
from models.months import month_after

_MONTHS_TO_SIGN = 6


def own_of(viewer: Viewer, promises: pd.DataFrame) -> pd.DataFrame:
    """Return the promises that are the viewer's own unit's; a camat's are also those of the kelurahan inside."""
    scope = viewer.scope
    if scope.unit:
        return promises[promises["owner"].eq(scope.unit)]
    if viewer.facility_code:
        return promises[promises["owner_code"].eq(viewer.facility_code)]
    if viewer.area_code:
        code = promises["owner_code"]
        return promises[code.eq(viewer.area_code) | code.str.startswith(f"{viewer.area_code}.")]
    return promises


def show(viewer: Viewer, version: str, city: CityState, today: datetime.date) -> None:
    """Show what is the viewer's to keep, and what they can say about it."""
    everything = cache.promises(viewer.scope, version)
    mine = own_of(viewer, everything)
    pending = mine[~mine["status"].isin(SHUT)]
    late = overdue_promises(mine, today)
    left, right = st.columns([1.5, 1], gap="large")
    with left:
        told = f"{fmt.count(len(pending))} janji belum selesai"
        st.subheader(f"{told}, {fmt.count(len(late))} lewat tenggat" if len(late) else told, anchor=False)
        if mine.empty:
            st.info(
                "Belum ada janji atas nama Anda. Janji dicatat Dinkes saat rakor, lalu muncul di sini untuk dijawab.",
                icon=":material/handshake:",
            )
        promise_list.show(mine, today)
        others = everything[~everything["id"].isin(mine["id"])]
        if len(others):
            st.subheader("Janji pihak lain tentang wilayah Anda", anchor=False)
            promise_list.show(others, today)
    with right:
        if viewer.may("answer") and len(mine):
            st.subheader("Jawab janji", anchor=False)
            form.answer(viewer, mine)
        if viewer.facility_code:
            _signing(viewer, version, city)
        calendar_button(viewer, version, city, today)
        period = "" if city.latest_month is None else fmt.month(city.latest_month)
        if len(everything):
            downloads.table_buttons(lambda: promise_list.saved(everything, today, period), "janji")


def _signing(viewer: Viewer, version: str, city: CityState) -> None:
    """Show which of the last months the puskesmas signed, and let it sign or take a signature back."""
    st.subheader("Pengesahan data bulanan", anchor=False)
    months = list(reversed(city.months[-_MONTHS_TO_SIGN:]))
    if not months:
        st.caption("Belum ada bulan yang berisi angka.")
        return
    signed = cache.signatures(viewer.scope, version, month_after(months[0], 1 - _MONTHS_TO_SIGN))
    by_month = {row["month"]: row for row in signed.to_dict("records")}
    states = [_state(by_month.get(month), city) for month in months]
    shown = pd.DataFrame({"Bulan": [fmt.month(month) for month in months], "Keadaan": states})
    st.dataframe(shown, hide_index=True, width="stretch")
    if not viewer.may("sign_off"):
        return
    with st.form(f"sahkan-{times_written()}", border=False):
        month = st.selectbox("Bulan yang disahkan", months, format_func=fmt.month)
        note = st.text_input("Catatan (bila ada yang belum masuk)")
        left, right = st.columns(2)
        is_signed = left.form_submit_button("Sahkan", type="primary", icon=":material/verified:")
        is_undone = bool(by_month) and right.form_submit_button("Tarik pengesahan", icon=":material/undo:")
    code = viewer.facility_code
    if is_signed:
        written(
            viewer,
            lambda connection: sign_month(connection, code, month, viewer.name, note),
            f"Data {fmt.month(month)} disahkan.",
            failure,
        )
    if is_undone:
        written(
            viewer,
            lambda connection: unsign_month(connection, code, month),
            f"Pengesahan {fmt.month(month)} ditarik.",
            failure,
        )


def _state(row: Mapping[Any, Any] | None, city: CityState) -> str:
    if row is None:
        return "belum disahkan"
    at = row["data_at"]
    if city.last_import_at is not None and not pd.isna(at) and at < city.last_import_at:
        return "disahkan sebelum data terakhir dimuat; sahkan lagi"
    return f"disahkan {fmt.day(row['signed_at'])}"
