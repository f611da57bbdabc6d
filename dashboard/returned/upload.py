"""A workbook that goes out to be filled in and comes back, on the screen: the two ends that every such list has."""

from collections.abc import Callable

import streamlit as st

from dashboard.downloads import file_button
from dashboard.pusing.acts import times_written


def exchanged(make: Callable[[], bytes], file_name: str, key: str) -> tuple[bytes, str] | None:
    """Offer the workbook and take a filled one back: its content and a key that is its own, or None."""
    file_button("Unduh berkas isian", make, file_name)
    upload = st.file_uploader(
        "Berkas isian yang sudah diisi (.xlsx)", type=["xlsx"], key=f"berkas-{key}-{times_written()}"
    )
    return None if upload is None else (upload.getvalue(), upload.file_id)


def is_confirmed(file_key: str) -> bool:
    """Let a workbook that was looked at be taken in."""
    return st.button("Masukkan", type="primary", icon=":material/check:", key=f"masukkan-{file_key}")
