"""Choosing a plan, and moving it on: discussed, adopted, or thrown away by those who may."""

import datetime

import pandas as pd
import streamlit as st

from dashboard import cache, filters
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.pusing.acts import written
from dashboard.rotation.make import FRESH
from dashboard.rotation.words import STATUSES
from data.pusing import planning

_CHOSEN = "rencana"


def chosen(viewer: Viewer, version: str) -> pd.Series | None:
    """Let one of the plans be chosen; its number stands in the URL."""
    plans = cache.rotation_plans(viewer.scope, version)
    if plans.empty:
        maker = "Tekan Susun rencana baru." if viewer.may("plan") else "Perencana Dinkes dapat menyusunnya di sini."
        st.info(f"Belum ada rencana. {maker}", icon=":material/event:")
        return None
    options = {plan_name(row): int(row["id"]) for _, row in plans.iterrows()}
    fresh = st.session_state.pop(FRESH, None)
    if fresh is not None:
        st.session_state[_CHOSEN] = next(name for name, number in options.items() if number == fresh)
    number = filters.choice("Rencana", options, _CHOSEN)
    return plans[plans["id"] == number].iloc[0]


def plan_name(plan: pd.Series) -> str:
    """Return what a plan is called: its number, months and status."""
    first: datetime.date = plan["first_month"]
    return f"No. {plan['id']}: {fmt.short_month(first)}, {plan['months']} bulan ({STATUSES[plan['status']]})"


def data_month(plan: pd.Series) -> str:
    """Return the newest month of figures that a plan was made from."""
    told = plan["data_state"].get("data_month")
    return fmt.month(datetime.date.fromisoformat(f"{told}-01")) if told else fmt.MISSING


def deciders(viewer: Viewer, plan: pd.Series) -> None:
    """Let a plan be marked as discussed, adopted or thrown away by those who may."""
    number = int(plan["id"])
    if plan["status"] == planning.ADOPTED:
        st.success(
            f"Ditetapkan oleh {plan['adopted_by']} pada {fmt.moment(plan['adopted_at'])}; tidak dapat diubah lagi.",
            icon=":material/verified:",
        )
        return
    if viewer.may("plan"):
        if plan["status"] == planning.DRAFT and st.button("Tandai sudah dibahas", icon=":material/forum:"):
            written(
                viewer, lambda connection: planning.discuss_plan(connection, number), "Rencana ditandai sudah dibahas."
            )
        if st.button("Buang draf", icon=":material/delete:"):
            written(viewer, lambda connection: planning.delete_draft(connection, number), "Draf dibuang.")
    if viewer.may("adopt") and st.button("Tetapkan rencana ini", type="primary", icon=":material/gavel:"):
        written(
            viewer,
            lambda connection: planning.adopt_plan(connection, number, viewer.name),
            "Rencana ditetapkan dan tidak dapat diubah lagi.",
        )
