import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.quality.denominators import coverage_band, rate_band
from models.rates.attendance import Absentees

SOURCES = pd.DataFrame({"source": ["e-PPGBM", "Dukcapil", "BPS"], "children": [100.0, 150.0, None]})


def test_each_source_has_its_own_share_and_an_unknown_one_none():
    found = coverage_band(90, SOURCES)
    assert found["share"].tolist()[:2] == [0.9, 0.6]
    assert math.isnan(found["share"].iloc[2])
    assert found["is_lowest"].tolist() == [True, False, False]
    assert found["is_highest"].tolist() == [False, True, False]


def test_the_band_spans_sources_and_risks_of_absentees():
    """8 of 80 measured; of 160, the 80 absent with half to twice the risk of 10 %: (8 + 4) / 160 to (8 + 16) / 160."""
    low, high = rate_band(8, 80, pd.Series([100, 160]), Absentees(0.5, 2.0))
    assert (low, high) == (pytest.approx(0.075), pytest.approx(0.15))


def test_a_source_with_fewer_children_than_measured_means_nobody_absent():
    assert rate_band(8, 80, pd.Series([60])) == (pytest.approx(0.1), pytest.approx(0.1))


def test_nobody_measured_has_no_band():
    assert all(math.isnan(end) for end in rate_band(0, 0, pd.Series([100])))


@given(st.integers(0, 50), st.integers(50, 200), st.lists(st.integers(1, 500), max_size=4))
def test_the_measured_rate_lies_in_its_band(stunted: int, measured: int, children: list[int]):
    low, high = rate_band(stunted, measured, pd.Series(children, dtype=float))
    assert low - 1e-12 <= stunted / measured <= high + 1e-12
