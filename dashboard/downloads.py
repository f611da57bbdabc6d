"""The two buttons below every list: XLSX and CSV, made when they are pressed."""

from collections.abc import Callable

import streamlit as st

from dashboard.exports import Saved, to_csv, to_xlsx


def table_buttons(make: Callable[[], Saved], file_name: str) -> None:
    """Offer a table as XLSX and CSV."""
    with st.container(horizontal=True):
        st.download_button(
            "Unduh XLSX",
            data=lambda: to_xlsx(make()),
            file_name=f"rembuk-{file_name}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            icon=":material/download:",
            on_click="ignore",
            key=f"xlsx-{file_name}",
        )
        st.download_button(
            "Unduh CSV",
            data=lambda: to_csv(make()),
            file_name=f"rembuk-{file_name}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"csv-{file_name}",
        )
