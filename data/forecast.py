"""Forecasts of every city, kecamatan and kelurahan, made in a batch when figures come in and never when a page runs.

Only the routine stunting prevalence is forecast, to December of the third year after the newest month, by
`models.trend.forecast`. RWs get none: four cases each say nothing of the future.
"""

import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, text

from data.indicators.dictionary import ensure_dictionary
from data.queries import frame
from data.schema import forecast, forecast_check
from models.trend.forecast import METHOD, forecast_areas
from models.trend.series import ROUTINE

INDICATOR = "stunting_prevalence"
YEARS_AHEAD = 3
_LENGTHS = {"kota": 2, "kecamatan": 3, "kelurahan": 4}

_MONTHS = """
    SELECT array_to_string((string_to_array(rw_code, '.'))[1:4], '.') AS area_code, month,
        sum(stunted) AS numerator, sum(haz_valid) AS denominator
    FROM growth_month GROUP BY 1, 2 ORDER BY 1, 2
"""


def refresh_forecasts(connection: Connection) -> pd.DataFrame:
    """Make all forecasts anew, in the caller's transaction, and return how each did on its own past.

    Columns of the result: those of `forecast_check` without its key's constants. Empty where there are no figures.
    """
    ensure_dictionary(connection)
    connection.execute(text("LOCK TABLE forecast_check IN SHARE ROW EXCLUSIVE MODE"))
    kelurahan = frame(connection, _MONTHS)
    connection.execute(forecast.delete())
    connection.execute(forecast_check.delete())
    if kelurahan.empty:
        return pd.DataFrame(columns=["area_code", "status"])
    history = _rolled_up(kelurahan)
    newest = history["month"].max()
    holders = {code: ".".join(code.split(".")[: _LENGTHS["kecamatan"]]) for code in history["area_code"].unique()}
    made = forecast_areas(history, holders, datetime.date(newest.year + YEARS_AHEAD, 12, 1))
    key = {"indicator_code": INDICATOR, "series": ROUTINE}
    points = made.points.rename(columns={"value": "share"}).assign(**key)
    checks = made.checks.assign(**key, last_month=newest, method=METHOD)
    for table, rows in ((forecast, points), (forecast_check, checks)):
        if len(rows):
            connection.execute(table.insert(), _records(rows))
    return made.checks


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return rows.astype(object).where(rows.notna(), None).to_dict("records")  # type: ignore[return-value]  # text keys


def _rolled_up(kelurahan: pd.DataFrame) -> pd.DataFrame:
    """Return the months of kelurahan, kecamatan and city; children are added over areas, never over months."""
    counts = kelurahan.astype({"numerator": "int64", "denominator": "int64"})
    parts = []
    for length in _LENGTHS.values():
        code = counts["area_code"].str.split(".").str[:length].str.join(".")
        parts.append(counts.assign(area_code=code).groupby(["area_code", "month"], as_index=False).sum())
    return pd.concat(parts, ignore_index=True)
