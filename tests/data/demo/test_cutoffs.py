"""The tables by which history is counted agree with the growth standard on any child."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from data.demo import cutoffs
from models.growth.zscores import HEIGHT_FROM_DAYS, zscores

sexes = st.sampled_from([1, 2])
ages = st.integers(0, 1826)


def _score(sex: int, age: int, weight: int, length: int) -> tuple[float, float, float, tuple[int, int, int]]:
    result = zscores(sex, age, weight / 10, length / 10, 0, False)
    flags = (int(result.haz_flag[0]), int(result.waz_flag[0]), int(result.whz_flag[0]))
    return float(result.haz[0]), float(result.waz[0]), float(result.whz[0]), flags


def _arrays(sex: int, age: int) -> tuple[np.ndarray, np.ndarray]:
    return np.array([sex], np.int8), np.array([age], np.int32)


@given(sexes, ages, st.integers(300, 1400))
def test_length_for_age_falls_on_the_same_side_of_every_limit(sex, age, length):
    haz, _, _, flags = _score(sex, age, 100, length)
    table, row = cutoffs.by_age("haz"), cutoffs.age_row(*_arrays(sex, age))
    tenths = np.array([length], np.int32)
    assert bool(table.is_valid(tenths, row)[0]) == (flags[0] == 0)
    assert (length < table.below_2[row][0], length < table.below_3[row][0]) == (haz < -2, haz < -3)


@given(sexes, ages, st.integers(10, 400))
def test_weight_for_age_falls_on_the_same_side_of_every_limit(sex, age, weight):
    _, waz, _, flags = _score(sex, age, weight, 800)
    table, row = cutoffs.by_age("waz"), cutoffs.age_row(*_arrays(sex, age))
    assert bool(table.is_valid(np.array([weight], np.int32), row)[0]) == (flags[1] == 0)
    assert (weight < table.below_2[row][0], weight < table.below_3[row][0]) == (waz < -2, waz < -3)


@given(sexes, ages, st.integers(400, 1250), st.integers(10, 400))
def test_weight_for_length_falls_on_the_same_side_of_every_limit(sex, age, length, weight):
    _, _, whz, flags = _score(sex, age, weight, length)
    sex_array, age_array = _arrays(sex, age)
    row, is_inside = cutoffs.length_row(sex_array, age_array, np.array([length], np.int32))
    first, last = (650, 1200) if age >= HEIGHT_FROM_DAYS else (450, 1100)
    assert bool(is_inside[0]) == (first <= length <= last)
    if is_inside[0]:
        table = cutoffs.by_length()
        assert bool(table.is_valid(np.array([weight], np.int32), row)[0]) == (flags[2] == 0)
        assert weight < table.below_2[row][0] if whz < -2 else weight >= table.below_2[row][0]
