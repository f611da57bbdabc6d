"""The four figures at the head of a place's page, and the guard over them."""

import datetime

import pandas as pd

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.maps.cards import VERDICTS
from dashboard.places.content import Tile
from dashboard.places.history import recorded
from dashboard.places.place import CITY, PUSKESMAS, RW, Place
from dashboard.places.words import FEW_WEIGHED, GUARDS, PEER_WORDS
from data import settings
from models.rates.attendance import LOW, NO_DATA, RELIABLE, UNKNOWN


def prevalence(place: Place, months: pd.DataFrame, facts: pd.DataFrame, is_exact: bool) -> Tile:
    """Tell how many are stunted: of an RW the smoothed estimate with its interval, of others what is recorded."""
    last = None if months.empty else months.iloc[-1]
    if place.level == RW and len(facts):
        row = facts.iloc[0]
        beside = f"kemungkinan besar {fmt.share_between(row['rate_low'], row['rate_high'])} (rentang 90\u00a0%)"
        if last is not None and last["haz_valid"] > 0:
            beside += f"; tercatat {recorded(last)}"
        return Tile("Perkiraan prevalensi stunting", fmt.share(row["rate"]), beside)
    name = "Prevalensi dari yang diukur"
    if last is None or not last["haz_valid"] > 0:
        return Tile(name, fmt.MISSING, "belum ada yang diukur pada periode ini")
    if pd.isna(last["stunted"]):
        return Tile(name, fmt.MISSING, "tidak disebut: jumlahnya terlalu kecil")
    around = "sekitar " if place.level == PUSKESMAS and not is_exact else ""
    return Tile(
        name,
        around + fmt.share(last["stunted"] / last["haz_valid"]),
        f"{around}{fmt.count(last['stunted'])} balita stunting dari {fmt.count(last['haz_valid'])} diukur",
    )


def standing(viewer: Viewer, version: str, place: Place, visit_month: datetime.date, facts: pd.DataFrame) -> Tile:
    """Tell the rank among all places of the same level, the highest rate first, with its interval."""
    if place.level == CITY:
        expected = facts["expected_stunted"].sum(min_count=1)
        return Tile(
            "Perkiraan seluruh balita stunting",
            fmt.count(expected),
            "termasuk yang belum diukur" if len(facts) == len(place.rw_codes) else "di RW wilayah Anda",
        )
    name = f"Urutan di antara {PEER_WORDS[place.level]}"
    peers = cache.peers(viewer.scope, version, visit_month, place.level)
    row = peers[peers["code"] == place.code]
    if row.empty:
        return Tile(name, fmt.MISSING, "belum ada yang diukur, jadi belum bisa diurutkan")
    found = row.iloc[0]
    is_few = found["attendance_share"] < settings.ATTENDANCE_MINIMUM
    return Tile(
        name,
        f"{fmt.count(found['rank'])} dari {fmt.count(found['peers'])}",
        f"1 = tertinggi; kisaran {fmt.count(found['rank_low'])}–{fmt.count(found['rank_high'])} (rentang 90 %)"
        + (f"; {FEW_WEIGHED}" if is_few else ""),
    )


def attendance(months: pd.DataFrame) -> Tile:
    """Tell the share of the target that was weighed in the newest month, with the guard's words where it is low."""
    name = "Kehadiran timbang (D/S)"
    share = _attendance_share(months)
    if months.empty:
        return Tile(name, fmt.MISSING, "belum ada penimbangan")
    last = months.iloc[-1]
    beside = f"{fmt.count(last['d_weighed'])} dari {fmt.count(last['s_target'])} sasaran"
    if share is not None and share < settings.ATTENDANCE_MINIMUM:
        beside += f"; {FEW_WEIGHED}"
    return Tile(name, fmt.share(share, 0), beside)


def guard(place: Place, months: pd.DataFrame, facts: pd.DataFrame) -> str:
    """Return the sentence that stands over the figures where too few were weighed, or nothing."""
    if place.level == RW and len(facts):
        return {**GUARDS, **VERDICTS}.get(str(facts.iloc[0]["status"]), "")
    return GUARDS.get(status(months), "")


def status(months: pd.DataFrame) -> str:
    """Return the attendance class of a place that holds many RWs."""
    if months.empty or not months.iloc[-1]["haz_valid"] > 0:
        return NO_DATA
    share = _attendance_share(months)
    return UNKNOWN if share is None else LOW if share < settings.ATTENDANCE_MINIMUM else RELIABLE


def _attendance_share(months: pd.DataFrame) -> float | None:
    if months.empty or pd.isna(months.iloc[-1]["s_target"]) or not months.iloc[-1]["s_target"]:
        return None
    return float(months.iloc[-1]["d_weighed"] / months.iloc[-1]["s_target"])
