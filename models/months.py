"""Calendar months as their first day: the arithmetic that rates, intake and screens share."""

import datetime


def month_after(month: datetime.date, distance: int) -> datetime.date:
    """Return the first day of the month so many months later, or earlier for a negative distance."""
    years, place = divmod(month.year * 12 + month.month - 1 + distance, 12)
    return datetime.date(years, place + 1, 1)


def last_day(month: datetime.date) -> datetime.date:
    """Return the last day of a month."""
    return month_after(month, 1) - datetime.timedelta(days=1)
