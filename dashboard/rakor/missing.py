"""What is missing before the meeting, each with the page where it is mended: pure reading of frames, in words."""

import datetime
from dataclasses import dataclass

import pandas as pd

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.promises.figures import overdue_promises
from dashboard.summary import STALE_DAYS
from data.queries.city import CityState
from models.months import month_after

ROADS_STALE_DAYS = 365
_NAMED = 3


@dataclass(frozen=True)
class Missing:
    """Something that should be there before a meeting, and where it is mended; a blank `page`: by asking people."""

    subject: str
    told: str
    page: str
    link_words: str
    asked: dict[str, str]


def missing(viewer: Viewer, version: str, city: CityState, today: datetime.date) -> list[Missing]:
    """Return what is missing for a planner or mayor, in the order in which it is best mended."""
    return [
        *_data(city, today),
        *_signatures(viewer, version, city),
        *_quality(viewer, version, city, today),
        *_nominations(viewer, version, city),
        *_travel(viewer, version, city, today),
        *_targets(version),
        *_plan(viewer, version, city),
        *_promises(viewer, version, today),
    ]


def _data(city: CityState, today: datetime.date) -> list[Missing]:
    if city.latest_month is None:
        return [Missing("Data", "Belum ada angka penimbangan.", "impor", "Impor data", {})]
    ended = month_after(city.latest_month, 1)
    if (today - ended).days <= STALE_DAYS:
        return []
    told = f"Data terakhir {fmt.month(city.latest_month)}; bulan sesudahnya belum dimuat."
    return [Missing("Data", told, "impor", "Impor data", {})]


def unsigned(viewer: Viewer, version: str, city: CityState) -> pd.DataFrame:
    """Return the puskesmas that have not signed the newest month, or before its newest import: code, name, why."""
    places = cache.all_facilities(viewer.scope, version)
    served = set(cache.service_areas(viewer.scope, version)["facility_code"])
    own = places[places["kind"].eq("puskesmas") & places["code"].isin(served)]
    if city.latest_month is None:
        return own.assign(why="")[["code", "name", "why"]].iloc[0:0]
    signed = cache.signatures(viewer.scope, version, city.latest_month).set_index("puskesmas_code")["data_at"]
    whys = [_why(code, signed, city) for code in own["code"]]
    return own.assign(why=whys).loc[lambda rows: rows["why"].ne(""), ["code", "name", "why"]]


def _why(code: str, signed: pd.Series, city: CityState) -> str:
    if code not in signed.index:
        return "belum disahkan"
    at = signed[code]
    if city.last_import_at is not None and not pd.isna(at) and at < city.last_import_at:
        return "disahkan sebelum data terakhir dimuat"
    return ""


def _signatures(viewer: Viewer, version: str, city: CityState) -> list[Missing]:
    late = unsigned(viewer, version, city)
    if late.empty or city.latest_month is None:
        return []
    told = f"{fmt.count(len(late))} puskesmas belum mengesahkan {fmt.month(city.latest_month)}: {_few(late['name'])}."
    return [Missing("Pengesahan", told, "", "", {})]


def _quality(viewer: Viewer, version: str, city: CityState, today: datetime.date) -> list[Missing]:
    if city.latest_month is None or not viewer.sees("mutu"):
        return []
    grades = cache.quality_grades(viewer.scope, version, city.latest_month, "puskesmas", today)
    poor = grades[grades["grade"].eq("D")]
    if poor.empty:
        return []
    told = f"{fmt.count(len(poor))} puskesmas bermutu data D; baca angkanya dengan hati-hati."
    return [Missing("Mutu data", told, "mutu", "Lihat mutu data", {})]


def _nominations(viewer: Viewer, version: str, city: CityState) -> list[Missing]:
    if city.latest_month is None:
        return []
    month = month_after(city.latest_month, 1)
    answers = cache.nomination_answers(viewer.scope, version, month)
    silent = answers[answers["answered_by"].isna()]
    if silent.empty:
        return []
    told = (
        f"{fmt.count(len(silent))} dari {fmt.count(len(answers))} kelurahan belum menjawab usulan RW untuk "
        f"{fmt.month(month)}."
    )
    return [Missing("Usulan wilayah", told, "usulan", "Siapa yang belum", {"bagian": "Siapa sudah menjawab"})]


def _travel(viewer: Viewer, version: str, city: CityState, today: datetime.date) -> list[Missing]:
    if city.travel_method is None:
        return [Missing("Waktu tempuh", "Waktu tempuh ke puskesmas belum dihitung.", "peta", "Buka peta", {})]
    if city.travel_method == "straight_line":
        told = "Waktu tempuh masih garis lurus: muat berkas jalan OpenStreetMap."
        return [Missing("Waktu tempuh", told, "kelengkapan", "Kelengkapan", {})]
    network = cache.current_network(viewer.scope, version)
    if network.empty or pd.isna(network["extract_date"].iloc[0]):
        return []
    age = (today - network["extract_date"].iloc[0]).days
    if age <= ROADS_STALE_DAYS:
        return []
    told = f"Peta jalan berumur {fmt.count(age // 30)} bulan; waktu tempuh mungkin sudah berubah."
    return [Missing("Waktu tempuh", told, "kelengkapan", "Kelengkapan", {})]


def _targets(version: str) -> list[Missing]:
    if "targets_missing" not in {gap.code for gap in cache.gaps(version)}:
        return []
    return [Missing("Target", "Belum ada target penurunan stunting.", "pengaturan", "Isi target", {})]


def _plan(viewer: Viewer, version: str, city: CityState) -> list[Missing]:
    if city.latest_month is None:
        return []
    month = month_after(city.latest_month, 1)
    plans = cache.rotation_plans(viewer.scope, version)
    is_ahead = [
        month_after(first, int(months) - 1) >= month
        for first, months in zip(plans["first_month"], plans["months"], strict=True)
    ]
    ahead = plans[pd.Series(is_ahead, index=plans.index, dtype=bool)]
    if "adopted" in set(ahead["status"]):
        return []
    told = f"Rencana rotasi Pusing untuk {fmt.month(month)} dan sesudahnya " + (
        "belum ditetapkan." if len(ahead) else "belum disusun."
    )
    return [Missing("Rotasi Pusing", told, "rotasi", "Buka rotasi", {})]


def _promises(viewer: Viewer, version: str, today: datetime.date) -> list[Missing]:
    late = overdue_promises(cache.promises(viewer.scope, version), today)
    if late.empty:
        return []
    told = f"{fmt.count(len(late))} janji lewat tenggat: {_few(late['owner'].drop_duplicates())}."
    return [Missing("Janji", told, "rakor", "Lihat janji", {"bagian-rakor": "Janji"})]


def _few(names: "pd.Series[str]") -> str:
    first = ", ".join(names.head(_NAMED))
    return first if len(names) <= _NAMED else f"{first}, dan {fmt.count(len(names) - _NAMED)} lainnya"
