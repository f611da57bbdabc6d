"""Weights: normalised, checked, and the presets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import UnusablePriorityError
from models.priority import CRITERIA, PRESETS, Weights, preset

VALUES = st.dictionaries(st.sampled_from(CRITERIA), st.floats(0, 1e6), min_size=1)


@given(VALUES.filter(lambda values: sum(values.values()) > 0))
def test_weights_sum_to_one_and_keep_their_proportions(values: dict[str, float]) -> None:
    weights = Weights(values).as_dict()
    total = sum(values.values())
    assert sum(weights.values()) == pytest.approx(1)
    assert all(weights[code] == pytest.approx(value / total) for code, value in values.items())


def test_stored_weights_give_the_same_weights_again() -> None:
    weights = Weights({"travel_time": 3, "nomination": 1})
    assert Weights(weights.as_dict()) == weights


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"travel_time": 0.0}, "all are 0"),
        ({}, "all are 0"),
        ({"travel_time": -1.0}, "travel_time is -1"),
        ({"travel_time": float("nan")}, "travel_time is nan"),
        ({"distance": 1.0}, "'distance' is no criterion"),
    ],
)
def test_unusable_weights_are_refused(values: dict[str, float], words: str) -> None:
    with pytest.raises(UnusablePriorityError, match=words):
        Weights(values)


def test_an_unknown_preset_is_refused_with_the_names_of_the_known() -> None:
    with pytest.raises(UnusablePriorityError, match="balanced, need_first, access_first"):
        preset("urgent")


@pytest.mark.parametrize("name", PRESETS)
def test_presets_never_weigh_the_detour_above_the_way_itself(name: str) -> None:
    """Else a longer way to the nearest puskesmas would lower a score: see models.priority.criteria."""
    assert preset(name)["own_detour"] <= preset(name)["travel_time"]
