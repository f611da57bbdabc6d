"""Grades and checks of what posyandu report."""

import datetime

import pandas as pd

from dashboard import own_areas, small_cells
from dashboard.cache.ground import own_rws, rw_names, service_areas
from dashboard.cache.keeping import engine, engine_of, kept, read
from dashboard.quality import grading
from data.queries import quality as quality_queries
from data.scope import Scope, scoped_connection
from models.months import month_after


@kept("Memeriksa mutu data…", 8)
def _quality_facts(version: str, month: datetime.date, months: int) -> grading.QualityFacts:
    since = month_after(month, 1 - months)
    with scoped_connection(engine(), engine_of(version)) as connection:
        return grading.QualityFacts(
            counts=quality_queries.counts_by_posyandu(connection, since, month),
            receipts=quality_queries.receipts(connection, since, month),
            first=quality_queries.first_reports(connection),
            register=quality_queries.posyandu_register(connection),
            attendance=quality_queries.attendance_by_rw(connection, since, month),
        )


@kept("Memeriksa mutu data…", 32)
def _quality_of_city(
    is_exact: bool, version: str, month: datetime.date, level: str, today: datetime.date, months: int
) -> pd.DataFrame:
    facts, served = _quality_facts(version, month, months), service_areas(engine_of(version), version)
    units = grading.by_posyandu(facts, grading.months_back(month, months), today)
    judged = grading.graded_level(units, facts.attendance, level, served)
    return judged if is_exact else grading.without_values(judged)


def _rws_and_holders(version: str) -> tuple[pd.Series, pd.DataFrame]:
    """Return the codes of every RW, and which puskesmas serves which: both are open."""
    return rw_names(engine_of(version), version)["code"], service_areas(engine_of(version), version)


def quality_grades(
    scope: Scope, version: str, month: datetime.date, level: str, today: datetime.date, months: int = grading.MONTHS
) -> pd.DataFrame:
    """Return how the places of a level measured in the months that end with `month`: code, grade and checks.

    `level` is posyandu (code is then its RW's, besides `posyandu`), rw, kelurahan, kecamatan, puskesmas or kota. Only
    places that lie wholly in the scope, and the city for everybody; roles that are not told counts exactly read grades
    and statuses without their figures. `models.quality.grade.findings` gives a row's reasons.
    """
    whole = _quality_of_city(small_cells.is_told_exactly(scope), version, month, level, today, months)
    own = own_rws(scope, version)
    if own is None or level == "kota":
        return whole
    return grading.own_places(whole, level, own, *_rws_and_holders(version))


@kept()
def posyandu_names(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return under which posyandu each spelling is counted: rw_code, spelling, posyandu, is_joined."""
    return read(scope, quality_queries.posyandu_names)


@kept("Membaca laporan posyandu…", 32)
def quality_grid(scope: Scope, version: str, month: datetime.date, today: datetime.date, months: int) -> pd.DataFrame:
    """Return which posyandu of the scope reported in which month: rw_code, posyandu, month, state."""
    facts = _quality_facts(version, month, months)
    grid = grading.grid_of(facts, grading.months_back(month, months), today)
    return own_areas.own_rows(grid, own_rws(scope, version))


@kept("Memeriksa mutu data…", 64)
def quality_counts(
    scope: Scope,
    version: str,  # noqa: ARG001 - part of the key
    month: datetime.date,
    months: int,
    rw_codes: tuple[str, ...],
    posyandu: str | None,
) -> pd.DataFrame:
    """Return every count and histogram of some RWs, or of a posyandu in them, as one row; only for exact roles."""
    small_cells.refuse_unless_exact(scope)
    return read(scope, quality_queries.counts_of_place, month_after(month, 1 - months), month, rw_codes, posyandu)


@kept()
def under_five_figures(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return each source's newest number of children under five by area."""
    return read(scope, quality_queries.under_five_figures)
