"""E2SFCA: a case worked by hand, a second way of computing it, and what it must conserve."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.access import enhanced_two_step
from models.access.capacity import PER_CHILDREN, ZONES_MIN


def _second_method(children: np.ndarray, supply: np.ndarray, minutes: np.ndarray) -> np.ndarray:
    """Compute the two steps as two matrix products, straight from the paper's formulas."""
    weight = np.select([minutes <= limit for limit in ZONES_MIN], list(ZONES_MIN.values()), 0.0)
    weighted = children @ weight
    ratio = np.divide(supply, weighted, out=np.zeros_like(weighted), where=weighted > 0)
    return weight @ ratio * PER_CHILDREN


def _pairs(minutes: np.ndarray) -> pd.DataFrame:
    rows, columns = minutes.shape
    return pd.DataFrame(
        {
            "origin": np.repeat([f"o{i}" for i in range(rows)], columns),
            "destination": np.tile([f"d{j}" for j in range(columns)], rows),
            "minutes": minutes.ravel(),
        }
    )


def _run(children: list[float], supply: list[float], minutes: list[list[float]]) -> pd.Series:
    return enhanced_two_step(
        pd.Series(children, index=[f"o{i}" for i in range(len(children))]),
        pd.Series(supply, index=[f"d{j}" for j in range(len(supply))]),
        _pairs(np.array(minutes, dtype=float)),
    )


def test_the_case_worked_by_hand() -> None:
    # Place 1: 100 children in zone 1 and 200 in zone 2: 100 + 0.68 × 200 = 236 weighted; place 2: 200 in zone 1.
    found = _run([100, 200], [1, 1], [[5, 40], [15, 8]])
    assert found["o0"] == pytest.approx(10_000 / 236)
    assert found["o1"] == pytest.approx(10_000 * (0.68 / 236 + 1 / 200))


def test_the_zones_weigh_as_luo_and_qi_give_them() -> None:
    found = _run([1000, 1000, 1000, 1000], [1], [[10], [20], [30], [30.1]])
    assert (found / found["o0"]).tolist() == pytest.approx([1.0, 0.68, 0.22, 0.0])


def test_an_origin_with_nothing_near_has_none_and_one_with_unknown_children_has_no_figure() -> None:
    found = _run([100, 100, float("nan")], [1], [[5], [float("nan")], [5]])
    assert found["o1"] == 0.0
    assert np.isnan(found["o2"])
    assert found["o0"] == pytest.approx(100)


def test_nobody_near_any_place_gives_zeros() -> None:
    assert _run([100, 100], [1], [[50], [90]]).tolist() == [0.0, 0.0]


@given(
    st.lists(st.integers(1, 500), min_size=1, max_size=8),
    st.lists(st.integers(1, 5), min_size=1, max_size=4),
    st.integers(0, 2**32 - 1),
)
def test_the_library_agrees_with_the_formulas_and_gives_out_exactly_what_is_reached(
    children: list[int], supply: list[int], seed: int
) -> None:
    minutes = np.random.default_rng(seed).uniform(0, 45, (len(children), len(supply)))
    found = _run([*map(float, children)], [*map(float, supply)], minutes.tolist())
    expected = _second_method(np.array(children, float), np.array(supply, float), minutes)
    assert found.to_numpy() == pytest.approx(expected)
    reached = (minutes <= max(ZONES_MIN)).any(axis=0)
    given_out = float((found * np.array(children)).sum()) / PER_CHILDREN
    assert given_out == pytest.approx(float(np.array(supply)[reached].sum()))
