"""Entries of the log as people read and save them."""

import json

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.audit.choices import Asked
from dashboard.audit.words import act_name, actor_name, detail_told
from dashboard.exports import Saved
from data.queries.people import log_entries
from data.scope import scoped_connection

MOST_ENTRIES = 5000
"""As many entries as a screen shows and a file holds at once; a longer span is asked for in parts."""


def read(viewer: Viewer, asked: Asked) -> pd.DataFrame:
    """Return the entries asked for, never from a cache: the log grows while one reads."""
    with scoped_connection(cache.engine(), viewer.scope) as connection:
        return log_entries(connection, asked.since, asked.until, list(asked.kinds), asked.words, MOST_ENTRIES)


def show(entries: pd.DataFrame, asked: Asked) -> None:
    """Show the entries, newest first."""
    span = f"{fmt.day(asked.since)}–{fmt.day(asked.until)}"
    if entries.empty:
        st.info(f"Tidak ada catatan yang cocok pada {span}.", icon=":material/search_off:")
        return
    told = f"{fmt.count(len(entries))} catatan, {span}, yang terbaru di atas."
    if len(entries) == MOST_ENTRIES:
        told += " Hanya yang terbaru ditampilkan; persempit harinya untuk melihat yang lebih lama."
    st.caption(told)
    st.dataframe(shown(entries), hide_index=True, width="stretch", height=560)


def shown(entries: pd.DataFrame) -> pd.DataFrame:
    """Return entries as a table; details as `name: value`."""
    return pd.DataFrame(
        {
            "No.": entries["id"],
            "Waktu": [fmt.moment(at) for at in entries["happened_at"]],
            "Pelaku": entries["actor"].map(actor_name),
            "Perbuatan": entries["act"].map(act_name),
            "Rincian": [detail_told(json.loads(detail)) for detail in entries["detail"]],
        }
    )


def to_save(entries: pd.DataFrame, asked: Asked) -> Saved:
    """Return entries with the log's own words beside the Indonesian ones."""
    rows = shown(entries)
    rows["Waktu"] = [f"{at:%Y-%m-%d %H:%M:%S%z}" for at in entries["happened_at"]]
    rows["Pelaku (asli)"], rows["Perbuatan (asli)"] = entries["actor"], entries["act"]
    notes = (
        ("Hari", f"{fmt.day(asked.since)}–{fmt.day(asked.until)}"),
        ("Dicari", asked.words or "–"),
        ("Pelaku", "Peran, wilayah, dan nomor akun pada halaman Pengguna; tanpa nama"),
    )
    return Saved(rows, "Catatan audit Rembuk", notes)
