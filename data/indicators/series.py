"""Which series an indicator has: the routine figures of its group, and the surveys that published it.

Routine and survey figures differ threefold, so a target is of one series and is compared with no other.
"""

from sqlalchemy import Connection, text

from data.queries.statistics import SURVEYS

REPORTS = "Laporan rutin"
"""Figures that OPD and puskesmas report by month: pregnant women and interventions."""

ROUTINE = {
    "growth": "e-PPGBM",
    "attendance": "e-PPGBM",
    "maternal": REPORTS,
    "specific": REPORTS,
    "sensitive": REPORTS,
}
"""Group of indicators -> series of its routine figures; needs under SPM and travel have none to set a target for."""


def series_by_indicator(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the series of every indicator, routine first; a survey counts once it has published a figure."""
    rows = connection.execute(
        text(
            "SELECT i.code, i.indicator_group, array_remove(array_agg(DISTINCT o.series ORDER BY o.series), NULL)"
            " AS published FROM indicator i LEFT JOIN official_statistic o"
            " ON o.indicator_code = i.code AND o.series = ANY(:surveys)"
            " GROUP BY i.code, i.indicator_group ORDER BY i.code"
        ),
        {"surveys": list(SURVEYS)},
    )
    return {
        row.code: tuple(dict.fromkeys([*filter(None, [ROUTINE.get(row.indicator_group)]), *row.published]))
        for row in rows
    }
