"""Reasons: which, in what order, with which numbers."""

import numpy as np
import pandas as pd
import pytest

from models.priority import Reason, Weights, preset, reasons
from tests.models.priority.invented_rws import invented_rws

QUIET = {
    "posterior_alpha": 1.0,
    "posterior_beta": 99.0,
    "severe_alpha": 0.1,
    "severe_beta": 99.9,
    "measured": 100.0,
    "d_weighed": 95.0,
    "s_target": 100.0,
    "travel_s": 600.0,
    "own_travel_s": 600.0,
    "pregnant_target": 8.0,
    "pregnant_screened": 8.0,
    "months_since_visit": 1.0,
    "is_nominated": False,
}
BALANCED = preset("balanced")


def of_rw(weights: Weights = BALANCED, most: int = 4, **changed: float) -> list[Reason]:
    """Return the reasons of an RW that is as quiet as can be but for what is changed, among others."""
    frame = invented_rws(1, 10)
    told = pd.DataFrame([{"rw_code": "x", **QUIET, **changed}])
    return reasons(pd.concat([frame, told], ignore_index=True), weights, most=most)["x"]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"travel_s": 2820.0, "own_travel_s": 2820.0}, Reason("far", {"minutes": 47.0, "mode": "walk"})),
        ({"own_travel_s": 3000.0}, Reason("detour", {"minutes": 40.0})),
        ({"d_weighed": 52.0, "measured": 52.0}, Reason("low_attendance", {"share": 0.52})),
        ({"pregnant_screened": 1.0}, Reason("pregnant", {"women": 7.0})),
        ({"months_since_visit": 14.0}, Reason("not_visited", {"months": 14.0})),
        ({"months_since_visit": np.nan}, Reason("never_visited", {})),
        ({"is_nominated": True}, Reason("nominated", {})),
        ({"travel_s": np.nan}, Reason("unknown_travel", {})),
        ({"own_travel_s": np.nan}, Reason("unknown_own_travel", {})),
        ({"d_weighed": np.nan}, Reason("unknown_attendance", {})),
        ({"pregnant_target": np.nan}, Reason("unknown_pregnant", {})),
        ({"posterior_alpha": np.nan, "posterior_beta": np.nan}, Reason("unknown_stunted", {})),
    ],
)
def test_what_is_of_concern_is_the_reason(changed: dict[str, float], reason: Reason) -> None:
    assert of_rw(**changed) == [reason]


def test_expected_children_are_told_with_those_not_weighed() -> None:
    """10 % of 100 weighed, and of 50 absent at 1.082 times the risk."""
    (stunted,) = of_rw(
        Weights({"expected_stunted": 1}), posterior_alpha=10.0, posterior_beta=90.0, d_weighed=100.0, s_target=150.0
    )
    assert stunted.code == "stunted"
    assert stunted.numbers["children"] == pytest.approx(10 + 5 * 1.0820, abs=0.001)


def test_reasons_stand_in_the_order_of_their_contribution() -> None:
    codes = [reason.code for reason in of_rw(travel_s=3500.0, own_travel_s=3500.0, months_since_visit=np.nan)]
    assert codes == ["far", "never_visited"]


def test_only_the_weightiest_reasons_are_told() -> None:
    told = of_rw(most=1, travel_s=3500.0, own_travel_s=3500.0, months_since_visit=np.nan, is_nominated=True)
    assert [reason.code for reason in told] == ["far"]


def test_an_rw_without_concerns_has_its_largest_contribution_as_reason() -> None:
    assert of_rw() == [Reason("travel", {"minutes": 10.0, "mode": "walk"})]


def test_a_criterion_without_weight_is_no_reason() -> None:
    told = of_rw(Weights({"under_attendance": 1}), travel_s=np.nan)
    assert [reason.code for reason in told] == ["attendance"]
