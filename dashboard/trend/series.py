"""From monthly counts to the lines of the trend screens: roll-ups over areas and periods, and published points.

A frame of a line names its series in the columns indicator and series, so that `models.trend.series` can refuse to join
two of them.
"""

import datetime

import numpy as np
import pandas as pd

from dashboard.trend.choices import Area
from dashboard.trend.words import Indicator
from data.queries.statistics import SURVEYS
from data.schema import GROWTH_COUNTS, GROWTH_FLOWS
from models.rates import HALF_TO_TWICE
from models.trend.periods import STATE, rolled_up
from models.trend.series import join_series

_PARTS = {"kota": 2, "kecamatan": 3, "kelurahan": 4}


def months_of(area: Area, kelurahan: pd.DataFrame) -> pd.DataFrame:
    """Return an area's months from those of its kelurahan: month, counts and flows; unknown where a part is."""
    own = kelurahan[kelurahan["area_code"].eq(area.code) | kelurahan["area_code"].str.startswith(area.code + ".")]
    counts = own.set_index("month")[[*GROWTH_COUNTS, *GROWTH_FLOWS]].astype(float)
    return counts.groupby(level=0, sort=True).sum(skipna=False).reset_index()


def periods_of(months: pd.DataFrame, indicator: Indicator, unit: str, last_month: datetime.date) -> pd.DataFrame:
    """Return an indicator's line: the columns of `rolled_up`, with indicator and series, and value as it is read.

    The value of a count is its numerator.
    """
    counted = pd.DataFrame(
        {
            "month": months["month"],
            "numerator": months[indicator.numerator],
            "denominator": months[indicator.denominator],
        }
    )
    found = rolled_up(counted, unit, indicator.kind, last_month)
    if indicator.is_count:
        found["value"] = found["numerator"]
    return found.assign(indicator=indicator.code, series=indicator.series)


def published_points(published: pd.DataFrame, indicator: Indicator) -> dict[str, pd.DataFrame]:
    """Return published figures of an indicator by series, with the month that each speaks of (a year: its December).

    Values are fractions for shares and counts for counts. Adds period (date) and told (the period as published).
    """
    own = published[published["indicator"] == indicator.code].copy()
    scale = 1.0 if indicator.is_count else 0.01
    for column in ("value", "low", "high"):
        own[column] = pd.to_numeric(own[column]).astype(float) * scale
    own["told"] = own["period"]
    own["period"] = [_month_of(period) for period in own["told"]]
    return {str(name): join_series([of_series]) for name, of_series in own.groupby("series")}


def is_survey(series: str) -> bool:
    """Say whether a series is a survey's."""
    return series in SURVEYS


def coverage_band(months: pd.DataFrame, indicator: Indicator) -> pd.DataFrame | None:
    """Return the band that absent children leave open: month, low, high (fractions); None for other indicators.

    Children who were not measured in the window have between half and twice the rate of those who were; how many they
    are is the target less the measured.
    """
    if indicator.kind != STATE or indicator.is_count or months["s_target"].isna().all():
        return None
    measured = months[indicator.denominator].astype(float)
    rate = months[indicator.numerator] / measured.where(measured > 0)
    seen = np.clip(measured / months["s_target"].where(months["s_target"] > 0), 0, 1)
    return pd.DataFrame(
        {
            "month": months["month"],
            "measured_share": seen,
            "low": rate * (seen + (1 - seen) * HALF_TO_TWICE.lowest),
            "high": rate * (seen + (1 - seen) * HALF_TO_TWICE.highest),
        }
    )


def _month_of(period: str) -> datetime.date:
    year, _, month = period.partition("-")
    return datetime.date(int(year), int(month or 12), 1)
