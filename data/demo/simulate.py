"""The demo city's children, simulated month by month: the counts, the true rates, and the newest rows child by child.

Each month every present child ages, wanders about its own growth line, may move, and comes to its posyandu or stays
away. Two numbers of the month are solved, not drawn, so that the city follows `published`: how many come (the
attendance threshold that D/S, or the published number of measured children, demands), and the shift of the city's mean
HAZ under which exactly the wanted number of children is written down as stunted. No count is overwritten.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit, ndtr

from data.demo import population, published, weighing
from data.demo.months import first_day, month_number
from data.demo.neighbourhoods import Neighbourhoods
from data.demo.population import DRIFT_SD, LAST_DAY_UNDER_FIVE, STEADY_SD, Population
from data.demo.risk import Places, draw_places
from data.demo.tally import CELLS_PER_RW, COUNTS, NEVER, Latest, Tally, cell_of, is_in_window
from data.errors import UnusableInputError
from data.settings import WINDOW_MONTHS
from models.growth.faltering import least_expected_gain_g
from models.growth.zscores import DAYS_PER_MONTH

WARM_UP_MONTHS = WINDOW_MONTHS
"""Months before the first one that is kept: a window and a month before it, for the flows."""

CHILD_LEVEL_MONTHS = 12
STATUSES = ("", "N", "T", "O", "B")
_VISIT_BRINGS = 0.9
_NOT_ENROLLED_COME = -3.0
_SILENT_MONTHS, _SILENT_SHARE = 4, 0.005
_CLOSED = -40.0
_PANDEMIC = ("2020-04", "2020-06")
_PANDEMIC_CLOSED = 0.35
_RW_WANDER_SD, _RW_WANDER_KEEPS = 0.07, 0.97


@dataclass
class Weighings:
    """Rows of one month, one a child who came: what was written down."""

    month: int
    child: NDArray[np.intp]
    rw: NDArray[np.int32]
    posyandu: NDArray[np.int8]
    day: NDArray[np.int32]
    age_days: NDArray[np.int32]
    length_tenths: NDArray[np.int32]
    weight_tenths: NDArray[np.int32]
    position: NDArray[np.int8]
    status: NDArray[np.int8]


@dataclass
class Simulation:
    """What a run leaves: counts by month and cell, truth by month and RW, and the weighings of the newest months."""

    city: Neighbourhoods
    places: Places
    children: Population
    months: NDArray[np.int64]
    counts: dict[str, NDArray[np.int32]]
    true_children: NDArray[np.int32]
    true_stunted: NDArray[np.int32]
    true_risk: NDArray[np.float64]
    weighings: list[Weighings] = field(default_factory=list)

    def of_city(self, name: str) -> NDArray[np.int64]:
        """Return a count of the whole simulated city by month."""
        return self.counts[name].sum(axis=1)


def simulate(
    city: Neighbourhoods,
    seed: int,
    start: str,
    end: str,
    visited: Callable[[int], NDArray[np.bool_]] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Simulation:
    """Simulate from month `start` to `end` (YYYY-MM); `visited` says where the mobile clinic calls in a month.

    The same city, seed and months give the same result, and a later end leaves the earlier counts as they are. Raises
    UnusableInputError when the months leave no room for the child-level rows.
    """
    first, last = month_number(start), month_number(end)
    if last - first + 1 < CHILD_LEVEL_MONTHS:
        raise UnusableInputError(
            f"the demo city needs at least {CHILD_LEVEL_MONTHS} months from {start}; choose a later end."
        )
    run = _Run(city, seed, first, last)
    for month in range(first - WARM_UP_MONTHS, last + 1):
        run.step(month, None if visited is None else visited(month))
        if progress:
            progress((month - first + WARM_UP_MONTHS + 1) / (last - first + WARM_UP_MONTHS + 1))
    return run.result


class _Run:
    def __init__(self, city: Neighbourhoods, seed: int, first: int, last: int) -> None:
        self.city, self.seed, self.first, self.last = city, seed, first, last
        begin = first - WARM_UP_MONTHS
        self.share = float(city.weight.sum())
        self.places = draw_places(city, np.random.default_rng([seed, 3]))
        # the path's draws count from one fixed month, whatever month the run starts with
        origin = month_number("2019-10")
        self.path = published.draw_path(min(origin, begin), last, np.random.default_rng([seed, 4]))
        self.children = population.draw_population(city, begin, last, seed)
        size, months = len(self.children), last - first + 1
        self.tally = Tally.begin(size, len(city))
        self.weighed_month = np.full(size, NEVER, np.int16)
        self.weighed_month[self.children.birth_day < first_day(begin - 3)] = begin - 9
        self.weighed_tenths = np.zeros(size, np.int32)
        rng = np.random.default_rng([seed, 5])
        self.wander = _RW_WANDER_SD * rng.standard_normal(len(city))
        self.silent = rng.random(len(city)) < _SILENT_SHARE
        self.result = Simulation(
            city=city,
            places=self.places,
            children=self.children,
            months=np.arange(first, last + 1),
            counts={name: np.zeros((months, len(city) * CELLS_PER_RW), np.int32) for name in COUNTS},
            true_children=np.zeros((months, len(city)), np.int32),
            true_stunted=np.zeros((months, len(city)), np.int32),
            true_risk=np.zeros((months, len(city))),
        )

    def step(self, month: int, visited: NDArray[np.bool_] | None) -> None:
        rng = np.random.default_rng([self.seed, 6, month])
        children, run = self.children, self.children.present(month)
        population.drift(children, run, rng)
        population.move(children, run, self.city, rng)
        self.wander *= _RW_WANDER_KEEPS
        self.wander += _RW_WANDER_SD * np.sqrt(1 - _RW_WANDER_KEEPS**2) * rng.standard_normal(len(self.city))

        rw = children.rw[run]
        day = (first_day(month) + self.places.day[rw, children.posyandu[run]] - 1).astype(np.int32)
        age_days = day - children.birth_day[run]
        is_target = (age_days >= 0) & (age_days <= LAST_DAY_UNDER_FIVE)
        expected = self.places.haz_shift[rw] + self.wander[rw] + _haz_by_age(age_days)
        z = expected + children.steady[run] + children.drift[run]

        before = self.tally.haz.at(run)
        everyone = np.arange(run.start, run.stop)
        boards = weighing.measure_length(
            children, everyone, np.clip(age_days, 0, LAST_DAY_UNDER_FIVE), z, self.places, rng
        )
        staying_away = self._staying_away(month, run, age_days, visited, rng)
        staying_away[~is_target] = np.inf
        came = self._who_came(month, staying_away, is_target, boards, before)

        shift = self._shift(month, came, boards, before)
        weight = weighing.weigh(children, everyone[came], age_days[came], boards.true_cm(shift)[came], self.places, rng)
        length = boards.written(shift)[came]
        offset = np.where(length > 0, boards.offset[came], 0)
        cell = cell_of(rw, age_days, children.sex[run])
        self.tally.note(
            month, everyone[came], cell[came], children.sex[run][came], age_days[came], length + offset, weight
        )
        status = self._weight_status(month, everyone[came], age_days[came], weight)
        if month < self.first:
            return
        at = month - self.first
        counts = self.tally.count(month, run, children, before)
        counts |= self._attendance_counts(run, cell, is_target, came, weight, status)
        for name, by_cell in counts.items():
            self.result.counts[name][at] = by_cell
        self._keep_truth(at, rw[is_target], (z + shift)[is_target], (expected + shift)[is_target])
        if month > self.last - CHILD_LEVEL_MONTHS:
            noted = (length > 0) | (weight > 0)
            at_posyandu = everyone[came][noted]
            self.result.weighings.append(
                Weighings(
                    month=month,
                    child=at_posyandu,
                    rw=children.rw[at_posyandu],
                    posyandu=children.posyandu[at_posyandu],
                    day=day[came][noted],
                    age_days=age_days[came][noted],
                    length_tenths=length[noted],
                    weight_tenths=weight[noted],
                    position=boards.position[came][noted],
                    status=status[noted],
                )
            )

    def _staying_away(
        self,
        month: int,
        run: slice,
        age_days: NDArray[np.int32],
        visited: NDArray[np.bool_] | None,
        rng: np.random.Generator,
    ) -> NDArray[np.float64]:
        """Return the threshold over which each child comes: low for the faithful, high for those hard to reach."""
        children = self.children
        pull = self.places.attendance + 0.25 * rng.standard_normal(len(self.city))
        if visited is not None:
            pull = pull + _VISIT_BRINGS * visited
        if month > self.last - _SILENT_MONTHS:
            pull = np.where(self.silent, _CLOSED, pull)
        rw = children.rw[run]
        liking = pull[rw] + children.habit[run] + _attendance_by_age(age_days)
        liking = liking + np.where(children.is_enrolled[run], 0.0, _NOT_ENROLLED_COME)
        if month_number(_PANDEMIC[0]) <= month <= month_number(_PANDEMIC[1]):
            is_closed = np.random.default_rng([self.seed, 7]).random(self.places.day.shape) < _PANDEMIC_CLOSED
            liking[is_closed[rw, children.posyandu[run]]] = _CLOSED
        return logit(rng.uniform(1e-9, 1 - 1e-9, len(liking))) - liking

    def _who_came(
        self,
        month: int,
        staying_away: NDArray[np.float64],
        is_target: NDArray[np.bool_],
        boards: weighing.Boards,
        before: Latest,
    ) -> NDArray[np.bool_]:
        if month == month_number("2023-12"):
            # the published share and number together fix how many children were measured
            is_counted = is_in_window(before.month, month)
            adds = staying_away[is_target & ~is_counted & boards.is_measured & (boards.mistyped == 0)]
            wanted = round(published.MEASURED_IN_2023 * self.share) - int(is_counted.sum())
        else:
            adds = staying_away[is_target]
            wanted = round(self.path.attendance[month - self.path.months[0]] * len(adds))
        return staying_away <= weighing.shift_for(-adds, wanted) * -1

    def _shift(
        self,
        month: int,
        came: NDArray[np.bool_],
        boards: weighing.Boards,
        before: Latest,
    ) -> float:
        """Return the shift of the city's mean HAZ that gives the window the wanted number of stunted children."""
        is_new = came & boards.is_measured & (boards.mistyped == 0)
        is_kept = is_in_window(before.month, month) & ~is_new
        measured = int(is_kept.sum() + is_new.sum())
        stunted = self.path.stunted_target(month - self.path.months[0], measured, self.share)
        return weighing.shift_for(boards.flip[is_new], stunted - int((before.depth[is_kept] > 0).sum()))

    def _weight_status(
        self, month: int, who: NDArray[np.intp], age_days: NDArray[np.int32], weight: NDArray[np.int32]
    ) -> NDArray[np.int8]:
        is_weighed = weight > 0
        last_month = self.weighed_month[who]
        gain_g = (weight - self.weighed_tenths[who]) * 100
        kbm_g = least_expected_gain_g(self.children.sex[who], age_days / DAYS_PER_MONTH)
        status = np.select(
            [~is_weighed, last_month == NEVER, last_month != month - 1, gain_g >= kbm_g, gain_g < kbm_g],
            [0, 4, 3, 1, 2],
            default=0,
        ).astype(np.int8)
        self.weighed_month[who[is_weighed]] = month
        self.weighed_tenths[who[is_weighed]] = weight[is_weighed]
        return status

    def _attendance_counts(
        self,
        run: slice,
        cell: NDArray[np.int32],
        is_target: NDArray[np.bool_],
        came: NDArray[np.bool_],
        weight: NDArray[np.int32],
        status: NDArray[np.int8],
    ) -> dict[str, NDArray[np.int64]]:
        size = self.tally.cells
        is_enrolled = is_target & (self.children.is_enrolled[run] | came)
        return {
            "s_target": np.bincount(cell[is_target], minlength=size),
            "k_enrolled": np.bincount(cell[is_enrolled], minlength=size),
            "d_weighed": np.bincount(cell[came][weight > 0], minlength=size),
            "n_gained": np.bincount(cell[came][status == 1], minlength=size),
        }

    def _keep_truth(
        self, at: int, rw: NDArray[np.int32], z: NDArray[np.float64], expected: NDArray[np.float64]
    ) -> None:
        size = len(self.city)
        children = np.bincount(rw, minlength=size)
        risk = ndtr((-2 - expected) / np.hypot(STEADY_SD, DRIFT_SD))
        self.result.true_children[at] = children
        self.result.true_stunted[at] = np.bincount(rw[z < -2], minlength=size)
        with np.errstate(invalid="ignore"):  # an RW without children has no risk
            self.result.true_risk[at] = np.bincount(rw, weights=risk, minlength=size) / children


def _haz_by_age(age_days: NDArray[np.int32]) -> NDArray[np.float64]:
    months = age_days / DAYS_PER_MONTH
    return np.interp(months, [0, 6, 12, 24, 36, 60], [0.22, 0.18, 0.0, -0.14, -0.06, 0.0])


def _attendance_by_age(age_days: NDArray[np.int32]) -> NDArray[np.float64]:
    months = age_days / DAYS_PER_MONTH
    return np.interp(months, [0, 9, 12, 24, 36, 60], [0.6, 0.6, 0.45, 0.15, -0.15, -0.7])
