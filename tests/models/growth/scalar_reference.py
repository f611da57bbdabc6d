"""A second way to the z-scores: one child at a time, plain Python, tables keyed by exact decimals.

Slow and literal on purpose. It shares the tables with the code under test and nothing else; scores are unrounded.
"""

import csv
from decimal import Decimal
from functools import cache
from math import floor, inf, isnan, nan

from models.growth.standard import TABLES


@cache
def table(name: str) -> dict[tuple[int, Decimal], tuple[float, float, float]]:
    with (TABLES / f"{name}.csv").open() as file:
        rows = csv.reader(file)
        next(rows)
        return {(int(sex), Decimal(key)): (float(l), float(m), float(s)) for sex, key, l, m, s in rows}  # noqa: E741


def plain(y, lms):
    l, m, s = lms  # noqa: E741
    return ((y / m) ** l - 1) / (s * l)


def corrected(y, lms):
    l, m, s = lms  # noqa: E741

    def sd(k):
        return m * (1 + l * s * k) ** (1 / l)

    z = plain(y, lms)
    if z > 3:
        return 3 + (y - sd(3)) / (sd(3) - sd(2))
    if z < -3:
        return -3 - (sd(-3) - y) / (sd(-2) - sd(-3))
    return z


def at_length(name, sex, length):
    """Interpolate between the two neighbouring tenths, in decimals, so that no whole tenth is missed."""
    exact = Decimal(repr(round(length, 9)))
    low = exact.quantize(Decimal("0.1"), rounding="ROUND_FLOOR").normalize()
    below = table(name)[sex, low]
    share = float((exact - low) * 10)
    if share == 0:
        return below
    above = table(name)[sex, low + Decimal("0.1")]
    return tuple(b + share * (a - b) for b, a in zip(below, above, strict=True))


def scores(sex, age_days, weight, lenhei, position, oedema):
    """Return haz, waz, whz, baz, unrounded; position is 'l', 'h' or ''."""
    haz = waz = whz = baz = nan
    has_age = not isnan(age_days)
    if sex not in (1, 2) or (has_age and (age_days < 0 or age_days / 30.4375 >= 60)):
        return haz, waz, whz, baz
    day = floor(age_days + 0.5) if has_age else None
    if has_age and position == "h" and age_days / 30.4375 < 9:
        position = ""
    length = lenhei
    if has_age and position == "h" and day < 731:
        length += 0.7
    if has_age and position == "l" and day >= 731:
        length -= 0.7
    has_length = 0 < length < inf and lenhei > 0
    has_weight = 0 < weight < inf and not oedema
    if has_age:
        key = sex, Decimal(day)
        if has_length:
            haz = plain(length, table("lenhei_for_age")[key])
        if has_weight:
            waz = corrected(weight, table("weight_for_age")[key])
        if has_length and has_weight:
            baz = corrected(weight / (length / 100) ** 2, table("bmi_for_age")[key])
    if has_length and has_weight:
        by_height = day >= 731 if has_age else position == "h" or (position == "" and length >= 87)
        if by_height and 65 <= length <= 120:
            whz = corrected(weight, at_length("weight_for_height", sex, length))
        if not by_height and 45 <= length <= 110:
            whz = corrected(weight, at_length("weight_for_length", sex, length))
    return haz, waz, whz, baz
