"""The frame that every ranking starts from: one row per RW, blank where something is unknown.

Columns: rw_code; posterior_alpha and posterior_beta (smooth_rates on stunted children); severe_alpha and severe_beta
(smooth_rates on severely stunted children, because one severe case more or less is luck in an RW of a hundred);
measured, d_weighed and s_target (children); travel_s and own_travel_s (seconds to the nearest and to the own puskesmas,
in the mode of the settings); pregnant_target and pregnant_screened (women); months_since_visit (blank: never visited);
is_nominated (blank: nobody named it). May be left out: attendance_share (D/S, else d_weighed / s_target) and
months_since_weighed.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.errors import UnusablePriorityError

COLUMNS = (
    "posterior_alpha",
    "posterior_beta",
    "severe_alpha",
    "severe_beta",
    "measured",
    "d_weighed",
    "s_target",
    "travel_s",
    "own_travel_s",
    "pregnant_target",
    "pregnant_screened",
    "months_since_visit",
    "is_nominated",
)
OPTIONAL_COLUMNS = ("attendance_share", "months_since_weighed")
_ABOVE_ZERO = ("posterior_alpha", "posterior_beta", "severe_alpha", "severe_beta")
_IN_PAIRS = (("posterior_alpha", "posterior_beta"), ("severe_alpha", "severe_beta"))


@dataclass(frozen=True)
class Inputs:
    """Checked figures of RWs: their codes, the frame's index, and one array of floats per column, NaN where unknown."""

    rw_code: np.ndarray
    index: pd.Index
    figures: dict[str, np.ndarray]


def checked_inputs(frame: pd.DataFrame) -> Inputs:
    """Return a frame's figures in the order given.

    attendance_share is filled from d_weighed and s_target where it is blank; is_nominated becomes 0 or 1. Raises
    UnusablePriorityError that lists every problem at once: absent columns, RWs that occur twice or have no code, values
    that are no number, negative or infinite, beta distributions without one of their two parameters.
    """
    absent = [column for column in ("rw_code", *COLUMNS) if column not in frame.columns]
    if absent:
        raise UnusablePriorityError(
            f"The frame to rank lacks {', '.join(absent)}: give one row per RW with these columns, blank where unknown"
        )
    given = [*COLUMNS, *(column for column in OPTIONAL_COLUMNS if column in frame.columns)]
    by_column = {column: _floats(frame[column]) for column in given}
    values = np.column_stack(list(by_column.values()))
    is_given = np.column_stack([frame[column].notna().to_numpy() for column in given])

    problems = {
        "occur(s) more than once": frame["rw_code"].duplicated().to_numpy(),
        "has no code": frame["rw_code"].isna().to_numpy(),
        "has a value that is no number": (is_given & np.isnan(values)).any(axis=1),
        "has a value below zero or infinite": ((values < 0) | np.isinf(values)).any(axis=1),
        f"has a zero in {', '.join(_ABOVE_ZERO)}": np.any([by_column[name] == 0 for name in _ABOVE_ZERO], axis=0),
    }
    for first, second in _IN_PAIRS:
        problems[f"has only one of {first} and {second}"] = np.isnan(by_column[first]) != np.isnan(by_column[second])
    found = [
        f"{int(where.sum())} RW(s) {what}, the first is {frame['rw_code'].to_numpy()[where][0]}"
        for what, where in problems.items()
        if where.any()
    ]
    if found:
        raise UnusablePriorityError("RWs that can't be ranked: " + "; ".join(found) + ". Correct them first")

    weighed, target = by_column["d_weighed"], by_column["s_target"]
    with np.errstate(invalid="ignore", divide="ignore"):
        derived = np.where(target > 0, weighed / target, np.nan)
    share = by_column.get("attendance_share", np.full(len(frame), np.nan))
    by_column["attendance_share"] = np.where(np.isnan(share), derived, share)
    by_column["is_nominated"] = (np.nan_to_num(by_column["is_nominated"]) > 0).astype(float)
    by_column.setdefault("months_since_weighed", np.full(len(frame), np.nan))
    return Inputs(frame["rw_code"].to_numpy().astype(str), frame.index, by_column)


def _floats(column: pd.Series) -> np.ndarray:
    return pd.to_numeric(column, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
