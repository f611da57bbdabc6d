"""Nearest against own, partners' help, and roads closed: small tables that a reader can check in the head."""

import pandas as pd
import pytest

from models.access import compare_closed, nearer_elsewhere, puskesmas_by_rule, relieved_by_partners


def test_rws_with_a_nearer_puskesmas_come_with_the_minutes_saved_and_the_unreachable_own_first() -> None:
    rws = pd.DataFrame(
        {
            "rw_code": ["a", "b", "c", "d", "e"],
            "own_code": ["P1", "P1", "P1", "P1", None],
            "own_minutes": [20.0, 9.0, 30.0, None, 10.0],
            "nearest_code": ["P2", "P1", "OUTSIDE", "P2", "P2"],
            "nearest_minutes": [12.0, 9.0, 10.0, 5.0, 4.0],
        }
    )
    found = nearer_elsewhere(rws)
    assert found["rw_code"].tolist() == ["d", "c", "a"]
    assert found["minutes_saved"].tolist()[1:] == [20.0, 8.0]


def test_small_differences_can_be_left_out() -> None:
    rws = pd.DataFrame(
        {
            "rw_code": ["a", "b"],
            "own_code": ["P1", "P1"],
            "own_minutes": [10.5, 12.0],
            "nearest_code": ["P2", "P2"],
            "nearest_minutes": [10.0, 10.0],
        }
    )
    assert nearer_elsewhere(rws, at_least_min=1.0)["rw_code"].tolist() == ["b"]


def test_partners_relieve_only_those_who_are_far_without_and_near_with_them() -> None:
    rws = pd.DataFrame(
        {
            "rw_code": ["near", "relieved", "unreached", "far still", "no partner"],
            "children": [10, 20, 30, 40, 50],
            "puskesmas_minutes": [5.0, 15.0, None, 20.0, 20.0],
            "partner_minutes": [1.0, 7.0, 9.0, 15.0, None],
        }
    )
    found = relieved_by_partners(rws, far_min=15)
    assert found["rw_code"].tolist() == ["unreached", "relieved"]
    assert found["minutes_saved"].iloc[1] == 8.0


def test_closed_roads_cut_off_delay_or_change_nothing_and_never_shorten() -> None:
    rws = pd.DataFrame({"minutes": [10.0, 10.0, 10.0, None, 10.0], "closed_minutes": [None, 14.0, 10.5, None, 8.0]})
    found = compare_closed(rws)
    assert found["effect"].tolist() == ["cut_off", "farther", "same", "never_reached", "same"]
    assert found["minutes_more"].tolist()[1:3] == [4.0, 0.5]
    assert found["closed_minutes"].iloc[4] == 10.0


def test_the_rule_asks_for_one_puskesmas_in_every_area_and_one_more_for_each_30_000_begun() -> None:
    areas = pd.DataFrame({"area_code": ["a", "b", "c"], "children": [610.0, 300.0, 90.0], "puskesmas": [1, 2, 0]})
    found = puskesmas_by_rule(areas, people=100_000)
    assert found["people"].tolist() == pytest.approx([61_000, 30_000, 9_000])
    assert found["wanted"].tolist() == [3, 1, 1]
    assert found["lacking"].tolist() == [2, 0, 1]
