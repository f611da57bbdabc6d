"""Ranks of areas among their peers are as sure as their rates."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rates.peers import area_posteriors, ranked_peers


def ranked(cases: list[int], measured: list[int]) -> pd.DataFrame:
    alpha, beta = area_posteriors(np.array(cases), np.array(measured))
    return ranked_peers(pd.Series([f"a{number}" for number in range(len(cases))]), alpha, beta)


def test_the_highest_rate_is_the_first_and_surely_so_where_it_stands_apart() -> None:
    found = ranked([10, 400, 50], [1000, 1000, 1000])
    assert found[["rank", "rank_low", "rank_high"]].to_numpy().tolist() == [[3, 3, 3], [1, 1, 1], [2, 2, 2]]


def test_equal_areas_may_stand_in_any_place() -> None:
    found = ranked([30] * 5, [1000] * 5)
    assert (found["rank_high"] - found["rank_low"]).min() >= 3


def test_the_same_areas_are_ranked_the_same_every_time() -> None:
    pd.testing.assert_frame_equal(ranked([3, 5, 9], [80, 90, 100]), ranked([3, 5, 9], [80, 90, 100]))


def test_of_no_areas_no_ranks_are_made() -> None:
    assert ranked([], []).empty


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(60, 400)), min_size=1, max_size=12))
def test_every_place_is_taken_once_and_lies_in_its_interval(areas: list[tuple[int, int]]) -> None:
    found = ranked([cases for cases, _ in areas], [measured for _, measured in areas])
    assert sorted(found["rank"]) == list(range(1, len(areas) + 1))
    assert (found["rank_low"] <= found["rank"]).all()
    assert (found["rank"] <= found["rank_high"]).all()
    assert found["rate"].between(found["rate_low"], found["rate_high"]).all()
