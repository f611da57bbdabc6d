"""The whole ranking: who competes, what everyone gets, and that its parts agree."""

import pytest
from pandas.testing import assert_frame_equal

from models.priority import CRITERIA, contribution_column, preset, rank_rws, remedies, score
from tests.models.priority.invented_rws import by_code, invented_rws

COLUMNS = [
    "rw_code",
    "score",
    "rank",
    "rank_low",
    "rank_high",
    "top_k_probability",
    "tier",
    "remedy",
    *(contribution_column(code) for code in CRITERIA),
]
WEIGHTS = preset("balanced")


def test_every_rw_is_given_in_the_order_it_came() -> None:
    frame = invented_rws(1, 25)
    result = rank_rws(frame, WEIGHTS)
    assert result.columns.tolist() == COLUMNS
    assert result["rw_code"].tolist() == frame["rw_code"].tolist()


def test_only_rws_for_the_mobile_clinic_are_ranked() -> None:
    frame = invented_rws(1, 25)
    result = rank_rws(frame, WEIGHTS)
    is_pusing = remedies(frame)["remedy"] == "pusing"
    assert sorted(result["rank"].dropna()) == list(range(1, is_pusing.sum() + 1))
    assert result.loc[~is_pusing, ["rank", "rank_low", "rank_high", "top_k_probability", "tier"]].isna().all(axis=None)
    assert result["score"].notna().all()


def test_every_remedy_is_ranked_on_request() -> None:
    frame = invented_rws(1, 25)
    result = rank_rws(frame, WEIGHTS, is_every_remedy_ranked=True)
    assert result["rank"].tolist() == score(frame, WEIGHTS)["rank"].tolist()
    assert result["tier"].notna().all()


@pytest.mark.parametrize("is_all", [True, False])
def test_the_interval_is_around_the_rank(is_all: bool) -> None:
    ranked = rank_rws(invented_rws(9, 60), WEIGHTS, k=10, is_every_remedy_ranked=is_all).dropna(subset="rank")
    assert ((ranked["rank_low"] <= ranked["rank"]) & (ranked["rank"] <= ranked["rank_high"])).all()


def test_the_order_of_rows_changes_nothing() -> None:
    frame = invented_rws(2, 40)
    shuffled = frame.sample(frac=1, random_state=1)
    assert_frame_equal(by_code(rank_rws(frame, WEIGHTS, seed=4)), by_code(rank_rws(shuffled, WEIGHTS, seed=4)))


def test_labels_in_the_same_order_change_nothing_but_the_labels() -> None:
    frame = invented_rws(2, 40)
    relabelled = frame.assign(rw_code="99" + frame["rw_code"].str[2:])
    first, second = (rank_rws(rows, WEIGHTS, seed=4).drop(columns="rw_code") for rows in (frame, relabelled))
    assert_frame_equal(first, second)


def test_a_lone_rw_is_first_for_certain() -> None:
    result = rank_rws(invented_rws(1, 1), WEIGHTS, is_every_remedy_ranked=True).iloc[0]
    assert (result["rank"], result["rank_low"], result["rank_high"], result["tier"]) == (1, 1, 1, "certain")


def test_no_rws_give_an_empty_ranking_with_all_columns() -> None:
    result = rank_rws(invented_rws(1, 3).iloc[:0], WEIGHTS)
    assert (len(result), result.columns.tolist()) == (0, COLUMNS)
