"""Kemendagri codes as files write them, and which columns hold codes and names.

A code is 2+2+2+4 digits, and Rembuk adds three for the RW: with dots, without, as a number that lost zeros inside its
parts (32.75.1.1001), with `.0` or an exponent behind it. BPS codes have as many digits in another order (2+2+3+3): the
seventh digit tells them apart, for a kelurahan or desa of Kemendagri begins with 1, 2 or 3 there, and BPS has the last
digit of the kecamatan, nearly always 0.
"""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

import numpy as np
import pandas as pd

from data.intake.columns import plain
from data.intake.values import tidy

WIDTHS = {"kota": (2, 2), "kecamatan": (2, 2, 2), "kelurahan": (2, 2, 2, 4), "rw": (2, 2, 2, 4, 3)}
EXAMPLES = {"kecamatan": "32.75.01", "kelurahan": "32.75.01.1001", "rw": "32.75.01.1001.007"}
LEVELS = ("kecamatan", "kelurahan", "rw")
MOST = 0.9
"""A column holds codes when so many of its texts are ones; the others are then refused by their rows."""

NAME_HEADERS = {
    "kecamatan": ("kecamatan", "namakecamatan", "namakec", "nmkecamatan", "nmkec", "wadmkc", "kec", "district"),
    "kelurahan": (
        "kelurahan", "namakelurahan", "namakel", "nmkelurahan", "desakelurahan", "kelurahandesa", "desakel", "keldesa",
        "namadesa", "nmdesa", "wadmkd", "desa", "kel", "village", "kelurahanspasi",
    ),
    "rw": ("rw", "norw", "nomorrw", "namarw", "nmrw"),
}  # fmt: skip
ANY_NAME = ("nama", "name", "namobj", "namaobjek", "nm")
_SEPARATORS = re.compile(r"[.\-/ ]+")
_LEVEL_WORDS = re.compile(r"^(?:kecamatan|kec|kelurahan|kel|desa|ds)\b[\s.:]*", re.IGNORECASE)
_LONE_DIGITS = re.compile(r"\d{6,}(?:\.0+)?")


def as_text(value: object) -> str:
    """Return a cell of a geographic file as text, whole numbers without a decimal point."""
    if value is None or value is pd.NA or (isinstance(value, float) and not np.isfinite(value)):
        return ""
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    return tidy(str(value))


def kemendagri(written: str, level: str) -> str | None:
    """Return a text as the code of a level, or None when it is none."""
    widths = WIDTHS[level]
    told = _without_exponent(written.strip().strip("'"))
    parts = [part for part in _SEPARATORS.split(told) if part]
    if len(parts) == 1 and parts[0].isdigit():
        parts = _cut(parts[0], widths)
    if len(parts) != len(widths) or not all(part.isdigit() and part.isascii() for part in parts):
        return None
    if any(len(part) > width for part, width in zip(parts, widths, strict=True)):
        return None
    code = ".".join(part.zfill(width) for part, width in zip(parts, widths, strict=True))
    if code[0] == "0" or (len(widths) > 3 and parts[3].zfill(4)[0] not in "123"):
        return None
    return code


def is_bps(texts: Sequence[str], level: str) -> bool:
    """Say whether a column's codes are BPS codes: seven digits for a kecamatan, ten in BPS's order for a kelurahan."""
    digits = [_without_exponent(text) for text in texts if text]
    if not digits or not all(text.isdigit() for text in digits):
        return False
    if level == "kecamatan":
        return all(len(text) == 7 for text in digits)
    is_long = [len(text) == 10 for text in digits]
    return all(is_long) and float(np.mean([text[6] not in "123" for text in digits])) > 1 - MOST


def code_column(columns: dict[str, list[str]], level: str | None) -> tuple[str, str] | None:
    """Return the level and the column whose texts are its codes; without a level, the finest one that parts the rows.

    A column of parents' codes repeats itself: a column that tells all rows apart comes first, then one named code.
    """
    for wanted in (level,) if level else reversed(LEVELS):
        scored = []
        for place, (name, texts) in enumerate(columns.items()):
            found = [kemendagri(text, wanted) for text in texts]
            share = np.mean([code is not None for code in found]) if found else 0.0
            if share >= MOST and not is_bps(texts, wanted):
                is_named = any(word in plain(name) for word in ("kode", "code", "kd", "id"))
                scored.append((len(set(found)), is_named, -place, name))
        if scored:
            return wanted, max(scored)[-1]
    return None


def name_column(columns: dict[str, list[str]], level: str, but: frozenset[str] = frozenset()) -> str | None:
    """Return the column that names a level's areas, or None.

    Of two that say the same, the one that parts its words (Bekasi Jaya before Bekasijaya) is better to read.
    """
    known = [name for name in columns if plain(name) in NAME_HEADERS[level] and name not in but]
    if not known:
        known = [
            name
            for name in columns
            if name not in but and plain(name) in ANY_NAME and any(map(str.isalpha, "".join(columns[name])))
        ]
    if not known:
        return None
    first = known[0]
    same = [name for name in known if [*map(plain, columns[name])] == [*map(plain, columns[first])]]
    return max(same, key=lambda name: (sum(text.count(" ") for text in columns[name]), -known.index(name)))


def proper_name(written: str, code: str, level: str) -> str:
    """Return a name as people write it: without the level's word, and not in capitals; an RW by its number."""
    if level == "rw":
        return f"RW {code.rpartition('.')[2]}"
    bare = _LEVEL_WORDS.sub("", tidy(written)) or tidy(written)
    if bare.isupper() or bare.islower():
        bare = " ".join(word.capitalize() for word in bare.split())
    return bare or code


def _without_exponent(text: str) -> str:
    if "e" in text.lower():
        try:
            return str(int(Decimal(text)))
        except (InvalidOperation, ValueError, OverflowError):
            return text
    return text.split(".")[0] if _LONE_DIGITS.fullmatch(text) else text


def _cut(digits: str, widths: tuple[int, ...]) -> list[str]:
    """Cut digits into parts; an RW's number behind a whole kelurahan code may have lost its zeros."""
    whole = sum(widths[:4])
    if len(widths) == 5 and whole < len(digits) < sum(widths):
        digits = digits[:whole] + digits[whole:].zfill(widths[4])
    if len(digits) != sum(widths):
        return [digits]
    ends = np.cumsum(widths).tolist()
    return [digits[end - width : end] for end, width in zip(ends, widths, strict=True)]
