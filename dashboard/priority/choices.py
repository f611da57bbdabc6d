"""What the ranking page asks: the month of the visits, how many places, which part of the city, which list."""

import datetime
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard import cache, filters, page_parts
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.priority import settings as priority_settings
from dashboard.priority import weights as priority_weights
from dashboard.priority.words import REMEDY_MEANINGS, REMEDY_NAMES
from dashboard.visit.months import visit_months
from data.queries.city import CityState
from models.priority.codes import PUSING
from models.priority.ranking import DEFAULT_K
from models.priority.weights import Weights

ALL = "Semua"
_MOST = 1000


@dataclass(frozen=True)
class Asked:
    """What the filters ask: month, weights and their name, K, and the kecamatan and puskesmas codes (blank: all)."""

    month: datetime.date
    weights: Weights
    weights_name: str
    k: int
    kecamatan: str
    puskesmas: str


def month_of_visits(city: CityState, key: str = "kunjungan") -> datetime.date:
    """Let a month of visits be picked; stop with a sentence while no figures are known."""
    months = visit_months(city.months)
    if not months:
        st.info("Belum ada angka penimbangan. Muat berkas e-PPGBM di halaman Impor data.", icon=":material/upload:")
        st.stop()
    return filters.choice("Bulan kunjungan", {fmt.month(month): month for month in months}, key)


def ask(viewer: Viewer, version: str, city: CityState) -> Asked:
    """Draw the filters and return what they ask."""
    with st.container(key="saringan-prioritas"):
        columns = st.columns([1.25, 0.75, 1.4, 1.4, 1.3, 1, 1.15], vertical_alignment="bottom")
        with columns[0]:
            month = month_of_visits(city)
        with columns[1]:
            k = st.number_input("Teratas", 1, _MOST, DEFAULT_K, key="k", bind="query-params", help=_K_HELP)
        with columns[2]:
            kecamatan = filters.choice("Kecamatan", _kecamatan(viewer, version), "kecamatan")
        with columns[3]:
            puskesmas = filters.choice("Puskesmas", _puskesmas(viewer, version), "puskesmas")
        with columns[4]:
            weights, name = priority_weights.ask(viewer, version, columns[5])
        with columns[6]:
            priority_settings.ask(viewer, version)
    return Asked(month, weights, name, int(k), kecamatan, puskesmas)


def within(table: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """Return the RWs of the kecamatan and puskesmas asked for; places stay those of the whole city."""
    is_here = table["kecamatan_code"].eq(asked.kecamatan) | (asked.kecamatan == "")
    is_served = table["puskesmas_code"].eq(asked.puskesmas) | (asked.puskesmas == "")
    return table[is_here & is_served]


def remedy_list(table: pd.DataFrame) -> str:
    """Show how many RWs want which remedy, and let one of the lists be chosen; Pusing's first."""
    counts = table["remedy"].value_counts()
    for column, (code, name) in zip(st.columns(len(REMEDY_NAMES)), REMEDY_NAMES.items(), strict=True):
        column.html(
            f'<div class="kpi remedy"><div class="figure">{fmt.count(counts.get(code, 0))} RW</div>'
            f'<p class="beside"><b>{name}</b><br>{REMEDY_MEANINGS[code]}</p></div>'
        )
    words = {name: code for code, name in REMEDY_NAMES.items()}
    return page_parts.picked(words, "daftar", "Daftar yang ditampilkan", REMEDY_NAMES[PUSING])


def _kecamatan(viewer: Viewer, version: str) -> dict[str, str]:
    """Return the kecamatan by name, the viewer's own first, then all."""
    places = cache.places(viewer.scope, version)
    found = places[places["level"] == "kecamatan"]
    options = {ALL: "", **dict(zip(found["name"], found["code"], strict=True))}
    return _own_first(options, viewer.area_code[:8])


def _puskesmas(viewer: Viewer, version: str) -> dict[str, str]:
    """Return the puskesmas by name, the viewer's own first, then all."""
    served = set(cache.service_areas(viewer.scope, version)["facility_code"])
    found = cache.all_facilities(viewer.scope, version)
    found = found[found["kind"].eq("puskesmas") & found["code"].isin(served)]
    names = found["name"].str.removeprefix("Puskesmas ")
    return _own_first({ALL: "", **dict(zip(names, found["code"], strict=True))}, viewer.facility_code)


def _own_first(options: dict[str, str], own: str) -> dict[str, str]:
    if not own:
        return options
    return {name: code for name, code in options.items() if code == own} | options


_K_HELP = (
    "Berapa tempat teratas yang dilihat, misalnya jumlah kunjungan bulan itu. **Pasti**: sedikitnya 90 % kemungkinan "
    "masuk; **mungkin**: 50–90 %; **belum pasti**: kurang dari 50 %."
)
