"""What waits for whoever opens Rembuk: the planner's to-do, a camat's unanswered questions, a puskesmas's own work.

Pure reading of kept frames; each item names the page where it is done.
"""

import datetime

import pandas as pd

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import CAMAT, LURAH, MAYOR, PLANNER, PUSKESMAS, Viewer
from dashboard.promises.figures import SHUT, overdue_promises
from dashboard.promises.own import own_of
from dashboard.rakor.missing import Missing, missing, unsigned
from data.queries.city import CityState
from models.months import month_after

TITLES = {
    PLANNER: "Yang perlu dikerjakan sebelum rakor",
    MAYOR: "Menunggu keputusan atau teguran Anda",
    CAMAT: "Pertanyaan yang menunggu jawaban Anda",
    LURAH: "Pertanyaan yang menunggu jawaban Anda",
    PUSKESMAS: "Wilayah saya: yang menunggu Anda",
}
_OTHERS = "Menunggu Anda"
_FOR_MAYOR = ("Data", "Rotasi Pusing", "Janji", "Target")


def title_for(viewer: Viewer) -> str:
    """Return what the list is called for a role."""
    return TITLES.get(viewer.role, _OTHERS)


def waiting(viewer: Viewer, version: str, city: CityState, today: datetime.date) -> list[Missing]:
    """Return what waits for a viewer, the most pressing first; nothing for the screen of a meeting or in a snapshot."""
    if viewer.is_screen or viewer.scope.snapshot is not None:
        return []
    if viewer.role in (PLANNER, MAYOR):
        found = missing(viewer, version, city, today)
        return found if viewer.role == PLANNER else [item for item in found if item.subject in _FOR_MAYOR]
    return [
        *_promises(viewer, version, today),
        *_nominations(viewer, version, city),
        *_signing(viewer, version, city),
        *_visits(viewer, version, today),
    ]


def _promises(viewer: Viewer, version: str, today: datetime.date) -> list[Missing]:
    mine = own_of(viewer, cache.promises(viewer.scope, version))
    pending = mine[~mine["status"].isin(SHUT)]
    if pending.empty:
        return []
    late = overdue_promises(mine, today)
    told = f"{fmt.count(len(pending))} janji rakor belum selesai"
    if len(late):
        told += f", {fmt.count(len(late))} sudah lewat tenggat"
    else:
        told += f"; yang terdekat jatuh tempo {fmt.day(pending['due_on'].min())}"
    return [Missing("Janji", f"{told}.", "janji", "Jawab janji", {})]


def _nominations(viewer: Viewer, version: str, city: CityState) -> list[Missing]:
    if viewer.role not in (CAMAT, LURAH) or city.latest_month is None:
        return []
    month = month_after(city.latest_month, 1)
    answers = cache.nomination_answers(viewer.scope, version, month)
    code = answers["kelurahan_code"]
    is_own = code.eq(viewer.area_code) | code.str.startswith(f"{viewer.area_code}.")
    silent = answers[is_own & answers["answered_by"].isna()]
    if silent.empty:
        return []
    names = ", ".join(silent["kelurahan"].head(4)) + (" dan lainnya" if len(silent) > 4 else "")
    told = f"Usulan RW untuk kunjungan {fmt.month(month)} belum dijawab: {names}."
    return [Missing("Usulan wilayah", told, "usulan", "Jawab usulan", {})]


def _signing(viewer: Viewer, version: str, city: CityState) -> list[Missing]:
    if viewer.role != PUSKESMAS or city.latest_month is None:
        return []
    own = unsigned(viewer, version, city)
    own = own[own["code"].eq(viewer.facility_code)]
    if own.empty:
        return []
    told = f"Data {fmt.month(city.latest_month)} {own['why'].iloc[0]}."
    return [Missing("Pengesahan", told, "janji", "Sahkan", {})]


def _visits(viewer: Viewer, version: str, today: datetime.date) -> list[Missing]:
    if viewer.role != PUSKESMAS:
        return []
    month = today.replace(day=1)
    slots = cache.adopted_slots(viewer.scope, version, month)
    planned = slots[slots["month"].eq(month) & slots["puskesmas_code"].eq(viewer.facility_code)]
    made = cache.visits(viewer.scope, version, month)
    left = planned[~planned["rw_code"].isin(made["rw_code"])]
    if left.empty:
        return []
    names = ", ".join(_place(row) for _, row in left.head(3).iterrows())
    told = f"Kunjungan Pusing {fmt.month(month)} yang belum dicatat: {names}."
    return [Missing("Kunjungan", told, "kunjungan", "Catat kunjungan", {})]


def _place(row: pd.Series) -> str:
    return f"{row['rw_name']} {row['kelurahan']}"
