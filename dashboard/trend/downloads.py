"""A chart with its table: what a trend screen draws, kept as one piece, and shown with its downloads."""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import charts
from dashboard.downloads import table_buttons
from dashboard.exports import Saved


@dataclass(frozen=True)
class Picture:
    """A chart, its numbers as a table, its title, its words for those who cannot see it, and notes for the file."""

    figure: go.Figure
    table: pd.DataFrame
    title: str
    alt: str
    notes: tuple[tuple[str, str], ...]
    told: str = ""
    """A sentence above the chart, in Markdown."""


def show_picture(picture: Picture, name: str) -> None:
    """Show a chart and, folded below it, its table with XLSX and CSV; the chart's own button saves it as PNG."""
    if picture.told:
        st.markdown(picture.told)
    st.plotly_chart(picture.figure, config=charts.picture_config(name), key=f"grafik-{name}", alt=picture.alt)
    with st.expander("Tabel dan unduhan", icon=":material/table:"):
        st.dataframe(
            picture.table, hide_index=True, width="stretch", height=min(40 * (max(len(picture.table), 1) + 1) + 3, 420)
        )
        table_buttons(lambda: Saved(picture.table, picture.title, picture.notes), name)
        st.caption("Gambar PNG: tombol kamera di kanan atas grafik.")
