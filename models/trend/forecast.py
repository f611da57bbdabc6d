"""Where shares of children are heading: a damped trend averaged with a standstill, tested on the past of each series.

On the log-odds scale, the centre is the mean of two forecasts: exponential smoothing with a damped additive trend
(ETS(A,Ad,N), Hyndman et al. 2008, Forecasting with Exponential Smoothing; by statsmodels) and no change at all. The
mean of two simple forecasts has beaten either of them since Bates and Granger (1969). An area's smoothing
parameters are estimated on the larger area that holds it (`fitted_on`), because a kelurahan's months are mostly noise.

The back-test moves the origin through the series month by month, with parameters estimated on what was known then, and
holds every forecast against what came, beside the naive (last month again) and the seasonal-naive (same month of last
year again). A forecast wins where its mean absolute miss, over all origins and horizons, is the smallest of the three;
elsewhere it should not be shown. Intervals come from those misses, not from the model's own assumptions: the root mean
square of the misses grows with the horizon as a power of it, and Student's t allows for how few independent stretches
of the past they were taken from.

Nothing is said below kelurahan: RWs have about four cases each.
"""

import datetime
import warnings
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special, stats

from models.errors import UnusableTrendError
from models.months import month_after

FIRST_ORIGIN = 24
"""Months of history before the first forecast of the back-test: a damped trend of less is guesswork."""
LEAST_MONTHS = 48
"""Months of history that a forecast needs: two years to learn from and two to be tested on."""
TESTED_MONTHS = 24
"""Horizons that the back-test covers; beyond it the interval is drawn on by the same power."""
REFIT_EVERY = 24
SEASON = 12
LEVELS = {"80": 0.80, "95": 0.95}
SHOWN, LOSES, TOO_SHORT = "shown", "loses", "too_short"
METHOD = "damped trend and standstill, averaged"

Floats = np.ndarray


@dataclass(frozen=True)
class Forecasts:
    """Points: area_code, month, centre and spread (log-odds), freedom, value, low_80 … high_95 (fractions). Checks:
    area_code, status, months, origins, miss, miss_naive, miss_seasonal (fractions; mean absolute)."""

    points: pd.DataFrame
    checks: pd.DataFrame


def forecast_areas(history: pd.DataFrame, fitted_on: Mapping[str, str], last_month: datetime.date) -> Forecasts:
    """Forecast every area to `last_month` and test each on its own past.

    Takes area_code, month (first days), numerator, denominator (counts). Of an area with a gap only the months after it
    count. `fitted_on` names the area whose smoothing parameters an area uses; one that is absent uses its own. Areas
    whose figures end before the newest month, or with fewer than LEAST_MONTHS, get a check and no points.
    """
    newest = history["month"].max()
    ahead = _months_between(newest, last_month)
    if ahead < 1:
        raise UnusableTrendError(f"The forecast ends in {last_month:%Y-%m}, not after the newest month {newest:%Y-%m}")
    series = {str(code): _log_odds(of_area, newest) for code, of_area in history.groupby("area_code", sort=True)}
    fitted: dict[tuple[str, int], Floats] = {}
    points, checks = [], []
    for code, odds in series.items():
        if len(odds) < LEAST_MONTHS:
            checks.append((code, TOO_SHORT, len(odds), 0, np.nan, np.nan, np.nan))
            continue
        holder = fitted_on.get(code, code)
        held = series[holder] if len(series.get(holder, ())) == len(odds) else odds
        holder = holder if held is not odds else code
        tested = _tested(odds, held, holder, fitted)
        is_best = tested.miss < min(tested.miss_naive, tested.miss_seasonal)
        checks.append(
            (code, SHOWN if is_best else LOSES, len(odds), tested.origins, tested.miss, tested.miss_naive,
             tested.miss_seasonal)
        )  # fmt: skip
        centre = _centre(odds, _parameters(held, len(odds), holder, fitted), len(odds), ahead)
        points.append(_points(code, newest, centre, tested))
    return Forecasts(
        pd.concat(points, ignore_index=True) if points else _points("", newest, np.empty(0), None),
        pd.DataFrame(
            checks, columns=["area_code", "status", "months", "origins", "miss", "miss_naive", "miss_seasonal"]
        ),
    )


def chance_at_most(centre: float, spread: float, freedom: float, share: float) -> float:
    """Return the chance that the share is at or under a target, by the forecast's own spread."""
    if not 0 < share < 1:
        raise UnusableTrendError(f"A target of {share:.1%} can't be reached or missed by chance: give one above 0")
    return float(stats.t.cdf((special.logit(share) - centre) / spread, freedom))


@dataclass(frozen=True)
class _Tested:
    origins: int
    miss: float
    miss_naive: float
    miss_seasonal: float
    scale: float
    power: float
    freedom: float


def _log_odds(of_area: pd.DataFrame, newest: datetime.date) -> Floats:
    """Return the log-odds of the unbroken months up to the newest one; half a case is added to either side."""
    known = of_area[of_area["denominator"].fillna(0) > 0].sort_values("month")
    place = np.array([_months_between(month, newest) for month in known["month"]], dtype=int)[::-1]
    unbroken = int(np.argmin(np.append(place, -1) == np.arange(len(place) + 1)))
    tail = known.tail(unbroken) if unbroken else known.iloc[:0]
    cases, measured = tail["numerator"].to_numpy(dtype=float), tail["denominator"].to_numpy(dtype=float)
    return np.asarray(np.log((cases + 0.5) / (measured - cases + 0.5)))


def _parameters(held: Floats, known: int, holder: str, fitted: dict[tuple[str, int], Floats]) -> Floats:
    """Return smoothing parameters estimated on the first `known` months of the holding area."""
    if (holder, known) not in fitted:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a likelihood that is flat in the damping still gives usable parameters
            fitted[holder, known] = np.asarray(_model(held[:known]).fit(disp=False).params)
    return fitted[holder, known]


def _model(odds: Floats):  # type: ignore[no-untyped-def]  # statsmodels ships no types
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel  # here: it takes a second that pages do not have

    return ETSModel(odds, error="add", trend="add", damped_trend=True, initialization_method="heuristic")


def _states(odds: Floats, parameters: Floats) -> tuple[Floats, Floats, float]:
    """Return level and slope after each month, and the damping."""
    smoothed = _model(odds).smooth(parameters)
    return np.asarray(smoothed.level), np.asarray(smoothed.slope), float(parameters[2])


def _ahead(level: Floats, slope: Floats, last: Floats, damping: float, months: int) -> Floats:
    """Return the mean of damped trend and standstill, of shape (origins, months)."""
    damped = np.cumsum(damping ** np.arange(1, months + 1))
    trend = level[:, None] + slope[:, None] * damped[None, :]
    return (trend + last[:, None]) / 2


def _centre(odds: Floats, parameters: Floats, known: int, months: int) -> Floats:
    level, slope, damping = _states(odds[:known], parameters)
    return _ahead(level[-1:], slope[-1:], odds[known - 1 : known], damping, months)[0]


def _tested(odds: Floats, held: Floats, holder: str, fitted: dict[tuple[str, int], Floats]) -> _Tested:
    length = len(odds)
    shares = special.expit(odds)
    missed: list[Floats] = []
    naive: list[Floats] = []
    seasonal: list[Floats] = []
    squares = np.zeros((2, TESTED_MONTHS))
    for first in range(FIRST_ORIGIN, length, REFIT_EVERY):
        origins = np.arange(first, min(first + REFIT_EVERY, length))
        level, slope, damping = _states(odds, _parameters(held, first, holder, fitted))
        centre = _ahead(level[origins - 1], slope[origins - 1], odds[origins - 1], damping, TESTED_MONTHS)
        for row, origin in enumerate(origins.tolist()):
            months = min(TESTED_MONTHS, length - origin)
            came = slice(origin, origin + months)
            missed.append(np.abs(special.expit(centre[row, :months]) - shares[came]))
            naive.append(np.abs(shares[origin - 1] - shares[came]))
            seasonal.append(np.abs(shares[origin - SEASON + np.arange(months) % SEASON] - shares[came]))
            squares[0, :months] += (centre[row, :months] - odds[came]) ** 2
            squares[1, :months] += 1
    scale, power = _growth(np.sqrt(squares[0] / np.maximum(squares[1], 1)), squares[1])
    return _Tested(
        origins=length - FIRST_ORIGIN,
        miss=float(np.concatenate(missed).mean()),
        miss_naive=float(np.concatenate(naive).mean()),
        miss_seasonal=float(np.concatenate(seasonal).mean()),
        scale=scale,
        power=power,
        # misses of one year share their months: a year is one observation of how wrong a forecast can be
        freedom=max((length - FIRST_ORIGIN) / SEASON, 2.0),
    )


def _growth(root_mean_square: Floats, weights: Floats) -> tuple[float, float]:
    """Return scale and power of the misses: scale x horizon ** power, by weighted least squares on logarithms."""
    used = (weights > 0) & (root_mean_square > 0)
    if not used.any():
        return 1e-3, 0.5
    horizon = np.log(np.arange(1, len(weights) + 1)[used])
    power, constant = np.polyfit(horizon, np.log(root_mean_square[used]), 1, w=np.sqrt(weights[used]))
    bounded = float(np.clip(power, 0.25, 1.25))
    weight = weights[used] / weights[used].sum()
    constant = float((weight * (np.log(root_mean_square[used]) - bounded * horizon)).sum())
    return float(np.exp(constant)), bounded


def _points(code: str, newest: datetime.date, centre: Floats, tested: _Tested | None) -> pd.DataFrame:
    horizon = np.arange(1, len(centre) + 1)
    scale, power, freedom = (tested.scale, tested.power, tested.freedom) if tested else (0.0, 0.0, 2.0)
    spread = scale * horizon**power
    table = {
        "area_code": code,
        "month": [month_after(newest, int(ahead)) for ahead in horizon],
        "centre": centre,
        "spread": spread,
        "freedom": freedom,
        "value": special.expit(centre),
    }
    for name, level in LEVELS.items():
        reach = stats.t.ppf((1 + level) / 2, freedom) * spread
        table[f"low_{name}"], table[f"high_{name}"] = special.expit(centre - reach), special.expit(centre + reach)
    return pd.DataFrame(table)


def _months_between(first: datetime.date, last: datetime.date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month
