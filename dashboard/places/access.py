"""How far a place is from care: of an RW its puskesmas, own and nearest, of others the share of children in reach."""

import pandas as pd

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.filters import MODE_NAMES
from dashboard.places.content import Section, Tile
from dashboard.places.place import PUSKESMAS, RW, Place
from dashboard.priority.nearest import sooner_elsewhere
from data.queries.city import CityState
from data.settings import FAR_MINUTES
from models.access.shares import THRESHOLDS_MIN, shares_within

_TITLE, _EMPTY = "Akses ke puskesmas", "Waktu tempuh belum dihitung."


def tile(viewer: Viewer, version: str, place: Place, facts: pd.DataFrame) -> Tile:
    """Tell the way on foot: of an RW the nearest puskesmas, of others how many RWs are far."""
    reach = _reach(viewer, version, place, "walk")
    if reach["nearest_duration_s"].isna().all():
        return Tile("Puskesmas terdekat, jalan kaki", fmt.MISSING, _EMPTY.lower().rstrip("."))
    if place.level == RW:
        row = reach.iloc[0]
        names = _names(viewer, version)
        beside = names.get(row["nearest_code"], "")
        if row["nearest_code"] != row["own_code"] and pd.notna(row["own_code"]):
            beside += f"; ke {names.get(row['own_code'], '')} {fmt.minutes(row['own_duration_s'])}"
        return Tile("Puskesmas terdekat, jalan kaki", fmt.minutes(row["nearest_duration_s"]), beside)
    is_far = reach["nearest_duration_s"] >= FAR_MINUTES * 60
    children = facts.set_index("rw_code")["s_target"].reindex(reach.loc[is_far, "rw_code"]).sum(min_count=1)
    return Tile(
        f"RW {fmt.count(FAR_MINUTES)} menit lebih dari puskesmas",
        f"{fmt.count(int(is_far.sum()))} RW",
        f"dari {fmt.count(len(reach))} RW{_own_only(place, reach)}, jalan kaki"
        + (f"; sasaran {fmt.count(children)} balita tinggal di sana" if is_far.any() else ""),
    )


def section(viewer: Viewer, version: str, place: Place, facts: pd.DataFrame, city: CityState) -> Section:
    """Tell the ways by every mode."""
    rows = _ways_of_rw(viewer, version, place) if place.level == RW else _shares(viewer, version, place, facts)
    straight = " Garis lurus, bukan jalan." if city.travel_method == "straight_line" else ""
    if place.level == RW:
        note = "Lewat jalan, dari titik tengah penduduk RW."
    else:
        note = "Bagian sasaran balita dengan puskesmas terdekat dalam 15 · 30 · 60 menit."
    return Section(_TITLE, tuple(rows), _EMPTY, note + straight if rows else "")


def _ways_of_rw(viewer: Viewer, version: str, place: Place) -> list[tuple[str, str]]:
    names, rows = _names(viewer, version), []
    for mode, name in MODE_NAMES.items():
        reach = _reach(viewer, version, place, mode)
        if reach.empty or pd.isna(reach.iloc[0]["nearest_duration_s"]):
            continue
        row = reach.iloc[0]
        told = (
            f"{fmt.minutes(row['nearest_duration_s'])} ({fmt.kilometres(row['nearest_distance_m'])}) ke "
            f"{_bare(names, row['nearest_code'])}"
        )
        if pd.notna(row["own_code"]) and row["own_code"] != row["nearest_code"]:
            told += f"; wilayah kerja {_bare(names, row['own_code'])} {fmt.minutes(row['own_duration_s'])}"
        rows.append((name, told))
    return rows


def _shares(viewer: Viewer, version: str, place: Place, facts: pd.DataFrame) -> list[tuple[str, str]]:
    rows = []
    for mode, name in MODE_NAMES.items():
        reach = _reach(viewer, version, place, mode).set_index("rw_code").reindex(facts["rw_code"])
        counted = pd.DataFrame(
            {
                "rw_code": facts["rw_code"].to_numpy(),
                "children": facts["s_target"].to_numpy(),
                "minutes": reach["nearest_duration_s"].to_numpy() / 60,
                "is_computed": reach["method"].notna().to_numpy(),
            }
        )
        found = shares_within(counted, pd.Series(place.code, index=counted.index))
        if len(found) and pd.notna(found[f"within_{THRESHOLDS_MIN[0]}"].iloc[0]):
            rows.append((name, " · ".join(fmt.share(found[f"within_{limit}"].iloc[0], 0) for limit in THRESHOLDS_MIN)))
    if rows:
        reach = _reach(viewer, version, place, "walk")
        is_own = place.level == PUSKESMAS
        sooner = sooner_elsewhere(reach)
        word = "Lebih dekat ke puskesmas lain" if is_own else "Lebih dekat ke puskesmas lain daripada wilayahnya"
        compared = f"{fmt.count(len(sooner))} dari {fmt.count(len(reach))} RW{_own_only(place, reach)} (jalan kaki)"
        rows.append((word, compared))
    return rows


def _bare(names: dict[str, str], code: str) -> str:
    return names.get(code, "").removeprefix("Puskesmas ")


def _own_only(place: Place, reach: pd.DataFrame) -> str:
    return " di wilayah Anda" if len(reach) < len(place.rw_codes) else ""


def _reach(viewer: Viewer, version: str, place: Place, mode: str) -> pd.DataFrame:
    reach = cache.own_and_nearest(viewer.scope, version, mode)
    found = reach[reach["rw_code"].isin(place.rw_codes)].reset_index(drop=True)
    columns = ["nearest_duration_s", "own_duration_s", "nearest_distance_m"]
    return found.assign(**{name: pd.to_numeric(found[name], errors="coerce").astype(float) for name in columns})


def _names(viewer: Viewer, version: str) -> dict[str, str]:
    facilities = cache.all_facilities(viewer.scope, version)
    return dict(zip(facilities["code"], facilities["name"], strict=True))
