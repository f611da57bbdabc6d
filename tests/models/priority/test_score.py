"""The score: worked by hand, and what must hold of any RWs."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from models.priority import CRITERIA, DEFAULTS, PRESETS, Weights, contribution_column, criteria, preset, score
from models.rates import expected_stunted
from tests.models.priority.invented_rws import STEADY, by_code, invented_rws

SEEDS = st.integers(0, 2**32 - 1)
CONTRIBUTIONS = [contribution_column(code) for code in CRITERIA]
ALL_ALIKE = Weights(dict.fromkeys(CRITERIA, 1.0))

MORE_NEED = {
    "posterior_alpha": 1,
    "posterior_beta": -1,
    "severe_alpha": 1,
    "severe_beta": -1,
    "d_weighed": -1,
    "s_target": 1,
    "travel_s": 1,
    "own_travel_s": 1,
    "pregnant_target": 1,
    "pregnant_screened": -1,
    "months_since_visit": 1,
    "is_nominated": 1,
}


def test_a_known_rw_scores_as_worked_by_hand() -> None:
    """Everything stands at its level of concern and so at half, but the visit (never: full) and the nomination.

    160 children, all weighed, at 5 % are 8 stunted; at 1.25 % 2 severe. 30 minutes to the nearest of two hours' half,
    60 to the own: a detour of 30. D/S is given as 60 %. Five of ten women were not screened.
    """
    frame = pd.DataFrame(
        {
            "rw_code": ["32.75.01.1001.001"],
            "posterior_alpha": [5.0],
            "posterior_beta": [95.0],
            "severe_alpha": [1.25],
            "severe_beta": [98.75],
            "measured": [160.0],
            "d_weighed": [160.0],
            "s_target": [160.0],
            "attendance_share": [0.6],
            "travel_s": [1800.0],
            "own_travel_s": [3600.0],
            "pregnant_target": [10.0],
            "pregnant_screened": [5.0],
            "months_since_visit": [np.nan],
            "is_nominated": [False],
        }
    )
    weights = {
        "expected_stunted": 30.0,
        "severe_cases": 10.0,
        "travel_time": 20.0,
        "own_detour": 5.0,
        "under_attendance": 10.0,
        "pregnant_unscreened": 10.0,
        "months_since_visit": 10.0,
        "nomination": 5.0,
    }
    result = score(frame, Weights(weights)).iloc[0]
    assert result[CONTRIBUTIONS].tolist() == pytest.approx([15, 5, 10, 2.5, 5, 5, 10, 0])
    assert result["score"] == pytest.approx(52.5)


def test_expected_children_are_those_of_the_rates_model() -> None:
    frame = invented_rws(3)
    of_rates = expected_stunted(frame)["expected_stunted"]
    points = score(frame, Weights({"expected_stunted": 1}))["score"]
    full_at = criteria(DEFAULTS)["expected_stunted"].full_at
    assert points.tolist() == pytest.approx((100 * of_rates / full_at).clip(upper=100).tolist())


@STEADY
@given(SEEDS, st.sampled_from(sorted(PRESETS)))
def test_contributions_sum_to_a_score_between_0_and_100(seed: int, name: str) -> None:
    result = score(invented_rws(seed), preset(name))
    assert result[CONTRIBUTIONS].sum(axis=1).tolist() == pytest.approx(result["score"].tolist())
    assert result["score"].between(0, 100).all()


@STEADY
@given(SEEDS, st.sampled_from(sorted(PRESETS)), st.sampled_from(sorted(MORE_NEED)), st.floats(0.01, 3))
def test_more_need_never_lowers_a_rank(seed: int, name: str, column: str, by: float) -> None:
    before = invented_rws(seed)
    after = before.astype({"is_nominated": float})
    factor = 1 + by if MORE_NEED[column] > 0 else 1 / (1 + by)
    after.loc[0, column] = 1.0 if column == "is_nominated" else before.loc[0, column] * factor
    assert score(after, preset(name)).loc[0, "rank"] <= score(before, preset(name)).loc[0, "rank"]


@STEADY
@given(SEEDS, SEEDS)
def test_the_order_of_rows_changes_nothing(seed: int, shuffle: int) -> None:
    frame = invented_rws(seed)
    frame.loc[3, "travel_s"] = np.nan
    shuffled = frame.sample(frac=1, random_state=shuffle)
    assert_frame_equal(by_code(score(frame, ALL_ALIKE)), by_code(score(shuffled, ALL_ALIKE)))


@STEADY
@given(SEEDS, SEEDS)
def test_new_labels_change_no_score_and_no_rank(seed: int, shuffle: int) -> None:
    frame = invented_rws(seed)
    relabelled = frame.assign(rw_code=np.random.default_rng(shuffle).permutation(frame["rw_code"].to_numpy()))
    columns = ["score", "rank"]
    assert_frame_equal(score(frame, ALL_ALIKE)[columns], score(relabelled, ALL_ALIKE)[columns])


def test_equal_scores_are_ordered_by_code() -> None:
    frame = pd.concat([invented_rws(1, 1)] * 3, ignore_index=True).assign(rw_code=["b", "c", "a"])
    assert score(frame, ALL_ALIKE)["rank"].tolist() == [2, 3, 1]


@pytest.mark.parametrize(
    ("code", "column"),
    [
        ("travel_time", "travel_s"),
        ("pregnant_unscreened", "pregnant_target"),
        ("months_since_visit", "months_since_visit"),
        ("severe_cases", "severe_alpha"),
    ],
)
def test_a_criterion_without_weight_has_no_influence(code: str, column: str) -> None:
    weights = Weights({other: 1.0 for other in CRITERIA if other not in (code, "own_detour")})
    frame = invented_rws(5)
    changed = frame.assign(**{column: frame[column].to_numpy()[::-1] * 1.5})
    assert_frame_equal(score(frame, weights), score(changed, weights))


@STEADY
@given(SEEDS)
def test_a_score_does_not_move_because_another_rw_did(seed: int) -> None:
    frame = invented_rws(seed)
    of_half = score(frame.iloc[:6], ALL_ALIKE)["score"]
    assert score(frame, ALL_ALIKE)["score"].iloc[:6].tolist() == pytest.approx(of_half.tolist())


def test_the_index_of_the_frame_is_kept() -> None:
    frame = invented_rws(1, 4).set_axis([10, 7, 7, "x"])
    result = score(frame, ALL_ALIKE)
    assert result.index.tolist() == [10, 7, 7, "x"]
    assert result["rw_code"].tolist() == frame["rw_code"].tolist()
