"""The routine series of a place by month: the share recorded of those measured, with what chance alone would do to it.

Survey figures never come here. A role that is told bands gets the span from the band's lowest to its highest count.
"""

import datetime

import numpy as np
import pandas as pd

from dashboard import cache
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.places.place import CITY, PUSKESMAS, RW, Place
from models.months import month_after
from models.rates.beta_binomial import raw_rates

MONTHS = 36
_COLUMNS = ["month", "s_target", "d_weighed", "haz_valid", "stunted", "stunted_low", "stunted_high"]


def months_of(viewer: Viewer, version: str, place: Place, latest: datetime.date) -> pd.DataFrame:
    """Return a place's months: month, s_target, d_weighed, haz_valid, stunted, stunted_low and stunted_high."""
    since = month_after(latest, 1 - MONTHS)
    if place.level in (RW, PUSKESMAS):
        own = cache.rw_history(viewer.scope, version, since)
        own = own[own["rw_code"].isin(place.rw_codes)]
        numbers = own.set_index("month")[_COLUMNS[1:]].astype(float)
        summed = numbers.groupby(level=0, sort=True)
        months = summed.sum(min_count=1)
        months["s_target"] = months["s_target"].where(summed["s_target"].count() == summed.size())
        return months.reset_index()
    if place.level == CITY:
        months = cache.city_months(viewer.scope, version, since)
    else:
        months = cache.area_history(viewer.scope, version, since, place.code)
    counts = months[["month", "s_target", "d_weighed", "haz_valid", "stunted"]].copy()
    counts[_COLUMNS[1:5]] = counts[_COLUMNS[1:5]].astype(float)
    return counts.assign(stunted_low=counts["stunted"], stunted_high=counts["stunted"])


def shares(months: pd.DataFrame) -> pd.DataFrame:
    """Return month, value, low and high (fractions, 90 % exact) and told, blank where nobody was measured or the count
    is kept back."""
    known = months[(months["haz_valid"] > 0) & months["stunted"].notna()].reset_index(drop=True)
    low, high = (
        raw_rates(
            pd.DataFrame(
                {
                    "rw_code": known.index,
                    "cases": np.fmin(known[column], known["haz_valid"]).astype(int),
                    "measured": known["haz_valid"].astype(int),
                }
            )
        )
        for column in ("stunted_low", "stunted_high")
    )
    found = pd.DataFrame(
        {
            "month": known["month"],
            "value": known["stunted"] / known["haz_valid"],
            "low": low["rate_low"],
            "high": high["rate_high"],
            "told": [recorded(row) for _, row in known.iterrows()],
        }
    )
    return months[["month"]].merge(found, how="left", on="month", validate="1:1")


def recorded(row: pd.Series) -> str:
    """Tell the recorded children of a month: 12 dari 310 diukur, or their band."""
    return f"{fmt.count_between(row['stunted_low'], row['stunted_high'])} dari {fmt.count(row['haz_valid'])} diukur"
