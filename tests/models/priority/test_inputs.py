"""The frame to rank: what is refused, with every problem named at once, and what is read."""

import numpy as np
import pandas as pd
import pytest

from models.errors import UnusablePriorityError
from models.priority.inputs import checked_inputs
from tests.models.priority.invented_rws import invented_rws


def test_absent_columns_are_all_named() -> None:
    with pytest.raises(UnusablePriorityError, match="travel_s, months_since_visit"):
        checked_inputs(invented_rws(1).drop(columns=["travel_s", "months_since_visit"]))


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("travel_s", -1.0, "below zero"),
        ("s_target", np.inf, "infinite"),
        ("posterior_alpha", 0.0, "zero in posterior_alpha"),
        ("severe_beta", np.nan, "only one of severe_alpha and severe_beta"),
    ],
)
def test_impossible_figures_are_refused(column: str, value: float, words: str) -> None:
    frame = invented_rws(1)
    frame.loc[2, column] = value
    with pytest.raises(UnusablePriorityError, match=words):
        checked_inputs(frame)


def test_all_problems_are_told_at_once() -> None:
    frame = invented_rws(1).astype({"travel_s": object})
    frame.loc[0, "travel_s"] = "jauh"
    frame.loc[1, "rw_code"] = frame.loc[2, "rw_code"]
    with pytest.raises(UnusablePriorityError, match="more than once.*no number"):
        checked_inputs(frame)


def test_attendance_is_derived_where_it_is_blank_and_kept_where_it_is_given() -> None:
    frame = invented_rws(1, 2).assign(d_weighed=50.0, s_target=100.0, attendance_share=[0.7, np.nan])
    assert checked_inputs(frame).figures["attendance_share"].tolist() == [0.7, 0.5]


@pytest.mark.parametrize("blank", [None, np.nan, pd.NA])
def test_a_blank_nomination_is_none(blank: object) -> None:
    frame = invented_rws(1, 2).assign(is_nominated=pd.Series([True, blank], dtype="object"))
    assert checked_inputs(frame).figures["is_nominated"].tolist() == [1.0, 0.0]
