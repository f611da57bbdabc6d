"""How numbers, dates and spans of time read in Indonesian: one place, by Babel's id_ID.

Every function takes a value that may be missing and then gives a dash, never a zero.
"""

import datetime
import functools
import math

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from models.months import month_after

LOCALE = "id_ID"
MISSING = "–"


def _is_missing(value: float | None) -> bool:
    return value is None or math.isnan(value)


def count(value: float | None) -> str:
    """Give a whole number with thousands' points: 4.012."""
    return MISSING if value is None or math.isnan(value) else format_decimal(round(value), "#,##0", LOCALE)


def count_between(low: float | None, high: float | None) -> str:
    """Give a count that is told as a band: 1–4, or the number itself where both ends are the same."""
    if _is_missing(low) or _is_missing(high):
        return MISSING
    return count(low) if low == high else f"{count(low)}–{count(high)}"


def decimal(value: float | None, digits: int = 1) -> str:
    """Give a number with a decimal comma: 3,4."""
    if value is None or math.isnan(value):
        return MISSING
    return format_decimal(value, "#,##0." + "0" * digits if digits else "#,##0", LOCALE)


def share(value: float | None, digits: int = 1) -> str:
    """Give a fraction as a percentage: 0.034 -> 3,4 %."""
    return MISSING if _is_missing(value) else f"{decimal(value * 100, digits)}\u00a0%"  # type: ignore[operator]


def share_between(low: float | None, high: float | None, digits: int = 1) -> str:
    """Give an interval of fractions: 2,1–7,9 %."""
    if _is_missing(low) or _is_missing(high):
        return MISSING
    return f"{decimal(low * 100, digits)}–{decimal(high * 100, digits)}\u00a0%"  # type: ignore[operator]


def points(value: float | None, digits: int = 1) -> str:
    """Give a difference of fractions in percentage points, with its sign: +0,3 poin."""
    return MISSING if _is_missing(value) else f"{_signed(value * 100, digits)}\u00a0poin"  # type: ignore[operator]


def change(value: float | None) -> str:
    """Give a difference of counts with its sign: +12."""
    return MISSING if _is_missing(value) else _signed(value, 0)  # type: ignore[arg-type]


def _signed(value: float, digits: int) -> str:
    rounded = round(value, digits)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else "±"
    return sign + decimal(abs(rounded), digits)


def minutes(seconds: float | None) -> str:
    """Give a travel time: under a minute, 12 menit, 1 jam 5 menit."""
    if seconds is None or math.isnan(seconds):
        return MISSING
    whole = round(seconds / 60)
    if whole < 1:
        return "kurang dari 1 menit"
    if whole < 60:
        return f"{whole} menit"
    hours, rest = divmod(whole, 60)
    return f"{hours} jam {rest} menit" if rest else f"{hours} jam"


def kilometres(metres: float | None) -> str:
    """Give a distance: 850 m, 2,3 km."""
    if metres is None or math.isnan(metres):
        return MISSING
    return f"{count(round(metres, -1))} m" if metres < 995 else f"{decimal(metres / 1000)} km"


@functools.cache
def month(value: datetime.date) -> str:
    """Give a month: Oktober 2026."""
    return format_date(value, "MMMM y", LOCALE)


@functools.cache
def short_month(value: datetime.date) -> str:
    """Give a month in short: Okt 2026."""
    return format_date(value, "MMM y", LOCALE)


@functools.cache
def day(value: datetime.date) -> str:
    """Give a day: 21 November 2026."""
    return format_date(value, "d MMMM y", LOCALE)


def moment(value: datetime.datetime) -> str:
    """Give a day and a time in Jakarta: 21 November 2026 pukul 09.30 WIB."""
    return format_datetime(
        value, "d MMMM y 'pukul' HH.mm 'WIB'", datetime.timezone(datetime.timedelta(hours=7)), LOCALE
    )


def window(last: datetime.date, months: int) -> str:
    """Give the window of months that ends with `last`: Agustus–Oktober 2026."""
    first = month_after(last, 1 - months)
    if first.year == last.year:
        return f"{format_date(first, 'MMMM', LOCALE)}–{month(last)}"
    return f"{month(first)}–{month(last)}"


def age(since: datetime.datetime, now: datetime.datetime) -> str:
    """Give how long ago something was, in the largest fitting unit: hari ini, 3 hari lalu, 5 bulan lalu."""
    days = (now - since).days
    if days < 1:
        return "hari ini"
    if days < 60:
        return f"{days} hari lalu"
    if days < 730:
        return f"{days * 12 // 365} bulan lalu"
    return f"{days // 365} tahun lalu"
