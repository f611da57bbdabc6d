"""What makes an RW a place for the mobile clinic: the criteria, their units, and the fixed points that they score by.

Assumes that need grows in a straight line with each criterion, from nothing at `zero_at` to its fullest at `full_at`,
and no further. The points are fixed (`models.priority.settings` says why each stands where it does), so that a score
does not move because another RW did. `full_at` is always twice the level of concern.

The way to the own puskesmas counts by how much longer it is than the way to the nearest one, both taken up to the full
travel time. Where own_detour weighs no more than travel_time, as in every preset, a longer way to either therefore
never lowers a score.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.priority.settings import PrioritySettings
from models.rates.attendance import expected_stunted

Figures = dict[str, np.ndarray]
"""One array of floats per column of `models.priority.inputs`, NaN where unknown."""


@dataclass(frozen=True)
class Criterion:
    """A criterion: its code, the unit of its value, and the values at which it scores 0 and 1."""

    code: str
    unit: str
    zero_at: float
    full_at: float

    @property
    def direction(self) -> int:
        """Return 1 where a higher value is more need, and -1 where it is less."""
        return 1 if self.full_at > self.zero_at else -1

    def need(self, value: np.ndarray) -> np.ndarray:
        """Return the need between 0 and 1 that a value speaks of; NaN stays NaN."""
        return np.clip((value - self.zero_at) / (self.full_at - self.zero_at), 0, 1)


def criteria(settings: PrioritySettings) -> dict[str, Criterion]:
    """Return the criteria by code, in the order of CRITERIA, at the levels of concern of the settings."""
    attendance_full_at = 1 - 2 * (1 - settings.attendance_minimum)
    listed = (
        Criterion("expected_stunted", "children", 0, 2 * settings.concern_stunted),
        Criterion("severe_cases", "children", 0, 2 * settings.concern_severe),
        Criterion("travel_time", "s", 0, 2 * settings.far_s),
        Criterion("own_detour", "s", 0, 2 * settings.far_s),
        Criterion("under_attendance", "share", 1, attendance_full_at),
        Criterion("pregnant_unscreened", "women", 0, 2 * settings.concern_pregnant),
        Criterion("months_since_visit", "months", 0, 2 * settings.concern_months),
        Criterion("nomination", "yes_no", 0, 1),
    )
    return {criterion.code: criterion for criterion in listed}


def criterion_values(figures: Figures, settings: PrioritySettings) -> dict[str, np.ndarray]:
    """Return each RW's value of every criterion in its unit, NaN where unknown.

    expected_stunted and severe_cases are posterior means times all children, weighed or not. An RW never visited stands
    at the full months; an RW that nobody named stands at 0.
    """
    exposed = exposure(figures, settings)
    months = figures["months_since_visit"]
    return {
        "expected_stunted": posterior_mean(figures, "posterior") * exposed,
        "severe_cases": posterior_mean(figures, "severe") * exposed,
        "travel_time": figures["travel_s"],
        "own_detour": own_detour(figures, settings),
        "under_attendance": figures["attendance_share"],
        "pregnant_unscreened": pregnant_unscreened(figures),
        "months_since_visit": np.where(np.isnan(months), 2 * settings.concern_months, months),
        "nomination": figures["is_nominated"],
    }


def posterior_mean(figures: Figures, which: str) -> np.ndarray:
    """Return the mean of the beta distribution `posterior` or `severe` of each RW."""
    return figures[f"{which}_alpha"] / (figures[f"{which}_alpha"] + figures[f"{which}_beta"])


def own_detour(figures: Figures, settings: PrioritySettings) -> np.ndarray:
    """Return by how many seconds the own puskesmas is farther than the nearest, both up to the full travel time."""
    full_s = 2 * settings.far_s
    return np.maximum(np.minimum(figures["own_travel_s"], full_s) - np.minimum(figures["travel_s"], full_s), 0)


def pregnant_unscreened(figures: Figures) -> np.ndarray:
    """Return how many pregnant women were not screened."""
    return np.maximum(figures["pregnant_target"] - figures["pregnant_screened"], 0)


def attendance_share(figures: Figures) -> np.ndarray:
    """Return D/S from its two counts; NaN where either is unknown or S is 0."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(figures["s_target"] > 0, figures["d_weighed"] / figures["s_target"], np.nan)


def weighed_and_absent(figures: Figures) -> tuple[np.ndarray, np.ndarray]:
    """Return how many children of each RW were weighed, and how many not; NaN where no target tells or can be guessed.

    Unknown targets are estimated by `models.rates.expected_stunted`.
    """
    counts = pd.DataFrame({column: figures[column] for column in ("measured", "d_weighed", "s_target")})
    children = expected_stunted(counts.assign(posterior_alpha=1.0, posterior_beta=1.0))["children"].to_numpy()
    weighed = np.nan_to_num(np.fmax(figures["d_weighed"], figures["measured"]))
    return weighed, np.maximum(children - weighed, 0)


def exposure(figures: Figures, settings: PrioritySettings) -> np.ndarray:
    """Return the children of each RW, those not weighed counted at their mean multiple of risk."""
    weighed, absent = weighed_and_absent(figures)
    return weighed + settings.absentees.moments[0] * absent
