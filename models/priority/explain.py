"""Why an RW stands where it stands: reasons as codes with their numbers, in the order of what they weigh.

Assumes that people want the few things that make the difference: a criterion is a reason from its level of concern on
(half its points), and an unknown figure is always one, because it is to be found out first. An RW without any such has
its largest contribution as its reason.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from models.priority.codes import CRITERIA
from models.priority.criteria import Figures, criterion_values
from models.priority.inputs import checked_inputs
from models.priority.missing import CityNeeds, city_needs
from models.priority.settings import DEFAULTS, PrioritySettings
from models.priority.weights import Weights

MOST = 4  # more reasons than this and nobody reads the sentence to its end
_OF_CONCERN = 0.5
_UNKNOWN = {
    "expected_stunted": "unknown_stunted",
    "severe_cases": "unknown_severe",
    "travel_time": "unknown_travel",
    "own_detour": "unknown_travel",
    "under_attendance": "unknown_attendance",
    "pregnant_unscreened": "unknown_pregnant",
}


class Reason(NamedTuple):
    """A code and its numbers.

    Codes: stunted {children}, severe {children}, far or travel {minutes, mode}, detour {minutes}, low_attendance or
    attendance {share}, pregnant {women}, not_visited {months}, never_visited {}, nominated {}; and for unknown figures
    unknown_stunted, unknown_severe, unknown_travel, unknown_own_travel, unknown_attendance, unknown_pregnant, all {}.
    """

    code: str
    numbers: dict[str, float | str]


def reasons(
    frame: pd.DataFrame, weights: Weights, settings: PrioritySettings = DEFAULTS, most: int = MOST
) -> dict[str, list[Reason]]:
    """Return each RW's reasons by rw_code: weightiest first, known ones up to `most`, then all that is unknown.

    Takes the frame that `models.priority.inputs` describes. Criteria without weight give no reason.
    """
    inputs = checked_inputs(frame)
    needs = city_needs(inputs.figures, settings)
    shares = np.array([weights[code] for code in CRITERIA])
    values = criterion_values(needs.filled, settings)
    columns = [_reason_column(code, values[code], inputs.figures, settings) for code in CRITERIA]
    return {code: _of_row(row, needs, shares, columns, inputs.figures, most) for row, code in enumerate(inputs.rw_code)}


def _of_row(
    row: int,
    needs: CityNeeds,
    shares: np.ndarray,
    columns: list[list[Reason]],
    figures: Figures,
    most: int,
) -> list[Reason]:
    points = shares * needs.point[row]
    order = [place for place in np.argsort(-points, kind="stable") if shares[place] > 0]
    known = [place for place in order if not needs.is_unknown[row, place] and points[place] > 0]
    concerning = [place for place in known if needs.point[row, place] >= _OF_CONCERN]
    unknown = [_unknown(CRITERIA[place], row, figures) for place in order if needs.is_unknown[row, place]]
    chosen = concerning[:most] or (known[:1] if not unknown else [])
    return [columns[place][row] for place in chosen] + [Reason(code, {}) for code in dict.fromkeys(unknown)]


def _unknown(criterion: str, row: int, figures: Figures) -> str:
    """Return the code of an unknown figure; without the way to the nearest puskesmas, the detour is unknown by it."""
    if criterion == "own_detour" and not np.isnan(figures["travel_s"][row]):
        return "unknown_own_travel"
    return _UNKNOWN[criterion]


def _reason_column(code: str, values: np.ndarray, figures: Figures, settings: PrioritySettings) -> list[Reason]:
    """Return the reason that a criterion would give, for every RW."""
    if code == "travel_time":
        return [
            Reason("far" if seconds >= settings.far_s else "travel", {"minutes": seconds / 60, "mode": settings.mode})
            for seconds in values.tolist()
        ]
    if code == "under_attendance":
        least = settings.attendance_minimum
        return [
            Reason("low_attendance" if share < least else "attendance", {"share": share}) for share in values.tolist()
        ]
    if code == "own_detour":
        longer_s = figures["own_travel_s"] - figures["travel_s"]
        return [Reason("detour", {"minutes": seconds / 60}) for seconds in longer_s.tolist()]
    if code == "months_since_visit":
        return [
            Reason("never_visited", {}) if np.isnan(months) else Reason("not_visited", {"months": months})
            for months in figures["months_since_visit"].tolist()
        ]
    if code == "nomination":
        return [Reason("nominated", {})] * len(values)
    name, unit = {
        "expected_stunted": ("stunted", "children"),
        "severe_cases": ("severe", "children"),
        "pregnant_unscreened": ("pregnant", "women"),
    }[code]
    return [Reason(name, {unit: value}) for value in values.tolist()]
