"""Months rolled up to quarters and years so that a child counts once.

A window count (stunted, measured) holds each child by its latest valid measurement of three months. A quarter's or
year's figure is therefore its last month's window, never a sum of months. A month's event (a child weighed, a woman
screened, a service given) may happen again next month, so that a period's share is the sum of its numerators over the
sum of its denominators. A period whose last month has not come yet is marked partial.
"""

import datetime

import pandas as pd

from models.errors import UnusableTrendError

MONTH, QUARTER, YEAR = "month", "quarter", "year"
UNITS = (MONTH, QUARTER, YEAR)
STATE, EVENTS = "state", "events"
_MONTHS_IN = {MONTH: 1, QUARTER: 3, YEAR: 12}


def rolled_up(months: pd.DataFrame, unit: str, kind: str, last_month: datetime.date | None = None) -> pd.DataFrame:
    """Return one row per period, oldest first.

    Takes month (first days, one row each), numerator and denominator (blank where unknown); `kind` is STATE for window
    counts and EVENTS for what happens each month. Gives period (its last month with figures), starts_on (the period's
    first month), numerator, denominator, value (a fraction; blank where the denominator is unknown or zero) and
    is_partial. An EVENTS period is blank where one of its reported months is unknown. `last_month` is the newest month
    of the data, if newer than this frame's.
    """
    if unit not in UNITS or kind not in (STATE, EVENTS):
        raise UnusableTrendError(f"No period '{unit}' of kind '{kind}': use one of {', '.join(UNITS)}")
    if months["month"].duplicated().any():
        raise UnusableTrendError("A month stands twice: give one area's months, one row each")
    ordered = months.sort_values("month", ignore_index=True)
    starts = pd.Series([_start(month, unit) for month in ordered["month"]], dtype=object)
    rows = []
    for start, of_period in ordered.groupby(starts, sort=True):
        last = of_period.iloc[-1]
        if kind == STATE:
            numerator, denominator = last["numerator"], last["denominator"]
        else:
            whole = of_period[["numerator", "denominator"]].astype(float).sum(skipna=False)
            numerator, denominator = whole["numerator"], whole["denominator"]
        rows.append((last["month"], start, numerator, denominator, _is_partial(last["month"], start, unit)))
    found = pd.DataFrame(rows, columns=["period", "starts_on", "numerator", "denominator", "is_partial"])
    if last_month is not None and len(found):
        found["is_partial"] &= found["starts_on"] == _start(last_month, unit)
    counts = found[["numerator", "denominator"]].apply(pd.to_numeric, errors="coerce").astype(float)
    found[["numerator", "denominator"]] = counts
    found["value"] = counts["numerator"] / counts["denominator"].where(counts["denominator"] > 0)
    return found


def year_over_year(periods: pd.DataFrame, unit: str) -> pd.Series:
    """Return each period's value less that of the same period a year before, blank where there is none."""
    by_start = periods.set_index("starts_on")["value"]
    if unit not in UNITS:
        raise UnusableTrendError(f"No period '{unit}': use one of {', '.join(UNITS)}")
    before = [by_start.get(start.replace(year=start.year - 1)) for start in periods["starts_on"]]
    return periods["value"] - pd.to_numeric(pd.Series(before, index=periods.index, dtype=float))


def _start(month: datetime.date, unit: str) -> datetime.date:
    length = _MONTHS_IN[unit]
    return datetime.date(month.year, (month.month - 1) // length * length + 1, 1)


def _is_partial(last: datetime.date, start: datetime.date, unit: str) -> bool:
    return last.month - start.month + 1 < _MONTHS_IN[unit]
