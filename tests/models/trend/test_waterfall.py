import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import UnusableTrendError
from models.trend.waterfall import GAINS, LOSSES, PAIRS, STEPS, waterfall

COUNTS = st.integers(min_value=0, max_value=10_000)


def flows(**counts: int) -> pd.DataFrame:
    return pd.DataFrame([{name: counts.get(name, 0) for name in GAINS + LOSSES}])


def test_two_months_by_hand():
    months = pd.concat(
        [
            flows(newly_stunted=5, newly_found=3, recovered=4, aged_out=1),
            flows(newly_stunted=2, newly_found=4, moved_in=1, recovered=1, lapsed=2, moved_out=1),
        ]
    )
    found = waterfall(20, 26, months)
    assert found.steps == {
        "newly_stunted": 7,
        "newly_found": 7,
        "moved_in": 1,
        "recovered": -5,
        "lapsed": -2,
        "aged_out": -1,
        "moved_out": -1,
        "remeasured": 0,
    }
    assert found.pairs == {"growth": 2, "weighing": 5, "moves": 0, "ageing": -1, "remeasured": 0}


def test_what_no_flow_explains_is_shown_as_remeasured():
    assert waterfall(20, 17, flows(newly_stunted=1)).steps["remeasured"] == -4


@given(COUNTS, COUNTS, st.fixed_dictionaries(dict.fromkeys(GAINS + LOSSES, COUNTS)))
def test_steps_and_pairs_sum_exactly_to_the_difference(start, end, counts):
    found = waterfall(start, end, flows(**counts))
    assert sum(found.steps.values()) == end - start
    assert sum(found.pairs.values()) == end - start


def test_every_step_stands_in_one_pair():
    assert sorted(step for pair in PAIRS.values() for step in pair if step) == sorted(STEPS)


def test_unknown_flows_are_refused_and_not_taken_for_zero():
    with pytest.raises(UnusableTrendError, match="no flows"):
        waterfall(1, 1, flows().assign(recovered=float("nan")))


def test_absent_flows_and_negative_counts_are_refused():
    with pytest.raises(UnusableTrendError, match="recovered"):
        waterfall(1, 1, flows().drop(columns="recovered"))
    with pytest.raises(UnusableTrendError, match="below zero"):
        waterfall(1, 1, flows(recovered=-1))
