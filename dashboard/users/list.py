"""Everybody who is kept here, as a list."""

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import ROLE_NAMES, Viewer
from data.queries.people import people
from data.scope import scoped_connection

_STATE = {True: "✓ aktif", False: "✕ tidak aktif"}


def read(viewer: Viewer) -> pd.DataFrame:
    """Return everybody; never from a cache, so that a change shows at once."""
    with scoped_connection(cache.engine(), viewer.scope) as connection:
        return people(connection)


def show(found: pd.DataFrame) -> None:
    """Show who may enter as what, those shut out last."""
    if found.empty:
        st.info("Belum ada pengguna. Tambahkan yang pertama di bawah.", icon=":material/group_add:")
        return
    active = int(found["is_active"].sum())
    st.caption(f"{fmt.count(active)} pengguna aktif, {fmt.count(len(found) - active)} tidak aktif.")
    ordered = found.sort_values(["is_active", "role", "subject"], ascending=[False, True, True])
    st.dataframe(shown(ordered), hide_index=True, width="stretch")


def shown(found: pd.DataFrame) -> pd.DataFrame:
    """Return the list as people read it."""
    return pd.DataFrame(
        {
            "No.": found["number"],
            "Akun": found["subject"],
            "Peran": found["role"].map(ROLE_NAMES),
            "Wilayah atau unit": found["place"].fillna("seluruh kota"),
            "Keadaan": found["is_active"].map(_STATE),
            "Terakhir masuk": [fmt.moment(at) if pd.notna(at) else "belum pernah" for at in found["last_seen"]],
        }
    )
