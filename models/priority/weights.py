"""How much each criterion counts: weights that people set, and named presets to start from.

Assumes a weighted sum (simple additive weighting): a point of one criterion can be paid for with a point of another, at
the rate that the two weights say. The presets are starting points for a discussion, not findings.
"""

import math
from collections.abc import Mapping
from types import MappingProxyType

from models.errors import UnusablePriorityError
from models.priority.codes import CRITERIA


class Weights:
    """Weights of the criteria, normalised to sum to 1; a criterion left out has weight 0.

    Raises UnusablePriorityError that lists every unknown criterion, every weight that is negative or no number, and
    weights that are all 0.
    """

    def __init__(self, values: Mapping[str, float]) -> None:
        problems = [f"{code!r} is no criterion" for code in values if code not in CRITERIA]
        problems += [
            f"the weight of {code} is {value}, and must be 0 or more"
            for code, value in values.items()
            if not 0 <= value < math.inf
        ]
        total = math.fsum(values.values()) if not problems else 1.0
        if total == 0:
            problems.append("all are 0")
        if problems:
            raise UnusablePriorityError(
                f"Weights that can't be used: {'; '.join(problems)}. The criteria are {', '.join(CRITERIA)}"
            )
        self._shares = MappingProxyType({code: values.get(code, 0.0) / total for code in CRITERIA})

    def __getitem__(self, code: str) -> float:
        return self._shares[code]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Weights) and self.as_dict() == other.as_dict()

    def __hash__(self) -> int:
        return hash(tuple(self._shares.values()))

    def __repr__(self) -> str:
        return f"Weights({self.as_dict()})"

    def as_dict(self) -> dict[str, float]:
        """Return every criterion's share, in the order of the criteria, for storing beside a plan."""
        return dict(self._shares)


PRESETS: Mapping[str, Weights] = MappingProxyType(
    {
        "balanced": Weights(
            {
                "expected_stunted": 25,
                "severe_cases": 10,
                "travel_time": 20,
                "own_detour": 5,
                "under_attendance": 15,
                "pregnant_unscreened": 10,
                "months_since_visit": 10,
                "nomination": 5,
            }
        ),
        "need_first": Weights(
            {
                "expected_stunted": 40,
                "severe_cases": 20,
                "travel_time": 10,
                "own_detour": 5,
                "under_attendance": 10,
                "pregnant_unscreened": 5,
                "months_since_visit": 5,
                "nomination": 5,
            }
        ),
        "access_first": Weights(
            {
                "expected_stunted": 15,
                "severe_cases": 5,
                "travel_time": 30,
                "own_detour": 10,
                "under_attendance": 20,
                "pregnant_unscreened": 5,
                "months_since_visit": 10,
                "nomination": 5,
            }
        ),
    }
)
DEFAULT_PRESET = "balanced"


def preset(code: str) -> Weights:
    """Return a preset by its code; raises UnusablePriorityError that names the presets there are."""
    if code not in PRESETS:
        raise UnusablePriorityError(f"There is no preset {code!r}: choose one of {', '.join(PRESETS)}")
    return PRESETS[code]
