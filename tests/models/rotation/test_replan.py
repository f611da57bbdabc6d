import pandas as pd
import pytest

from models.errors import UnusableRotationError
from models.rotation import Changes, moved, plan_rotation, replan
from tests.models.rotation.plain_rules import breaches, visits_in
from tests.models.rotation.simulated_city import simulated_city
from tests.models.rotation.small_problems import frame, rw_frame, small_problem

KEYS = ["month", "puskesmas_code", "rw_code"]


@pytest.fixture(scope="module")
def city():
    return simulated_city(6, rw_count=140, puskesmas_count=7, vehicle_days=6)


@pytest.fixture(scope="module")
def draft(city):
    return plan_rotation(city)


def unvisited(city, draft) -> str:
    rest = city.rws[~city.rws["rw_code"].isin(draft.slots["rw_code"]) & city.rws["months_since_visit"].isna()]
    return rest["rw_code"].iloc[0]


def test_a_plan_without_changes_stays_as_it_was(city, draft) -> None:
    _, again = replan(city, draft.slots, Changes())
    assert moved(draft.slots, again.slots).empty


def test_fixing_one_rw_moves_little_and_puts_it_there(city, draft) -> None:
    code = unvisited(city, draft)
    problem, plan = replan(
        city, draft.slots, Changes(fix=frame("rw_code month puskesmas_code", (code, "2027-05", None)))
    )
    there = plan.slots[(plan.slots["rw_code"] == code) & (plan.slots["month"] == "2027-05")]
    assert there["reason"].tolist() == ["fixed"]
    assert breaches(problem, visits_in(problem, plan.slots)) == []
    assert len(moved(draft.slots, plan.slots)) <= 8


def test_adopted_months_never_move(city, draft) -> None:
    months = ("2027-01", "2027-02", "2027-03")
    chosen = draft.slots[draft.slots["month"] == "2027-06"].iloc[0]
    changes = Changes(
        adopt_months=months,
        exclude=frame("rw_code month", (chosen["rw_code"], "2027-06")),
        close=frame("puskesmas_code month", (chosen["puskesmas_code"], "2027-08")),
    )
    problem, plan = replan(city, draft.slots, changes)
    before = draft.slots[draft.slots["month"].isin(months)][[*KEYS, "kind"]].reset_index(drop=True)
    after = plan.slots[plan.slots["month"].isin(months)][[*KEYS, "kind"]].reset_index(drop=True)
    pd.testing.assert_frame_equal(before, after)
    assert set(plan.slots.loc[plan.slots["month"].isin(months), "reason"]) == {"adopted"}
    assert breaches(problem, visits_in(problem, plan.slots)) == []


def test_an_adopted_month_refuses_a_change_by_name(city, draft) -> None:
    changes = Changes(adopt_months=("2027-01",), close=frame("puskesmas_code month", ("P01", "2027-01")))
    with pytest.raises(UnusableRotationError, match="2027-01 is adopted"):
        replan(city, draft.slots, changes)


def test_fixing_an_rw_again_moves_it_and_releasing_it_lets_it_go() -> None:
    problem = small_problem(rw_frame([3.0, 2.0, 1.0]), months=2)
    draft = plan_rotation(problem)
    first, plan = replan(
        problem, draft.slots, Changes(fix=frame("rw_code month puskesmas_code", ("C", "2027-01", None)))
    )
    assert plan.slots["rw_code"].iloc[0] == "C"
    second, plan = replan(first, plan.slots, Changes(fix=frame("rw_code month puskesmas_code", ("C", "2027-02", None))))
    assert second.fixed[["rw_code", "month"]].to_numpy().tolist() == [["C", "2027-02"]]
    assert plan.slots["rw_code"].iloc[1] == "C"
    third, _ = replan(second, plan.slots, Changes(release=frame("rw_code month", ("C", "2027-02"))))
    assert third.fixed.empty
