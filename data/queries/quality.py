"""How measurements were made, from the monthly counts by posyandu: sums over months, what came in when, and how many
children other sources count."""

import datetime
from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection

from data.queries import frame
from models.quality.checks import JUDGED_ARRAYS
from models.quality.counts import ARRAYS, COUNTED, SUMMED, array_columns


def _sums(arrays: Sequence[str]) -> str:
    numbers = [f"coalesce(sum({name}), 0) AS {name}" for name in (*COUNTED, *SUMMED)]
    places = [
        f"coalesce(sum({name}[{place + 1}]), 0) AS {column}"
        for name in arrays
        for place, column in enumerate(array_columns(name))
    ]
    return ", ".join([*numbers, *places])


def counts_by_posyandu(connection: Connection, since: datetime.date, until: datetime.date) -> pd.DataFrame:
    """Return the counts that the checks need, summed over the months from `since` to `until`: rw_code, posyandu, and
    the columns of `models.quality.checks.JUDGED`."""
    return frame(
        connection,
        f"""
        SELECT rw_code, posyandu, {_sums(JUDGED_ARRAYS)} FROM quality_month
        WHERE month BETWEEN :since AND :until GROUP BY rw_code, posyandu ORDER BY rw_code, posyandu
        """,  # noqa: S608 - column names of our own schema
        since=since,
        until=until,
    )


def counts_of_place(
    connection: Connection, since: datetime.date, until: datetime.date, rw_codes: Sequence[str], posyandu: str | None
) -> pd.DataFrame:
    """Return one row with every count and histogram of some RWs, or of one posyandu in them, over the months; zeros
    where nothing was weighed."""
    return frame(
        connection,
        f"""
        SELECT {_sums(list(ARRAYS))} FROM quality_month
        WHERE month BETWEEN :since AND :until AND rw_code = ANY(:rw_codes)
            AND (CAST(:posyandu AS text) IS NULL OR posyandu = :posyandu)
        """,  # noqa: S608 - column names of our own schema
        since=since,
        until=until,
        rw_codes=list(rw_codes),
        posyandu=posyandu,
    )


def receipts(connection: Connection, since: datetime.date, until: datetime.date) -> pd.DataFrame:
    """Return which posyandu weighed in which month and when the list came: rw_code, posyandu, month, received_on."""
    return frame(
        connection,
        "SELECT rw_code, posyandu, month, received_on FROM quality_month WHERE month BETWEEN :since AND :until"
        " ORDER BY rw_code, posyandu, month",
        since=since,
        until=until,
    )


def first_reports(connection: Connection) -> pd.DataFrame:
    """Return the first month of every posyandu: rw_code, posyandu, since."""
    return frame(
        connection,
        "SELECT rw_code, posyandu, min(month) AS since FROM quality_month GROUP BY 1, 2 ORDER BY 1, 2",
    )


def posyandu_register(connection: Connection) -> pd.DataFrame:
    """Return the posyandu of the register that stand in an RW of the scope, by the name under which they are counted:
    rw_code, posyandu."""
    return frame(
        connection,
        r"""
        SELECT DISTINCT f.area_code AS rw_code, coalesce(a.posyandu, f.name) AS posyandu
        FROM facility f
        JOIN area r ON r.code = f.area_code AND r.level = 'rw' AND r.valid_to IS NULL
        LEFT JOIN posyandu_alias a ON a.rw_code = f.area_code AND a.spelling
            = regexp_replace(regexp_replace(lower(f.name), '[^a-z0-9]+', '', 'g'), '^posyandu', '')
        WHERE f.kind = 'posyandu' AND f.valid_to IS NULL
            AND ((SELECT rembuk_sees_all()) OR f.area_code IN (SELECT code FROM rembuk_areas() AS code))
        ORDER BY 1, 2
        """,
    )


def attendance_by_rw(connection: Connection, since: datetime.date, until: datetime.date) -> pd.DataFrame:
    """Return D and S summed over months: rw_code, d_weighed, s_target (blank where a part of it is unknown)."""
    return frame(
        connection,
        """
        SELECT rw_code, sum(d_weighed) AS d_weighed,
            CASE WHEN count(s_target) = count(*) THEN sum(s_target) END AS s_target
        FROM growth_month WHERE month BETWEEN :since AND :until GROUP BY rw_code ORDER BY rw_code
        """,
        since=since,
        until=until,
    )


def under_five_figures(connection: Connection) -> pd.DataFrame:
    """Return each source's newest number of children under five by area: area_code, source, as_of, children,
    is_approximate, citation."""
    return frame(
        connection,
        """
        SELECT DISTINCT ON (area_code, source) area_code, source, as_of, children, is_approximate, citation
        FROM under_five_figure ORDER BY area_code, source, as_of DESC
        """,
    )


def posyandu_names(connection: Connection) -> pd.DataFrame:
    """Return under which posyandu each spelling of the files is counted: rw_code, spelling, posyandu, is_joined (by a
    person, under another posyandu's name)."""
    return frame(
        connection,
        "SELECT rw_code, spelling, posyandu, decided_by IS NOT NULL AS is_joined FROM posyandu_alias"
        " ORDER BY rw_code, spelling",
    )
