"""Every limit and choice behind the ranking, with its default and its reason.

Assumes that people change these rarely and on purpose: a changed setting changes what a score means, so whoever stores
a ranking stores the settings beside it and logs the change.
"""

import math
from dataclasses import dataclass
from typing import Literal, get_args

from models.errors import UnusablePriorityError
from models.rates.attendance import HALF_TO_TWICE, LOW_ATTENDANCE, Absentees

Mode = Literal["walk", "motorcycle", "car"]
MODES: tuple[Mode, ...] = get_args(Mode)


@dataclass(frozen=True)
class PrioritySettings:
    """The settings of one ranking; raises UnusablePriorityError that lists every impossible one.

    A criterion scores half at its level of concern and full at twice that level, so the concern levels below are all
    there is to set. They are fixed numbers and never the month's own minimum or maximum: only so does a score of 60
    mean the same next month.
    """

    mode: Mode = "walk"
    """How carers travel: most of those whom distance keeps away have no motorcycle in the daytime."""

    far_s: float = 30 * 60.0
    """Travel time from which an RW is far. Twice it, one hour, is the limit of access to primary care in WHO's
    indicators for Health for All (1981): care "within one hour's walk or travel"."""

    attendance_minimum: float = LOW_ATTENDANCE
    """D/S under which an RW counts as unseen: the threshold under which `models.rates` calls no RW good."""

    weighed_within_months: float = 3.0
    """Months without a weighing after which an RW counts as unseen: the window in which a measurement is current."""

    concern_stunted: float = 8.0
    """Expected stunted children of concern. Kota Bekasi found 4 an RW (about 4,000 in 1,020 RWs, April 2025), which is
    over 5 with those not weighed: full marks, at 16, are three times that, so that the worst RWs still differ."""

    concern_severe: float = 2.0
    """Expected severely stunted children of concern: a quarter of the stunted ones above."""

    concern_pregnant: float = 5.0
    """Pregnant women not screened of concern: half a class, and full marks at a whole one (kelas ibu hamil takes at
    most ten women, Kemenkes, Pedoman Pelaksanaan Kelas Ibu Hamil)."""

    concern_months: float = 12.0
    """Months since the last visit of concern: one year. Twice that is longer than a whole round of 1,020 RWs at 49
    visits a month, 21 months."""

    absentees: Absentees = HALF_TO_TWICE
    """Risk of children who did not come, as a multiple of the others': see `models.rates.attendance`."""

    draws: int = 1000
    """Monte Carlo draws: a probability of 0.9 is then known to within 0.02 (two standard errors)."""

    weight_concentration: float = 50.0
    """Concentration of the Dirichlet around the chosen weights: a weight of 20 % varies by 5.6 points either way, about
    one step of a slider, which is how far reasonable people at one table differ."""

    interval: float = 0.90
    """Share of draws between rank_low and rank_high."""

    certain_from: float = 0.9
    """Chance of being in the top K from which a place is certain: wrong one time in ten at most."""

    probable_from: float = 0.5
    """Chance of being in the top K from which a place is probable: likelier in than out."""

    def __post_init__(self) -> None:
        problems = [
            f"{name} is {value}, and must be a number above 0"
            for name, value in (
                ("far_s", self.far_s),
                ("weighed_within_months", self.weighed_within_months),
                ("concern_stunted", self.concern_stunted),
                ("concern_severe", self.concern_severe),
                ("concern_pregnant", self.concern_pregnant),
                ("concern_months", self.concern_months),
                ("weight_concentration", self.weight_concentration),
            )
            if not 0 < value < math.inf
        ]
        if self.mode not in MODES:
            problems.append(f"mode is {self.mode!r}, and must be one of {', '.join(MODES)}")
        if not 0.5 <= self.attendance_minimum < 1:
            problems.append(
                f"attendance_minimum is {self.attendance_minimum}, and must be at least 0.5 and under 1, because "
                "attendance scores full at twice its distance from 1"
            )
        if not 0 < self.interval < 1:
            problems.append(f"interval is {self.interval}, and must lie between 0 and 1")
        if not 0 < self.probable_from <= self.certain_from <= 1:
            problems.append(
                f"probable_from {self.probable_from} and certain_from {self.certain_from} must be above 0, at most 1, "
                "and in this order"
            )
        if self.draws < 1:
            problems.append(f"draws is {self.draws}, and must be at least 1")
        if problems:
            raise UnusablePriorityError("Settings that can't be used: " + "; ".join(problems))


DEFAULTS = PrioritySettings()
