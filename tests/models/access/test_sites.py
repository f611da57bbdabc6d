"""The coverage curve: right from the start coverage, against brute force, and what greedy promises."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.access import coverage_curve


def _curve(children: list[float], covered: list[bool], reach: dict[str, list[int]], sites: int) -> pd.DataFrame:
    index = pd.Index(range(len(children)))
    pairs = [(origin, site) for site, origins in reach.items() for origin in origins]
    return coverage_curve(
        pd.Series(children, index=index),
        pd.Series(covered, index=index),
        pd.DataFrame(pairs, columns=["origin", "site"]),
        sites,
    )


def test_what_existing_places_cover_is_there_at_the_start_and_gained_by_nobody() -> None:
    found = _curve([50, 30, 20], [True, False, False], {"A": [0, 1], "B": [2]}, 5)
    assert found["share"].tolist() == pytest.approx([0.5, 0.8, 1.0])
    assert found["site"].tolist() == ["", "A", "B"]
    assert found["children_gained"].tolist() == [0, 30, 20]


def test_it_ends_where_no_site_adds_anybody() -> None:
    assert len(_curve([50, 30], [True, True], {"A": [0, 1]}, 5)) == 1
    assert _curve([50, 30], [False, False], {"A": [0]}, 5)["share"].tolist() == pytest.approx([0, 0.625])


def test_of_equal_sites_the_first_code_wins_and_a_pair_told_twice_counts_once() -> None:
    found = _curve([10, 10], [False, False], {"B": [0, 0], "A": [1, 1]}, 1)
    assert found["site"].tolist() == ["", "A"]
    assert found["origins_gained"].tolist() == [0, 1]


def test_without_sites_or_children_there_is_only_today() -> None:
    assert _curve([10], [True], {}, 3)["share"].tolist() == [1.0]
    assert np.isnan(_curve([0.0], [False], {"A": [0]}, 3)["share"].iloc[0])


_CASES = st.integers(1, 7).flatmap(
    lambda n: st.tuples(
        st.lists(st.integers(0, 50), min_size=n, max_size=n),
        st.lists(st.booleans(), min_size=n, max_size=n),
        st.dictionaries(st.sampled_from("ABCDEF"), st.sets(st.integers(0, n - 1)).map(sorted), max_size=6),
        st.integers(1, 4),
    )
)


@given(_CASES)
def test_the_curve_never_falls_never_gains_more_than_before_and_never_passes_all(case: tuple) -> None:
    children, covered, reach, sites = case
    found = _curve(children, covered, reach, sites)
    if sum(children):
        assert found["share"].is_monotonic_increasing
        assert found["share"].between(0, 1).all()
        total = sum(weight for weight, is_in in zip(children, covered, strict=True) if is_in)
        assert found["share"].iloc[0] == pytest.approx(total / sum(children))
    gains = found["children_gained"].iloc[1:]
    assert gains.is_monotonic_decreasing
    assert found["site"].iloc[1:].is_unique


@given(_CASES)
def test_the_first_site_is_the_best_and_several_reach_the_share_that_greedy_promises(case: tuple) -> None:
    children, covered, reach, sites = case
    found = _curve(children, covered, reach, sites)

    def gain(chosen: tuple[str, ...]) -> float:
        reached = {origin for site in chosen for origin in reach[site]}
        return sum(children[origin] for origin in reached if not covered[origin])

    def best(count: int) -> float:
        return max((gain(chosen) for chosen in combinations(reach, min(count, len(reach)))), default=0.0)

    gained = found["children_gained"].iloc[1:].tolist()
    if sum(children):
        assert sum(gained[:1]) == best(1)
        assert sum(gained) >= (1 - 1 / np.e) * best(sites) - 1e-9
