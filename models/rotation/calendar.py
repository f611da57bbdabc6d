"""Days on which the mobile clinic does not go out, and the days that are left in a month.

Public holidays and collective leave (cuti bersama) are those of the `holidays` package for Indonesia, by their
Indonesian names; it holds the decreed dates of past and present years and marks later Islamic and lunar dates as
estimates. Ramadan ends on the day before Idul Fitri; its first day is the package's astronomical date, moved where
needed so that the month has 29 or 30 days. The decreed first day can differ from it by one. Floods come as rows.
"""

import datetime as dt
from collections.abc import Sequence

import holidays
import numpy as np
import pandas as pd
from holidays.groups import IslamicHolidays

from models.rotation.months import month_text

PUBLIC_HOLIDAY = "public_holiday"
COLLECTIVE_LEAVE = "collective_leave"
RAMADAN = "ramadan"
FLOOD = "flood"
CLOSED_COLUMNS = ("day", "reason", "name", "is_estimate", "puskesmas_code")

_ESTIMATE = " (perkiraan)"
_IDUL_FITRI = "Hari Raya Idul Fitri"
_SHORTEST, _LONGEST = 29, 30


class _RamadanBeginnings(holidays.HolidayBase, IslamicHolidays):
    """First days of Ramadan, which are no holiday in Indonesia and so not in its calendar."""

    estimated_label = "%s (perkiraan)"

    def __init__(self, years: list[int]) -> None:
        IslamicHolidays.__init__(self)
        super().__init__(years=years)

    def _populate_public_holidays(self) -> None:
        self._add_ramadan_beginning_day("Ramadan")


def closed_days(
    months: Sequence[str],
    *,
    has_collective_leave: bool = True,
    has_ramadan: bool = True,
    floods: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return days without visits in the months: day, reason, name (Indonesian), is_estimate, puskesmas_code.

    `puskesmas_code` is blank where all stay in. `floods` has day and name, and may have puskesmas_code. A day with two
    reasons has two rows. Weekends are not listed; `visit_days` leaves them out.
    """
    years = sorted({int(month[:4]) for month in months})
    official = holidays.country_holidays("ID", years=years, language="id", categories=("public",))
    rows = [_row(day, PUBLIC_HOLIDAY, name) for day, joined in official.items() for name in joined.split("; ")]
    if has_collective_leave:
        leave = holidays.country_holidays("ID", years=years, language="id", categories=("government",))
        rows += [_row(day, COLLECTIVE_LEAVE, name) for day, joined in leave.items() for name in joined.split("; ")]
    if has_ramadan:
        for first, last, is_estimate in ramadans(years):
            days = [first + dt.timedelta(days=step) for step in range((last - first).days + 1)]
            rows += [(day, RAMADAN, "Ramadan", is_estimate, None) for day in days]
    if floods is not None:
        codes = floods["puskesmas_code"] if "puskesmas_code" in floods else [None] * len(floods)
        for day, name, code in zip(pd.to_datetime(floods["day"]).dt.date, floods["name"], codes, strict=True):
            rows.append((day, FLOOD, name, False, code))
    frame = pd.DataFrame(rows, columns=list(CLOSED_COLUMNS))
    is_inside = frame["day"].map(lambda day: f"{day:%Y-%m}").isin(list(months))
    return frame[is_inside].sort_values(["day", "reason", "name"], kind="stable").reset_index(drop=True)


def ramadans(years: Sequence[int]) -> list[tuple[dt.date, dt.date, bool]]:
    """Return the first and last day of every Ramadan that touches the years, and whether they are estimates."""
    around = list(range(min(years), max(years) + 2))
    official = holidays.country_holidays("ID", years=around, language="id")
    begins = sorted(_RamadanBeginnings([min(years) - 1, *around]))
    found = []
    for day, joined in sorted(official.items()):
        names = [name for name in joined.split("; ") if name.removesuffix(_ESTIMATE) == _IDUL_FITRI]
        if names:
            last = day - dt.timedelta(days=1)
            nearest = min(begins, key=lambda begin: abs((day - begin).days - _LONGEST))
            length = min(max((day - nearest).days, _SHORTEST), _LONGEST)
            first = day - dt.timedelta(days=length)
            if first.year in years or last.year in years:
                found.append((first, last, names[0].endswith(_ESTIMATE)))
    return found


def visit_days(
    months: Sequence[str], puskesmas_codes: Sequence[str], closed: pd.DataFrame, weekdays: Sequence[int] = range(5)
) -> pd.DataFrame:
    """Return days left for visits: puskesmas_code, month, visit_days.

    `closed` is a frame from `closed_days`; `weekdays` are worked on, Monday being 0.
    """
    rows = []
    for month in months:
        start = dt.date(int(month[:4]), int(month[5:]), 1)
        after = month_text(start.year * 12 + start.month)
        days = np.arange(month, after, dtype="datetime64[D]")
        worked = {day for day in days.astype(object) if day.weekday() in set(weekdays)}
        for code in puskesmas_codes:
            is_its = closed["puskesmas_code"].isna() | (closed["puskesmas_code"] == code)
            rows.append((code, month, len(worked - set(closed.loc[is_its, "day"]))))
    return pd.DataFrame(rows, columns=["puskesmas_code", "month", "visit_days"])


def within_visit_days(capacity: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    """Return capacity with no more slots of a kind than there are days for visits (one stop a day for a team)."""
    joined = capacity.merge(days, on=["puskesmas_code", "month"], how="left", validate="m:1")
    slots = joined["slots"].to_numpy(dtype=int)
    most = joined["visit_days"].fillna(joined["slots"]).to_numpy(dtype=int)
    return capacity.assign(slots=np.minimum(slots, most))


def _row(day: dt.date, reason: str, name: str) -> tuple[dt.date, str, str, bool, str | None]:
    return day, reason, name.removesuffix(_ESTIMATE), name.endswith(_ESTIMATE), None
