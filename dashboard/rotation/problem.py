"""A rotation's facts, from the database and the ranking: who needs a visit, who can make it, and what was decided."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from dashboard.priority.ranking import all_presets, data_month_for, priority_settings, ranked, ranking_frame
from dashboard.visit.months import months_told
from data.errors import UnusableInputError
from data.queries import pusing
from geo.neighbours import walking_neighbours
from models.months import month_after
from models.priority.codes import PUSING
from models.priority.weights import DEFAULT_PRESET
from models.rates.attendance import expected_stunted
from models.rotation import (
    OWN_TEAM,
    RotationProblem,
    RotationRules,
    closed_days,
    due_revisits,
    month_range,
    visit_days,
    within_visit_days,
)
from models.rotation.problem import empty

WALK_REACH_M = 600.0
"""How far a carer walks to the mobile clinic: about ten minutes with a toddler."""

OTHER_REMEDY_WORTH = 0.25
"""Worth of a visit to an RW that another remedy suits better, against one that Pusing suits: it fills what is left."""


@dataclass(frozen=True)
class Decisions:
    """What people decided on a draft: frames in the layout of `RotationProblem`."""

    fixed: pd.DataFrame
    excluded: pd.DataFrame

    @classmethod
    def none(cls) -> "Decisions":
        """Return no decisions."""
        return cls(empty("fixed"), empty("excluded"))


@dataclass(frozen=True)
class RotationFacts:
    """A problem with the table of its RWs and what it was made with, to be kept beside the plan."""

    problem: RotationProblem
    table: pd.DataFrame
    made_with: Mapping[str, Mapping[str, Any]]
    preset: str


def rotation_facts(
    connection: Connection,
    first_month: datetime.date,
    months: int,
    preset: str | None = None,
    rules: RotationRules | None = None,
    decisions: Decisions | None = None,
) -> RotationFacts:
    """Read the facts of a rotation from `first_month` on."""
    settings = priority_settings(connection)
    presets = all_presets(connection)
    name = preset or DEFAULT_PRESET
    if name not in presets:
        raise UnusableInputError(f"there is no preset {name!r}; choose one of {', '.join(presets)}.")
    data_month = data_month_for(connection, first_month)
    facts = pusing.ranking_inputs(connection, data_month, first_month, settings.mode)
    table = ranked(ranking_frame(facts), presets[name], settings, is_every_remedy_ranked=True)
    table = table.join(expected_stunted(table.assign(cases=table["stunted"]))[["children", "expected_stunted"]])
    unserved = table["puskesmas_code"].isna()
    span = month_range(f"{first_month:%Y-%m}", months)
    decided = decisions or Decisions.none()
    rules = rules or RotationRules()
    served = set(table.loc[~unserved, "rw_code"])
    capacity = _capacity(connection, table.loc[~unserved, "puskesmas_code"].unique(), span)
    problem = RotationProblem(
        months=span,
        rws=_rws(table[~unserved], settings.far_s),
        capacity=capacity,
        neighbours=_neighbours(connection, served),
        vehicle_days=_vehicle_days(connection, capacity, span),
        revisits=_revisits(connection, first_month, rules, served),
        closed=_closed(connection),
        fixed=decided.fixed,
        excluded=decided.excluded,
        adopted=_adopted(connection, span, served),
        rules=rules,
    )
    made_with: dict[str, dict[str, Any]] = {
        "weights": presets[name].as_dict(),
        "settings": {
            "mode": settings.mode,
            "far_minutes": settings.far_s / 60,
            "attendance_minimum": settings.attendance_minimum,
        },
        "rules": asdict(rules),
        "data_state": {"data_month": f"{data_month:%Y-%m}", "rw_without_puskesmas": int(unserved.sum())},
    }
    return RotationFacts(problem, table, made_with, name)


def _rws(table: pd.DataFrame, far_s: float) -> pd.DataFrame:
    worth = np.where(table["remedy"] == PUSING, 1.0, OTHER_REMEDY_WORTH)
    return pd.DataFrame(
        {
            "rw_code": table["rw_code"],
            "kelurahan_code": table["kelurahan_code"],
            "kecamatan_code": table["kecamatan_code"],
            "puskesmas_code": table["puskesmas_code"],
            "need": table["score"] / 100 * table["expected_stunted"].fillna(0) * worth,
            "under_fives": table["children"].fillna(0),
            "months_since_visit": table["months_since_visit"],
            "is_far": ~(table["travel_s"] < far_s),
        }
    )


def _capacity(connection: Connection, puskesmas: np.ndarray, months: tuple[str, ...]) -> pd.DataFrame:
    """Give every puskesmas its own team's visit a month, except where other numbers are written down."""
    usual = pd.MultiIndex.from_product([sorted(puskesmas), months, [OWN_TEAM]]).to_frame(index=False)
    usual.columns = pd.Index(["puskesmas_code", "month", "kind"])
    usual = usual.assign(slots=1, is_vehicle_needed=True)
    written = pusing.capacity(connection)[["puskesmas_code", "month", "kind", "slots", "is_vehicle_needed"]]
    written["month"] = [f"{month:%Y-%m}" for month in written["month"]]
    keys = ["puskesmas_code", "month", "kind"]
    known = pd.MultiIndex.from_frame(written[keys])
    usual = usual[~pd.MultiIndex.from_frame(usual[keys]).isin(known)]
    both = pd.concat([usual, written[written["puskesmas_code"].isin(puskesmas)]], ignore_index=True)
    days = visit_days(months, sorted(puskesmas), closed_days(months))
    return within_visit_days(both[both["month"].isin(months)].reset_index(drop=True), days)


def _vehicle_days(connection: Connection, capacity: pd.DataFrame, months: tuple[str, ...]) -> pd.DataFrame | None:
    """Return the city's vehicle-days by month, or None where nobody limited them; other months have enough for all."""
    limits = pusing.vehicle_days(connection)
    limited = limits[limits["month"].isin(months)].set_index("month")["vehicle_days"]
    if limited.empty:
        return None
    enough = capacity[capacity["is_vehicle_needed"].astype(bool)].groupby("month")["slots"].sum()
    return pd.DataFrame(
        {"month": months, "vehicle_days": [int(limited.get(month, enough.get(month, 0))) for month in months]}
    )


def _revisits(
    connection: Connection, first_month: datetime.date, rules: RotationRules, known: set[str]
) -> pd.DataFrame:
    since = month_after(first_month, -rules.revisit_within_months)
    made = pusing.visits(connection, since)
    made = made[(made["visited_on"] < first_month) & made["rw_code"].isin(known)]
    visits = made.assign(month=months_told(made["visited_on"], made.index))
    return due_revisits(visits[["rw_code", "month", "found", "returned"]], f"{first_month:%Y-%m}", rules)


def _neighbours(connection: Connection, known: set[str]) -> pd.DataFrame:
    points = pusing.rw_points(connection)
    return walking_neighbours(points[points["rw_code"].isin(known)], WALK_REACH_M)


def _closed(connection: Connection) -> pd.DataFrame:
    closed = pusing.closures(connection)
    return pd.DataFrame(
        {"puskesmas_code": closed["puskesmas_code"], "month": [f"{month:%Y-%m}" for month in closed["month"]]}
    )


def _adopted(connection: Connection, months: tuple[str, ...], known: set[str]) -> pd.DataFrame:
    """Return the stops of adopted plans in the months; of two plans that share a month, the one adopted last counts."""
    frames = []
    taken: set[str] = set()
    plans = pusing.plans(connection)
    for plan in plans[plans["status"] == "adopted"].sort_values("adopted_at", ascending=False)["id"]:
        slots = pusing.slots(connection, int(plan))
        slots["month"] = [f"{month:%Y-%m}" for month in slots["month"]]
        mine = slots[slots["month"].isin(months) & ~slots["month"].isin(taken) & slots["rw_code"].isin(known)]
        taken |= set(mine["month"])
        frames.append(mine[["month", "puskesmas_code", "rw_code", "kind"]])
    return pd.concat(frames, ignore_index=True) if frames else empty("adopted")
