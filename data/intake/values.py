"""What the texts of a list mean: days, numbers, sex, position, RW numbers. Whatever cannot be read is missing.

Every function takes the distinct texts of a column, trimmed, and returns an array beside them.
"""

import datetime
import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from data.intake.columns import plain
from models.growth import codes

Days = NDArray[np.datetime64]

DASHES = frozenset({"", "-", "--", "–", "—", "n/a", "#n/a", "null", "none", "nan"})
"""Texts that stand for nothing, in lower case."""

RW_MISSING, RW_UNREADABLE = -1, -2

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?", re.ASCII | re.DOTALL)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[T ,].*)?", re.ASCII | re.DOTALL)
_MONTH_IN_WORDS = re.compile(r"(\d{1,2})[-/. ]*([A-Za-z]{3,9})[-/., ]*(\d{4}|\d{2})", re.ASCII)
_NO_DELIMITER = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?", re.ASCII)
_SERIAL_DAY_ZERO = datetime.date(1899, 12, 30)
_SERIALS = range(30_000, 60_000)  # 1982 to 2064: outside of it a number is no child's date
_MONTHS = {
    month: number
    for number, names in enumerate(
        ("jan", "feb peb", "mar", "apr", "mei may", "jun", "jul", "agu agt ags aug", "sep", "okt oct", "nov nop",
         "des dec"),
        start=1,
    )
    for month in names.split()
}  # fmt: skip

_SEXES = {
    **dict.fromkeys(("l", "lk", "laki", "lakilaki", "pria", "m", "male", "1"), 1),
    **dict.fromkeys(("p", "pr", "perempuan", "wanita", "f", "female", "2"), 2),
}
_UNIT = re.compile(r"\s*(?:kg|cm)\.?$", re.IGNORECASE)
_RT_AND_RW = re.compile(r"(?:rt)?[\s.:]*\d{1,3}\s*[/\\,;-]?\s*(?:rw[\s.:]*|(?<=[/\\])\s*)(\d{1,3})", re.IGNORECASE)
_RW = re.compile(r"(?:r\.?\s?w\.?)?[\s.:/-]*(\d{1,3})(?:\.0)?", re.IGNORECASE)
_GAINS = {"n": "N", "naik": "N", "t": "T", "tidaknaik": "T", "o": "O", "b": "B", "baru": "B"}


def tidy(text: str) -> str:
    """Return a text without spaces at its ends and with single ones inside."""
    return " ".join(text.split())


def is_blank(text: str) -> bool:
    """Say whether a text stands for nothing: empty, a dash, a spreadsheet's N/A."""
    return text.lower() in DASHES


def days(texts: Sequence[str]) -> Days:
    """Read dates, NaT where there is none.

    Year first, day first (dd/mm/yyyy, also with two digits for the year: 20yy), a month in words, eight digits, or a
    spreadsheet's day number; a time of day is dropped.
    """
    return np.array([day(text) for text in texts], dtype="datetime64[D]")


@lru_cache(maxsize=20_000)
def day(text: str) -> datetime.date | None:
    """Read one date as `days` does, None where there is none."""
    if match := _YEAR_FIRST.fullmatch(text) or _NO_DELIMITER.fullmatch(text):
        year, month, number = map(int, match.groups())
    elif match := _DAY_FIRST.fullmatch(text):
        number, month, year = map(int, match.groups())
    elif match := _MONTH_IN_WORDS.fullmatch(text):
        number, month, year = int(match[1]), _MONTHS.get(match[2][:3].lower(), 0), int(match[3])
    elif (match := _SERIAL.fullmatch(text)) and int(match[1]) in _SERIALS:
        return _SERIAL_DAY_ZERO + datetime.timedelta(days=int(match[1]))
    else:
        return None
    try:
        return datetime.date(year + 2000 if year < 100 else year, month, number)
    except ValueError:
        return None


def numbers(texts: Sequence[str]) -> NDArray[np.float64]:
    """Read finite numbers with a decimal point or comma, NaN where there is none; a unit (kg, cm) may follow."""
    read = codes.numbers([_UNIT.sub("", text.replace("−", "-")).strip("'`") for text in texts] or [""])[: len(texts)]
    return np.where(np.isfinite(read), read, np.nan)


def amounts(texts: Sequence[str]) -> NDArray[np.float64]:
    """Read weights or lengths: numbers above zero that a 4-byte float can hold, NaN for all else."""
    read = numbers(texts)
    return np.where((read > 0) & (read < np.finfo(np.float32).max), read, np.nan)


def sexes(texts: Sequence[str]) -> NDArray[np.int8]:
    """Read sex: 1 boy, 2 girl, 0 missing or unreadable."""
    return np.array([_SEXES.get(plain(text), 0) for text in texts], dtype=np.int8)


def positions(texts: Sequence[str]) -> NDArray[np.int8]:
    """Read Cara Ukur: 1 lying (Terlentang, Telentang), 2 standing (Berdiri), 0 not noted."""
    return np.array([_position(plain(text)) for text in texts], dtype=np.int8)


def _position(word: str) -> int:
    if "lentang" in word or "baring" in word or word == "l":
        return 1
    return 2 if "diri" in word or word == "h" else 0


def rw_numbers(texts: Sequence[str]) -> NDArray[np.int16]:
    """Read RW numbers (`7`, `007`, `RW 07`, `RT 03 RW 07`); blank and 0 are RW_MISSING, other texts RW_UNREADABLE."""
    return np.array([_rw_number(text) for text in texts], dtype=np.int16)


def _rw_number(text: str) -> int:
    if is_blank(text) or plain(text) == "rw":
        return RW_MISSING
    match = _RW.fullmatch(text) or _RT_AND_RW.fullmatch(text)
    if match is None:
        return RW_MISSING if plain(text) == "" else RW_UNREADABLE
    return int(match[1]) or RW_MISSING


def weight_gains(texts: Sequence[str]) -> NDArray[np.object_]:
    """Read Naik Berat Badan: N, T, O or B, None for all else."""
    read = np.empty(len(texts), dtype=object)
    read[:] = [_GAINS.get(plain(text)) for text in texts]
    return read
