"""The parts of a page in one row of buttons; which one is open stands in the address.

Each page has a key of its own: a session that goes from page to page would carry a shared one along.
"""

import streamlit as st


def picked[T](parts: dict[str, T], key: str, label: str, default: str | None = None) -> T:
    """Let one part be picked by its words; the first, or `default`, until then and for words that there are not."""
    first = next(iter(parts)) if default is None else default
    words = st.segmented_control(
        label,
        list(parts),
        default=first,
        required=True,
        key=key,
        bind="query-params",
        label_visibility="collapsed",
        width="stretch",
    )
    return parts.get(words or "", parts[first])
