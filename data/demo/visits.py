"""The mobile clinic's invented visits: about one a puskesmas and month since April 2025, some missed.

A visit brings children to the scale in its month, and tends to go where it has not been. Where it went was chosen
without looking at need, so that a plan has something to improve on.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlalchemy import Connection

from data.demo import bulk
from data.demo.months import first_day, month_number
from data.demo.simulate import Simulation
from data.demo.tally import CELLS_PER_RW

FIRST_VISITS = "2025-04"
_MISSED = 0.12
_AGAIN = 0.15
_TEAM = "Tim Pusing puskesmas (contoh)"
_TEAM_WITH_PARTNER = "Tim Pusing puskesmas dan klinik mitra (contoh)"


@dataclass(frozen=True)
class Visits:
    """Visits made, one a row: month, RW (number) and puskesmas (code), in the order of month and puskesmas."""

    month: NDArray[np.int64]
    rw: NDArray[np.int64]
    facility: NDArray[np.str_]
    neighbourhoods: int

    def visited(self, month: int) -> NDArray[np.bool_]:
        """Say which RWs were visited in a month."""
        return np.bincount(self.rw[self.month == month], minlength=self.neighbourhoods) > 0


def draw_visits(facility_of_rw: NDArray[np.str_], end: str, seed: int) -> Visits:
    """Draw the visits up to month `end`; `facility_of_rw` is each RW's own puskesmas."""
    been = np.zeros(len(facility_of_rw), dtype=np.int64)
    rows: list[tuple[int, int, str]] = []
    own = {str(code): np.flatnonzero(facility_of_rw == code) for code in np.unique(facility_of_rw)}
    for month in range(month_number(FIRST_VISITS), month_number(end) + 1):
        rng = np.random.default_rng([seed, 8, month])
        for code, candidates in own.items():
            is_missed = rng.random() < _MISSED
            weight = _AGAIN ** been[candidates]
            chosen = int(rng.choice(candidates, p=weight / weight.sum()))
            if not is_missed:
                been[chosen] += 1
                rows.append((month, chosen, code))
    months, rws, codes = zip(*rows, strict=True) if rows else ((), (), ())
    return Visits(np.array(months, np.int64), np.array(rws, np.int64), np.array(codes, str), len(facility_of_rw))


def load_visits(connection: Connection, visits: Visits, simulation: Simulation, seed: int) -> int:
    """Load pusing_visit; what a visit found is bounded by what the month's counts of its RW hold."""
    at = visits.month - simulation.months[0]
    rng = np.random.default_rng([seed, 9])
    chance = rng.random((6, len(at)))
    weighed = (_of_rw(simulation, "d_weighed")[at, visits.rw] * (0.15 + 0.3 * chance[0])).astype(int)
    new = (_of_rw(simulation, "newly_found") + _of_rw(simulation, "newly_stunted"))[at, visits.rw]
    found = np.minimum(np.rint(new * chance[1]).astype(int), weighed)
    referred = found + (chance[2] * 3).astype(int)
    day = first_day(visits.month) + 5 + (chance[3] * 20).astype(np.int64)
    weekday = (day + 3) % 7  # 1 January 1970 was a Thursday; Monday is 0
    day -= np.where(weekday >= 5, weekday - 4, 0)
    return bulk.copy_columns(
        connection,
        "pusing_visit",
        {
            "rw_code": bulk.text_column(simulation.city.codes, visits.rw),
            "visited_on": bulk.date_column(day),
            "facility_code": pa.array(visits.facility.tolist(), pa.string()),
            "team": pa.array(np.where(chance[4] < 0.2, _TEAM_WITH_PARTNER, _TEAM).tolist(), pa.string()),
            "served": pa.array(weighed + 12 + (chance[5] * 60).astype(int)),
            "weighed": pa.array(weighed),
            "found": pa.array(found),
            "referred": pa.array(referred),
            "returned": pa.array(np.rint(referred * chance[0]).astype(int)),
        },
    )


def _of_rw(simulation: Simulation, name: str) -> NDArray[np.int64]:
    counts = simulation.counts[name]
    return counts.reshape(len(counts), -1, CELLS_PER_RW).sum(axis=2)
