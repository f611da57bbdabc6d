"""What the inspector asks of the log: days, kinds of acts, and words."""

import datetime
from dataclasses import dataclass

import streamlit as st

from dashboard import cache
from dashboard.access import Viewer
from dashboard.audit.words import act_name
from dashboard.shell import now
from data.queries.people import acts
from data.scope import scoped_connection

_DAYS_BACK = 30


@dataclass(frozen=True)
class Asked:
    """Days (both included), kinds (none: all), and words to look for."""

    since: datetime.date
    until: datetime.date
    kinds: tuple[str, ...]
    words: str


def ask(viewer: Viewer) -> Asked:
    """Draw the filters and return what they ask."""
    with scoped_connection(cache.engine(), viewer.scope) as connection:
        names = {act_name(kind): kind for kind in acts(connection)}
    today = now().date()
    columns = st.columns([1, 1, 2, 2])
    since = columns[0].date_input(
        "Sejak", today - datetime.timedelta(days=_DAYS_BACK), max_value=today, format="DD/MM/YYYY", key="sejak"
    )
    until = columns[1].date_input("Sampai", today, format="DD/MM/YYYY", key="sampai")
    kinds = columns[2].multiselect("Perbuatan", list(names), placeholder="Semua", key="perbuatan")
    words = columns[3].text_input(
        "Cari", placeholder="nomor akun, peran, kode wilayah, nama berkas…", key="cari-audit", max_chars=80
    )
    return Asked(since, until, tuple(names[name] for name in kinds), words)
