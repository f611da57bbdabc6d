"""What the compare page asks, and the maps that answer it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
import streamlit as st

from dashboard import cache, filters
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.compare.frames import Pane, pane
from dashboard.filters import MODE_NAMES
from dashboard.maps import choices as map_choices
from dashboard.maps import fills
from dashboard.maps.fills import Fill
from dashboard.maps.view import Asked
from dashboard.shell import SOURCE_ROUTINE
from data.queries.city import CityState
from data.schema import AGE_BANDS

MONTHS, MEASURES, PLAY = "Dua bulan", "Dua ukuran", "Putar bulan"
WAYS = (MONTHS, MEASURES, PLAY)
PREVALENCE, ATTENDANCE, TRAVEL = "smoothed", "attendance", "travel"
BY_MONTH = {"Stunting (%), dihaluskan": PREVALENCE, "Kehadiran timbang (D/S)": ATTENDANCE}
ALL = {**BY_MONTH, "Waktu tempuh ke puskesmas": TRAVEL}
BESIDE, DIFFERENCE = "Berdampingan", "Selisih"
SPANS = {"12 bulan terakhir": 12, "24 bulan terakhir": 24}
_TITLES = {PREVALENCE: "Prevalensi stunting, dihaluskan", ATTENDANCE: "Kehadiran penimbangan (D/S)"}


@dataclass(frozen=True)
class Compared:
    """The maps to draw, the period that they speak of, and what a reader must know of them."""

    panes: tuple[Pane, ...]
    period: str
    note: str
    source: str = SOURCE_ROUTINE


def ask_way() -> str:
    """Let the way of comparing be picked."""
    return filters.choice("Bandingkan", {way: way for way in WAYS}, "cara")


def compared(viewer: Viewer, version: str, city: CityState, way: str, columns: Sequence[object]) -> Compared:
    """Draw the filters of a way of comparing into columns and return its maps."""
    match way:
        case "Dua ukuran":
            return _two_measures(viewer, version, city, columns)
        case "Putar bulan":
            return _played(viewer, version, city, columns)
    return _two_months(viewer, version, city, columns)


def _two_months(viewer: Viewer, version: str, city: CityState, columns: Sequence[object]) -> Compared:
    months = {fmt.month(month): month for month in reversed(city.months)}
    with columns[0]:  # type: ignore[attr-defined] # Streamlit's columns are contexts
        measure = filters.choice("Ukuran", BY_MONTH, "ukuran")
    with columns[1]:  # type: ignore[attr-defined]
        before = filters.choice("Bulan kiri", _from_a_year_ago(months), "bulan-kiri")
    with columns[2]:  # type: ignore[attr-defined]
        after = filters.choice("Bulan kanan", months, "bulan-kanan")
    with columns[3]:  # type: ignore[attr-defined]
        form = filters.choice("Tampilan", {name: name for name in (BESIDE, DIFFERENCE)}, "tampilan", _DIFFERENCE_HELP)
    period = f"{fmt.month(before)} dan {fmt.month(after)}"
    if form == BESIDE:
        panes = tuple(_months(viewer, version, measure, [month]) for month in (before, after))
        return Compared(panes, period, _NOTES[measure])
    note = _CHANGE_NOTES[measure] + (_MOVED_NOTE if moved_between(viewer, version, before, after) else "")
    return Compared((_difference(viewer, version, measure, before, after),), period, note)


def _two_measures(viewer: Viewer, version: str, city: CityState, columns: Sequence[object]) -> Compared:
    with columns[0]:  # type: ignore[attr-defined]
        left = filters.choice("Ukuran kiri", ALL, "ukuran-kiri")
    with columns[1]:  # type: ignore[attr-defined]
        others = {name: code for name, code in reversed(ALL.items()) if code != left}
        right = filters.choice("Ukuran kanan", others, "ukuran-kanan")
    with columns[2]:  # type: ignore[attr-defined]
        month = filters.month(city)
    with columns[3]:  # type: ignore[attr-defined]
        mode = filters.choice("Cara tempuh", filters.MODES, "moda") if TRAVEL in (left, right) else "walk"
    panes = tuple(
        _travel(viewer, version, month, mode) if code == TRAVEL else _months(viewer, version, code, [month])
        for code in (left, right)
    )
    sources = {
        code: map_choices.source(Asked(code, month, AGE_BANDS, (1, 2), mode, ()), city)[1] for code in (left, right)
    }
    return Compared(
        panes,
        fmt.month(month),
        " ".join(_NOTES[code] for code in (left, right)),
        "; ".join(dict.fromkeys(sources.values())),
    )


def _played(viewer: Viewer, version: str, city: CityState, columns: Sequence[object]) -> Compared:
    with columns[0]:  # type: ignore[attr-defined]
        measure = filters.choice("Ukuran", BY_MONTH, "ukuran")
    with columns[1]:  # type: ignore[attr-defined]
        span = filters.choice("Rentang", SPANS, "rentang")
    months = list(city.months[-span:])
    made = _months(viewer, version, measure, months)
    return Compared((made,), f"{fmt.month(months[0])} sampai {fmt.month(months[-1])}", _NOTES[measure])


def _from_a_year_ago(months: dict[str, datetime.date]) -> dict[str, datetime.date]:
    """Return the months with the newest one's month of a year before first, the one to open with."""
    newest = next(iter(months.values()))
    first = [name for name, month in months.items() if (newest.year - 1, newest.month) == (month.year, month.month)]
    first = first or list(months)[-1:]
    return {name: months[name] for name in (*first, *(name for name in months if name not in first))}


def _months(viewer: Viewer, version: str, measure: str, months: Sequence[datetime.date]) -> Pane:
    def make() -> Pane:
        drawn = []
        for month in months:
            table = _table(viewer, version, month)
            fill = fills.attendance(table) if measure == ATTENDANCE else _prevalence(table)
            geometry = cache.map_geometry(viewer.scope, version, month)
            drawn.append((fmt.month(month), _over(fill, table, geometry.rw_codes), geometry))
        return pane(_TITLES[measure], drawn)

    return cache.made(viewer.scope, version, ("compared months", measure, *months), make)


def _difference(viewer: Viewer, version: str, measure: str, before: datetime.date, after: datetime.date) -> Pane:
    def make() -> Pane:
        old, new = _table(viewer, version, before), _table(viewer, version, after)
        old = old[~old["code"].isin(moved_between(viewer, version, before, after))]
        change = fills.attendance_change if measure == ATTENDANCE else fills.prevalence_change
        title = f"{_TITLES[measure]}: selisih dari {fmt.month(before)}"
        geometry = cache.map_geometry(viewer.scope, version, after)
        return pane(title, [(fmt.month(after), _over(change(old, new, title), new, geometry.rw_codes), geometry)])

    return cache.made(viewer.scope, version, ("compared difference", measure, before, after), make)


def moved_between(viewer: Viewer, version: str, before: datetime.date, after: datetime.date) -> frozenset[str]:
    """Return the RWs that have their code in both months and other ground: children of two grounds are no change."""
    if cache.layout_day(viewer.scope, version, before) == cache.layout_day(viewer.scope, version, after):
        return frozenset()
    old = cache.map_ground(viewer.scope, version, before).outline_by_code
    new = cache.map_ground(viewer.scope, version, after).outline_by_code
    both = sorted(old.keys() & new.keys())
    was, now = (np.array([held[code] for code in both], dtype=object) for held in (old, new))
    share = shapely.area(shapely.symmetric_difference(was, now)) / shapely.area(was)
    return frozenset(np.array(both)[share > _OTHER_GROUND].tolist())


def _travel(viewer: Viewer, version: str, month: datetime.date, mode: str) -> Pane:
    def make() -> Pane:
        table = _table(viewer, version, month)
        reach = cache.own_and_nearest(viewer.scope, version, mode).set_index("rw_code")
        durations = reach["nearest_duration_s"].astype(float).reindex(table["code"])
        title = f"Waktu tempuh ke puskesmas terdekat ({MODE_NAMES[mode].lower()})"
        geometry = cache.map_geometry(viewer.scope, version, month)
        fill = _over(fills.travel_time(durations, title), table, geometry.rw_codes)
        return pane(title, [("Keadaan jalan terakhir", fill, geometry)])

    return cache.made(viewer.scope, version, ("compared travel", mode, month), make)


def _table(viewer: Viewer, version: str, month: datetime.date) -> pd.DataFrame:
    return cache.rw_month(viewer.scope, version, month, AGE_BANDS, (1, 2))


def _prevalence(table: pd.DataFrame) -> Fill:
    return fills.prevalence(table, "rate", _TITLES[PREVALENCE])


def _over(fill: Fill, table: pd.DataFrame, rw_codes: Sequence[str]) -> Fill:
    laid = fills.over_map(fill, list(table["code"]), rw_codes)
    if not isinstance(laid, Fill):
        raise TypeError("a fill laid over the map is a fill")
    return laid


def look(viewer: Viewer, version: str, key: str) -> tuple[float, float] | None:
    """Offer every RW and place of care by name and return where the one picked is; the screen of a meeting has none."""
    if viewer.is_screen:
        return None
    places = cache.named_places(viewer.scope, version)
    name = st.selectbox(
        "Cari RW atau puskesmas",
        list(places.by_name),
        index=None,
        key=key,
        placeholder="Cari RW atau puskesmas…",
    )
    return None if name is None else places.points[places.by_name[name]]


_NOTES = {
    PREVALENCE: "Tiap bulan memakai pengukuran sah terakhir tiap anak dalam tiga bulan sampai bulan itu; bulan yang "
    "berdekatan memakai sebagian anak yang sama. RW yang kurang ditimbang tidak diberi warna baik.",
    ATTENDANCE: "D/S: balita ditimbang bulan itu dibagi sasaran.",
    TRAVEL: "Waktu tempuh tidak berubah menurut bulan: selalu keadaan jalan terakhir.",
}
_CHANGE_NOTES = {
    PREVALENCE: "Diberi warna hanya bila RW cukup ditimbang di kedua bulan dan kedua rentang 90 % tidak bertindihan. "
    "Jingga: naik. Ungu: turun.",
    ATTENDANCE: "Jingga: lebih sedikit yang ditimbang. Ungu: lebih banyak.",
}
_MOVED_NOTE = " RW yang berubah batasnya di antara kedua bulan tidak dibandingkan."
_OTHER_GROUND = 0.02
"""Share of an outline that lies elsewhere; less is what drawing for a screen leaves out."""
_DIFFERENCE_HELP = (
    "**Selisih** mewarnai perubahan dari bulan kiri ke bulan kanan, hanya di RW yang datanya cukup di kedua bulan."
)
