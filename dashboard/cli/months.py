"""Months as people type them on the command line."""

import datetime
import re

from data.errors import UnusableInputError


def month_option(text: str) -> datetime.date:
    """Return the first day of a month written YYYY-MM; refuse anything else in words."""
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text) is None:
        raise UnusableInputError(f"{text!r} is no month; write YYYY-MM, for example 2026-11.")
    return datetime.date.fromisoformat(f"{text}-01")
