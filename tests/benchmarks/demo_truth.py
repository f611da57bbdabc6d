"""The demo city's counts beside its hidden truth, simulated anew in memory: what methods are judged by.

The same parts and seed as the demo command's, so these are the counts on the screens and the truth that `load_truth`
reads; neither database nor roads are needed.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.demo import places_rows, visits
from data.demo.build import DemoPlan
from data.demo.facilities import build_facilities
from data.demo.geography import build_geography
from data.demo.months import month_text
from data.demo.simulate import simulate
from data.demo.tally import CELLS_PER_RW
from data.demo.truth import truth_frame

_OLDEST_BAND = slice(4, 6)
"""Cells of 24 to 59 months of an RW, by sex."""


@dataclass(frozen=True)
class DemoTruth:
    """Counts by month and RW: `months` (YYYY-MM), `rw_code`, arrays (month, RW) of all ages and of 24-59 months; and
    each RW's `distance_m` to its puskesmas."""

    months: list[str]
    rw_code: list[str]
    measured: np.ndarray
    cases: np.ndarray
    older_measured: np.ndarray
    older_cases: np.ndarray
    weighed: np.ndarray
    target: np.ndarray
    distance_m: np.ndarray
    truth: pd.DataFrame

    def counts(self, month: str) -> pd.DataFrame:
        """Return rw_code, cases, measured of a month's window."""
        at = self.months.index(month)
        return pd.DataFrame({"rw_code": self.rw_code, "cases": self.cases[at], "measured": self.measured[at]})

    def older(self, month: str) -> pd.DataFrame:
        """Return the same of children aged 24 to 59 months."""
        at = self.months.index(month)
        return pd.DataFrame(
            {"rw_code": self.rw_code, "cases": self.older_cases[at], "measured": self.older_measured[at]}
        )

    def attendance(self, month: str) -> np.ndarray:
        """Return D/S of a month, blank without a target."""
        at = self.months.index(month)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(self.target[at] > 0, self.weighed[at] / self.target[at], np.nan)

    def true_rates(self, month: str) -> pd.DataFrame:
        """Return rw_code and true_rate: each RW's own risk at its children's ages in a month."""
        of_month = self.truth[self.truth["month"] == month]
        return of_month[["rw_code", "true_risk"]].rename(columns={"true_risk": "true_rate"})


def demo_truth() -> DemoTruth:
    """Simulate the default demo city's children; takes about as long as the demo command's own simulation."""
    plan = DemoPlan()
    geography = build_geography(plan.seed)
    facilities = build_facilities(geography, plan.seed)
    city = places_rows.neighbourhoods(geography, facilities).within(plan.within)
    calls = visits.draw_visits(places_rows.own_puskesmas(facilities, city.codes.tolist()), plan.end, plan.seed)
    simulation = simulate(city, plan.seed, plan.start, plan.end, visited=calls.visited)
    cells = {
        name: simulation.counts[name].reshape(len(simulation.months), len(city), CELLS_PER_RW)
        for name in ("haz_valid", "stunted", "d_weighed", "s_target")
    }
    return DemoTruth(
        months=[month_text(int(month)) for month in simulation.months],
        rw_code=[str(code) for code in city.codes],
        measured=cells["haz_valid"].sum(axis=2),
        cases=cells["stunted"].sum(axis=2),
        older_measured=cells["haz_valid"][:, :, _OLDEST_BAND].sum(axis=2),
        older_cases=cells["stunted"][:, :, _OLDEST_BAND].sum(axis=2),
        weighed=cells["d_weighed"].sum(axis=2),
        target=cells["s_target"].sum(axis=2),
        distance_m=np.asarray(city.distance_m, dtype=float),
        truth=truth_frame(simulation),
    )
