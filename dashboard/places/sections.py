"""The parts of a place's page below its figures: services, care, Pusing, nominations, notes, survey, completeness."""

import datetime

import pandas as pd

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.intervention.figures import (
    BELOW,
    NOT_STARTED,
    REACHED,
    SILENT,
    STATE_NAMES,
    indicator_rows,
    told_coarsely,
)
from dashboard.maps.legend import FACILITY_NAMES
from dashboard.places.content import Section
from dashboard.places.place import CITY, PUSKESMAS, RW, Place
from dashboard.priority import ranking
from dashboard.priority.words import REMEDY_NAMES, TIER_NAMES
from dashboard.quality.words import reasons_told
from dashboard.small_cells import is_told_exactly
from data.queries.city import CityState
from data.settings import WINDOW_MONTHS
from models.months import month_after
from models.priority.weights import DEFAULT_PRESET
from models.quality.codes import TOO_FEW
from models.quality.grade import findings

_GROUPS = ("specific", "sensitive", "maternal")
_SURVEYS_SHOWN, _NAMES_SHOWN, _REASONS_SHOWN = 3, 12, 3
YEARS_BACK = 2


def services(viewer: Viewer, version: str, place: Place, month: datetime.date) -> Section:
    """Tell the coverage of services against target, those furthest behind first.

    For roles with suppression, RWs and wilayah kerja are told to the nearest ten percent: the latter less the
    kelurahan around it would tell of single RWs.
    """
    dictionary = cache.indicator_dictionary(viewer.scope, version)
    dictionary = dictionary[dictionary["indicator_group"].isin(_GROUPS)]
    first = month_after(month, -12)
    if place.level == CITY:
        codes = tuple(dictionary["code"])
        coverage = cache.coverage(viewer.scope, version, "kota", first, month, codes, place.code)
    else:
        coverage = cache.services_of_rws(viewer.scope, version, place.rw_codes, first, month)
        coverage = coverage.assign(area_code=place.code)
    known = dictionary[dictionary["code"].isin(coverage["indicator_code"])]
    title, empty = "Layanan (cakupan terhadap target)", "Belum ada laporan layanan setahun terakhir."
    if known.empty:
        return Section(title, (), empty)
    area = pd.Series({"code": place.code, "name": place.name, "level": place.level})
    if place.level == PUSKESMAS:  # held against the targets of the city
        area["code"] = place.above[0]
        coverage = coverage.assign(area_code=place.above[0])
    rows = indicator_rows(coverage, known, cache.targets(viewer.scope, version), area, month)
    is_coarse = place.level in (RW, PUSKESMAS) and not is_told_exactly(viewer.scope)
    if is_coarse:
        rows = told_coarsely(rows)
    order = {BELOW: 0, REACHED: 1, NOT_STARTED: 3, SILENT: 4}
    rows = rows.assign(place=rows["state"].map(order).fillna(2)).sort_values(["place", "gap_pct", "name"])
    told = tuple((str(row["name"]), _service_told(row, month, is_coarse)) for _, row in rows.iterrows())
    note = "Cakupan RW yang melapor; belum mulai bukan nol."
    return Section(title, told, empty, note + (" Dibulatkan ke puluhan." if is_coarse else ""))


def _service_told(row: pd.Series, month: datetime.date, is_coarse: bool) -> str:
    if pd.isna(row["coverage_pct"]):
        return STATE_NAMES[row["state"]].lower()
    digits = 0 if is_coarse else 1
    told = f"{fmt.decimal(row['coverage_pct'], digits)}\u00a0%"
    if pd.notna(row["target_pct"]):
        below = ", kurang" if row["state"] == BELOW else ""
        told += f"; target {fmt.decimal(row['target_pct'], digits)}\u00a0%{below}"
    return told if row["month"] == month else f"{told}, {fmt.short_month(row['month'])}"


def facilities(viewer: Viewer, version: str, place: Place) -> Section:
    """Tell the places of care inside a place; of an RW also the puskesmas that serves it."""
    known = cache.all_facilities(viewer.scope, version)
    inside = known[[isinstance(code, str) and place.holds(code) for code in known["area_code"]]]
    rows = []
    if place.level == RW:
        served = cache.service_areas(viewer.scope, version)
        own = served.loc[served["rw_code"] == place.code, "facility_code"]
        name = known.loc[known["code"].isin(own), "name"]
        rows.append(("Wilayah kerja", str(name.iloc[0]) if len(name) else "belum ditetapkan"))
    if place.level == PUSKESMAS:
        hours = known.loc[known["code"] == place.code, "opening_hours"]
        if len(hours) and isinstance(hours.iloc[0], str):
            rows.append(("Jam buka", str(hours.iloc[0])))
    for kind, word in FACILITY_NAMES.items():
        of_kind = inside[inside["kind"] == kind]
        if len(of_kind):
            names = sorted(of_kind["name"].str.replace(f"^{word} ", "", case=False, regex=True))
            listed = f": {', '.join(names)}" if len(names) <= _NAMES_SHOWN else ""
            rows.append((word, f"{fmt.count(len(names))}{listed}"))
    return Section("Fasilitas di dalamnya", tuple(rows), "Belum ada fasilitas tercatat di sini.")


def pusing(viewer: Viewer, version: str, place: Place, city: CityState, today: datetime.date) -> Section:
    """Tell the visits made and planned; of an RW its place in the ranking and every visit with its counts."""
    since = today.replace(year=today.year - YEARS_BACK, day=1)
    made = cache.visits(viewer.scope, version, since)
    made = made[made["rw_code"].isin(place.rw_codes)]
    planned = cache.adopted_slots(viewer.scope, version, month_after(today.replace(day=1), 12))
    ahead = planned[planned["rw_code"].isin(place.rw_codes) & (planned["month"] >= today.replace(day=1))]
    rows: list[tuple[str, str]] = []
    if place.level == RW:
        rows += _priority(viewer, version, place, city)
        rows += [("Direncanakan", fmt.month(month)) for month in ahead["month"].head(1)]
        rows += [(fmt.day(row["visited_on"]), _visit_told(row)) for _, row in made.iterrows()]
        return Section("Pusing", tuple(rows), "", "" if len(made) else f"Belum ada kunjungan sejak {fmt.month(since)}.")
    if len(made):
        rows.append(
            (f"Kunjungan sejak {fmt.short_month(since)}", f"{fmt.count(len(made))} ke {made['rw_code'].nunique()} RW")
        )
        last = made.iloc[0]
        rows.append(("Terakhir", f"{fmt.day(last['visited_on'])}, {last['rw_name']} {last['kelurahan']}"))
    if len(ahead):
        following = ahead.iloc[0]
        rows.append(
            ("Direncanakan", f"{fmt.count(len(ahead))}; berikutnya {following['rw_name']} {following['kelurahan']}, "
             f"{fmt.month(following['month'])}")
        )  # fmt: skip
    return Section(
        "Pusing", tuple(rows), f"Belum ada kunjungan sejak {fmt.month(since)}, dan belum ada yang direncanakan."
    )


def _priority(viewer: Viewer, version: str, place: Place, city: CityState) -> list[tuple[str, str]]:
    if city.latest_month is None:
        return []
    weights = cache.presets(viewer.scope, version)[DEFAULT_PRESET]
    month = month_after(city.latest_month, 1)
    table = cache.ranked_rws(viewer.scope, version, month, cache.shares_of(weights), ranking.DEFAULT_K)
    found = table[table["rw_code"] == place.code]
    if found.empty:
        return []
    row = found.iloc[0]
    rows = [("Penanganan", REMEDY_NAMES[row["remedy"]])]
    if pd.notna(row["rank"]):
        told = f"{fmt.count(row['rank'])}, kisaran {fmt.count(row['rank_low'])}–{fmt.count(row['rank_high'])}"
        rows.append((f"Urutan Prioritas {fmt.short_month(month)}", f"{told} ({TIER_NAMES[row['tier']]})"))
    return rows


def _visit_told(row: pd.Series) -> str:
    counts = (("dilayani", "served"), ("ditimbang", "weighed"), ("ditemukan", "found"), ("dirujuk", "referred"))
    known = [
        f"{fmt.count_between(row[f'{name}_low'], row[f'{name}_high'])} {word}"
        for word, name in counts
        if pd.notna(row[name])
    ]
    return ", ".join(known) or "jumlah belum dicatat"


def nominations(viewer: Viewer, version: str, place: Place, today: datetime.date) -> Section:
    """Tell the nominations that stand, newest first."""
    since = today.replace(year=today.year - YEARS_BACK, day=1)
    named = cache.nominations_since(viewer.scope, version, since)
    named = named[named["rw_code"].isin(place.rw_codes)]
    rows = []
    for _, row in named.iterrows():
        name = fmt.short_month(row["month"]) + ("" if place.level == RW else f", {row['rw_name']}")
        reply = f" — jawaban: {row['reply']}" if isinstance(row["reply"], str) else ""
        rows.append((name, f"{row['reason']}{reply}"))
    return Section("Usulan wilayah", tuple(rows), f"Tidak ada usulan sejak {fmt.month(since)}.")


def notes(viewer: Viewer, version: str, place: Place) -> Section:
    """Tell the notes that people who work there wrote: those on the place itself, then those on what is inside."""
    written = cache.place_notes(viewer.scope, version)
    is_own = written["place_code"].eq(place.code)
    is_inside = written["place_code"].map(place.holds).astype(bool) & ~is_own
    rows = tuple(
        (
            fmt.day(row["written_at"].date()) + ("" if row["place_code"] == place.code else f", {row['place_name']}"),
            f"{row['note']} ({row['written_by']})",
        )
        for _, row in pd.concat([written[is_own], written[is_inside]]).iterrows()
    )
    return Section("Catatan", rows, "Belum ada catatan.")


def survey(viewer: Viewer, version: str, place: Place) -> Section | None:
    """Tell published survey figures apart from routine ones; places without any have no such part."""
    figures = cache.survey_figures(viewer.scope, version, place.code)
    rows = tuple(
        (
            f"{row['series']} {row['period']}",
            f"{'sekitar ' if row['is_approximate'] else ''}{fmt.decimal(row['value'])}\u00a0%",
        )
        for _, row in figures.iloc[::-1].head(_SURVEYS_SHOWN).iterrows()
    )
    note = "Survei mengukur contoh rumah tangga; tidak dibandingkan dan tidak digabung dengan penimbangan rutin."
    return Section("Angka survei (terpisah)", rows, "", note) if rows else None


def quality(
    viewer: Viewer, version: str, place: Place, months: pd.DataFrame, latest: datetime.date, today: datetime.date
) -> Section:
    """Tell the grade of how a place measures, how many of the last twelve months were reported, and how much of the
    target was measured."""
    rows = []
    grades = cache.quality_grades(viewer.scope, version, latest, place.level, today)
    own = grades[grades["code"] == place.code]
    if len(own):
        rows.append(("Nilai mutu (A–D)", _grade_told(own.iloc[0])))
    year = [month_after(latest, -distance) for distance in range(12)]
    reported = months[months["month"].isin(year) & (months["d_weighed"] > 0)]
    rows.append(("Bulan dengan penimbangan", f"{fmt.count(len(reported))} dari 12 bulan terakhir"))
    if len(months) and months.iloc[-1]["s_target"] > 0:
        last = months.iloc[-1]
        share = min(last["haz_valid"] / last["s_target"], 1.0)
        rows.append(("Diukur sah", f"{fmt.share(share, 0)} sasaran dalam {WINDOW_MONTHS} bulan terakhir"))
    return Section("Mutu data", tuple(rows), "")


def _grade_told(row: pd.Series) -> str:
    if row["grade"] == TOO_FEW:
        return "belum cukup pengukuran untuk dinilai"
    return f"{row['grade']}: {reasons_told(findings(row), _REASONS_SHOWN)}"
