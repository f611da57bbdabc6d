"""Change a draft: one decision moves, the rest is planned again, and what need not move stays.

Months adopted are facts of the changed problem and can't move. A stop that stays as it was earns a small bonus, so
that a plan only changes where the change pays.
"""

from dataclasses import dataclass, field, replace

import pandas as pd

from models.errors import UnusableRotationError
from models.rotation.plan import RotationPlan, plan_rotation
from models.rotation.problem import COLUMNS, RotationProblem, empty

KEEP_BONUS = 0.15
# Far below a stop's worth: so near to best that no unaffected stop shuffles for nothing.
REPLAN_GAP = 0.002


@dataclass(frozen=True, eq=False)
class Changes:
    """Decisions that people made on a draft, each as a frame in the layout of `RotationProblem`.

    `fix`: rw_code, month, puskesmas_code; an RW fixed before is moved. `exclude`: rw_code, month (blank: all).
    `close`: puskesmas_code, month. `release`: rw_code, month of decisions to take back. `adopt_months`: months of the
    draft that now stand.
    """

    fix: pd.DataFrame = field(default_factory=lambda: empty("fixed"))
    exclude: pd.DataFrame = field(default_factory=lambda: empty("excluded"))
    close: pd.DataFrame = field(default_factory=lambda: empty("closed"))
    release: pd.DataFrame = field(default_factory=lambda: empty("excluded"))
    adopt_months: tuple[str, ...] = ()


def changed(problem: RotationProblem, previous: pd.DataFrame, changes: Changes) -> RotationProblem:
    """Return the problem with the changes in it; raises UnusableRotationError on a change to an adopted month."""
    standing_months = {*problem.adopted_months, *changes.adopt_months}
    touched = pd.concat([changes.fix["month"], changes.exclude["month"], changes.close["month"]]).dropna()
    hit = sorted(standing_months & set(touched))
    if hit:
        raise UnusableRotationError(f"Month {hit[0]} is adopted and can't change; change a later month.")
    released = pd.MultiIndex.from_frame(changes.release[["rw_code", "month"]])
    fixed = _without(problem.fixed, released)
    fixed = fixed[~(fixed["rw_code"].isin(changes.fix["rw_code"]) & ~fixed["month"].isin(standing_months))]
    excluded = _without(problem.excluded, released)
    now_adopted = previous[previous["month"].isin(changes.adopt_months)]
    adopted = problem.adopted[~problem.adopted["month"].isin(changes.adopt_months)]
    return replace(
        problem,
        fixed=pd.concat([fixed, changes.fix], ignore_index=True),
        excluded=pd.concat([excluded, changes.exclude], ignore_index=True),
        closed=pd.concat([problem.closed, changes.close], ignore_index=True),
        adopted=pd.concat([adopted, now_adopted[list(COLUMNS["adopted"])]], ignore_index=True),
    )


def replan(
    problem: RotationProblem,
    previous: pd.DataFrame,
    changes: Changes,
    *,
    gap: float = REPLAN_GAP,
    seconds: float = 60.0,
    seed: int = 0,
) -> tuple[RotationProblem, RotationPlan]:
    """Return the changed problem and its plan, close to the previous slots (a plan's `slots`)."""
    new_problem = changed(problem, previous, changes)
    plan = plan_rotation(new_problem, gap=gap, seconds=seconds, seed=seed, previous=previous, keep_bonus=KEEP_BONUS)
    return new_problem, plan


def moved(previous: pd.DataFrame, slots: pd.DataFrame) -> pd.DataFrame:
    """Return what differs between two sets of slots: month, puskesmas_code, rw_code, change (added or dropped)."""
    keys = ["month", "puskesmas_code", "rw_code"]
    both = previous[keys].merge(slots[keys], on=keys, how="outer", indicator=True, validate="1:1")
    both = both[both["_merge"] != "both"]
    change = both["_merge"].map({"left_only": "dropped", "right_only": "added"}).astype(str)
    return both.assign(change=change)[[*keys, "change"]].sort_values([*keys, "change"]).reset_index(drop=True)


def _without(frame: pd.DataFrame, released: pd.MultiIndex) -> pd.DataFrame:
    return frame[~pd.MultiIndex.from_frame(frame[["rw_code", "month"]]).isin(released)]
