"""Needs drawn anew: what the same RWs might show if chance had fallen otherwise, and what stands behind a blank.

Assumes that errors are independent between RWs: rates are drawn from their beta posteriors, the risk of absent children
from log-uniform multiples (as `models.rates.attendance` has it), attendance with binomial noise (by its normal
approximation), unknown figures from the upper half of the known ones (`models.priority.missing`). Travel times, visits,
nominations and known counts of pregnant women are taken as they are.

Streams of random numbers belong to places in the order of rw_code and to purposes, so neither the order of rows nor the
weight of another criterion changes what is drawn for one.
"""

from dataclasses import dataclass

import numpy as np

from models.priority.codes import CRITERIA
from models.priority.criteria import Figures, criteria, weighed_and_absent
from models.priority.missing import CityNeeds
from models.priority.settings import PrioritySettings

_STRONG = 30.0  # from here on, Wilson and Hilferty's cube of a normal gives a gamma's quantiles to within 0.3 %
_USUAL_CHILDREN = 100.0  # noise of D/S where no target in the whole city is known
_RATE_OF = {"expected_stunted": "posterior", "severe_cases": "severe"}
_PURPOSES = ("weights", "multiple", "target", "ties", *CRITERIA)


@dataclass(frozen=True)
class Streams:
    """Generators of random numbers, one per purpose, all from one seed."""

    seed: int

    def of(self, purpose: str) -> np.random.Generator:
        """Return a fresh generator for a purpose; the same one again gives the same numbers."""
        return np.random.Generator(np.random.SFC64([self.seed, _PURPOSES.index(purpose)]))


def drawn_weights(shares: np.ndarray, settings: PrioritySettings, streams: Streams) -> np.ndarray:
    """Return draws × criteria from a Dirichlet around the weights; a weight of 0 stays 0."""
    drawn = np.zeros((settings.draws, len(shares)), dtype=np.float32)
    is_used = shares > 0
    concentration = settings.weight_concentration * shares[is_used]
    # A tiny weight's gamma may underflow to 0 in every part, and a Dirichlet of zeros is no number.
    drawn[:, is_used] = streams.of("weights").dirichlet(np.maximum(concentration, 1e-3), settings.draws)
    return drawn


def drawn_scores(needs: CityNeeds, weights: np.ndarray, settings: PrioritySettings, streams: Streams) -> np.ndarray:
    """Return scores between 0 and 1, draws × RWs, for weights of draws × criteria; RWs in the order of `needs`."""
    is_used = weights.any(axis=0)
    still = needs.point.astype(np.float32)
    drawn: dict[int, np.ndarray] = {}
    multiple = None
    for place, code in enumerate(CRITERIA):
        if not is_used[place]:
            continue
        if code in _RATE_OF:
            if multiple is None:
                multiple = _children_at_risk(needs, settings, streams)
            drawn[place] = _rate_needs(needs, code, multiple, settings, streams)
        elif code == "under_attendance":
            drawn[place] = _attendance_needs(needs, settings, streams)
    still[:, list(drawn)] = 0
    scores = weights @ still.T
    for place, code in enumerate(CRITERIA):
        if not is_used[place]:
            continue
        if place in drawn:
            scores += weights[:, place, None] * drawn[place]
            continue
        blank = np.flatnonzero(needs.is_unknown[:, place])
        if len(blank):
            supposed = _supposed(needs, place, blank, streams.of(code), settings.draws)
            scores[:, blank] += weights[:, place, None] * (supposed - still[blank, place])
    return scores


def _supposed(
    needs: CityNeeds, place: int, blank: np.ndarray, generator: np.random.Generator, draws: int
) -> np.ndarray:
    """Return needs for unknown figures: draws × blank RWs."""
    points = generator.random((draws, len(needs.point)), dtype=np.float32)[:, blank]
    upper = needs.upper_half[CRITERIA[place]].at(points).astype(np.float32)
    return np.maximum(upper, needs.at_least[blank, place].astype(np.float32))


def _children_at_risk(needs: CityNeeds, settings: PrioritySettings, streams: Streams) -> np.ndarray:
    """Return children weighed plus absent ones times their drawn multiple of risk; draws × RWs."""
    weighed, absent = (part.astype(np.float32) for part in weighed_and_absent(needs.filled))
    size = (settings.draws, len(weighed))
    low, high = np.log(settings.absentees.lowest), np.log(settings.absentees.highest)
    multiple = streams.of("multiple").random(size, dtype=np.float32)
    multiple *= np.float32(high - low)
    multiple += np.float32(low)
    np.exp(multiple, out=multiple)
    absent_drawn = np.broadcast_to(absent, size)
    blank = np.flatnonzero(needs.is_target_unknown)
    if len(blank) and "s_target" in needs.upper_half:
        points = streams.of("target").random(size, dtype=np.float32)[:, blank]
        absent_drawn = absent_drawn.copy()
        targets = needs.upper_half["s_target"].at(points).astype(np.float32)
        absent_drawn[:, blank] = np.maximum(targets - weighed[blank], 0)
    multiple *= absent_drawn
    multiple += weighed
    return multiple


def _rate_needs(
    needs: CityNeeds, code: str, children: np.ndarray, settings: PrioritySettings, streams: Streams
) -> np.ndarray:
    which, place = _RATE_OF[code], CRITERIA.index(code)
    generator = streams.of(code)
    rates = _beta(needs.filled, which, children.shape, generator)
    np.maximum(rates, needs.rate_floor[which].astype(np.float32), out=rates)
    blank = np.flatnonzero(needs.is_unknown[:, place])
    points = generator.random(children.shape, dtype=np.float32)[:, blank]
    if len(blank) and len(needs.upper_half[which].known):
        rates[:, blank] = needs.upper_half[which].at(points)
    rates *= children
    rates /= np.float32(criteria(settings)[code].full_at)
    if len(blank):
        upper = needs.upper_half[code].at(points)
        rates[:, blank] = np.fmax(np.nan_to_num(rates[:, blank]), upper)
    return np.minimum(rates, 1, out=rates)


def _beta(filled: Figures, which: str, size: tuple[int, ...], generator: np.random.Generator) -> np.ndarray:
    """Draw from beta distributions as ratios of gammas, in single precision; any number where none is known."""
    alpha = np.nan_to_num(filled[f"{which}_alpha"], nan=1.0)
    beta = np.nan_to_num(filled[f"{which}_beta"], nan=1.0)
    sick = _gamma(alpha, size, generator)
    well = _gamma(beta, size, generator)
    well += sick
    return np.divide(sick, well, out=sick)


def _gamma(shape: np.ndarray, size: tuple[int, ...], generator: np.random.Generator) -> np.ndarray:
    if (shape < _STRONG).any():
        drawn = generator.standard_gamma(shape.astype(np.float32), size, dtype=np.float32)
        return np.maximum(drawn, np.float32(1e-30), out=drawn)
    drawn = generator.standard_normal(size, dtype=np.float32)
    drawn *= (1 / (3 * np.sqrt(shape))).astype(np.float32)
    drawn += (1 - 1 / (9 * shape)).astype(np.float32)
    np.multiply(drawn * drawn, drawn, out=drawn)
    drawn *= shape.astype(np.float32)
    return drawn


def _attendance_needs(needs: CityNeeds, settings: PrioritySettings, streams: Streams) -> np.ndarray:
    place = CRITERIA.index("under_attendance")
    criterion = criteria(settings)["under_attendance"]
    generator = streams.of("under_attendance")
    size = (settings.draws, len(needs.point))
    noise = generator.standard_normal(size, dtype=np.float32)
    share = needs.filled["attendance_share"]
    children = needs.filled["s_target"]
    children = np.where(np.isnan(children), _USUAL_CHILDREN, children)
    came = np.clip(np.nan_to_num(share), 0, 1)
    # Agresti and Coull (1998): two more came and two more did not, so that 0 or 100 % of a few children isn't certain.
    likely = (came * children + 2) / (children + 4)
    noise *= np.sqrt(likely * (1 - likely) / (children + 4)).astype(np.float32)
    noise += np.nan_to_num(share).astype(np.float32)
    noise -= np.float32(criterion.zero_at)
    noise /= np.float32(criterion.full_at - criterion.zero_at)
    np.clip(noise, 0, 1, out=noise)
    blank = np.flatnonzero(needs.is_unknown[:, place])
    if len(blank):
        noise[:, blank] = _supposed(needs, place, blank, generator, settings.draws)
    return noise
