"""How much of a change of prevalence is who was measured (composition) and how much is their rates.

Kitagawa (1955), Components of a difference between two rates, Journal of the American Statistical Association
50:1168-1194: with w a group's share of the measured and r its rate, the difference is the sum over groups of
(w2 - w1)(r1 + r2)/2 (composition) and (r2 - r1)(w1 + w2)/2 (rates); no interaction is left over. A group that nobody
was measured in at one of the times has no rate there: its other rate stands in, so that its coming or going is
composition alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.errors import UnusableTrendError


@dataclass(frozen=True)
class Decomposition:
    """The two prevalences (fractions), the parts of their difference, and each group's."""

    before: float
    after: float
    composition: float
    rate: float
    groups: pd.DataFrame


def decompose(before: pd.DataFrame, after: pd.DataFrame, by: Sequence[str]) -> Decomposition:
    """Return what changed the prevalence between two times.

    Both frames have the columns `by` and stunted, measured (counts). `groups` has `by`, share_before, share_after,
    rate_before, rate_after (fractions), composition and rate; the parts sum to the difference. A group's composition is
    told against the mean prevalence, so that a growing group of low rate lowers it.
    """
    names = list(by)
    first_counts, second_counts = _counted(before, names), _counted(after, names)
    both = pd.concat([first_counts.add_suffix("_before"), second_counts.add_suffix("_after")], axis=1).fillna(0.0)
    totals = both.sum()
    if totals["measured_before"] <= 0 or totals["measured_after"] <= 0:
        raise UnusableTrendError("Nobody was measured at one of the two times: choose other months")
    first, second = both["measured_before"], both["measured_after"]
    rate_1 = (both["stunted_before"] / first.where(first > 0)).astype(float)
    rate_2 = (both["stunted_after"] / second.where(second > 0)).astype(float)
    known_1, known_2 = rate_1.fillna(rate_2).fillna(0.0), rate_2.fillna(rate_1).fillna(0.0)
    share_1, share_2 = first / totals["measured_before"], second / totals["measured_after"]
    p_1 = float(totals["stunted_before"] / totals["measured_before"])
    p_2 = float(totals["stunted_after"] / totals["measured_after"])
    mean = (p_1 + p_2) / 2
    # shares sum to one both times, so that taking the mean from every rate changes no sum
    composition = (share_2 - share_1) * ((known_1 + known_2) / 2 - mean)
    rate = (known_2 - known_1) * (share_1 + share_2) / 2
    groups = (
        pd.DataFrame(
            {
                "share_before": share_1,
                "share_after": share_2,
                "rate_before": rate_1,
                "rate_after": rate_2,
                "composition": composition,
                "rate": rate,
            }
        )
        .rename_axis(names)
        .reset_index()
    )
    return Decomposition(p_1, p_2, float(np.sum(composition)), float(np.sum(rate)), groups)


def _counted(frame: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    lacking = {*by, "stunted", "measured"} - set(frame.columns)
    if lacking:
        raise UnusableTrendError(f"The frame lacks {', '.join(sorted(lacking))}: give counts by group")
    counts = frame.groupby(by)[["stunted", "measured"]].sum().astype(float)
    if (counts < 0).any(axis=None) or (counts["stunted"] > counts["measured"]).any():
        raise UnusableTrendError("A group has more stunted than measured children, or fewer than none")
    return counts
