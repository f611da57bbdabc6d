"""Counts of children by RW and by month, from the monthly aggregates.

The window counts (haz_valid, stunted, …) hold each child once, by its latest valid measurement of three months: they
are added over areas, age bands and sexes, and never over months.
"""

import datetime
from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection

from data.queries import frame
from data.schema import GROWTH_COUNTS, GROWTH_TARGETS


def _summed(column: str) -> str:
    if column in GROWTH_TARGETS:
        return f"CASE WHEN count({column}) = count(*) THEN sum({column}) END AS {column}"
    return f"sum({column}) AS {column}"


_SUMS = ", ".join(_summed(column) for column in GROWTH_COUNTS)


def counts_by_rw(
    connection: Connection, month: datetime.date, age_bands: Sequence[str], sexes: Sequence[int]
) -> pd.DataFrame:
    """Return each RW's counts of one month (rw_code and the columns of growth_month), for the ages and sexes asked.

    RWs without a row for the month are absent: nothing was reported, which is not zero. s_target and k_enrolled are
    blank where any part of them is unknown.
    """
    return frame(
        connection,
        f"""
        SELECT rw_code, {_SUMS} FROM growth_month
        WHERE month = :month AND age_band = ANY(:age_bands) AND sex = ANY(:sexes)
        GROUP BY rw_code ORDER BY rw_code
        """,  # noqa: S608 - column names of our own schema
        month=month,
        age_bands=list(age_bands),
        sexes=list(sexes),
    )


def counts_by_month(connection: Connection, since: datetime.date, area_prefix: str = "") -> pd.DataFrame:
    """Return counts for each month from `since`, of those RWs of an area that the scope sees: month, rw_reporting and
    the columns of growth_month."""
    return frame(
        connection,
        f"""
        SELECT month, count(DISTINCT rw_code) AS rw_reporting, {_SUMS} FROM growth_month
        WHERE month >= :since AND rw_code LIKE :prefix
        GROUP BY month ORDER BY month
        """,  # noqa: S608 - column names of our own schema
        since=since,
        prefix=f"{area_prefix}%",
    )


def city_counts_by_month(connection: Connection, since: datetime.date) -> pd.DataFrame:
    """Return the whole city's counts for each month from `since`, whatever the scope: month, rw_reporting and counts.

    A month is absent while so few RWs outside the scope reported that one of them could be told from the total.
    """
    return frame(connection, "SELECT * FROM city_counts(:since)", since=since)


def history_of_rw(connection: Connection, rw_code: str) -> pd.DataFrame:
    """Return one RW's counts for every month: month and the columns of growth_month."""
    return frame(
        connection,
        f"SELECT month, {_SUMS} FROM growth_month WHERE rw_code = :rw_code GROUP BY month ORDER BY month",  # noqa: S608
        rw_code=rw_code,
    )
