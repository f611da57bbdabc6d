"""Coverage that visits add: the far ones they reach, each once, and nobody who was near already."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rotation import coverage_gained
from tests.models.rotation.small_problems import frame

RWS = pd.DataFrame({"rw_code": list("ABCD"), "under_fives": [10, 20, 30, 40], "is_far": [False, True, True, True]})
NEIGHBOURS = frame("rw_code neighbour_code share", ("B", "C", 0.5), ("D", "C", 0.2), ("B", "A", 0.9))


@pytest.mark.parametrize(
    ("visited", "reached"),
    [(set(), 0), ({"A"}, 0), ({"B"}, 20 + 15), ({"D"}, 40 + 6), ({"B", "D"}, 20 + 40 + 15), ({"B", "C"}, 20 + 30)],
    ids=["none", "a near one", "with a neighbour", "with another", "the better of two stops", "own visit counts fully"],
)
def test_visits_reach_far_rws_and_their_neighbours_once(visited: set[str], reached: float) -> None:
    found = coverage_gained(RWS, NEIGHBOURS, visited)
    assert found.reached == pytest.approx(reached)
    assert (found.under_fives, found.near) == (100, 10)
    assert found.share_after == pytest.approx((10 + reached) / 100)


@given(visited=st.sets(st.sampled_from("ABCD")), more=st.sampled_from("ABCD"))
def test_one_more_visit_never_takes_coverage_away(visited: set[str], more: str) -> None:
    before, after = (coverage_gained(RWS, NEIGHBOURS, stops) for stops in (visited, visited | {more}))
    assert before.share_before <= before.share_after <= after.share_after <= 1


def test_without_children_there_is_no_share() -> None:
    assert math.isnan(coverage_gained(RWS.assign(under_fives=0), NEIGHBOURS, {"B"}).share_after)
