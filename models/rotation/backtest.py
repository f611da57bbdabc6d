"""The rule against visits already made: the same number of visits per puskesmas and month, chosen by the rule.

Assumes that the problem holds what was known at its first month: need, waits and neighbours of that time.
"""

from dataclasses import dataclass, replace

import pandas as pd

from models.rotation.compare import compare
from models.rotation.plan import RotationPlan, plan_rotation
from models.rotation.problem import OWN_TEAM, RotationProblem, empty

VISITED = "visited"
RULE = "rule"


@dataclass(frozen=True, eq=False)
class BackTest:
    """`comparison`: rows `visited` and `rule` of `compare`; `visits`: those made (month, puskesmas_code, rw_code);
    `plan`: what the rule would have chosen; `same_stops`: visits that both made in the same month; `same_rws`: RWs that
    both reached.
    """

    comparison: pd.DataFrame
    visits: pd.DataFrame
    plan: RotationPlan
    same_stops: int
    same_rws: int


def backtest(
    problem: RotationProblem, visits: pd.DataFrame, *, has_promises: bool = False, seconds: float = 60.0, seed: int = 0
) -> BackTest:
    """Plan the problem's months with the slots that were used, and lay the plan beside the visits.

    `visits`: month, puskesmas_code, rw_code; those outside the problem's months or RWs are left out, and several to
    one RW in a month count once. Longest wait and fair share hold only with `has_promises`: nobody had promised them.
    """
    keys = ["month", "puskesmas_code", "rw_code"]
    known = visits["month"].isin(problem.months) & visits["rw_code"].isin(problem.rws["rw_code"])
    made = visits.loc[known, keys].drop_duplicates(["month", "rw_code"]).sort_values(keys).reset_index(drop=True)
    used = made.groupby(["puskesmas_code", "month"], as_index=False).size().rename(columns={"size": "slots"})
    pairs = ["puskesmas_code", "rw_code"]
    areas = problem.rws[pairs] if problem.work_areas is None else problem.work_areas
    past = replace(
        problem,
        capacity=used.assign(kind=OWN_TEAM, is_vehicle_needed=False),
        work_areas=pd.concat([areas, made[pairs]], ignore_index=True),
        vehicle_days=None,
        revisits=empty("revisits"),
        closed=empty("closed"),
        fixed=empty("fixed"),
        excluded=empty("excluded"),
        adopted=empty("adopted"),
        waived=empty("waived"),
    )
    if not has_promises:
        past = past.with_rules(longest_wait_months=None, fair_share=0.0)
    plan = plan_rotation(past, seconds=seconds, seed=seed)
    comparison = compare({VISITED: (past, made), RULE: (past, plan.slots)})
    same = made.merge(plan.slots[["month", "rw_code"]], on=["month", "rw_code"], validate="1:1")
    return BackTest(comparison, made, plan, len(same), len(set(made["rw_code"]) & set(plan.slots["rw_code"])))
