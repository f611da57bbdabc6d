import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import UnusableRotationError
from models.rotation import (
    CLASHING,
    PARTNER_CLINIC,
    PLANNED,
    RotationRules,
    in_turn,
    plan_rotation,
    top_n_by_score,
    without_partners,
)
from models.rotation.indexed import index_problem
from models.rotation.problem import RotationProblem
from models.rotation.promises import promises
from tests.models.rotation.plain_rules import best_by_trying_all, breaches, objective, visits_in
from tests.models.rotation.simulated_city import simulated_city
from tests.models.rotation.small_problems import PLAIN, frame, random_problem, rw_frame, slots_per_month, small_problem

PROMISING = RotationRules(
    min_gap_months=2, need_period_months=2, longest_wait_months=2, catch_up_months=2, fair_share=0.5
)


def exact(problem: RotationProblem):
    return plan_rotation(problem, gap=0.0, seconds=60)


@pytest.mark.parametrize("seed", range(8))
def test_the_plan_is_as_good_as_the_best_of_all_plans(seed: int) -> None:
    problem = random_problem(seed)
    assert exact(problem).objective == pytest.approx(best_by_trying_all(problem), abs=1e-6)


@pytest.mark.parametrize("seed", range(8))
def test_with_promises_the_plan_is_as_good_as_the_best_that_keeps_them(seed: int) -> None:
    problem = random_problem(seed, rules=PROMISING, vehicle_days=None)
    best = best_by_trying_all(problem)
    plan = exact(problem)
    assert (plan.status == CLASHING) == (best is None)
    if best is not None:
        assert plan.objective == pytest.approx(best, abs=1e-6)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 10_000),
    wait=st.sampled_from([None, 3, 4, 6]),
    gap=st.integers(1, 4),
    period=st.integers(1, 6),
    fair_share=st.sampled_from([0.0, 0.5, 1.0]),
)
def test_every_plan_keeps_every_rule_and_is_worth_what_it_says(
    seed: int, wait: int | None, gap: int, period: int, fair_share: float
) -> None:
    rules = RotationRules(gap, period, wait, None, fair_share)
    problem = random_problem(
        seed,
        months=6,
        rws=8,
        rules=rules,
        revisits=frame("rw_code first_month last_month", ("B", "2027-02", "2027-04")),
        excluded=frame("rw_code month", ("C", None), ("D", "2027-03")),
        closed=frame("puskesmas_code month", ("P1", "2027-05"), (None, "2027-06")),
    )
    plan = plan_rotation(problem)
    if plan.status == PLANNED:
        visits = visits_in(problem, plan.slots)
        assert breaches(problem, visits) == []
        assert plan.objective == pytest.approx(objective(problem, visits), abs=1e-6)
        assert plan.objective <= plan.bound + 1e-9
        credited = plan.slots[["own_need_served", "neighbour_need_served"]].to_numpy(dtype=float).sum()
        assert credited == pytest.approx(plan.standing.need_served)
        assert plan.standing.broken_promises == 0


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("loosened", ["longest_wait_months", "fair_share", "min_gap_months", "vehicle_days"])
def test_taking_a_rule_away_never_makes_the_best_plan_worse(seed: int, loosened: str) -> None:
    problem = random_problem(seed, months=4, rws=6, rules=RotationRules(2, 2, 4, None, 0.5))
    free = {"longest_wait_months": None, "fair_share": 0.0, "min_gap_months": 1}
    if loosened == "vehicle_days":
        facts = {name: getattr(problem, name) for name in ("months", "rws", "capacity", "neighbours", "rules")}
        loose = RotationProblem(**facts)
        # More vehicles mean more stops to share out fairly, so the fair share is taken away as well.
        loose = loose.with_rules(fair_share=0.0)
    else:
        loose = problem.with_rules(**{loosened: free[loosened]})
    strict = exact(problem)
    worth = -np.inf if strict.status == CLASHING else strict.objective
    assert exact(loose).objective >= worth - 1e-6


@pytest.mark.parametrize("compared", [top_n_by_score, in_turn])
@pytest.mark.parametrize("seed", range(5))
def test_what_people_would_do_instead_never_beats_the_plan(seed: int, compared) -> None:
    problem = random_problem(seed, months=5, rws=8)
    slots = compared(problem)
    visits = visits_in(problem, slots)
    assert breaches(problem, visits) == []
    assert objective(problem, visits) <= exact(problem).objective + 1e-6


def test_a_city_in_miniature_is_planned_within_the_gap_and_the_rules() -> None:
    problem = simulated_city(3, rw_count=160, puskesmas_count=8, vehicle_days=7)
    plan = plan_rotation(problem)
    assert plan.is_proven
    assert breaches(problem, visits_in(problem, plan.slots)) == []


def test_the_same_facts_in_any_order_and_the_same_seed_give_the_same_plan() -> None:
    problem = simulated_city(4, rw_count=120, puskesmas_count=6, vehicle_days=5)
    shuffled = RotationProblem(
        months=problem.months,
        rws=problem.rws.sample(frac=1, random_state=1),
        capacity=problem.capacity.sample(frac=1, random_state=2),
        neighbours=problem.neighbours.sample(frac=1, random_state=3),
        vehicle_days=problem.vehicle_days,
        rules=problem.rules,
    )
    pd.testing.assert_frame_equal(plan_rotation(problem, seed=7).slots, plan_rotation(shuffled, seed=7).slots)


@pytest.mark.parametrize("seed", range(3))
def test_new_labels_change_nothing_of_what_a_plan_is_worth(seed: int) -> None:
    problem = random_problem(seed, months=4, rws=7, rules=PLAIN)
    codes = sorted(problem.rws["rw_code"])
    new = dict(zip(codes, np.random.default_rng(seed).permutation([f"Z{code}" for code in codes]), strict=True))
    neighbours = problem.neighbours.assign(
        rw_code=problem.neighbours["rw_code"].map(new), neighbour_code=problem.neighbours["neighbour_code"].map(new)
    )
    relabelled = RotationProblem(
        months=problem.months,
        rws=problem.rws.assign(rw_code=problem.rws["rw_code"].map(new)),
        capacity=problem.capacity,
        neighbours=neighbours,
        vehicle_days=problem.vehicle_days,
        rules=problem.rules,
    )
    assert exact(relabelled).objective == pytest.approx(exact(problem).objective)


def test_a_stop_among_neighbours_beats_one_with_more_need_of_its_own() -> None:
    neighbours = frame("rw_code neighbour_code share", ("B", "C", 0.8), ("B", "D", 0.8))
    problem = small_problem(rw_frame([5.0, 3.0, 3.0, 3.0]), months=1, neighbours=neighbours)
    plan = exact(problem)
    assert plan.slots[["rw_code", "reason"]].to_numpy().tolist() == [["B", "neighbours"]]


def test_need_is_served_once_a_period_by_the_best_stop() -> None:
    neighbours = frame("rw_code neighbour_code share", ("A", "B", 0.9))
    problem = small_problem(rw_frame([2.0, 1.0]), months=2, neighbours=neighbours)
    assert exact(problem).standing.need_served == pytest.approx(3.0)


def test_an_rw_visited_lately_waits_for_the_gap() -> None:
    problem = small_problem(rw_frame([9.0, 1.0], since=[1.0, np.nan]), months=2)
    assert exact(problem).slots["rw_code"].tolist() == ["B", "A"]


def test_a_fixed_rw_takes_the_slot_of_its_month() -> None:
    problem = small_problem(
        rw_frame([9.0, 1.0]), months=1, fixed=frame("rw_code month puskesmas_code", ("B", "2027-01", ""))
    )
    assert exact(problem).slots[["rw_code", "reason", "is_fixed"]].to_numpy().tolist() == [["B", "fixed", True]]


def test_a_revisit_may_come_before_the_gap_is_over() -> None:
    rules = RotationRules(min_gap_months=12, longest_wait_months=None, fair_share=0.0)
    problem = small_problem(
        rw_frame([1.0, 5.0], since=[1.0, np.nan]),
        months=2,
        rules=rules,
        revisits=frame("rw_code first_month last_month", ("A", "2027-02", "2027-02")),
    )
    assert exact(problem).slots[["rw_code", "reason"]].to_numpy().tolist() == [["B", "need"], ["A", "revisit"]]


def test_a_promise_kept_at_the_cost_of_need_is_the_reason_given() -> None:
    rules = RotationRules(min_gap_months=2, longest_wait_months=2, fair_share=0.0)
    problem = small_problem(rw_frame([0.5, 5.0, 4.0], far=[True, False, False]), months=2, rules=rules)
    reasons = exact(problem).slots.set_index("rw_code")["reason"]
    assert reasons.to_dict() == {"A": "longest_wait", "B": "need"}


def test_partner_slots_do_not_use_vehicle_days() -> None:
    months = ("2027-01",)
    partner = frame("puskesmas_code month kind slots is_vehicle_needed", ("P1", "2027-01", PARTNER_CLINIC, 1, False))
    problem = small_problem(
        rw_frame([3.0, 2.0, 1.0]),
        months=1,
        capacity=pd.concat([slots_per_month(months, 2), partner]),
        vehicle_days=frame("month vehicle_days", ("2027-01", 1)),
    )
    assert sorted(exact(problem).slots["kind"]) == ["own_team", "partner_clinic"]
    assert exact(without_partners(problem)).slots["kind"].tolist() == ["own_team"]


def test_adopted_stops_stand_although_they_break_a_rule_of_today() -> None:
    adopted = frame(
        "month puskesmas_code rw_code kind", ("2027-01", "P1", "A", "own_team"), ("2027-01", "P1", "B", "own_team")
    )
    problem = small_problem(
        rw_frame([1.0, 2.0, 3.0]), months=2, adopted=adopted, excluded=frame("rw_code month", ("A", None))
    )
    plan = exact(problem)
    assert plan.slots[["month", "rw_code"]].to_numpy().tolist() == [
        ["2027-01", "A"],
        ["2027-01", "B"],
        ["2027-02", "C"],
    ]
    assert plan.objective == pytest.approx(objective(problem, visits_in(problem, plan.slots)))


def test_a_month_without_vehicle_days_has_no_stops_by_vehicle() -> None:
    problem = small_problem(rw_frame([1.0]), months=2, vehicle_days=frame("month vehicle_days", ("2027-02", 1)))
    assert exact(problem).slots["month"].tolist() == ["2027-02"]


def test_a_far_rw_never_visited_is_promised_a_visit_within_the_catch_up() -> None:
    rules = RotationRules(min_gap_months=1, longest_wait_months=4, catch_up_months=2, fair_share=0.0)
    problem = small_problem(rw_frame([1.0, 1.0], far=[True, False]), months=3, rules=rules)
    kept = promises(index_problem(problem))
    assert [(promise.code, promise.month) for promise in kept] == [("A", "2027-02")]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"months": ("2027-01", "2027-03")}, "not consecutive"),
        ({"months": ("2027-13",)}, "YYYY-MM"),
        ({"rws": rw_frame([-1.0])}, "need must be 0 or more"),
        ({"rws": rw_frame([1.0]).assign(under_fives=np.nan)}, "under_fives"),
        ({"rws": rw_frame([1.0]).assign(months_since_visit="long")}, "not a number"),
        ({"rws": pd.concat([rw_frame([1.0]), rw_frame([2.0])])}, "names A twice"),
        ({"rws": rw_frame([1.0]).drop(columns="is_far")}, "rws lacks is_far"),
        ({"neighbours": frame("rw_code neighbour_code share", ("A", "Z", 0.5))}, "unknown RW (Z)"),
        ({"neighbours": frame("rw_code neighbour_code share", ("A", "A", 0.5))}, "its own neighbour"),
        ({"fixed": frame("rw_code month puskesmas_code", ("A", "2030-01", None))}, "outside the plan"),
        ({"revisits": frame("rw_code first_month last_month", ("A", "2027-04", "2027-02"))}, "first_month after"),
        ({"capacity": slots_per_month(("2027-01",), 1).assign(kind="friends")}, "kind is none of"),
        ({"capacity": slots_per_month(("2027-01",), 1).assign(slots=0.5)}, "slots must be whole"),
    ],
)
def test_facts_that_cannot_be_planned_from_are_named(changes: dict, words: str) -> None:
    facts = {"months": ("2027-01",), "rws": rw_frame([1.0]), "capacity": slots_per_month(("2027-01",)), "rules": PLAIN}
    with pytest.raises(UnusableRotationError) as error:
        RotationProblem(**(facts | changes))
    assert words in str(error.value)


def test_rules_that_make_no_sense_are_named() -> None:
    with pytest.raises(UnusableRotationError, match=r"catch_up_months.*fair_share"):
        RotationRules(fair_share=1.5, catch_up_months=13)
