"""Counts and rates of children by RW, area and month."""

import datetime

import pandas as pd

from dashboard import own_areas, small_cells
from dashboard.cache.ground import own_rws, rw_names
from dashboard.cache.keeping import engine, engine_of, kept, read
from dashboard.rw_table import rw_table
from data import settings
from data.queries import areas, growth, trend
from data.queries import places as place_queries
from data.scope import Scope, scoped_connection
from models.months import month_after
from models.rates import past as past_rates

_BEGINNING = datetime.date(1900, 1, 1)


@kept("Menghitung angka per RW…")
def rw_month(
    scope: Scope,
    version: str,
    month: datetime.date,
    age_bands: tuple[str, ...],
    sexes: tuple[int, ...],
) -> pd.DataFrame:
    """Return one row per RW of the scope with counts, smoothed rate and attendance class for a month."""
    whole = rw_month_of_city(small_cells.is_told_exactly(scope), version, month, age_bands, sexes)
    return own_areas.own_rows(whole, own_rws(scope, version), "code")


@kept("Menghitung angka per RW…")
def rw_month_of_city(
    is_exact: bool,
    version: str,
    month: datetime.date,
    age_bands: tuple[str, ...],
    sexes: tuple[int, ...],
) -> pd.DataFrame:
    """Return `rw_month` of every RW, for whoever cuts it to a scope."""
    with scoped_connection(engine(), engine_of(version)) as connection:
        names = areas.rw_names(connection, areas.layout_day(connection, month))
        counts = growth.counts_by_rw(connection, month, age_bands, sexes)
        past = growth.counts_by_rw(
            connection, month_after(month, -past_rates.MONTHS_BEFORE), (past_rates.AGE_BAND,), (1, 2)
        )
    told = small_cells.month_told(own_areas.teller(is_exact), counts, age_bands, sexes)
    return rw_table(names, told, settings.ATTENDANCE_MINIMUM, past if is_exact else None)


def city_months(scope: Scope, version: str, since: datetime.date) -> pd.DataFrame:
    """Return the whole city's counts by month from one on, for every scope."""
    months = _city_months(scope, version)
    return months[months["month"] >= since].reset_index(drop=True)


@kept(is_by_areas=True)
def _city_months(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    return read(scope, growth.city_counts_by_month, _BEGINNING)


@kept("Membaca angka bulanan…", 8, is_by_areas=True)
def kelurahan_months(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return every month of every kelurahan with its flows."""
    return read(scope, trend.kelurahan_months)


@kept("Memeriksa jumlah kecil…", 4)
def kept_totals(version: str) -> dict[str, frozenset[tuple[str, datetime.date]]]:
    """Return which kelurahan and kecamatan are not told their count of a month, by column: code and month."""
    return small_cells.kept_totals(read(engine_of(version), trend.rw_counts))


@kept()
def months_of_rws(scope: Scope, version: str, rw_codes: tuple[str, ...]) -> pd.DataFrame:  # noqa: ARG001
    """Return every month of some RWs with their flows; only for roles that are told counts exactly."""
    small_cells.refuse_unless_exact(scope)
    return read(scope, trend.rw_months, rw_codes)


@kept()
def groups_of_month(scope: Scope, version: str, month: datetime.date, within: str) -> pd.DataFrame:  # noqa: ARG001
    """Return who was measured in a month by RW and age band."""
    return read(scope, trend.groups_of_month, month, within)


@kept()
def area_months(scope: Scope, version: str, since: datetime.date, prefix: str) -> pd.DataFrame:  # noqa: ARG001
    """Return the counts of an area by month; a blank prefix is the whole city."""
    if not prefix:
        return read(scope, growth.city_counts_by_month, since)
    return read(scope, growth.counts_by_month, since, prefix)


@kept()
def rw_history(scope: Scope, version: str, since: datetime.date) -> pd.DataFrame:
    """Return the months of the scope's RWs since one, as the role may be told: s_target, d_weighed, haz_valid, stunted
    with stunted_low and stunted_high."""
    whole = _history_of_city(small_cells.is_told_exactly(scope), version, since)
    return own_areas.own_rows(whole, own_rws(scope, version))


@kept()
def area_history(scope: Scope, version: str, since: datetime.date, code: str) -> pd.DataFrame:
    """Return the months of a kelurahan or kecamatan since one, as the role may be told; none where it sees a part."""
    whole = area_months_of_city(small_cells.is_told_exactly(scope), version, since)
    rws = rw_names(scope, version)["code"]
    is_seen = own_areas.is_whole(own_rws(scope, version), list(rws[rws.str.startswith(f"{code}.")]))
    return whole[whole["area_code"].eq(code) & is_seen].reset_index(drop=True)


@kept("Membaca angka bulanan…", 4)
def _history_of_city(is_exact: bool, version: str, since: datetime.date) -> pd.DataFrame:
    return small_cells.month_told(own_areas.teller(is_exact), _months_of_city(version, since))


@kept("Membaca angka bulanan…", 4)
def area_months_of_city(is_exact: bool, version: str, since: datetime.date) -> pd.DataFrame:
    """Return the months of every kelurahan and kecamatan, for whoever cuts them to a scope."""
    return small_cells.area_months_told(own_areas.teller(is_exact), _months_of_city(version, since))


@kept("Membaca angka bulanan…", 4)
def _months_of_city(version: str, since: datetime.date) -> pd.DataFrame:
    return read(engine_of(version), place_queries.rw_months_since, since)
