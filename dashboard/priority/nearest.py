"""RWs whose nearest puskesmas by road is not their own: how many minutes the other one saves, across borders too."""

import hashlib

import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.downloads import table_buttons
from dashboard.exports import Saved
from dashboard.filters import MODE_NAMES
from data.queries.city import CityState
from models.access import nearer_elsewhere

SMALLEST_MIN = 1.0
"""Less than a minute is no difference that a carer would notice."""

_MEANING = (
    "Pengasuh di RW ini lebih cepat sampai ke puskesmas lain daripada ke puskesmas wilayahnya sendiri. Bahan untuk "
    "membahas batas wilayah kerja atau layanan lintas wilayah; wilayah kerja tidak berubah di sini."
)


def show(viewer: Viewer, version: str, city: CityState, mode: str, here: pd.DataFrame) -> None:
    """Offer the list of those among the RWs shown (`here`: rw_code, rw_name, kelurahan, kecamatan)."""
    reach, facilities = cache.own_and_nearest(viewer.scope, version, mode), cache.all_facilities(viewer.scope, version)
    codes = hashlib.sha256("".join(here["rw_code"]).encode()).digest()
    found = cache.made(
        viewer.scope, version, ("nearer", mode, codes), lambda: better_served(reach, here, facilities, city.code)
    )
    label = f"{fmt.count(len(found))} RW lebih dekat ke puskesmas lain daripada ke puskesmas wilayahnya"
    if st.button(label, icon=":material/alt_route:", disabled=found.empty, key="salah-wilayah"):
        _listed(found, mode, city)


@st.dialog("Puskesmas terdekat bukan puskesmas wilayahnya", width="large")
def _listed(found: pd.DataFrame, mode: str, city: CityState) -> None:
    how = MODE_NAMES[mode].lower()
    st.caption(f"{_MEANING} Waktu tempuh {how} lewat jalan; yang paling banyak dihemat di atas.")
    rows = shown(found)
    st.dataframe(rows, hide_index=True, width="stretch", height=430)
    notes = (("Wilayah", city.name), ("Arti", _MEANING), ("Cara tempuh", how))
    table_buttons(
        lambda: Saved(to_save(found), "Puskesmas terdekat bukan puskesmas wilayahnya", notes), "salah-wilayah"
    )


def better_served(reach: pd.DataFrame, rws: pd.DataFrame, facilities: pd.DataFrame, city_code: str) -> pd.DataFrame:
    """Return RWs that reach another puskesmas at least a minute sooner than their own, most minutes saved first.

    `reach` is `data.queries.travel.own_and_nearest`. Adds own, nearest (names), saved_s and is_outside (the nearest
    lies outside the city). RWs without a puskesmas of their own, or without a road to it, are not among them.
    """
    names = facilities.set_index("code")["name"].str.removeprefix("Puskesmas ")
    areas = facilities.set_index("code")["area_code"]
    found = sooner_elsewhere(
        reach.merge(rws[["rw_code", "rw_name", "kelurahan", "kecamatan"]], on="rw_code", validate="1:1")
    )
    return found.assign(
        saved_s=found["own_duration_s"].astype(float) - found["nearest_duration_s"].astype(float),
        own=found["own_code"].map(names),
        nearest=found["nearest_code"].map(names),
        is_outside=~found["nearest_code"].map(areas).astype("str").str.startswith(f"{city_code}."),
    ).reset_index(drop=True)


def sooner_elsewhere(reach: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `data.queries.travel.own_and_nearest` whose own puskesmas is a minute or more farther away."""
    minutes = reach[["own_duration_s", "nearest_duration_s"]].astype(float) / 60
    return nearer_elsewhere(
        reach.assign(own_minutes=minutes["own_duration_s"], nearest_minutes=minutes["nearest_duration_s"]), SMALLEST_MIN
    ).dropna(subset=["minutes_saved"])


def shown(found: pd.DataFrame) -> pd.DataFrame:
    """Return the list as people read it."""
    return pd.DataFrame(
        {
            "RW": found["rw_name"] + ", " + found["kelurahan"],
            "Hemat": found["saved_s"].map(fmt.minutes),
            "Puskesmas wilayah": found["own"],
            "Tempuh": found["own_duration_s"].astype(float).map(fmt.minutes),
            "Puskesmas terdekat": [
                f"{name} (luar kota)" if outside and "luar kota" not in name else name
                for name, outside in zip(found["nearest"], found["is_outside"], strict=True)
            ],
            "Tempuh ke sana": found["nearest_duration_s"].astype(float).map(fmt.minutes),
        }
    )


def to_save(found: pd.DataFrame) -> pd.DataFrame:
    """Return the list with codes and figures in minutes."""
    return pd.DataFrame(
        {
            "Kode RW": found["rw_code"],
            "RW": found["rw_name"],
            "Kelurahan": found["kelurahan"],
            "Kecamatan": found["kecamatan"],
            "Puskesmas wilayah": found["own"],
            "Tempuh (menit)": (found["own_duration_s"].astype(float) / 60).round(1),
            "Puskesmas terdekat": found["nearest"],
            "Di luar kota": found["is_outside"].map({True: "ya", False: "tidak"}),
            "Tempuh ke sana (menit)": (found["nearest_duration_s"].astype(float) / 60).round(1),
            "Hemat (menit)": (found["saved_s"] / 60).round(1),
        }
    )
