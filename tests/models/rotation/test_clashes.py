import pandas as pd
import pytest

from models.rotation import CLASHING, PLANNED, RotationRules, budget_curve, plan_rotation, waive
from models.rotation.clashes import ADOPTED_MONTH, CLOSED, EXCLUDED, GAP, NO_TEAM, SLOTS
from models.rotation.problem import FIXED, SHARE, WAIT
from tests.models.rotation.small_problems import PLAIN, frame, random_problem, rw_frame, slots_per_month, small_problem

WAITING = RotationRules(min_gap_months=2, longest_wait_months=2, fair_share=0.0)
FAR = [True] * 5


def clashes_of(problem):
    plan = plan_rotation(problem)
    assert plan.status == CLASHING
    assert plan.slots.empty
    return plan.clashes


def test_too_many_far_rws_for_the_slots_name_the_wait_the_puskesmas_and_the_slots_missing() -> None:
    puskesmas = ["P1", "P1", "P1", "P1", "P2"]
    problem = small_problem(rw_frame([1.0] * 5, puskesmas, far=FAR), months=2, rules=WAITING)
    clashes = clashes_of(problem)
    assert clashes.families == (WAIT,)
    assert clashes.missing_slots.to_numpy().tolist() == [["P1", "2027-02", 2]]
    assert clashes.promises["family"].tolist() == [WAIT, WAIT]
    assert clashes.promises["puskesmas_code"].tolist() == ["P1", "P1"]
    assert clashes.promises["cause"].tolist() == [SLOTS, SLOTS]


def test_too_few_vehicles_are_missed_as_vehicle_days_of_the_city() -> None:
    puskesmas = ["P1", "P1", "P2", "P2"]
    days = frame("month vehicle_days", ("2027-01", 2), ("2027-02", 1))
    problem = small_problem(rw_frame([1.0] * 4, puskesmas, far=[True] * 4), months=2, rules=WAITING, vehicle_days=days)
    assert clashes_of(problem).missing_slots.to_numpy().tolist() == [[None, "2027-02", 1]]


def test_a_fixed_rw_that_leaves_no_slot_for_a_wait_names_both_families() -> None:
    problem = small_problem(
        rw_frame([1.0, 1.0], far=[True, False]),
        months=1,
        rules=RotationRules(min_gap_months=1, longest_wait_months=1, fair_share=0.0),
        fixed=frame("rw_code month puskesmas_code", ("B", "2027-01", None)),
    )
    clashes = clashes_of(problem)
    assert clashes.families == (FIXED, WAIT)
    assert clashes.promises[["family", "code", "month", "short"]].to_numpy().tolist() == [[WAIT, "A", "2027-01", 1]]


@pytest.mark.parametrize(
    ("facts", "cause"),
    [
        ({"fixed": frame("rw_code month puskesmas_code", ("A", "2027-01", None), ("A", "2027-02", None))}, GAP),
        (
            {
                "fixed": frame("rw_code month puskesmas_code", ("A", "2027-01", None)),
                "closed": frame("puskesmas_code month", ("P1", "2027-01")),
            },
            CLOSED,
        ),
        (
            {
                "fixed": frame("rw_code month puskesmas_code", ("A", "2027-01", None)),
                "excluded": frame("rw_code month", ("A", None)),
            },
            EXCLUDED,
        ),
        ({"fixed": frame("rw_code month puskesmas_code", ("A", "2027-01", "P9"))}, NO_TEAM),
        (
            {
                "fixed": frame("rw_code month puskesmas_code", ("A", "2027-01", None)),
                "adopted": frame("month puskesmas_code rw_code kind", ("2027-01", "P1", "B", "own_team")),
            },
            ADOPTED_MONTH,
        ),
    ],
)
def test_a_promise_that_no_slot_could_save_names_what_stands_in_its_way(facts: dict, cause: str) -> None:
    problem = small_problem(rw_frame([1.0, 1.0]), months=2, rules=PLAIN, **facts)
    clashes = clashes_of(problem)
    assert clashes.promises[["family", "cause"]].to_numpy().tolist() == [[FIXED, cause]]
    assert clashes.missing_slots.empty


def test_a_fair_share_out_of_reach_names_the_kecamatan() -> None:
    # K2 holds all far need but its puskesmas makes one stop in four.
    rws = rw_frame([1.0, 1.0, 1.0, 1.0], ["P1", "P1", "P1", "P2"], far=[False, False, False, True])
    rws["kecamatan_code"] = ["K1", "K1", "K1", "K2"]
    months = ("2027-01",)
    capacity = pd.concat([slots_per_month(months, 3, ("P1",)), slots_per_month(months, 1, ("P2",))])
    rules = RotationRules(min_gap_months=1, longest_wait_months=None, fair_share=1.0)
    problem = small_problem(rws, months=1, capacity=capacity, rules=rules)
    assert clashes_of(problem).promises[["family", "code", "short"]].to_numpy().tolist() == [[SHARE, "K2", 3]]


def test_waiving_the_promises_named_makes_a_plan_possible_that_keeps_the_others() -> None:
    problem = small_problem(rw_frame([1.0] * 5, far=FAR), months=2, rules=WAITING)
    clashes = clashes_of(problem)
    plan = plan_rotation(waive(problem, clashes))
    assert plan.status == PLANNED
    assert plan.standing.broken_promises == 0
    assert set(plan.slots["rw_code"]).isdisjoint(clashes.promises["code"])


def test_as_many_more_slots_as_are_missing_end_the_clash() -> None:
    problem = small_problem(rw_frame([1.0] * 5, far=FAR), months=2, rules=WAITING)
    missing = clashes_of(problem).missing_slots["slots"].sum()
    curve = budget_curve(problem, plan_rotation(problem), most=6)
    assert curve["broken_promises"].tolist() == [3, 2, 1, 0]
    assert curve["extra_stops"].iloc[-1] == missing


@pytest.mark.parametrize("seed", range(5))
def test_extra_stops_gain_ever_less_and_are_counted_as_the_plan_would_count_them(seed: int) -> None:
    problem = random_problem(seed, months=4, rws=8)
    plan = plan_rotation(problem)
    curve = budget_curve(problem, plan, most=5)
    gains = curve["gain"].iloc[1:].to_numpy()
    assert (gains[:-1] >= gains[1:] - 1e-9).all()
    assert curve["need_served"].iloc[0] == pytest.approx(plan.standing.need_served)
    assert curve["need_served"].diff().iloc[1:].tolist() == pytest.approx(gains.tolist())


def test_one_more_stop_goes_to_the_rw_that_it_serves_most() -> None:
    problem = small_problem(rw_frame([5.0, 2.0, 3.0]), months=1)
    curve = budget_curve(problem, plan_rotation(problem), most=2)
    assert curve[["extra_stops", "need_served", "gain"]].to_numpy().tolist() == [[0, 5, 0], [1, 8, 3], [2, 10, 2]]
    assert curve["rw_code"].tolist()[1:] == ["C", "B"]


def test_more_days_can_be_asked_for_one_puskesmas_and_month() -> None:
    problem = small_problem(rw_frame([5.0, 2.0, 3.0, 1.0], ["P1", "P1", "P2", "P2"]), months=2)
    curve = budget_curve(problem, plan_rotation(problem), month="2027-02", puskesmas_code="P2")
    assert curve["rw_code"].tolist() == [None]
