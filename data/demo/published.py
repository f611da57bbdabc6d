"""The path of the city's routine figures that the simulated children follow.

The published routine figure of a year stands for the window that ends in December of that year (October to December,
each child once): 10.7 % (2020), 7.9 % (2021), 3.4 % (2022), 2.99 % and 3,571 children (2023), 3,641 children (2024).
About 4,000 children stands for the window that ends in April 2025. Everything between those months, and after April
2025, is invented. Sources: `data/reference/stunting_prevalence.csv`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from data.demo.months import calendar_month, month_number
from data.reference import city_context

PREVALENCE = {
    "2019-10": 0.1125,
    "2020-03": 0.1115,
    "2020-12": 0.107,
    "2021-12": 0.079,
    "2022-12": 0.034,
    "2023-12": 0.0299,
}
"""Share stunted of the children with a valid HAZ in the window that ends in the month."""

STUNTED = {
    "2023-12": 3571,
    "2024-06": 3598,
    "2024-12": 3641,
    "2025-01": 3705,
    "2025-04": 4012,
    "2025-08": 4108,
    "2025-12": 4064,
    "2026-04": 3975,
    "2026-08": 3874,
    "2026-10": 3790,
    "2028-12": 3150,
}
"""Stunted children in the window that ends in the month."""

PUBLISHED_MONTHS = ("2020-12", "2021-12", "2022-12", "2023-12", "2024-12", "2025-04")
MEASURED_IN_2023 = 119_431
"""Children with a valid HAZ in the window of December 2023: 3,571 / 2.99 %."""

ATTENDANCE = {
    "2019-10": 0.69,
    "2020-03": 0.66,
    "2020-04": 0.36,
    "2020-06": 0.39,
    "2020-09": 0.55,
    "2021-06": 0.66,
    "2021-07": 0.52,
    "2021-10": 0.66,
    "2022-12": 0.70,
    "2023-12": 0.71,
    "2024-12": 0.715,
    "2025-01": 0.73,
    "2025-04": 0.79,
    "2025-12": 0.79,
    "2026-10": 0.80,
    "2028-12": 0.81,
}
"""D/S of the month before season and noise: the pandemic closed posyandu, and in 2025 more children were weighed."""

_VITAMIN_A_MONTHS = (2, 8)
_NOISE = 0.006


@dataclass(frozen=True)
class Path:
    """Targets by month, each of shape (months,): D/S, and stunted as a share (before 2024) or as a count (after)."""

    months: NDArray[np.int64]
    attendance: NDArray[np.float64]
    prevalence: NDArray[np.float64]
    stunted: NDArray[np.float64]

    def stunted_target(self, position: int, measured: int, share: float) -> int:
        """Return how many of `measured` children are to be stunted in a month; `share` is the simulated part."""
        if np.isnan(self.stunted[position]):
            return round(self.prevalence[position] * measured)
        return round(self.stunted[position] * share)


def population_setting() -> dict[str, str | int]:
    """Return the city's newest published population as the setting keeps it: people, period, source."""
    told = city_context()
    newest = told[told["indicator"] == "population"].sort_values("period").iloc[-1]
    return {"people": int(newest["value"]), "period": str(newest["period"]), "source": "Dukcapil (DKB)"}


def draw_path(first: int, last: int, rng: np.random.Generator) -> Path:
    """Draw the path from month `first` to `last`; published months are met, the others waver a little."""
    months = np.arange(first, last + 1)
    published = np.isin(months, [month_number(text) for text in PUBLISHED_MONTHS])
    # one row of draws a month, so that another end month leaves the earlier months as they were
    noise = rng.standard_normal((len(months), 2))
    waver = np.where(published, 1.0, 1 + _NOISE * noise[:, 0])
    season = np.where(np.isin([calendar_month(int(month)) for month in months], _VITAMIN_A_MONTHS), 0.035, 0.0)
    attendance = np.clip(_through(ATTENDANCE, months) + season + _NOISE * noise[:, 1], 0.1, 0.97)
    prevalence = _through(PREVALENCE, months) * waver
    stunted = _through(STUNTED, months) * waver
    stunted[months < month_number("2023-12")] = np.nan
    return Path(months, attendance, prevalence, stunted)


def _through(points: dict[str, float] | dict[str, int], months: NDArray[np.int64]) -> NDArray[np.float64]:
    known = np.array([month_number(text) for text in points])
    line = PchipInterpolator(known, np.array(list(points.values()), dtype=np.float64))
    return line(np.clip(months, known[0], known[-1]))
