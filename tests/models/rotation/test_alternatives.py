import pandas as pd
import pytest

from models.rotation import compare, in_turn, plan_rotation, standing_of, top_n_by_score, without_partners
from tests.models.rotation.plain_rules import breaches, visits_in
from tests.models.rotation.simulated_city import simulated_city
from tests.models.rotation.small_problems import PLAIN, frame, random_problem, rw_frame, small_problem


def test_top_n_takes_the_greatest_need_first() -> None:
    problem = small_problem(rw_frame([1.0, 3.0, 2.0]), months=3)
    assert top_n_by_score(problem)["rw_code"].tolist() == ["B", "C", "B"]


def test_in_turn_takes_those_never_visited_then_those_who_wait_longest() -> None:
    problem = small_problem(rw_frame([9.0, 9.0, 0.1], since=[3.0, 7.0, float("nan")]), months=4)
    assert in_turn(problem)["rw_code"].tolist() == ["C", "B", "A", "C"]


@pytest.mark.parametrize("choose", [top_n_by_score, in_turn])
def test_alternatives_keep_fixed_rws_closings_exclusions_and_adopted_months(choose) -> None:
    problem = random_problem(
        5,
        months=6,
        rws=8,
        fixed=frame("rw_code month puskesmas_code", ("H", "2027-04", None)),
        excluded=frame("rw_code month", ("B", None)),
        closed=frame("puskesmas_code month", (None, "2027-05")),
        adopted=frame("month puskesmas_code rw_code kind", ("2027-01", "P1", "B", "own_team")),
    )
    assert breaches(problem, visits_in(problem, choose(problem))) == []


def test_the_figures_of_a_plan_are_those_a_reader_would_count() -> None:
    neighbours = frame("rw_code neighbour_code share", ("A", "B", 0.5), ("B", "A", 0.5))
    rws = rw_frame([4.0, 2.0, 1.0], since=[5.0, float("nan"), float("nan")], far=[True, False, True])
    problem = small_problem(rws, months=3, neighbours=neighbours, rules=PLAIN)
    slots = frame("month puskesmas_code rw_code", ("2027-01", "P1", "A"), ("2027-02", "P1", "B"))
    figures = standing_of(problem, slots)
    assert figures.need_served == pytest.approx(6.0)
    assert figures.under_fives_served == pytest.approx(20.0)
    assert figures.overlap_need == pytest.approx(0.5 * 2 + 0.5 * 4)
    assert figures.longest_wait_months == 5
    assert figures.far_never_reached == 1
    assert figures.idle_slots == 1
    assert figures.kecamatan_spread_pct == pytest.approx(100.0)
    assert figures.kecamatan["stops"].tolist() == [2, 0]


def test_a_city_serves_more_need_by_plan_than_by_list_or_turn() -> None:
    # The alternatives promise nothing, so neither does the plan they are held against.
    problem = simulated_city(2, rw_count=160, puskesmas_count=8, vehicle_days=7)
    problem = problem.with_rules(longest_wait_months=None, fair_share=0.0)
    table = compare(
        {
            "plan": (problem, plan_rotation(problem).slots),
            "top_n": (problem, top_n_by_score(problem)),
            "in_turn": (problem, in_turn(problem)),
        }
    ).set_index("name")
    assert table["need_served"].idxmax() == "plan"
    assert table.loc["plan", "broken_promises"] == 0
    assert table.loc["top_n", "overlap_avoided"] == 0
    assert table["overlap_avoided"].tolist() == pytest.approx(
        (table.loc["top_n", "overlap_need"] - table["overlap_need"]).tolist()
    )


def test_with_and_without_partners_lie_side_by_side() -> None:
    problem = simulated_city(2, rw_count=100, puskesmas_count=6, vehicle_days=None).with_rules(
        longest_wait_months=None, fair_share=0.0
    )
    alone = without_partners(problem)
    table = compare(
        {"with": (problem, plan_rotation(problem).slots), "without": (alone, plan_rotation(alone).slots)}
    ).set_index("name")
    assert table.loc["with", "stops"] > table.loc["without", "stops"]
    assert table.loc["with", "need_served"] > table.loc["without", "need_served"]
    assert set(plan_rotation(alone).slots["kind"]) == {"own_team"}


def test_comparing_nothing_gives_an_empty_table() -> None:
    assert isinstance(compare({}), pd.DataFrame)
    assert compare({}).empty
