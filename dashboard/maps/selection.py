"""What is chosen on the map: an RW or a place of care, kept in the session and in the URL as `pilih`.

The map's own selection is only the click; what is chosen outlives it, so that a shared link and a search do the same.
"""

from collections.abc import Collection

import streamlit as st

_KEY = "pilih"


def chosen(known: Collection[str]) -> str | None:
    """Return the code of what is chosen, or None; a link that names something unknown says so."""
    if _KEY not in st.session_state:
        asked = st.query_params.get(_KEY)
        if asked is not None and asked not in known:
            st.toast("Tautan menunjuk RW atau tempat yang tidak ada di data ini; peta dibuka tanpa pilihan.")
            asked = None
        st.session_state[_KEY] = asked
    code: str | None = st.session_state[_KEY]
    if code is not None and code not in known:
        code = st.session_state[_KEY] = None
    if code is None:
        st.query_params.pop(_KEY, None)
    else:
        st.query_params[_KEY] = code
    return code


def choose(code: str | None) -> None:
    """Choose an RW or a place of care, or nothing."""
    st.session_state[_KEY] = code


def take_from_map(map_key: str, search_key: str) -> None:
    """Take over what was clicked on the map; a click on empty ground chooses nothing."""
    clicked = st.session_state[map_key].selection.objects
    codes = [found["properties"]["c"] for objects in clicked.values() for found in objects]
    choose(codes[0] if codes else None)
    st.session_state[search_key] = None
