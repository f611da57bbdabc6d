"""What is kept of a posyandu's weighings of a month: counts and sums from which every check can be made again.

Everything here adds up: over posyandu to an RW or a city, and over months to a longer look. Each weighing counts once;
a child weighed in three months counts three times, as digits, flags and positions are habits of weighing and not of
children. Nothing in it tells a child from another.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.quality.codes import INDICES

UNIT = ("rw_code", "posyandu", "month")
"""A posyandu as its RW's lists name it, in a month."""

DAYS_PER_MONTH = 30.4375
POSITION_GROUPS = (0, 9, 12, 24, 36, 48)
"""First months of the age groups by which WHO and UNICEF (2019) show the position against the age; the first two make
their second group, 0 to 11 months."""

BIN_WIDTH, BIN_LOWEST, BINS = 0.5, -6.0, 24
"""HAZ curve: half a z each, from -6 up to 6; valid scores only."""

COUNTED = (
    "weighings",
    "boys",
    "has_weight",
    "has_length",
    "has_both",
    "scored",
    "flagged",
    *(f"{index}_flagged" for index in INDICES),
    "born_on_15th",
    "comparable",
    "copied",
    "twins",
    "repeated",
)
"""Whole numbers: weighings in all, of boys, with a weight, a length, both; with any z-score, and of those with any
flagged one, and by index; of children born on a 15th; with the same child weighed a month before, and of those with
neither number changed; equal to another child's of that day in RW, birthday, sex, weight and length; and beyond the
first of a child in its month."""

POWERS = (0, 1, 2, 3, 4)
SUMMED = tuple(f"{index}_sum{power}" for index in INDICES for power in POWERS)
"""Sums of the powers of each index's valid scores; the power 0 is how many there are."""

ARRAYS = {
    "length_digit": 10,
    "weight_digit": 10,
    "lying": len(POSITION_GROUPS),
    "standing": len(POSITION_GROUPS),
    "unnoted": len(POSITION_GROUPS),
    "age_month": 60,
    "birth_month": 12,
    "haz_bin": BINS,
}
"""Histograms and their lengths: weighings by end digit (tenths as written), lengths by position and age group,
weighings by age in completed months and by calendar month of birth, valid HAZ by half a z."""


@dataclass(frozen=True)
class Counts:
    """Counts of units: `unit` has the columns of UNIT, `numbers` those of COUNTED and SUMMED, `arrays` one matrix each,
    units × its length."""

    unit: pd.DataFrame
    numbers: pd.DataFrame
    arrays: dict[str, np.ndarray]


def array_columns(name: str) -> list[str]:
    """Return the flat columns of a histogram, first place first."""
    return [f"{name}_{place}" for place in range(ARRAYS[name])]


def count_weighings(rows: pd.DataFrame) -> Counts:
    """Count weighings by unit; units come sorted.

    Takes the columns of UNIT (text, text, date), sex (1 boy, 2 girl), age_days, birth_date, weight_kg and lenhei_cm
    (NaN where not measured), measure (l, h or blank), haz, waz, whz, their _flag (True, False or blank), and
    is_comparable, is_copied, is_twin and is_repeated.
    """
    which, unit = _units(rows)
    size = len(unit)
    weight, length = (pd.to_numeric(rows[name]).to_numpy(float) for name in ("weight_kg", "lenhei_cm"))
    has_weight, has_length = ~np.isnan(weight), ~np.isnan(length)
    birth = pd.to_datetime(rows["birth_date"])
    scores = {index: pd.to_numeric(rows[index]).to_numpy(float) for index in INDICES}
    flags = {index: rows[f"{index}_flag"].eq(True).to_numpy(bool) for index in INDICES}
    has_score = {index: ~np.isnan(scores[index]) for index in INDICES}

    chosen = {
        "weighings": np.ones(len(rows), bool),
        "boys": rows["sex"].eq(1).to_numpy(),
        "has_weight": has_weight,
        "has_length": has_length,
        "has_both": has_weight & has_length,
        "scored": np.logical_or.reduce(list(has_score.values())),
        "flagged": np.logical_or.reduce(list(flags.values())),
        **{f"{index}_flagged": flags[index] for index in INDICES},
        "born_on_15th": birth.dt.day.eq(15).to_numpy(),
        "comparable": rows["is_comparable"].to_numpy(bool),
        "copied": rows["is_copied"].to_numpy(bool),
        "twins": rows["is_twin"].to_numpy(bool),
        "repeated": rows["is_repeated"].to_numpy(bool),
    }
    numbers: dict[str, np.ndarray] = {name: np.bincount(which[is_in], minlength=size) for name, is_in in chosen.items()}
    for index in INDICES:
        is_valid = has_score[index] & ~flags[index]
        # scores have two decimals: powers of whole hundredths add up to the same in whatever order they come
        hundredths = np.rint(scores[index][is_valid] * 100)
        for power in POWERS:
            summed = np.bincount(which[is_valid], hundredths**power, minlength=size)
            numbers[f"{index}_sum{power}"] = summed / 100.0**power

    months = np.clip((rows["age_days"].to_numpy(float) / DAYS_PER_MONTH).astype(int), 0, ARRAYS["age_month"] - 1)
    group = np.searchsorted(POSITION_GROUPS, months, side="right") - 1
    position = rows["measure"]
    is_valid = has_score["haz"] & ~flags["haz"]
    bins = np.clip(np.floor((np.nan_to_num(scores["haz"]) - BIN_LOWEST) / BIN_WIDTH).astype(int), 0, BINS - 1)
    placed = {
        "length_digit": (end_digits(length), has_length),
        "weight_digit": (end_digits(weight), has_weight),
        "lying": (group, has_length & position.eq("l").to_numpy()),
        "standing": (group, has_length & position.eq("h").to_numpy()),
        "unnoted": (group, has_length & ~position.isin(["l", "h"]).to_numpy()),
        "age_month": (months, np.ones(len(rows), bool)),
        "birth_month": (birth.dt.month.to_numpy() - 1, np.ones(len(rows), bool)),
        "haz_bin": (bins, is_valid),
    }
    arrays = {name: _histogram(which, size, at, is_in, ARRAYS[name]) for name, (at, is_in) in placed.items()}
    return Counts(unit, pd.DataFrame(numbers), arrays)


def end_digits(values: np.ndarray) -> np.ndarray:
    """Return the digit of the tenths as written: 9.85 kg ends in 8, for the hundredth is no digit of the scale.

    0 where there is no number. The thousandth added carries single-precision numbers over their missing bit.
    """
    return (np.floor(np.nan_to_num(values) * 10 + 0.01) % 10).astype(int)


def _units(rows: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    """Return which unit each row is of, and the units, sorted."""
    combined = np.zeros(len(rows), np.int64)
    for name in UNIT:
        place, distinct = pd.factorize(rows[name], sort=True)
        combined = combined * max(len(distinct), 1) + place
    place, _ = pd.factorize(combined, sort=True)
    first = np.full(place.max(initial=-1) + 1, -1, np.int64)
    first[place[::-1]] = np.arange(len(rows))[::-1]
    return place, rows.iloc[first][list(UNIT)].reset_index(drop=True)


def _histogram(which: np.ndarray, size: int, place: np.ndarray, is_in: np.ndarray, length: int) -> np.ndarray:
    flat = np.bincount(which[is_in] * length + place[is_in], minlength=size * length)
    return flat.reshape(size, length)
