"""Units of counts made by hand or drawn, for tests of quality."""

import datetime

import numpy as np
import pandas as pd

from models.quality.counts import ARRAYS, COUNTED, SUMMED, Counts, array_columns

MONTH = datetime.date(2026, 10, 1)


def weighings(size: int = 400, seed: int = 1, **columns: object) -> pd.DataFrame:
    """Return weighings of one posyandu without a fault, as `count_weighings` takes them; `columns` replace."""
    draw = np.random.default_rng(seed)
    age = draw.integers(0, 1800, size)
    born = np.datetime64("2026-10-10") - age
    good = {
        "rw_code": "32.75.01.1001.001",
        "posyandu": "Melati",
        "month": MONTH,
        "sex": draw.integers(1, 3, size),
        "age_days": age,
        "birth_date": born.astype(object),
        "weight_kg": draw.integers(30, 200, size) / 10,
        "lenhei_cm": draw.integers(500, 1100, size) / 10,
        "measure": np.where(age < 731, "l", "h"),
        **{index: np.round(draw.normal(-0.5, 1.2, size).clip(-4.9, 4.9), 2) for index in ("haz", "waz", "whz")},
        **{f"{index}_flag": False for index in ("haz", "waz", "whz")},
        "is_comparable": True,
        "is_copied": False,
        "is_twin": False,
        "is_repeated": False,
    }
    return pd.DataFrame(good | columns)


def flat(counts: Counts, **columns: object) -> pd.DataFrame:
    """Return counts as flat columns, one unit a row, with all its months reported in time and nobody absent."""
    arrays = {
        column: counts.arrays[name][:, place] for name in ARRAYS for place, column in enumerate(array_columns(name))
    }
    usual = {"s_target": 100, "d_weighed": 90, "months": 6, "months_reported": 6, "months_on_time": 6}
    numbers = counts.numbers[[*COUNTED, *SUMMED]]
    return pd.concat([counts.unit, numbers, pd.DataFrame(arrays)], axis=1).assign(**usual | columns)
