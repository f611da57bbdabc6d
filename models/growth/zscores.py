"""Z-scores of the WHO Child Growth Standards with WHO's plausibility flags, as WHO's own anthro software gives them.

Four indices: length/height for age (haz), weight for age (waz), weight for length/height (whz) and BMI for age (baz).
It assumes children under 60 months; from 60 months on (days / 30.4375), and for a negative age, every score is missing.

Source: WHO Child Growth Standards (2006), and the documented behaviour of WHO's R package anthro 1.1.0. Two departures,
both meant: a weight or length at or below zero (also after the 0.7 cm) counts as missing where anthro returns infinite
or absurd numbers; and a length that is a whole tenth but for floating-point noise (103.1 - 0.7) is read at that tenth.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from models.growth import codes
from models.growth.rounding import round_to_hundredths
from models.growth.standard import HEIGHT_TENTHS, LAST_DAY, LENGTH_TENTHS, Floats, Lms, by_age, by_length

Flags = NDArray[np.int8]
Bools = NDArray[np.bool_]

LYING, STANDING = 1, 2
NO_FLAG = -1
DAYS_PER_MONTH = 30.4375
UNSCORED_FROM_MONTHS = 60
STANDING_BELIEVED_FROM_MONTHS = 9
HEIGHT_FROM_DAYS = 731
LYING_MINUS_STANDING_CM = 0.7
HEIGHT_TABLE_FROM_CM = 87
PLAUSIBLE = {"haz": (-6, 6), "waz": (-6, 5), "whz": (-5, 5), "baz": (-5, 5)}
"""Lowest and highest z-score that is not flagged."""

RESULT_COLUMNS = ("haz", "waz", "whz", "baz", "haz_flag", "waz_flag", "whz_flag", "baz_flag")

_BLOCK_ROWS = 1 << 15  # intermediate arrays of this size stay in a core's cache
_TENTH_NOISE = 1e-9
_LENGTH_ROWS = LENGTH_TENTHS[1] - LENGTH_TENTHS[0] + 1
_HEIGHT_ROWS = HEIGHT_TENTHS[1] - HEIGHT_TENTHS[0] + 1


class ZScores(NamedTuple):
    """Z-scores to two decimals (NaN: missing) and flags (1 implausible, 0 plausible, -1 missing), each (n,)."""

    haz: Floats
    waz: Floats
    whz: Floats
    baz: Floats
    haz_flag: Flags
    waz_flag: Flags
    whz_flag: Flags
    baz_flag: Flags


def zscores(
    sex: ArrayLike,
    age_days: ArrayLike,
    weight_kg: ArrayLike,
    lenhei_cm: ArrayLike,
    lying_standing: ArrayLike,
    has_oedema: ArrayLike,
) -> ZScores:
    """Score n children; all arguments are of shape (n,), or single values that hold for every child.

    `sex` is 1 boy, 2 girl, anything else missing; `age_days` may be fractional, NaN is missing; `weight_kg` and
    `lenhei_cm` are missing when NaN, infinite, zero or negative; `lying_standing` is 1 lying, 2 standing, anything else
    not noted; `has_oedema` blanks waz, whz and baz. Raises ValueError when the shapes do not go together.
    """
    columns = np.broadcast_arrays(
        *(np.atleast_1d(np.asarray(values)) for values in (sex, lying_standing, has_oedema)),
        *(np.atleast_1d(np.asarray(values, dtype=np.float64)) for values in (age_days, weight_kg, lenhei_cm)),
    )
    if columns[0].ndim != 1:
        raise ValueError("zscores takes one-dimensional arrays of one length")
    rows = len(columns[0])
    scores = [np.empty(rows) for _ in PLAUSIBLE]
    flags = [np.empty(rows, dtype=np.int8) for _ in PLAUSIBLE]
    with np.errstate(all="ignore"):  # NaN and overflow are ordinary here: they mean missing and absurd
        for start in range(0, rows, _BLOCK_ROWS):
            block = slice(start, start + _BLOCK_ROWS)
            raw = _raw_scores(*(column[block] for column in columns))
            for score, flag, values, limits in zip(scores, flags, raw, PLAUSIBLE.values(), strict=True):
                score[block] = rounded = round_to_hundredths(values)
                flag[block] = _flags(rounded, *limits)
    haz, waz, whz, baz = scores
    return ZScores(haz, waz, whz, baz, *flags)


def add_zscores(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with haz, waz, whz, baz and their flags (Int8, NA where missing) as its last columns.

    Reads `sex`, `age_days`, `weight_kg`, `lenhei_cm` and, where present, `measure` (l lying, h standing, else not
    noted) and `oedema` (y, else none), as numbers or as text in any notation that `models.growth.codes` knows. Earlier
    columns of the result names are replaced; a missing column raises KeyError.
    """
    blank = pd.Series("", index=frame.index)
    result = zscores(
        codes.sexes(frame["sex"]),
        codes.numbers(frame["age_days"]),
        codes.numbers(frame["weight_kg"]),
        codes.numbers(frame["lenhei_cm"]),
        codes.positions(frame.get("measure", blank)),
        codes.oedemas(frame.get("oedema", blank)),
    )
    kept = frame.drop(columns=[name for name in RESULT_COLUMNS if name in frame.columns])
    added = {
        name: pd.array(np.where(values == NO_FLAG, np.nan, values), dtype="Int8") if name.endswith("_flag") else values
        for name, values in result._asdict().items()
    }
    return kept.assign(**added)


def _raw_scores(
    sex: NDArray[np.generic],
    lying_standing: NDArray[np.generic],
    has_oedema: NDArray[np.generic],
    age_days: Floats,
    weight_kg: Floats,
    lenhei_cm: Floats,
) -> tuple[Floats, Floats, Floats, Floats]:
    is_girl = sex == 2
    has_sex = (sex == 1) | is_girl
    months = age_days / DAYS_PER_MONTH
    is_aged = has_sex & (age_days >= 0) & (months < UNSCORED_FROM_MONTHS)
    is_ageless = has_sex & np.isnan(age_days)
    day = np.where(is_aged, np.floor(age_days + 0.5), 0).astype(np.intp)

    is_old = is_aged & (day >= HEIGHT_FROM_DAYS)
    is_lying = lying_standing == LYING
    is_standing = (lying_standing == STANDING) & ~(months < STANDING_BELIEVED_FROM_MONTHS)
    length_cm = lenhei_cm + LYING_MINUS_STANDING_CM * (is_standing & is_aged & ~is_old)
    length_cm -= LYING_MINUS_STANDING_CM * (is_lying & is_old)
    length_cm[~((lenhei_cm > 0) & (length_cm > 0) & (length_cm < np.inf))] = np.nan
    mass_kg = np.where((weight_kg > 0) & (weight_kg < np.inf), weight_kg, np.nan)
    mass_kg[has_oedema.astype(bool)] = np.nan

    age_row = day + is_girl * (LAST_DAY + 1)
    reads_height = is_old | (is_ageless & (is_standing | (~is_lying & (length_cm >= HEIGHT_TABLE_FROM_CM))))
    haz = _plain(length_cm, by_age("lenhei_for_age").at(age_row))
    waz = _straight_beyond_3(mass_kg, by_age("weight_for_age").at(age_row))
    baz = _straight_beyond_3(mass_kg / (length_cm / 100) ** 2, by_age("bmi_for_age").at(age_row))
    for score in (haz, waz, baz):
        score[~is_aged] = np.nan
    whz = _weight_for_length(mass_kg, length_cm, is_girl, reads_height)
    whz[~(is_aged | is_ageless)] = np.nan
    return haz, waz, whz, baz


def _weight_for_length(mass_kg: Floats, length_cm: Floats, is_girl: Bools, reads_height: Bools) -> Floats:
    first_tenth = np.where(reads_height, HEIGHT_TENTHS[0], LENGTH_TENTHS[0])
    last_tenth = np.where(reads_height, HEIGHT_TENTHS[1], LENGTH_TENTHS[1])
    is_inside = (length_cm >= first_tenth / 10) & (length_cm <= last_tenth / 10)
    tenths = np.where(is_inside, length_cm * 10, first_tenth)
    nearest = np.rint(tenths)
    tenths = np.where(np.abs(tenths - nearest) < _TENTH_NOISE, nearest, tenths)
    below = np.floor(tenths)
    table_start = np.where(reads_height, 2 * _LENGTH_ROWS + is_girl * _HEIGHT_ROWS, is_girl * _LENGTH_ROWS)
    row = table_start + below.astype(np.intp) - first_tenth
    lms = _between_rows(row, tenths - below)
    score = _straight_beyond_3(mass_kg, lms)
    score[~is_inside] = np.nan
    return score


def _between_rows(row: NDArray[np.intp], fraction: Floats) -> Lms:
    lms = by_length().at(row)
    between = np.flatnonzero(fraction)
    if between.size:
        above = by_length().at(row[between] + 1)
        for low, high in zip(lms, above, strict=True):
            low[between] += fraction[between] * (high - low[between])
    return lms


def _plain(measure: Floats, lms: Lms) -> Floats:
    # L is 1 on every day of length/height for age, where the general formula comes down to this
    return (measure / lms.m - 1) / lms.s


def _straight_beyond_3(measure: Floats, lms: Lms) -> Floats:
    score = ((measure / lms.m) ** lms.l - 1) / (lms.s * lms.l)
    for side in (1, -1):
        tail = np.flatnonzero(score * side > 3)
        if tail.size:
            at_tail = lms.at(tail)
            sd3 = _value_at(at_tail, 3 * side)
            width = np.abs(sd3 - _value_at(at_tail, 2 * side))
            score[tail] = 3 * side + (measure[tail] - sd3) / width
    return score


def _value_at(lms: Lms, z: float) -> Floats:
    return lms.m * (1 + lms.l * lms.s * z) ** (1 / lms.l)


def _flags(score: Floats, lowest: float, highest: float) -> Flags:
    flag = ((score < lowest) | (score > highest)).astype(np.int8)
    flag[np.isnan(score)] = NO_FLAG
    return flag
