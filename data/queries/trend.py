"""Months of areas with their flows, published figures, and the forecasts that were made at intake.

The window counts (haz_valid, stunted, …) hold each child once and are added over RWs, never over months; flows are
events and may be added over both. A count that a part of the area does not know is blank for the whole.
"""

import datetime
from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection

from data.queries import frame
from data.schema import GROWTH_COUNTS, GROWTH_FLOWS, GROWTH_TARGETS

_SUMS = ", ".join(
    f"CASE WHEN count({name}) = count(*) THEN sum({name})::bigint END AS {name}"
    if name in GROWTH_TARGETS
    else f"sum({name})::bigint AS {name}"
    for name in (*GROWTH_COUNTS, *GROWTH_FLOWS)
)
_KELURAHAN = "array_to_string((string_to_array(rw_code, '.'))[1:4], '.')"


def kelurahan_months(connection: Connection) -> pd.DataFrame:
    """Return every month of every kelurahan that the scope sees: area_code, month, COUNTS and FLOWS.

    Kecamatan and city are sums of these.
    """
    return frame(
        connection,
        f"SELECT {_KELURAHAN} AS area_code, month, {_SUMS} FROM growth_month GROUP BY 1, 2 ORDER BY 1, 2",  # noqa: S608
    )


def rw_months(connection: Connection, rw_codes: Sequence[str]) -> pd.DataFrame:
    """Return every month of some RWs, in the columns of `kelurahan_months`."""
    return frame(
        connection,
        f"""
        SELECT rw_code AS area_code, month, {_SUMS} FROM growth_month WHERE rw_code = ANY(:rw_codes)
        GROUP BY 1, 2 ORDER BY 1, 2
        """,  # noqa: S608 - column names of our own schema
        rw_codes=list(rw_codes),
    )


def rw_counts(connection: Connection) -> pd.DataFrame:
    """Return every month of every RW: rw_code, month, haz_valid, stunted, severely_stunted, underweight, wasted."""
    return frame(
        connection,
        """
        SELECT rw_code, month, sum(haz_valid)::bigint AS haz_valid, sum(stunted)::bigint AS stunted,
               sum(severely_stunted)::bigint AS severely_stunted, sum(underweight)::bigint AS underweight,
               sum(wasted)::bigint AS wasted
        FROM growth_month GROUP BY 1, 2 ORDER BY 2, 1
        """,
    )


def groups_of_month(connection: Connection, month: datetime.date, within: str) -> pd.DataFrame:
    """Return who was measured in a month's window under a code prefix: rw_code, age_band, stunted, measured."""
    return frame(
        connection,
        """
        SELECT rw_code, age_band, sum(stunted)::bigint AS stunted, sum(haz_valid)::bigint AS measured FROM growth_month
        WHERE month = :month AND starts_with(rw_code, :within) GROUP BY 1, 2 ORDER BY 1, 2
        """,
        month=month,
        within=within,
    )


def published(connection: Connection, area_code: str) -> pd.DataFrame:
    """Return an area's published figures of every indicator and series, oldest first.

    Columns: indicator, series, period (YYYY or YYYY-MM), value, low, high (in the indicator's unit), is_approximate,
    citation, reliability, note.
    """
    return frame(
        connection,
        """
        SELECT indicator_code AS indicator, series, period, value, low, high, is_approximate, citation, reliability,
               note
        FROM official_statistic WHERE replace(area_code, '.', '') = replace(:area_code, '.', '')
        ORDER BY period, series, id
        """,
        area_code=area_code,
    )


def forecasts(connection: Connection, area_code: str) -> pd.DataFrame:
    """Return an area's forecast months: indicator_code, series, month and the columns of `forecast`."""
    return frame(
        connection,
        """
        SELECT indicator_code, series, month, share, low_80, high_80, low_95, high_95, centre, spread, freedom
        FROM forecast WHERE area_code = :area_code ORDER BY indicator_code, series, month
        """,
        area_code=area_code,
    )


def forecast_checks(connection: Connection) -> pd.DataFrame:
    """Return how each area's forecast did on its own past: the columns of `forecast_check`."""
    return frame(
        connection,
        """
        SELECT area_code, indicator_code, series, status, last_month, months, origins, miss, miss_naive, miss_seasonal,
               method
        FROM forecast_check ORDER BY area_code
        """,
    )
