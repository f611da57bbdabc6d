"""A grade from A to D by plain rules, with its reasons: never a sum of points (docs/decisions/0018).

A: every check is good. B: something is to be watched, and nothing is a problem. C: something is a problem. D: a
problem moves the share of stunted children itself (implausible z-scores, a spread of HAZ too wide), or both measuring
and recording have a problem. A unit with too few measured lengths has no grade, whatever its checks say: few data are
no bad mark. Unknown checks neither raise nor lower a grade.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from models.quality.checks import checks
from models.quality.codes import (
    GRADED,
    MEASURING,
    MOVES_PREVALENCE,
    PROBLEM,
    RECORDING,
    SHAPE,
    TOO_FEW,
    WATCH,
    status_column,
    value_column,
)
from models.quality.limits import DEFAULTS, Limits


class Finding(NamedTuple):
    """A reason of a grade: which check, watch or problem, its value, and the limit that it passed.

    Of the shape it is the skewness, or the kurtosis where the skewness is within its limits.
    """

    check: str
    status: str
    value: float
    limit: float


def graded(units: pd.DataFrame, limits: Limits = DEFAULTS) -> pd.DataFrame:
    """Return what `checks` gives, and `grade`: A, B, C, D, or blank for too few measured lengths.

    Takes the frame that `models.quality.checks` describes.
    """
    judged = checks(units, limits)
    return judged.assign(grade=grades(judged, limits))


def grades(judged: pd.DataFrame, limits: Limits = DEFAULTS) -> np.ndarray:
    """Return the grade of every unit from the statuses of its checks."""
    is_problem = {name: judged[status_column(name)].eq(PROBLEM).to_numpy() for name in GRADED}
    is_watched = np.logical_or.reduce([judged[status_column(name)].eq(WATCH).to_numpy() for name in GRADED])
    measuring, recording, moving = (
        np.logical_or.reduce([is_problem[name] for name in names]) for names in (MEASURING, RECORDING, MOVES_PREVALENCE)
    )
    is_too_few = judged["measured"].to_numpy() < limits.least_weighings
    return np.select(
        [is_too_few, moving | (measuring & recording), measuring | recording, is_watched],
        [TOO_FEW, "D", "C", "B"],
        "A",
    ).astype(object)


def findings(row: pd.Series, limits: Limits = DEFAULTS) -> list[Finding]:
    """Return why a unit of `graded` has its grade: problems first, then what is to be watched."""
    found = [
        _shape(row, status, limits)
        if name == SHAPE
        else Finding(name, status, float(row[value_column(name)]), limit_of(name, status, limits))
        for status in (PROBLEM, WATCH)
        for name in GRADED
        if row[status_column(name)] == status
    ]
    return sorted(found, key=lambda finding: (finding.status != PROBLEM, finding.check not in MOVES_PREVALENCE))


def limit_of(check: str, status: str, limits: Limits = DEFAULTS) -> float:
    """Return the limit at which a check with one limit is watched or a problem."""
    if check == "spread":
        return limits.spread_problem
    name = {"digit_length": "digits", "digit_weight": "digits"}.get(check, check)
    return float(getattr(limits, f"{name}_{status}"))


def _shape(row: pd.Series, status: str, limits: Limits) -> Finding:
    skewness, kurtosis = float(row["skewness"]), float(row["kurtosis"])
    if np.isnan(kurtosis) or abs(skewness) > limits.skewness_watch:
        return Finding(SHAPE, status, skewness, float(np.copysign(limits.skewness_watch, skewness)))
    is_high = kurtosis > limits.kurtosis_high
    return Finding(SHAPE, status, kurtosis, limits.kurtosis_high if is_high else limits.kurtosis_low)
