"""The right remedy: four corners, their edges, and what is unknown."""

import numpy as np
import pandas as pd
import pytest

from models.priority import PrioritySettings, remedies
from tests.models.priority.invented_rws import invented_rws


def rw(travel_s: float, share: float, months_since_weighed: float = 1.0) -> pd.DataFrame:
    return invented_rws(1, 1).assign(
        travel_s=travel_s,
        s_target=np.nan,
        attendance_share=share,
        months_since_weighed=months_since_weighed,
    )


@pytest.mark.parametrize(
    ("travel_s", "share", "remedy"),
    [
        (2000.0, 0.5, "pusing"),
        (1000.0, 0.5, "home_visit"),
        (2000.0, 0.7, "pustu"),
        (1000.0, 0.7, "clinical"),
        (1800.0, 0.6, "pustu"),
        (1799.0, 0.6, "clinical"),
        (np.nan, 0.5, "pusing"),
        (np.nan, 0.7, "pustu"),
        (2000.0, np.nan, "pusing"),
        (1000.0, np.nan, "home_visit"),
        (np.nan, np.nan, "pusing"),
    ],
)
def test_far_and_unseen_decide_the_remedy(travel_s: float, share: float, remedy: str) -> None:
    assert remedies(rw(travel_s, share))["remedy"].tolist() == [remedy]


def test_children_not_weighed_for_months_are_unseen_however_many_came_then() -> None:
    assert remedies(rw(2000.0, 0.9, months_since_weighed=4))["remedy"].tolist() == ["pusing"]


def test_the_threshold_of_far_is_a_setting() -> None:
    assert remedies(rw(1000.0, 0.5), PrioritySettings(far_s=900))["remedy"].tolist() == ["pusing"]


def test_unknown_figures_are_told() -> None:
    told = remedies(rw(np.nan, 0.7)).iloc[0]
    assert (told["is_travel_unknown"], told["is_attendance_unknown"]) == (True, False)
