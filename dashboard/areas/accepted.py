"""What a load leaves on the screen: a sentence once, an empty uploader, and no preview of what is loaded by now."""

from collections.abc import Callable
from typing import Any

import streamlit as st

_DONE, _ROUND, _SEEN = "wilayah-selesai", "wilayah-putaran", "wilayah-pratinjau"


def finish(sentence: str) -> None:
    """Say that a load is done and start the page anew, its uploaders empty."""
    st.session_state[_DONE] = sentence
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state.pop(_SEEN, None)
    st.rerun()


def show_done() -> None:
    """Show what the last load said, once."""
    if done := st.session_state.pop(_DONE, None):
        st.success(done, icon=":material/check_circle:")


def uploader_key(name: str) -> str:
    """Return the key of an uploader: another one after every load, so that it is empty again."""
    turn = st.session_state.get(_ROUND, 0)
    return f"{name}-{turn}" if turn else name


def once[T](key: tuple[object, ...], make: Callable[[], T]) -> T:
    """Return what `make` gives for a key, made once while this session asks for no other."""
    held: tuple[tuple[object, ...], Any] | None = st.session_state.get(_SEEN)
    if held is None or held[0] != key:
        held = st.session_state[_SEEN] = (key, make())
    seen: T = held[1]
    return seen
