"""The months of an area as an indicator needs them, read through the cache."""

import datetime

import pandas as pd

from dashboard import cache
from dashboard.access import Viewer
from dashboard.small_cells import is_told_exactly, without_kept
from dashboard.trend.choices import Area, sees_whole_city
from dashboard.trend.series import months_of
from dashboard.trend.words import MATERNAL, Indicator
from data.schema import GROWTH_COUNTS, GROWTH_FLOWS
from models.trend.series import ROUTINE

_BEGINNING = datetime.date(2000, 1, 1)


def growth_months(viewer: Viewer, version: str, area: Area) -> pd.DataFrame:
    """Return an area's months with counts and flows of children; none where nothing was reported.

    Of the city, those who do not see every RW are told totals without flows.
    """
    if area.level == "kota" and not sees_whole_city(viewer):
        totals = cache.city_months(viewer.scope, version, _BEGINNING)
        counts = totals[["month", *GROWTH_COUNTS]].astype(dict.fromkeys(GROWTH_COUNTS, float))
        return counts.assign(**dict.fromkeys(GROWTH_FLOWS, float("nan")))
    if area.level == "rw":
        return months_of(area, cache.months_of_rws(viewer.scope, version, (area.code,)))
    months = months_of(area, cache.kelurahan_months(viewer.scope, version))
    return months if is_told_exactly(viewer.scope) else without_kept(months, area.code, cache.kept_totals(version))


def months_for(viewer: Viewer, version: str, area: Area, indicator: Indicator) -> pd.DataFrame:
    """Return an area's months with the columns that an indicator counts."""
    if indicator.series == ROUTINE:
        return growth_months(viewer, version, area)
    if area.level == "kota" and not sees_whole_city(viewer):
        return pd.DataFrame(columns=["month", "numerator", "denominator"])
    is_maternal = indicator.code in MATERNAL
    within = area.code if area.level == "rw" else f"{area.code}."
    return cache.reported_months(viewer.scope, version, area.level, within, indicator.code, is_maternal)
