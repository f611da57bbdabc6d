import datetime

import numpy as np
import pandas as pd
import pytest

from models.quality.counts import ARRAYS, COUNTED, SUMMED, count_weighings, end_digits
from tests.models.quality.invented_units import weighings


def test_a_hand_made_list_is_counted():
    three = weighings(3).assign(
        sex=[1, 2, 1],
        age_days=[100, 800, 1826],
        birth_date=[datetime.date(2026, 1, 15), datetime.date(2025, 3, 1), datetime.date(2024, 3, 15)],
        weight_kg=[5.3, np.nan, 12.0],
        lenhei_cm=[60.5, 81.0, 99.9],
        measure=["l", None, "h"],
        haz=[-1.0, 2.0, -7.0],
        haz_flag=[False, False, True],
        is_copied=[False, True, False],
    )
    found = count_weighings(three)
    numbers = found.numbers.iloc[0]
    expected = {"weighings": 3, "boys": 2, "has_weight": 2, "has_both": 2, "haz_flagged": 1, "born_on_15th": 2,
                "copied": 1, "haz_sum0": 2, "haz_sum1": 1.0, "haz_sum2": 5.0}  # fmt: skip
    assert {name: numbers[name] for name in expected} == expected
    assert found.arrays["length_digit"][0].tolist() == [1, 0, 0, 0, 0, 1, 0, 0, 0, 1]
    assert found.arrays["weight_digit"][0].tolist() == [1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    assert found.arrays["lying"][0].tolist() == [1, 0, 0, 0, 0, 0]
    assert found.arrays["unnoted"][0].tolist() == [0, 0, 0, 1, 0, 0]
    assert found.arrays["standing"][0].tolist() == [0, 0, 0, 0, 0, 1]
    assert np.flatnonzero(found.arrays["age_month"][0]).tolist() == [3, 26, 59]
    assert found.arrays["birth_month"][0].tolist() == [1, 0, 2, *[0] * 9]
    assert np.flatnonzero(found.arrays["haz_bin"][0]).tolist() == [10, 16]


def test_counts_of_two_halves_add_up_to_those_of_the_whole():
    rows = weighings(500)
    whole, halves = count_weighings(rows), [count_weighings(part) for part in (rows.iloc[:200], rows.iloc[200:])]
    for name in (*COUNTED, *SUMMED):
        assert whole.numbers[name].sum() == pytest.approx(sum(half.numbers[name].sum() for half in halves))
    for name in ARRAYS:
        assert (whole.arrays[name] == halves[0].arrays[name] + halves[1].arrays[name]).all()


def test_units_come_sorted_and_apart():
    rows = weighings(4).assign(
        rw_code=["b", "a", "b", "a"], posyandu=["x", "y", "x", "x"], month=[datetime.date(2026, 9, 1)] * 4
    )
    found = count_weighings(rows)
    assert found.unit[["rw_code", "posyandu"]].to_numpy().tolist() == [["a", "x"], ["a", "y"], ["b", "x"]]
    assert found.numbers["weighings"].tolist() == [1, 1, 2]


def test_no_weighings_give_no_units():
    assert len(count_weighings(weighings(0)).unit) == 0


def test_end_digits_are_the_tenths_as_written_also_in_single_precision():
    written = [f"{number // 10}.{number % 10}" for number in range(1300)]
    for kind in (np.float32, np.float64):
        found = end_digits(np.array([kind(text) for text in written]).astype(float))
        assert found.tolist() == [int(text[-1]) for text in written]
    assert end_digits(np.array([9.85, 3.09, np.nan])).tolist() == [8, 0, 0]


def test_counts_hold_no_column_of_a_child():
    found = count_weighings(weighings(10))
    assert set(found.unit.columns) == {"rw_code", "posyandu", "month"}
    assert isinstance(found.numbers, pd.DataFrame)
    assert set(found.numbers.columns) == {*COUNTED, *SUMMED}
