"""Writing what people decide about the mobile clinic: one transaction, then a fresh page that says what was done."""

from collections.abc import Callable

import streamlit as st
from sqlalchemy import Connection

from dashboard import cache
from dashboard.access import Viewer
from dashboard.pusing.words import failure
from data.errors import RembukError
from data.scope import writing_connection

_DONE, _TIMES = "pusing-selesai", "pusing-kali"


def written(
    viewer: Viewer,
    act: Callable[[Connection], object],
    told: str,
    refused: Callable[[RembukError], str] = failure,
) -> None:
    """Do an act in one transaction; run the page again with a word of success, or say why not, as `refused` tells."""
    try:
        with writing_connection(cache.engine(), viewer.scope) as connection:
            act(connection)
    except RembukError as error:
        st.error(refused(error), icon=":material/error:")
        return
    st.session_state[_DONE] = told
    st.session_state[_TIMES] = times_written() + 1
    st.rerun()


def times_written() -> int:
    """Return how often this session has written: in a widget's key it empties the widget after an act."""
    return int(st.session_state.get(_TIMES, 0))


def show_done() -> None:
    """Show the word of success that the last act left, once."""
    if told := st.session_state.pop(_DONE, None):
        st.success(told, icon=":material/check_circle:")
