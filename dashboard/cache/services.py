"""Services of other offices: their dictionary, months and coverage."""

import datetime

import pandas as pd

from dashboard.cache.keeping import kept, read
from data.indicators.series import series_by_indicator
from data.queries import indicators as indicator_queries
from data.queries import places as place_queries
from data.scope import Scope


@kept()
def indicator_dictionary(scope: Scope, version: str) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    """Return the dictionary of indicators."""
    return read(scope, indicator_queries.indicators)


@kept()
def indicator_series(scope: Scope, version: str) -> dict[str, tuple[str, ...]]:  # noqa: ARG001 - part of the key
    """Return the series of every indicator, routine first."""
    return read(scope, series_by_indicator)


@kept()
def intervention_months(scope: Scope, version: str) -> list[datetime.date]:  # noqa: ARG001 - part of the key
    """Return the months with any figure of an intervention, oldest first."""
    return read(scope, indicator_queries.intervention_months)


@kept("Menghitung cakupan…")
def coverage(
    scope: Scope,
    version: str,  # noqa: ARG001 - part of the key
    level: str,
    first: datetime.date,
    last: datetime.date,
    codes: tuple[str, ...],
    within: str,
) -> pd.DataFrame:
    """Return the coverage of interventions and of care for pregnant women, by area, month and indicator.

    The level kota is the whole city named by `within`, also for those who see only a part of it.
    """
    if level == "kota":
        return read(scope, indicator_queries.coverage_of_city, within, first, last, codes)
    return read(scope, indicator_queries.all_coverage, level, first, last, codes, within)


@kept()
def services_of_rws(
    scope: Scope,
    version: str,  # noqa: ARG001 - part of the key
    rw_codes: tuple[str, ...],
    first: datetime.date,
    last: datetime.date,
) -> pd.DataFrame:
    """Return the services of some RWs together, by month and indicator."""
    return read(scope, place_queries.coverage_of_rws, rw_codes, first, last)
