"""One posyandu month: who comes, what the scale and the board say, and what is written down.

The board errs by half a centimetre or more, some posyandu round to whole and half centimetres, a child of two may be
laid down or stood up wrongly, and now and then a number is mistyped. Growth is simulated on the scale of z-scores and
written down in tenths of centimetres and kilograms, as at a real posyandu.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.demo import cutoffs
from data.demo.population import Population
from data.demo.risk import Places
from models.growth import standard
from models.growth.zscores import HEIGHT_FROM_DAYS, LYING, STANDING

NOT_MEASURED = -1
OFFSET_TENTHS = 7
_STANDING_BELIEVED_FROM_DAYS = 274
_MISTYPED_LENGTH, _MISTYPED_WEIGHT, _NO_WEIGHT = 0.0012, 0.0006, 0.004
_STOOD_UP_EARLY, _STOOD_UP_EARLY_FROM_DAYS, _LAID_DOWN_LATE = 0.10, 548, 0.025
_NOT_NOTED = 0.03
_BUILD = -0.28

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass
class Boards:
    """Lengths of n children at the board before it is known how the city grows: `flip` is the shift of the city's mean
    HAZ under which a child is written down as stunted."""

    row: NDArray[np.intp]
    z: Floats
    error_cm: Floats
    grain: Ints
    offset: Ints
    position: NDArray[np.int8]
    is_measured: NDArray[np.bool_]
    mistyped: Ints
    flip: Floats

    def written(self, shift: float) -> Ints:
        """Return the tenths of a centimetre that are written down, `NOT_MEASURED` where none."""
        length_cm = self.true_cm(shift) + self.error_cm
        tenths = np.rint((length_cm * 10 - self.offset) / self.grain).astype(np.int32) * self.grain
        tenths = np.where(self.mistyped == 0, tenths, _mistype(tenths, self.mistyped))
        return np.where(self.is_measured, tenths, NOT_MEASURED)

    def true_cm(self, shift: float) -> Floats:
        """Return the true length or height, lying under two years and standing from two on, in centimetres."""
        lms = standard.by_age("lenhei_for_age").at(self.row)
        return lms.m * (1 + lms.s * (self.z + shift))


def measure_length(
    children: Population, who: NDArray[np.intp], age_days: Ints, z: Floats, places: Places, rng: np.random.Generator
) -> Boards:
    """Put children at the board; `z` is their true HAZ before the city's shift."""
    at = (children.rw[who], children.posyandu[who])
    size = len(who)
    row = cutoffs.age_row(children.sex[who], age_days)
    chance = rng.random((5, size), dtype=np.float32)
    is_old = age_days >= HEIGHT_FROM_DAYS
    wrongly = np.where(is_old, _LAID_DOWN_LATE, np.where(age_days >= _STOOD_UP_EARLY_FROM_DAYS, _STOOD_UP_EARLY, 0.003))
    is_wrong = (chance[0] < wrongly) & (age_days >= _STANDING_BELIEVED_FROM_DAYS)
    position = np.where(is_old ^ is_wrong, STANDING, LYING).astype(np.int8)
    is_noted = places.notes_position[at] & (chance[1] >= _NOT_NOTED)
    position[~is_noted] = 0
    offset = np.where(is_wrong & is_noted, np.where(is_old, -OFFSET_TENTHS, OFFSET_TENTHS), 0).astype(np.int32)
    rounds = chance[2] < places.is_careless[at]
    grain = np.where(rounds, np.where(chance[2] < 0.55 * places.is_careless[at], 10, 5), 1).astype(np.int32)
    mistyped = np.where(chance[3] < _MISTYPED_LENGTH, 1 + (chance[3] * 3 / _MISTYPED_LENGTH).astype(np.int32), 0)
    error_cm = places.length_error_cm[at] * rng.standard_normal(size)

    lms = standard.by_age("lenhei_for_age").at(row)
    highest_stunted = cutoffs.by_age("haz").below_2[row].astype(np.int32) - 1 - offset
    edge_cm = ((highest_stunted // grain + 0.5) * grain + offset) / 10
    flip = ((edge_cm - error_cm) / lms.m - 1) / lms.s - z
    return Boards(
        row=row,
        z=z,
        error_cm=error_cm,
        grain=grain,
        offset=offset,
        position=position,
        is_measured=chance[4] < places.measures_length[at],
        mistyped=mistyped.astype(np.int32),
        flip=flip,
    )


def shift_for(flip: Floats, stunted: int) -> float:
    """Return the city's shift under which exactly `stunted` of the children have a flip above it.

    A number that cannot be had (none, more than all) gives the nearest that can.
    """
    wanted = min(max(stunted, 0), len(flip))
    if wanted == 0:
        return float(flip.max(initial=0.0)) + 0.01
    if wanted == len(flip):
        return float(flip.min()) - 0.01
    around = np.partition(flip, [len(flip) - wanted - 1, len(flip) - wanted])
    return float(around[len(flip) - wanted - 1 : len(flip) - wanted + 1].mean())


def weigh(
    children: Population,
    who: NDArray[np.intp],
    age_days: Ints,
    true_cm: Floats,
    places: Places,
    rng: np.random.Generator,
) -> Ints:
    """Return the tenths of a kilogram that are written down, `NOT_MEASURED` where none."""
    sex = children.sex[who]
    tenths_cm = np.rint(true_cm * 10).astype(np.int32)
    is_old = age_days >= HEIGHT_FROM_DAYS
    tenths_cm = np.clip(tenths_cm, np.where(is_old, *_first(standard.HEIGHT_TENTHS, standard.LENGTH_TENTHS)), 1100)
    row, _ = cutoffs.length_row(sex, age_days, tenths_cm)
    lms = standard.by_length().at(row)
    z = np.clip(children.body[who] + children.body_drift[who] + _BUILD, -3.6, 3.6)
    weight_kg = lms.m * (1 + lms.l * lms.s * z) ** (1 / lms.l)
    chance = rng.random((2, len(who)), dtype=np.float32)
    weight_kg += (0.03 + 0.004 * weight_kg) * rng.standard_normal(len(who))
    rounds = chance[0] < 0.2 * places.is_careless[children.rw[who], children.posyandu[who]]
    grain = np.where(rounds, 5, 1)
    tenths = np.maximum(np.rint(weight_kg * 10 / grain).astype(np.int32) * grain, 10)
    is_mistyped = chance[1] < _MISTYPED_WEIGHT
    tenths = np.where(is_mistyped, np.minimum(tenths * 10, 9990), tenths)
    return np.where(chance[1] > 1 - _NO_WEIGHT, NOT_MEASURED, tenths).astype(np.int32)


def _first(height: tuple[int, int], length: tuple[int, int]) -> tuple[int, int]:
    return height[0], length[0]


def _mistype(tenths: Ints, kind: Ints) -> Ints:
    """1: a key held down (8888), 2: the decimal point lost, 3: the first digit dropped."""
    return np.select([kind == 1, kind == 2], [np.int32(88880), tenths * 10], tenths % 100 + 1).astype(np.int32)
