"""Gather everything that a place's page tells, once for all of one scope."""

import datetime

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.places import access, figures, history, members, sections
from dashboard.places.content import Content
from dashboard.places.place import CITY, Place
from dashboard.shell import SOURCE_ROUTINE
from dashboard.small_cells import is_told_exactly
from data.queries.city import CityState
from data.settings import WINDOW_MONTHS
from models.months import month_after

_HISTORY_NOTE = (
    "Tercatat dari yang diukur tiap bulan (rutin), dengan rentang 90 %: naik-turun di dalam rentang bisa kebetulan."
)


def content_of(
    viewer: Viewer, version: str, city: CityState, index: dict[str, Place], place: Place, now: datetime.datetime
) -> Content:
    """Return what the page of a place tells its viewer, who sees all of it."""
    key = ("place", place.code, now.date(), viewer.role, viewer.area_code, viewer.facility_code)
    return cache.made(viewer.scope, version, key, lambda: _gathered(viewer, version, city, index, place, now))


def _gathered(
    viewer: Viewer, version: str, city: CityState, index: dict[str, Place], place: Place, now: datetime.datetime
) -> Content:
    latest = city.latest_month
    if latest is None:
        raise RuntimeError("a place's page was asked for without a month of figures")
    visit_month, today = month_after(latest, 1), now.date()
    facts = cache.rw_facts(viewer.scope, version, visit_month)
    facts = facts[facts["rw_code"].isin(place.rw_codes)].reset_index(drop=True)
    months = history.months_of(viewer, version, place, latest)
    newest = months[months["month"] == latest].reset_index(drop=True)
    inside = members.seen_inside(viewer, version, index, place)
    found = [
        access.section(viewer, version, place, facts, city),
        sections.services(viewer, version, place, latest),
        sections.pusing(viewer, version, place, city, today),
        sections.facilities(viewer, version, place),
        sections.nominations(viewer, version, place, today),
        sections.quality(viewer, version, place, months, latest, today),
        sections.survey(viewer, version, place) if place.level == CITY else None,
        sections.notes(viewer, version, place),
    ]
    loaded = "" if city.last_import_at is None else f"; dimuat {fmt.day(city.last_import_at.date())}"
    roads = "garis lurus, bukan jalan" if city.travel_method == "straight_line" else "jaringan jalan OpenStreetMap"
    if city.is_demo and city.travel_method != "straight_line":
        roads = "jaringan jalan buatan (data contoh)"
    return Content(
        place=place,
        tiles=(
            figures.prevalence(place, newest, facts, is_told_exactly(viewer.scope)),
            figures.standing(viewer, version, place, visit_month, facts),
            figures.attendance(newest),
            access.tile(viewer, version, place, facts),
        ),
        guard=figures.guard(place, newest, facts),
        history=history.shares(months),
        history_note=_HISTORY_NOTE,
        members=members.listed(viewer, version, place, inside, visit_month),
        members_title=members.TITLES[inside[0].level] if inside else "",
        sections=tuple(part for part in found if part is not None),
        period=fmt.window(latest, WINDOW_MONTHS),
        source=f"{SOURCE_ROUTINE}, laporan layanan OPD, catatan Pusing, waktu tempuh lewat {roads}",
        age=f"Data sampai {fmt.month(latest)}{loaded}",
        is_demo=city.is_demo,
        month=latest,
    )
