"""The register of promises: what comes back at the next opening, everything else, and what a planner writes down."""

import datetime

import streamlit as st

from dashboard import cache, downloads
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.promises import form
from dashboard.promises import list as promise_list
from dashboard.promises.figures import last_quarter_promises
from data.queries.city import CityState


def show(viewer: Viewer, version: str, city: CityState, today: datetime.date) -> None:
    """Show the promises that open the next rakor and the others, beside the form of a new one."""
    promises = cache.promises(viewer.scope, version)
    meetings = cache.meetings(viewer.scope, version)
    opening = last_quarter_promises(promises, meetings, today)
    others = promises[~promises["id"].isin(opening["id"])]
    left, right = st.columns([1.5, 1], gap="large")
    with left:
        st.subheader("Pembuka rakor berikutnya", anchor=False)
        if opening.empty:
            st.info("Belum ada janji dari rakor yang lalu.", icon=":material/handshake:")
        promise_list.show(opening, today)
        if len(others):
            st.subheader("Janji lainnya", anchor=False)
            promise_list.show(others, today)
    with right:
        if viewer.may("promise"):
            st.subheader("Catat janji", anchor=False)
            if meetings.empty:
                st.info("Catat dulu rapatnya di bagian Rapat.", icon=":material/groups:")
            else:
                form.add(viewer, version, meetings, today)
            if len(promises) or len(cache.withdrawn_promises(viewer.scope, version)):
                with st.expander("Jawaban dan koreksi"):
                    form.answer(viewer, promises)
                    if len(promises):
                        form.withdraw(viewer, promises)
                    form.restore(viewer, version)
        period = "" if city.latest_month is None else fmt.month(city.latest_month)
        downloads.table_buttons(lambda: promise_list.saved(promises, today, period), "janji-rakor")
