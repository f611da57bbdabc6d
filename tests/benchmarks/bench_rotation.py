"""A year's rotation of a simulated city, its proof, and the two things people would do instead with the same slots."""

from models.rotation import Changes, budget_curve, compare, in_turn, plan_rotation, replan, top_n_by_score
from models.rotation.compare import IN_TURN, PLAN, TOP_N
from models.rotation.problem import empty
from tests.benchmarks.harness import Row, best_of, timed
from tests.models.rotation.simulated_city import simulated_city

SECONDS = 30.0
GAP_PCT = 1.0
CITY = "1,020 RWs, 49 puskesmas, 12 months"
FIGURES = {
    "need_served": ("need served", "", True),
    "under_fives_served": ("under-fives with need served", "children", True),
    "longest_wait_months": ("longest wait of a far RW", "months", False),
    "far_never_reached": ("far RWs never reached", "RWs", False),
    "kecamatan_spread_pct": ("spread between kecamatan", "points", False),
    "overlap_need": ("need reached twice", "", False),
    "broken_promises": ("promises broken", "", False),
}


def run() -> list[Row]:
    """Return seconds and gap of a year's plan, of a change to it and of the budget curve, then the comparison."""
    problem = simulated_city(0)
    with timed() as planning:
        # More time than the limit, so that a slow machine shows as a figure over it and not as a missing plan.
        plan = plan_rotation(problem, seconds=10 * SECONDS)
    rows = [
        Row("rotation: plan a year", round(planning.seconds, 1), "s", SECONDS, CITY),
        Row("rotation: gap to the best possible", round(plan.gap * 100, 3), "%", GAP_PCT, "proven by the relaxation"),
    ]
    unplanned = problem.rws.loc[~problem.rws["rw_code"].isin(plan.slots["rw_code"]), "rw_code"].iloc[0]
    fix = empty("fixed")
    fix.loc[0] = [unplanned, problem.months[5], None]
    with timed() as replanning:
        _, changed = replan(
            problem, plan.slots, Changes(fix=fix, adopt_months=problem.months[:3]), seconds=10 * SECONDS
        )
    stayed = changed.slots.merge(plan.slots, on=["month", "puskesmas_code", "rw_code"], validate="1:1")
    share = round(len(stayed) / len(plan.slots) * 100, 1)
    curve_s = best_of(1, lambda: budget_curve(problem, plan, most=12))
    rows += [
        Row("rotation: re-plan after one change", round(replanning.seconds, 1), "s", SECONDS, "3 months adopted"),
        Row("rotation: stops that stay in a re-plan", share, "%", is_floor=True),
        Row("rotation: budget curve of 12 more days", round(curve_s, 2), "s"),
    ]
    slots = {PLAN: plan.slots, TOP_N: top_n_by_score(problem), IN_TURN: in_turn(problem)}
    table = compare({name: (problem, chosen) for name, chosen in slots.items()}).set_index("name")
    for figure, (words, unit, is_floor) in FIGURES.items():
        for name in slots:
            value = round(float(table.loc[name, figure]), 1)
            rival = round(float(table.loc[TOP_N, figure]), 1) if name == PLAN else None
            note = "limit: top N by score" if name == PLAN else ""
            rows.append(Row(f"rotation: {words}, {name}", value, unit, rival, note, is_floor=is_floor))
    return rows
