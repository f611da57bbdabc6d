"""Reads what a briefing is made from, through the cache and in the scope of a screen that anybody may look at."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import SCREEN, Viewer, viewer_as
from dashboard.briefing.facts import CITY, KECAMATAN, Facts, Place, row_of, share_of
from dashboard.briefing.model import Briefing, LegendClass, MapPicture, Slide, Stamp
from dashboard.briefing.story import SLIDES, tell
from dashboard.filters import MODE_NAMES
from dashboard.maps import fills
from dashboard.maps.picture import Size, Words, map_picture
from dashboard.priority.nearest import better_served
from dashboard.promises.figures import last_quarter_promises, since_told
from dashboard.shell import SOURCE_ROUTINE
from dashboard.trend.choices import Area
from dashboard.trend.months import growth_months
from dashboard.trend.target import aim, of_series
from dashboard.trend.words import STUNTING
from data.queries.city import CityState
from data.queries.snapshots import Snapshot
from data.schema import AGE_BANDS, GROWTH_COUNTS
from data.scope import CITY_ROLES
from data.settings import WINDOW_MONTHS
from models.months import month_after
from models.trend.series import ROUTINE

PROMISE_COLUMNS = ["owner", "text", "due_on", "status", "since"]
_OF_PART = ["stunted", "haz_valid", "d_weighed", "s_target"]
_MAP_SIZE = Size(1680, 1140, 144, 19)
"""One and a half times the map's box on a slide, its letters as large as the slide's."""


def audience(viewer: Viewer) -> Viewer:
    """Return whom a briefing is made for: whoever is in the hall, or the camat's own kecamatan."""
    if viewer.role not in CITY_ROLES:
        return viewer
    shown_to = viewer_as(SCREEN, "Layar rakor")
    return replace(shown_to, scope=shown_to.scope.reading(viewer.scope.snapshot))


def places_of(viewer: Viewer, version: str, city: CityState) -> dict[str, Place]:
    """Return the places that a viewer may have a briefing of, by name: the city and its kecamatan, or the own one."""
    found = cache.places(viewer.scope, version)
    kecamatan = found[found["level"] == KECAMATAN]
    own = {
        f"Kecamatan {name}": Place(code, f"Kecamatan {name}", KECAMATAN)
        for code, name in kecamatan[["code", "name"]].to_numpy().tolist()
        if not viewer.area_code or code == viewer.area_code
    }
    if viewer.role in CITY_ROLES:
        return {city.name: Place(city.code, city.name, CITY)} | own
    return own


def briefing_of(
    viewer: Viewer,
    version: str,
    city: CityState,
    place: Place,
    today: datetime.date,
    codes: tuple[str, ...] = (),
    snapshot: Snapshot | None = None,
) -> Briefing:
    """Return the briefing of a place; `codes` are the slides in their order, all without them. Kept by the cache.

    `snapshot` is the frozen state that the viewer's scope reads, if any: it names itself on every page.
    """
    shown_to = audience(viewer)
    wanted = codes or tuple(SLIDES)
    facts = cache.made(
        shown_to.scope,
        version,
        ("briefing-facts", place.code, today),
        lambda: facts_of(shown_to, version, city, place, today, snapshot),
    )
    return cache.made(shown_to.scope, version, ("briefing", place.code, today, wanted), lambda: tell(facts, wanted))


def sequence_of(
    viewer: Viewer,
    version: str,
    city: CityState,
    steps: Sequence[Mapping[str, Any]],
    today: datetime.date,
    snapshot: Snapshot | None = None,
) -> Briefing | None:
    """Return a sequence of slides (slide, area_code, seconds) of the places that a viewer may see; None without any."""
    places = {place.code: place for place in places_of(viewer, version, city).values()}
    slides: list[Slide] = []
    seconds: list[int] = []
    stamp: Stamp | None = None
    for step in steps:
        place = places.get(step["area_code"])
        if place is None or step["slide"] not in SLIDES:
            continue
        one = briefing_of(viewer, version, city, place, today, (step["slide"],), snapshot)
        slides += one.slides
        seconds.append(int(step["seconds"]))
        stamp = one.stamp
    if stamp is None:
        return None
    return Briefing(city.name, city.code, tuple(slides), stamp, tuple(seconds))


def facts_of(
    viewer: Viewer,
    version: str,
    city: CityState,
    place: Place,
    today: datetime.date,
    snapshot: Snapshot | None = None,
) -> Facts:
    """Read everything that the slides of a place and the newest month are made from."""
    if city.latest_month is None:
        raise LookupError("a briefing needs a month with figures")
    scope, month = viewer.scope, city.latest_month
    stamp = _stamp(city, today, snapshot)
    settings = cache.priority_settings(scope, version)
    visits_in = month_after(month, 1)
    prefix = f"{place.code}."
    rws = _rws(viewer, version, month, settings.mode, prefix)
    plan, slots = _newest_plan(viewer, version, prefix)
    nominations = cache.nominations(scope, version, visits_in)
    answers = cache.nomination_answers(scope, version, visits_in)
    reach, facilities = cache.own_and_nearest(scope, version, settings.mode), cache.all_facilities(scope, version)
    here = rws.rename(columns={"code": "rw_code"})[["rw_code", "rw_name", "kelurahan", "kecamatan"]]
    own_reach = reach[reach["rw_code"].isin(here["rw_code"])]
    city_now = row_of(cache.city_months(scope, version, month), month)
    months = growth_months(viewer, version, Area(place.code, place.name, place.level))
    if place.level != CITY:
        months = months.drop(columns=[name for name in months.columns if name not in ("month", *GROWTH_COUNTS)])
    return Facts(
        place=place,
        city=city,
        month=month,
        today=today,
        months=months,
        city_share=None if city_now is None else share_of(city_now["stunted"], city_now["haz_valid"]),
        parts=_parts(viewer, version, place, month),
        rws=rws,
        targets=of_series(cache.targets(scope, version), place.code, STUNTING, ROUTINE),
        surveys=cache.survey_figures(scope, version, city.code),
        promises=promises_shown(
            last_quarter_promises(cache.promises(scope, version), cache.meetings(scope, version), today), place
        ),
        plan=plan,
        slots=slots,
        nominations=nominations[nominations["rw_code"].str.startswith(prefix)],
        answers=answers[answers["kelurahan_code"].str.startswith(prefix)],
        visits_in=visits_in,
        nearer_count=len(better_served(own_reach, here, facilities, city.code)),
        far_s=settings.far_s,
        mode_name=MODE_NAMES[settings.mode].lower(),
        picture=_picture(viewer, version, city, place, rws, month, stamp),
        stamp=stamp,
    )


def promises_shown(found: pd.DataFrame, place: Place) -> pd.DataFrame:
    """Return promises (`cache.promises`) as a slide tells them: those of a place, with their figure in words."""
    rows = [
        (row["owner"], row["text"], row["due_on"], row["status"], since_told(row))
        for row in found.to_dict("records")
        if place.level == CITY or any(_is_within(str(row[code]), place) for code in ("area_code", "owner_code"))
    ]
    return pd.DataFrame(rows, columns=PROMISE_COLUMNS)


def _is_within(code: str, place: Place) -> bool:
    return code == place.code or code.startswith(f"{place.code}.")


def _rws(viewer: Viewer, version: str, month: datetime.date, mode: str, prefix: str) -> pd.DataFrame:
    table = cache.rw_month(viewer.scope, version, month, AGE_BANDS, (1, 2))
    reach = cache.own_and_nearest(viewer.scope, version, mode)[["rw_code", "nearest_duration_s"]]
    joined = table.merge(reach, how="left", left_on="code", right_on="rw_code", validate="1:1").drop(columns="rw_code")
    joined["nearest_duration_s"] = pd.to_numeric(joined["nearest_duration_s"], errors="coerce").astype(float)
    return joined[joined["code"].str.startswith(prefix)].reset_index(drop=True)


def _parts(viewer: Viewer, version: str, place: Place, month: datetime.date) -> pd.DataFrame:
    found = cache.places(viewer.scope, version)
    level = KECAMATAN if place.level == CITY else "kelurahan"
    own = found[(found["level"] == level) & found["code"].str.startswith(f"{place.code}.")]
    before = month_after(month, -12)
    rows = []
    for code, name in own[["code", "name"]].to_numpy().tolist():
        months = growth_months(viewer, version, Area(code, name, level))
        now, then = row_of(months, month), row_of(months, before)
        row: dict[str, object] = {"area_code": code, "name": name}
        for column in _OF_PART:
            row[column] = float("nan") if now is None else float(now[column])
            row[f"{column}_before"] = float("nan") if then is None else float(then[column])
        rows.append(row)
    columns = ["area_code", "name", *(f"{column}{end}" for column in _OF_PART for end in ("", "_before"))]
    return pd.DataFrame(rows, columns=columns)


def _newest_plan(viewer: Viewer, version: str, prefix: str) -> tuple[dict[str, object] | None, pd.DataFrame]:
    plans = cache.rotation_plans(viewer.scope, version)
    if plans.empty:
        columns = ["month", "rw_code", "rw_name", "kelurahan", "kecamatan", "puskesmas", "kind", "reason", "is_fixed"]
        return None, pd.DataFrame(columns=columns)
    slots = cache.rotation_slots(viewer.scope, version, int(plans.iloc[0]["id"]))
    own = slots[slots["rw_code"].str.startswith(prefix)].reset_index(drop=True)
    return {str(name): value for name, value in plans.iloc[0].to_dict().items()}, own


def _picture(
    viewer: Viewer, version: str, city: CityState, place: Place, rws: pd.DataFrame, month: datetime.date, stamp: Stamp
) -> MapPicture:
    """Return the map of smoothed rates, framed on the place; RWs outside it stay without a figure."""
    wanted = aim(cache.targets(viewer.scope, version), place.code, STUNTING, ROUTINE, month)
    title = "Perkiraan prevalensi stunting per RW"
    here = fills.prevalence(rws, "rate", title, wanted)
    classes = tuple(LegendClass(row.colour, row.label, row.rw_count) for row in (*here.legend, *here.special))
    alt = f"Peta {place.name}: RW diwarnai menurut perkiraan prevalensi stunting."
    ground = cache.map_ground(viewer.scope, version, month)
    if not ground.shapes:
        return MapPicture(title, alt, classes)
    table = cache.rw_month(viewer.scope, version, month, AGE_BANDS, (1, 2))
    whole = fills.over_map(
        fills.prevalence(table, "rate", title, wanted), list(table["code"]), list(ground.rws["code"])
    )
    told = Words(
        title="",
        place=place.name,
        period=fmt.window(month, WINDOW_MONTHS),
        source=SOURCE_ROUTINE,
        is_demo=city.is_demo,
        snapshot=stamp.snapshot_id,
    )
    focus = () if place.level == CITY else tuple(rws["code"])
    png = cache.made(
        viewer.scope,
        version,
        ("briefing-map", place.code, month, stamp.snapshot_id),
        lambda: map_picture(ground, whole, told, _MAP_SIZE, kinds=("puskesmas",) if focus else (), focus=focus),
    )
    return MapPicture(title, alt, classes, png)


def _stamp(city: CityState, today: datetime.date, snapshot: Snapshot | None) -> Stamp:
    loaded = None if city.last_import_at is None else city.last_import_at.date()
    if snapshot is None:
        return Stamp(city.latest_month, loaded, today, city.is_demo)
    return Stamp(city.latest_month, loaded, snapshot.as_of, city.is_demo, snapshot.id, snapshot.name)
