"""The places inside a place, highest rate first, as people read them."""

import datetime

import pandas as pd

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.own_areas import is_whole
from dashboard.places.place import CITY, KECAMATAN, KELURAHAN, PUSKESMAS, RW, Place
from dashboard.places.words import STATUS_WORDS
from data import settings
from models.rates.attendance import LOW, NO_DATA, RELIABLE, UNKNOWN

COLUMNS = ("code", "name", "told", "range", "rank", "attendance", "status")
_BELOW = {CITY: (KECAMATAN, KELURAHAN, RW), KECAMATAN: (KELURAHAN, RW), KELURAHAN: (RW,), PUSKESMAS: (RW,), RW: ()}
TITLES = {KECAMATAN: "Kecamatan di dalamnya", KELURAHAN: "Kelurahan di dalamnya", RW: "RW di dalamnya"}


def seen_inside(viewer: Viewer, version: str, index: dict[str, Place], place: Place) -> list[Place]:
    """Return the places one level below of which the viewer sees all; where there are none, of the level below that."""
    own = cache.own_rws(viewer.scope, version)
    inside = set(place.rw_codes)
    for level in _BELOW[place.level]:
        found = [
            other
            for other in index.values()
            if other.level == level
            and other.rw_codes
            and inside.issuperset(other.rw_codes)
            and is_whole(own, other.rw_codes)
        ]
        if found:
            return found
    return []


def listed(
    viewer: Viewer, version: str, within: Place, places: list[Place], visit_month: datetime.date
) -> pd.DataFrame:
    """Return the places with rate, interval, rank in the city, D/S and status in words; those without data last."""
    if not places:
        return pd.DataFrame(columns=list(COLUMNS))
    peers = cache.peers(viewer.scope, version, visit_month, places[0].level)
    names = pd.DataFrame({"code": [one.code for one in places], "name": [_short(one, within) for one in places]})
    table = names.merge(peers, how="left", on="code", validate="1:1").sort_values(
        ["rate", "code"], ascending=[False, True], na_position="last"
    )
    return pd.DataFrame(
        {
            "code": table["code"],
            "name": table["name"],
            "told": table["rate"].map(fmt.share),
            "range": [fmt.share_between(*ends) for ends in zip(table["rate_low"], table["rate_high"], strict=True)],
            "rank": [_rank_told(row) for _, row in table.iterrows()],
            "attendance": [fmt.share(share, 0) for share in table["attendance_share"].astype(float)],
            "status": [STATUS_WORDS[_status(row)] for _, row in table.iterrows()],
        }
    ).reset_index(drop=True)


def _short(place: Place, within: Place) -> str:
    if place.level == RW:
        return place.name.partition(",")[0] if within.level == KELURAHAN else place.name
    return place.name.partition(" ")[2]


def _rank_told(row: pd.Series) -> str:
    if pd.isna(row["rank"]):
        return fmt.MISSING
    return f"{fmt.count(row['rank'])} ({fmt.count(row['rank_low'])}–{fmt.count(row['rank_high'])})"


def _status(row: pd.Series) -> str:
    if pd.isna(row["rank"]):
        return NO_DATA
    if pd.isna(row["attendance_share"]):
        return UNKNOWN
    return LOW if row["attendance_share"] < settings.ATTENDANCE_MINIMUM else RELIABLE
