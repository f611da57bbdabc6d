"""Weights in the address: what is written is read again, and nonsense is not taken for weights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.priority.weights import points_of, read_points, weights_of, write_points
from models.priority.weights import PRESETS

POINTS = st.tuples(*[st.integers(0, 100)] * 8).filter(any)


@given(POINTS)
def test_weights_survive_the_address(points: tuple[int, ...]) -> None:
    assert read_points(write_points(points)) == points


@pytest.mark.parametrize(
    "told", [None, "", "1-2-3", "0-0-0-0-0-0-0-0", "1-2-3-4-5-6-7-x", "1-2-3-4-5-6-7-101", "1-2-3-4-5-6-7--8", "²-" * 8]
)
def test_an_address_without_eight_usable_numbers_tells_no_weights(told: str | None) -> None:
    assert read_points(told) is None


@pytest.mark.parametrize("name", PRESETS)
def test_the_sliders_of_a_preset_stand_for_the_preset(name: str) -> None:
    slid = weights_of(points_of(PRESETS[name])).as_dict()
    assert slid == pytest.approx(PRESETS[name].as_dict())
