"""Months as text `YYYY-MM`: they sort, join and read the same in frames, files and messages."""

import re

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def is_month(text: object) -> bool:
    """Tell whether a value is a month written `YYYY-MM`."""
    return isinstance(text, str) and _MONTH.fullmatch(text) is not None


def month_number(month: str) -> int:
    """Return the months since year 0, so that months can be subtracted."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def month_text(number: int) -> str:
    """Return the month that `month_number` numbered."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def month_range(first: str, count: int) -> tuple[str, ...]:
    """Return `count` consecutive months from `first` on."""
    start = month_number(first)
    return tuple(month_text(start + step) for step in range(count))
