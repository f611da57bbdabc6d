"""Which frozen state a session reads: named by the address, kept across pages, and left with one click."""

import datetime

import streamlit as st

from dashboard import cache
from dashboard.access import Viewer
from data.queries.snapshots import Snapshot

ADDRESS = "snapshot"
_READ, _UNKNOWN = "potret-dibaca", "potret-tak-dikenal"
_NOON = datetime.time(12)


def reading(viewer: Viewer) -> Viewer:
    """Return the viewer on the frozen state that the address names, or else the one that the session reads."""
    asked = st.query_params.get(ADDRESS)
    held = read_now()
    if asked is None and held is None:
        return viewer
    wanted = asked or (held.id if held else "")
    found = cache.snapshot_named(viewer.scope, cache.data_version(viewer.scope), wanted)
    if found is None:
        leave()
        st.session_state[_UNKNOWN] = wanted
        return viewer
    st.session_state[_READ] = found
    if asked is None:
        st.query_params[ADDRESS] = found.id
    return viewer.reading(found.frozen)


def read_now() -> Snapshot | None:
    """Return the frozen state that this session reads, or None on live data."""
    held: Snapshot | None = st.session_state.get(_READ)
    return held


def unknown() -> str:
    """Return, once, the id of a frozen state that was asked for and is not there; blank where none was."""
    return str(st.session_state.pop(_UNKNOWN, ""))


def enter(snapshot_id: str) -> None:
    """Read a frozen state from the next run on."""
    st.query_params[ADDRESS] = snapshot_id


def leave() -> None:
    """Go back to live data."""
    st.session_state.pop(_READ, None)
    st.query_params.pop(ADDRESS, None)


def moment(at: datetime.datetime) -> datetime.datetime:
    """Return what is now on the screen: noon of the frozen state's day, or the moment itself."""
    held = read_now()
    return at if held is None else datetime.datetime.combine(held.as_of, _NOON, at.tzinfo)
