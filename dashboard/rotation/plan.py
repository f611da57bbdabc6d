"""Making and changing a rotation plan: read the facts, search, compare with the usual ways, save a draft."""

import datetime
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.rotation.problem import Decisions, RotationFacts, rotation_facts
from data.pusing.planning import save_plan
from data.queries import pusing
from models.months import month_after
from models.rotation import (
    CLASHING,
    BackTest,
    Changes,
    RotationPlan,
    RotationProblem,
    RotationRules,
    backtest,
    budget_curve,
    compare,
    in_turn,
    plan_rotation,
    replan,
    top_n_by_score,
    waive,
    without_partners,
)
from models.rotation.problem import COLUMNS, OWN_TEAM

SEARCH_SECONDS = 25.0
_MORE_SLOTS = 12


@dataclass(frozen=True)
class Change:
    """One decision of a person on a draft: this RW in this month by this puskesmas, instead of another or beside it."""

    month: str
    puskesmas_code: str
    rw_code: str
    instead_of: str | None
    reason: str


@dataclass(frozen=True)
class Made:
    """A plan with its facts, what it says of itself, and the reasons people gave for their decisions."""

    facts: RotationFacts
    plan: RotationPlan
    result: dict[str, Any]
    override_reasons: dict[tuple[str, str], str]


def make(
    connection: Connection, first_month: datetime.date, months: int, preset: str | None, rules: RotationRules
) -> Made:
    """Plan from nothing; promises that clash are waived as few as can be, and told."""
    facts = rotation_facts(connection, first_month, months, preset, rules)
    plan = plan_rotation(facts.problem, seconds=SEARCH_SECONDS)
    return _told(facts, facts.problem, plan, {})


def change(connection: Connection, plan_row: pd.Series, slots: pd.DataFrame, wanted: Change) -> Made:
    """Plan again around one decision: earlier decisions hold, adopted months stay, the rest moves as little as it can.

    `plan_row` and `slots` are a saved plan and its stops as `data.queries.pusing` returns them.
    """
    previous = _as_months(slots)
    decided = previous[previous["is_fixed"]]
    excluded = pd.DataFrame(plan_row["rules"].get("excluded", []), columns=list(COLUMNS["excluded"]))
    rules = RotationRules(**{key: value for key, value in plan_row["rules"].items() if key != "excluded"})
    facts = rotation_facts(
        connection,
        plan_row["first_month"],
        int(plan_row["months"]),
        plan_row["preset"],
        rules,
        Decisions(decided[list(COLUMNS["fixed"])], excluded),
    )
    fix = pd.DataFrame([(wanted.rw_code, wanted.month, wanted.puskesmas_code)], columns=list(COLUMNS["fixed"]))
    out = [] if wanted.instead_of is None else [(wanted.instead_of, wanted.month)]
    exclude = pd.DataFrame(out, columns=list(COLUMNS["excluded"]))
    known = previous[previous["rw_code"].isin(facts.problem.rws["rw_code"])]
    problem, plan = replan(facts.problem, known, Changes(fix=fix, exclude=exclude), seconds=SEARCH_SECONDS)
    reasons = {
        (row["rw_code"], row["month"]): row["override_reason"]
        for row in decided.to_dict("records")
        if isinstance(row["override_reason"], str)
    }
    reasons[wanted.rw_code, wanted.month] = wanted.reason
    made = _told(facts, problem, plan, reasons)
    kept = [*excluded.to_dict("records"), *exclude.to_dict("records")]
    rules_kept = {**made.facts.made_with["rules"], "excluded": kept}
    return replace(made, facts=replace(made.facts, made_with={**made.facts.made_with, "rules": rules_kept}))


def looked_back(connection: Connection, last_month: datetime.date, months: int) -> BackTest:
    """Return what the rule would have chosen in the last months, beside the visits that were made."""
    first = month_after(last_month, 1 - months)
    facts = rotation_facts(connection, first, months)
    made = pusing.visits(connection, first)
    visits = pd.DataFrame(
        {
            "month": [f"{day:%Y-%m}" for day in made["visited_on"]],
            "puskesmas_code": made["puskesmas_code"],
            "rw_code": made["rw_code"],
        }
    )
    return backtest(facts.problem, visits, seconds=SEARCH_SECONDS)


def save(connection: Connection, made: Made) -> int:
    """Save a plan as a draft and return its number."""
    slots = made.plan.slots.assign(
        override_reason=pd.Series(
            [
                made.override_reasons.get((rw, month))
                for rw, month in zip(made.plan.slots["rw_code"], made.plan.slots["month"], strict=True)
            ],
            index=made.plan.slots.index,
            dtype=object,
        )
    )
    first = datetime.date.fromisoformat(f"{made.facts.problem.months[0]}-01")
    return save_plan(
        connection,
        slots,
        first,
        len(made.facts.problem.months),
        {**made.facts.made_with, "result": made.result},
        made.facts.preset,
    )


def _told(
    facts: RotationFacts, problem: RotationProblem, plan: RotationPlan, reasons: dict[tuple[str, str], str]
) -> Made:
    clashed = None
    if plan.status == CLASHING and plan.clashes is not None:
        clashed = {
            "families": {
                str(family): int(short)
                for family, short in plan.clashes.promises.groupby("family")["short"].sum().items()
            },
            "missing_slots": int(plan.clashes.missing_slots["slots"].sum()) if len(plan.clashes.missing_slots) else 0,
        }
        problem = waive(problem, plan.clashes)
        plan = plan_rotation(problem, seconds=SEARCH_SECONDS)
    compared = {"plan": (problem, plan.slots)}
    if (problem.capacity["kind"] != OWN_TEAM).any():
        bare = without_partners(problem)
        alone = plan_rotation(bare, seconds=SEARCH_SECONDS)
        if alone.status != CLASHING:
            compared["without_partners"] = (bare, alone.slots)
    compared |= {"top_n": (problem, top_n_by_score(problem)), "in_turn": (problem, in_turn(problem))}
    result = {
        "objective": plan.objective,
        "bound": plan.bound,
        "gap": plan.gap,
        "is_proven": plan.is_proven,
        "seconds": round(plan.seconds, 1),
        "comparison": _records(compare(compared)),
        "clashes": clashed,
        "budget": _records(budget_curve(problem, plan, _MORE_SLOTS)),
    }
    return Made(replace(facts, problem=problem), plan, result, reasons)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as JSON can hold them: a blank is null."""
    held = frame.astype(object)
    return [
        {str(name): value for name, value in row.items()} for row in held.where(held.notna(), None).to_dict("records")
    ]


def _as_months(slots: pd.DataFrame) -> pd.DataFrame:
    return slots.assign(month=[f"{month:%Y-%m}" for month in slots["month"]])
