import numpy as np
import pandas as pd
import pytest

from models.rotation import RotationRules, backtest, kept_promises, month_range, visit_effect
from models.rotation.effects import ATTENDANCE, ESTIMATED, NEWLY_FOUND, PREVALENCE, TOO_EARLY, TOO_FEW
from tests.models.rotation.simulated_city import simulated_city
from tests.models.rotation.small_problems import PLAIN, frame, rw_frame, small_problem

MONTHS = month_range("2027-01", 8)


def simulated_visits(seed: int, effect: float, rw_count: int = 300, target: int = 120):
    """Return monthly attendance, RWs and visits, where a visit adds `effect` to D/S and need decides who is visited."""
    generator = np.random.default_rng(seed)
    need = generator.gamma(2, 1, rw_count)
    travel = generator.gamma(3, 400, rw_count)
    # Those in more need go less often and get better by themselves: a naive before-after would call it an effect.
    level = np.clip(0.75 - 0.06 * need + generator.normal(0, 0.04, rw_count), 0.2, 0.95)
    trend = 0.006 * need
    is_visited = generator.random(rw_count) < 1 / (1 + np.exp(2.5 - need))
    visit_at = generator.integers(3, 6, rw_count)
    codes = [f"R{at:03d}" for at in range(rw_count)]
    rows = []
    for month, name in enumerate(MONTHS):
        rate = level + trend * month + effect * (is_visited & (month >= visit_at))
        weighed = generator.binomial(target, np.clip(rate, 0, 1))
        rows += [(code, name, int(d), target, int(d), target) for code, d in zip(codes, weighed, strict=True)]
    monthly = frame("rw_code month numerator denominator weighed target", *rows)
    rws = pd.DataFrame({"rw_code": codes, "need": need, "travel_s": travel})
    visits = pd.DataFrame({"rw_code": codes, "month": np.array(MONTHS)[visit_at]})[is_visited]
    return monthly, rws, visits


def test_a_known_effect_is_found_and_its_interval_is_honest() -> None:
    effects = [visit_effect(ATTENDANCE, *simulated_visits(seed, 0.05)) for seed in range(20)]
    assert all(effect.status == ESTIMATED for effect in effects)
    assert np.mean([effect.difference for effect in effects]) == pytest.approx(5.0, abs=0.5)
    # 95 % intervals over twenty cities: fewer than 16 hits would be a chance of one in four hundred.
    assert sum(effect.low <= 5.0 <= effect.high for effect in effects) >= 16


def test_no_effect_is_not_invented_where_needy_rws_improve_by_themselves() -> None:
    effects = [visit_effect(ATTENDANCE, *simulated_visits(seed, 0.0)) for seed in range(20)]
    assert np.mean([effect.difference for effect in effects]) == pytest.approx(0.0, abs=0.5)


def test_matches_are_alike_unvisited_and_used_once() -> None:
    monthly, rws, visits = simulated_visits(1, 0.05)
    effect = visit_effect(ATTENDANCE, monthly, rws, visits)
    assert effect.matches["match_code"].is_unique
    assert set(effect.matches["match_code"]).isdisjoint(
        visits.loc[visits["month"].isin(["2027-03", "2027-04", "2027-05", "2027-06"]), "rw_code"]
    )
    assert effect.balance["sd_apart"].abs().max() < 0.25
    assert effect.pairs <= effect.visited == len(visits)


def test_nothing_is_said_of_prevalence_in_under_six_months() -> None:
    monthly, rws, visits = simulated_visits(1, 0.05)
    effect = visit_effect(PREVALENCE, monthly, rws, visits, months_after=5)
    assert effect.status == TOO_EARLY
    assert np.isnan(effect.difference)


def test_too_few_pairs_are_told_and_not_estimated() -> None:
    monthly, rws, visits = simulated_visits(1, 0.05)
    effect = visit_effect(NEWLY_FOUND, monthly, rws, visits.head(4))
    assert (effect.status, effect.visited) == (TOO_FEW, 4)


def test_planned_slots_are_kept_late_or_not_and_other_visits_unplanned() -> None:
    slots = frame(
        "month puskesmas_code rw_code",
        ("2027-01", "P1", "A"),
        ("2027-01", "P1", "B"),
        ("2027-02", "P1", "C"),
        ("2027-03", "P1", "D"),
    )
    visits = frame(
        "month puskesmas_code rw_code", ("2027-01", "P1", "A"), ("2027-02", "P1", "B"), ("2027-02", "P1", "E")
    )
    told = kept_promises(slots, visits, until="2027-02")
    assert told.set_index("rw_code")["outcome"].to_dict() == {
        "A": "kept",
        "B": "late",
        "C": "not_kept",
        "E": "unplanned",
    }


def test_nothing_planned_and_nothing_visited_keeps_nothing() -> None:
    nothing = frame("month puskesmas_code rw_code")
    assert kept_promises(nothing, nothing, until="2027-02").empty


def test_the_rule_chooses_as_many_visits_as_were_made_and_serves_more_need() -> None:
    problem = simulated_city(8, rw_count=120, puskesmas_count=6, rules=RotationRules(longest_wait_months=None))
    generator = np.random.default_rng(1)
    fresh = problem.rws[problem.rws["months_since_visit"].isna()]
    made = []
    for code, rws in fresh.groupby("puskesmas_code"):
        chosen = generator.permutation(rws["rw_code"])[: len(problem.months)]
        made += [(month, code, rw) for month, rw in zip(problem.months, chosen, strict=False)]
    visits = frame("month puskesmas_code rw_code", *made)
    test = backtest(problem, visits)
    table = test.comparison.set_index("name")
    assert table["stops"].tolist() == [len(visits), len(visits)]
    assert table.loc["rule", "need_served"] > table.loc["visited", "need_served"]
    per_slot = test.plan.slots.groupby(["puskesmas_code", "month"]).size()
    pd.testing.assert_series_equal(per_slot, visits.groupby(["puskesmas_code", "month"]).size())


def test_a_perfect_past_cannot_be_beaten() -> None:
    problem = small_problem(rw_frame([3.0, 2.0, 1.0]), months=2, rules=PLAIN)
    visits = frame("month puskesmas_code rw_code", ("2027-01", "P1", "A"), ("2027-02", "P1", "B"))
    test = backtest(problem, visits)
    assert (test.same_stops, test.same_rws) == (2, 2)
    assert test.comparison["need_served"].tolist() == [5.0, 5.0]
