"""Shares of under-fives within reach: hand-checked, and what must hold for every city."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.access import shares_within


def _rws(children: list[float | None], minutes: list[float | None], computed: list[bool] | None = None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "rw_code": [f"rw{number}" for number in range(len(children))],
            "children": children,
            "minutes": minutes,
            "is_computed": computed or [True] * len(children),
        }
    )


def test_shares_count_children_and_not_rws() -> None:
    found = shares_within(_rws([100, 300, 600], [10, 20, 70]), pd.Series(["a", "a", "a"])).iloc[0]
    assert [found["within_15"], found["within_30"], found["within_60"]] == pytest.approx([0.1, 0.4, 0.4])
    assert found["minutes_mean"] == pytest.approx((1000 + 6000 + 42000) / 1000)


def test_a_time_on_the_limit_is_within_it() -> None:
    assert shares_within(_rws([10], [15]), pd.Series(["a"]))["within_15"].iloc[0] == 1.0


def test_without_a_way_children_are_beyond_every_limit_and_counted() -> None:
    found = shares_within(_rws([50, 50], [5, None]), pd.Series(["a", "a"])).iloc[0]
    assert found["within_60"] == pytest.approx(0.5)
    assert found["children_unreached"] == 50
    assert found["minutes_mean"] == pytest.approx(5)


def test_unknown_children_and_travel_never_computed_are_left_out_and_told() -> None:
    found = shares_within(_rws([None, 100, 100], [5, 5, None], [True, True, False]), pd.Series(["a", "a", "a"])).iloc[0]
    assert (found["within_15"], found["children"], found["rw"], found["rw_left_out"]) == (1.0, 100, 3, 2)


def test_an_area_without_known_children_has_no_share() -> None:
    assert np.isnan(shares_within(_rws([None], [5]), pd.Series(["a"]))["within_15"].iloc[0])


_ROWS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(0, 500)),
        st.one_of(st.none(), st.floats(0, 120)),
        st.sampled_from("abc"),
    ),
    min_size=1,
    max_size=30,
)


@given(_ROWS)
def test_shares_grow_with_the_limit_and_areas_add_up_to_the_city(rows: list[tuple]) -> None:
    children, minutes, areas = zip(*rows, strict=True)
    rws = _rws(list(children), list(minutes))
    found = shares_within(rws, pd.Series(areas))
    whole = shares_within(rws, pd.Series(["city"] * len(rows))).iloc[0]
    assert found["children"].sum() == pytest.approx(whole["children"])
    for limit in (15, 30, 60):
        inside = (found[f"within_{limit}"] * found["children"]).fillna(0).sum()
        assert inside == pytest.approx((whole[f"within_{limit}"] if whole["children"] else 0) * whole["children"])
    told = found.dropna(subset=["within_15"])
    assert ((told["within_15"] <= told["within_30"]) & (told["within_30"] <= told["within_60"])).all()
    assert told["within_60"].between(0, 1).all()
