"""The dictionary of indicators, their targets, the events that explain a jump, and the coverage of interventions.

Coverage is of the RWs that reported: an RW where a roll-out has not begun is counted apart and is never a zero, and so
is an RW that said nothing.
"""

import datetime
from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection

from data.queries import frame

_TARGETS = """
    SELECT id, area_code, area_name, indicator_code, series, year, value, decree, path, citation, note, set_by,
           written_at, replaced_at, ended_by, ended_why
    FROM target
"""
_EVENTS = """
    SELECT e.id, e.area_code, a.name AS area_name, a.level, e.kind, e.happened_on, e.ended_on, e.note, e.corrects,
           e.written_by, e.written_at, e.withdrawn_at, e.withdrawn_by, e.withdrawn_why
    FROM break_event e LEFT JOIN area a ON a.code = e.area_code
"""
_PARTS_OF_LEVEL = {"kota": 2, "kecamatan": 3, "kelurahan": 4, "rw": 5}
_AREA = "array_to_string((string_to_array({column}, '.'))[1:{parts}], '.')"


def indicators(connection: Connection) -> pd.DataFrame:
    """Return the dictionary: code, name, unit, direction, indicator_group, definition, source, opd."""
    return frame(
        connection,
        "SELECT code, name, unit, direction, indicator_group, definition, source, opd FROM indicator ORDER BY code",
    )


def targets(connection: Connection) -> pd.DataFrame:
    """Return the targets that hold, of every area also outside the city, by area, indicator, series, decree and year.

    Columns: id, area_code, area_name, indicator_code, series, year, value, decree, path (stepped or straight: see
    `data.indicators.path`), citation, note, set_by (blank: published), written_at and the three of an end, blank.
    """
    return frame(
        connection,
        f"{_TARGETS} WHERE replaced_at IS NULL ORDER BY area_code, indicator_code, series, decree, year",
    )


def target_history(connection: Connection) -> pd.DataFrame:
    """Return every target that ever held, newest first: the columns of `targets`, with their end."""
    return frame(connection, f"{_TARGETS} ORDER BY id DESC")


def break_events(connection: Connection, area_code: str = "") -> pd.DataFrame:
    """Return the events that stand and touch an area (its own, and those of the areas that hold it), oldest first.

    A blank area gives the events of all areas. Columns: id, area_code, area_name, level, kind, happened_on, ended_on
    (blank: one day, or it lasts), note, corrects, written_by, written_at, and the three of an end, blank.
    """
    return frame(
        connection,
        f"""
        {_EVENTS} WHERE e.withdrawn_at IS NULL
            AND (:area = '' OR e.area_code = :area OR starts_with(:area, e.area_code || '.'))
        ORDER BY e.happened_on, e.id
        """,
        area=area_code,
    )


def break_history(connection: Connection) -> pd.DataFrame:
    """Return every event ever written, newest first: the columns of `break_events`, with their end."""
    return frame(connection, f"{_EVENTS} ORDER BY e.id DESC")


def intervention_months(connection: Connection) -> list[datetime.date]:
    """Return the months with any figure of an intervention in the scope, or else in the city, oldest first."""
    found = frame(
        connection,
        """
        WITH RECURSIVE found AS (
            (SELECT indicator_code, month FROM intervention_month ORDER BY indicator_code, month LIMIT 1)
            UNION ALL
            SELECT n.indicator_code, n.month FROM found, LATERAL (
                SELECT indicator_code, month FROM intervention_month i
                WHERE (i.indicator_code, i.month) > (found.indicator_code, found.month)
                ORDER BY indicator_code, month LIMIT 1) n
        )
        SELECT DISTINCT month FROM found ORDER BY month
        """,
    )
    if found.empty:
        found = frame(connection, "SELECT DISTINCT month FROM city_interventions('2000-01-01') ORDER BY month")
    return list(found["month"])


def coverage_by_area(
    connection: Connection,
    level: str,
    first: datetime.date,
    last: datetime.date,
    codes: Sequence[str],
    within: str = "",
) -> pd.DataFrame:
    """Return each area's coverage by month and indicator, from the first month to the last, under a code prefix.

    Columns: area_code, month, indicator_code, numerator, denominator and received (sums over the RWs that reported;
    blank when none did), rw_reported, rw_not_started, rw_silent (a row without a figure; RWs without a row are absent).
    """
    area = _AREA.format(column="rw_code", parts=_PARTS_OF_LEVEL[level])
    return frame(
        connection,
        f"""
        SELECT {area} AS area_code, month, indicator_code,
            sum(numerator) AS numerator,
            sum(denominator) FILTER (WHERE numerator IS NOT NULL) AS denominator,
            sum(received) FILTER (WHERE numerator IS NOT NULL) AS received,
            count(*) FILTER (WHERE numerator IS NOT NULL) AS rw_reported,
            count(*) FILTER (WHERE status = 'not_started') AS rw_not_started,
            count(*) FILTER (WHERE status = 'reported' AND numerator IS NULL) AS rw_silent
        FROM intervention_month
        WHERE month BETWEEN :first AND :last AND indicator_code = ANY(:codes) AND starts_with(rw_code, :within)
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """,  # noqa: S608 - our own expression
        first=first,
        last=last,
        codes=list(codes),
        within=within,
    )


def coverage_of_city(
    connection: Connection, city_code: str, first: datetime.date, last: datetime.date, codes: Sequence[str]
) -> pd.DataFrame:
    """Return the whole city's coverage whatever the scope, also of pregnant women: the columns of `coverage_by_area`.

    A month is absent while so few RWs outside the scope reported that one of them could be told from the total.
    """
    return frame(
        connection,
        """
        SELECT :city AS area_code, month, indicator_code, numerator, denominator, received, rw_reported,
               rw_not_started, rw_silent
        FROM city_interventions(:first) WHERE month <= :last AND indicator_code = ANY(:codes)
        """,
        city=city_code,
        first=first,
        last=last,
        codes=list(codes),
    )


def all_coverage(
    connection: Connection,
    level: str,
    first: datetime.date,
    last: datetime.date,
    codes: Sequence[str],
    within: str = "",
) -> pd.DataFrame:
    """Return `coverage_by_area` for interventions and for pregnant women alike, of the areas in the scope."""
    parts = [coverage_by_area(connection, level, first, last, codes, within)]
    if any(code.startswith("pregnancy_") for code in codes):
        pregnant = maternal_by_area(connection, level, first, last, within)
        parts.append(pregnant[pregnant["indicator_code"].isin(codes)])
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else parts[0]


def maternal_by_area(
    connection: Connection, level: str, first: datetime.date, last: datetime.date, within: str = ""
) -> pd.DataFrame:
    """Return each area's pregnant women by month, in the columns of `coverage_by_area` and with the same meaning.

    The indicators are pregnancy_screened, pregnancy_ced and pregnancy_anaemia.
    """
    area = _AREA.format(column="rw_code", parts=_PARTS_OF_LEVEL[level])
    return frame(
        connection,
        f"""
        SELECT {area} AS area_code, month, i.code AS indicator_code,
            sum(i.numerator) AS numerator,
            sum(i.denominator) FILTER (WHERE i.numerator IS NOT NULL) AS denominator,
            NULL::bigint AS received,
            count(i.numerator) AS rw_reported, 0::bigint AS rw_not_started,
            count(*) FILTER (WHERE i.numerator IS NULL) AS rw_silent
        FROM maternal_month
        CROSS JOIN LATERAL (VALUES
            ('pregnancy_screened', screened, pregnant_target),
            ('pregnancy_ced', chronic_energy_deficiency, screened),
            ('pregnancy_anaemia', anaemia, screened)) AS i (code, numerator, denominator)
        WHERE month BETWEEN :first AND :last AND starts_with(rw_code, :within)
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """,  # noqa: S608 - our own expression
        first=first,
        last=last,
        within=within,
    )
