"""What an unknown figure counts as: never less than the city's median, and wide.

Assumes that an unknown figure is one of the upper half of the city's known ones (where none is known, of the upper half
of the criterion's range): places that do not report are not better than others, and a rule that reads silence as "no
need" hides them. The score takes the middle of that half, the upper quartile; the Monte Carlo draws from all of it. So
an RW with an unknown figure never scores below what the city's median would give it, neither in the score nor in any
draw, and its interval is wider.

Where half of a figure is known (children weighed without a target, a target without those screened, one way of two),
the known half speaks with the other at its quartile on the side of more need (in the draws: at least at its median),
and the greater of both counts. RWs where nothing was measured have at least the city's median rate.
"""

from dataclasses import dataclass

import numpy as np

from models.priority.codes import CRITERIA
from models.priority.criteria import (
    Figures,
    attendance_share,
    criteria,
    criterion_values,
    own_detour,
    posterior_mean,
    pregnant_unscreened,
)
from models.priority.settings import PrioritySettings

_RATE_OF = {"expected_stunted": "posterior", "severe_cases": "severe"}


@dataclass(frozen=True)
class UpperHalf:
    """The upper half of known figures, to read at any point between its lower end (0) and its upper end (1)."""

    known: np.ndarray

    def at(self, point: float | np.ndarray) -> np.ndarray:
        """Return the figure at a point of the upper half; 0 is the median, 0.5 the upper quartile, 1 the maximum."""
        last = len(self.known) - 1
        place = (0.5 + np.asarray(point) / 2) * last
        below = np.minimum(place.astype(np.intp), max(last - 1, 0))
        step = np.diff(self.known, append=self.known[-1:])
        return self.known[below] + (place - below) * step[below]


@dataclass(frozen=True)
class CityNeeds:
    """Needs of all RWs with nothing left blank, and what drawing them anew takes; RWs × criteria.

    `point` is the needs to score by; `is_unknown` where a figure behind one is unknown; `at_least` what the known half
    of such a figure says with the other at the median; `upper_half` per criterion and, for rates and targets, per raw
    figure.
    """

    point: np.ndarray
    is_unknown: np.ndarray
    at_least: np.ndarray
    upper_half: dict[str, UpperHalf]
    rate_floor: dict[str, np.ndarray]
    filled: Figures
    is_target_unknown: np.ndarray

    def only(self, rows: np.ndarray) -> "CityNeeds":
        """Return the needs of some rows, in that order; what is usual in the city stays the whole city's."""
        return CityNeeds(
            point=self.point[rows],
            is_unknown=self.is_unknown[rows],
            at_least=self.at_least[rows],
            upper_half=self.upper_half,
            rate_floor={which: floor[rows] for which, floor in self.rate_floor.items()},
            filled={column: figure[rows] for column, figure in self.filled.items()},
            is_target_unknown=self.is_target_unknown[rows],
        )


def city_needs(figures: Figures, settings: PrioritySettings) -> CityNeeds:
    """Return the needs of checked_inputs' figures, unknown ones at the upper quartile of the known."""
    filled = dict(figures)
    target = figures["s_target"]
    halves: dict[str, UpperHalf] = {}
    if not np.isnan(target).all():
        halves["s_target"] = _upper_half(target)
        filled["s_target"] = np.where(np.isnan(target), halves["s_target"].at(0.5), target)
    floors = {}
    for which in _RATE_OF.values():
        halves[which], floors[which] = _fill_rate(filled, which)

    values = criterion_values(filled, settings)
    scales = criteria(settings)
    point = np.column_stack([scales[code].need(values[code]) for code in CRITERIA])
    is_unknown = np.isnan(point)
    for code, which in _RATE_OF.items():
        is_unknown[:, CRITERIA.index(code)] |= np.isnan(figures[f"{which}_alpha"])
    at_least, usual = np.nan_to_num(point), np.nan_to_num(point)
    by_median, by_quartile = (_by_known_halves(figures, settings, share) for share in (0.5, 0.75))
    for code in by_median:
        place, need = CRITERIA.index(code), scales[code].need
        at_least[:, place] = np.fmax(at_least[:, place], need(by_median[code]))
        usual[:, place] = np.fmax(usual[:, place], need(by_quartile[code]))
    for place, code in enumerate(CRITERIA):
        halves[code] = _upper_half(point[~is_unknown[:, place], place], of_nothing=np.linspace(0, 1, 101))
        point[:, place] = np.where(
            is_unknown[:, place], np.maximum(usual[:, place], halves[code].at(0.5)), point[:, place]
        )
    return CityNeeds(point, is_unknown, at_least, halves, floors, filled, np.isnan(target))


def _upper_half(figures: np.ndarray, of_nothing: np.ndarray | None = None) -> UpperHalf:
    known = np.sort(figures[~np.isnan(figures)])
    return UpperHalf(of_nothing if len(known) == 0 and of_nothing is not None else known)


def _fill_rate(filled: Figures, which: str) -> tuple[UpperHalf, np.ndarray]:
    """Fill unknown rates, lift those of RWs where nothing was measured, and return the known ones and the floors."""
    alpha, beta = filled[f"{which}_alpha"], filled[f"{which}_beta"]
    rate = posterior_mean(filled, which)
    is_measured = filled["measured"] > 0
    known = rate[is_measured & ~np.isnan(rate)]
    if len(known) == 0:
        known = rate[~np.isnan(rate)]
    if len(known) == 0:
        return UpperHalf(known), np.zeros(len(rate))
    half = _upper_half(known)
    floor = np.where(is_measured, 0.0, half.at(0.0))
    wanted = np.where(np.isnan(rate), half.at(0.5), np.maximum(np.nan_to_num(rate), floor))
    strength = np.where(np.isnan(alpha), 1.0, alpha + beta)
    is_changed = np.isnan(rate) | (wanted > rate)
    filled[f"{which}_alpha"] = np.where(is_changed, wanted * strength, alpha)
    filled[f"{which}_beta"] = np.where(is_changed, (1 - wanted) * strength, beta)
    return half, floor


def _by_known_halves(figures: Figures, settings: PrioritySettings, quantile: float) -> dict[str, np.ndarray]:
    """Return the values of criteria of which just one of two figures is known, and the other taken at its quantile.

    The quantile counts from the side of less need, so 0.75 takes the upper quartile of targets and the lower one of
    women screened.
    """
    supposed = figures | {
        "own_travel_s": _filled(figures, "own_travel_s", quantile),
        "travel_s": _filled(figures, "travel_s", 1 - quantile),
        "s_target": _filled(figures, "s_target", quantile),
        "d_weighed": _filled(figures, "d_weighed", 1 - quantile),
        "pregnant_target": _filled(figures, "pregnant_target", quantile),
        "pregnant_screened": _filled(figures, "pregnant_screened", 1 - quantile),
    }
    is_share_blank = np.isnan(figures["attendance_share"])
    return {
        "own_detour": np.where(
            _is_half_known(figures, "own_travel_s", "travel_s"), own_detour(supposed, settings), np.nan
        ),
        "under_attendance": np.where(
            is_share_blank & _is_half_known(figures, "s_target", "d_weighed"), attendance_share(supposed), np.nan
        ),
        "pregnant_unscreened": np.where(
            _is_half_known(figures, "pregnant_target", "pregnant_screened"), pregnant_unscreened(supposed), np.nan
        ),
    }


def _is_half_known(figures: Figures, first: str, second: str) -> np.ndarray:
    return np.isnan(figures[first]) != np.isnan(figures[second])


def _filled(figures: Figures, column: str, quantile: float) -> np.ndarray:
    known = figures[column][~np.isnan(figures[column])]
    if len(known) == 0:
        return figures[column]
    return np.where(np.isnan(figures[column]), np.quantile(known, quantile), figures[column])
