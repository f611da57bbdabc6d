"""The invented children: born, living in an RW, moving, turning five.

Children are kept in the order of their birth, so that those under five in a month are one run of rows. About a sixtieth
of them is born each month; nobody dies and nobody leaves the city, so that the number of children stays level.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.demo.months import calendar_month, first_day
from data.demo.neighbourhoods import Neighbourhoods
from data.demo.risk import POSYANDU_PER_RW
from data.settings import WINDOW_MONTHS

CHILDREN = 135_700
"""Under-fives of the whole city at any time, so that about 119,400 of them are measured within three months."""

LAST_DAY_UNDER_FIVE = 1826
STEADY_SD, DRIFT_SD = 0.85, 0.45
BODY_SD, BODY_DRIFT_SD = 0.85, 0.40
HABIT_SD = 1.45
_HABIT_WITH_GROWTH = 0.20
_NOT_ENROLLED = 0.045
_MOVE_A_MONTH = 0.0028
_MOVE_WITHIN_KELURAHAN = 0.6
_BIRTH_SEASON = (1.02, 0.96, 1.0, 0.99, 1.0, 0.98, 1.0, 1.02, 1.04, 1.02, 1.0, 0.97)

Floats32 = NDArray[np.float32]


@dataclass
class Population:
    """Every child that is ever under five in the simulated months, by birth; what moves or drifts changes in place."""

    birth_day: NDArray[np.int32]
    sex: NDArray[np.int8]
    rw: NDArray[np.int32]
    posyandu: NDArray[np.int8]
    is_enrolled: NDArray[np.bool_]
    habit: Floats32
    steady: Floats32
    drift: Floats32
    body: Floats32
    body_drift: Floats32

    def __len__(self) -> int:
        return len(self.birth_day)

    def present(self, month: int) -> slice:
        """Return the run of children born by the month's end who may still count: under five a window ago."""
        oldest = first_day(month - WINDOW_MONTHS) - LAST_DAY_UNDER_FIVE
        youngest = first_day(month + 1)
        return slice(*np.searchsorted(self.birth_day, [oldest, youngest]).tolist())


def draw_population(city: Neighbourhoods, first: int, last: int, seed: int) -> Population:
    """Draw all children under five between months `first` and `last`; a month's births depend on that month alone."""
    size = CHILDREN * city.weight.sum()
    parts = [_at_the_start(city, first, round(size), np.random.default_rng([seed, 1]))]
    for month in range(first, last + 1):
        rng = np.random.default_rng([seed, 2, month])
        births = rng.poisson(size / 60 * _BIRTH_SEASON[calendar_month(month) - 1])
        day = rng.integers(first_day(month), first_day(month + 1), births)
        parts.append(_children(city, day, rng))
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0])}
    return Population(**columns)


def _at_the_start(city: Neighbourhoods, first: int, size: int, rng: np.random.Generator) -> Population:
    day = rng.integers(first_day(first) - LAST_DAY_UNDER_FIVE, first_day(first), size)
    return _children(city, day, rng)


def _children(city: Neighbourhoods, birth_day: NDArray[np.int64], rng: np.random.Generator) -> Population:
    size = len(birth_day)
    steady = rng.standard_normal(size, dtype=np.float32)
    habit = (
        _HABIT_WITH_GROWTH * steady
        + np.sqrt(1 - _HABIT_WITH_GROWTH**2) * rng.standard_normal(size, dtype=np.float32)
    )  # fmt: skip
    body = 0.15 * steady + np.sqrt(1 - 0.15**2) * rng.standard_normal(size, dtype=np.float32)
    return Population(
        birth_day=np.sort(birth_day).astype(np.int32),
        sex=(1 + (rng.random(size) < 0.487)).astype(np.int8),
        rw=_somewhere(city.weight, rng.random(size)),
        posyandu=rng.integers(0, POSYANDU_PER_RW, size).astype(np.int8),
        is_enrolled=rng.random(size) >= _NOT_ENROLLED,
        habit=(HABIT_SD * habit).astype(np.float32),
        steady=(STEADY_SD * steady).astype(np.float32),
        drift=(DRIFT_SD * rng.standard_normal(size)).astype(np.float32),
        body=(BODY_SD * body).astype(np.float32),
        body_drift=(BODY_DRIFT_SD * rng.standard_normal(size)).astype(np.float32),
    )


def _somewhere(weight: NDArray[np.float64], chance: NDArray[np.float64]) -> NDArray[np.int32]:
    edges = np.cumsum(weight)
    return np.minimum(np.searchsorted(edges, chance * edges[-1], side="right"), len(weight) - 1).astype(np.int32)


def move(children: Population, present: slice, city: Neighbourhoods, rng: np.random.Generator) -> None:
    """Let a few of the present children move to another RW, mostly of their own kelurahan."""
    movers = present.start + np.flatnonzero(rng.random(present.stop - present.start) < _MOVE_A_MONTH)
    edges = np.concatenate([[0.0], np.cumsum(city.weight)])
    run_start = np.searchsorted(city.kelurahan, np.arange(city.kelurahan.max() + 2))
    own = city.kelurahan[children.rw[movers]]
    is_near = rng.random(len(movers)) < _MOVE_WITHIN_KELURAHAN
    low = np.where(is_near, edges[run_start[own]], 0.0)
    high = np.where(is_near, edges[run_start[own + 1]], edges[-1])
    place = low + rng.random(len(movers)) * (high - low)
    children.rw[movers] = np.clip(np.searchsorted(edges, place, side="right") - 1, 0, len(city) - 1)


def drift(children: Population, present: slice, rng: np.random.Generator) -> None:
    """Let a month pass for the present children's growth and build, each wandering about its own line."""
    size = present.stop - present.start
    for name, spread, keeps in (("drift", DRIFT_SD, 0.985), ("body_drift", BODY_DRIFT_SD, 0.97)):
        values = getattr(children, name)[present]
        values *= np.float32(keeps)
        values += np.float32(spread * np.sqrt(1 - keeps**2)) * rng.standard_normal(size, dtype=np.float32)
