"""The WHO/UNICEF (2019) checks of units' counts, side by side: a value each, and where a limit exists, a status.

They are never added up. Sex ratio and ages have no pass mark and no status. Every unit is judged by its own counts
alone; one with too few weighings keeps its values and gets the status unknown. Source: WHO and UNICEF (2019),
Recommendations for data collection, analysis and reporting on anthropometric indicators in children under 5.
"""

import numpy as np
import pandas as pd

from models.errors import UnusableQualityError
from models.quality import codes
from models.quality.codes import GOOD, PROBLEM, UNKNOWN, WATCH, status_column, value_column
from models.quality.counts import COUNTED, SUMMED, array_columns
from models.quality.limits import DEFAULTS, Limits
from models.quality.measures import digit_preference_score, is_beyond_chance, moments, share

JUDGED_ARRAYS = ("length_digit", "weight_digit", "lying", "standing", "unnoted")
"""Histograms that the checks need; the others are only drawn."""

JUDGED = (*COUNTED, *SUMMED, *(column for name in JUDGED_ARRAYS for column in array_columns(name)))
"""Columns of counts that the checks need."""

COVERAGE = ("s_target", "d_weighed")
REPORTED = ("months", "months_reported", "months_on_time")
_LYING_GROUPS = 3  # 0-8, 9-11 and 12-23 months lie; older ones stand


def checks(units: pd.DataFrame, limits: Limits = DEFAULTS) -> pd.DataFrame:
    """Return value_<check> and status_<check> of every unit, in the order and with the index given, besides `measured`
    (lengths), sd_ and flagged_ of each index, skewness, kurtosis.

    Takes JUDGED, COVERAGE (NaN where unknown) and REPORTED. Values are fractions, but digit_length and digit_weight
    (SMART scores), spread (SD of HAZ), shape (skewness), sex_ratio (boys per 100 girls) and ages (months, the mean).
    Raises UnusableQualityError where a column is missing.
    """
    missing = [name for name in (*JUDGED, *COVERAGE, *REPORTED) if name not in units.columns]
    if missing:
        raise UnusableQualityError(f"Quality needs the columns {', '.join(missing)}, which are not there")
    column = {name: pd.to_numeric(units[name]).to_numpy(float) for name in (*COUNTED, *SUMMED, *COVERAGE, *REPORTED)}
    shapes = {index: moments(_sums(units, index)) for index in codes.INDICES}
    weighings = column["weighings"]
    flagged = {index: share(column[f"{index}_flagged"], _scored(column, index)) for index in codes.INDICES}
    values = {
        codes.COMPLETENESS: share(column["has_both"], weighings),
        codes.SEX_RATIO: 100 * share(column["boys"], weighings - column["boys"]),
        codes.DIGIT_LENGTH: digit_preference_score(_array(units, "length_digit")),
        codes.DIGIT_WEIGHT: digit_preference_score(_array(units, "weight_digit")),
        codes.IMPLAUSIBLE: _worst(flagged),
        codes.SPREAD: shapes["haz"]["sd"],
        codes.SHAPE: shapes["haz"]["skewness"],
        codes.POSITION: _misplaced(units),
        codes.BIRTHDAYS: share(column["born_on_15th"], weighings),
        codes.DUPLICATES: share(column["copied"] + column["twins"] + column["repeated"], weighings),
        codes.ATTENDANCE: share(column["d_weighed"], column["s_target"]),
        codes.REPORTING: share(column["months_reported"], column["months"]),
        codes.TIMELINESS: share(column["months_on_time"], column["months_reported"]),
    }
    # a child comes month after month with the same birthday: chance is that of the children, not of their weighings
    children = weighings / np.maximum(column["months_reported"], 1)
    measured = column["has_length"]
    is_enough = measured >= limits.least_weighings
    slips = np.maximum.reduce([column[f"{index}_flagged"] for index in codes.INDICES]) < limits.implausible_least
    scored = np.maximum.reduce([_scored(column, index) for index in codes.INDICES])
    kurtosis = shapes["haz"]["kurtosis"]
    found = {
        codes.COMPLETENESS: _low(values[codes.COMPLETENESS], limits.completeness_watch, limits.completeness_problem),
        codes.DIGIT_LENGTH: _high(values[codes.DIGIT_LENGTH], limits.digits_watch, limits.digits_problem),
        codes.DIGIT_WEIGHT: _high(values[codes.DIGIT_WEIGHT], limits.digits_watch, limits.digits_problem),
        codes.IMPLAUSIBLE: np.where(
            slips & ~np.isnan(values[codes.IMPLAUSIBLE]),
            GOOD,
            _beyond(values[codes.IMPLAUSIBLE], scored, limits.implausible_watch, limits.implausible_problem),
        ),
        codes.SPREAD: _status(
            values[codes.SPREAD], values[codes.SPREAD] < 0, values[codes.SPREAD] > limits.spread_problem
        ),
        codes.SHAPE: _status(
            values[codes.SHAPE],
            (np.abs(values[codes.SHAPE]) > limits.skewness_watch)
            | (kurtosis < limits.kurtosis_low)
            | (kurtosis > limits.kurtosis_high),
            np.zeros(len(units), bool),
        ),
        codes.POSITION: _high(values[codes.POSITION], limits.position_watch, limits.position_problem, is_above=True),
        codes.BIRTHDAYS: _beyond(values[codes.BIRTHDAYS], children, limits.birthdays_watch, limits.birthdays_problem),
        codes.DUPLICATES: _high(values[codes.DUPLICATES], limits.duplicates_watch, limits.duplicates_problem),
        codes.ATTENDANCE: _low(values[codes.ATTENDANCE], limits.attendance_watch, limits.attendance_problem),
        codes.REPORTING: _low(values[codes.REPORTING], limits.reporting_watch, limits.reporting_problem),
        codes.TIMELINESS: _low(values[codes.TIMELINESS], limits.timeliness_watch, limits.timeliness_problem),
    }
    of_few = {codes.ATTENDANCE, codes.REPORTING, codes.TIMELINESS}
    judged = {
        status_column(name): np.where(is_enough | (name in of_few), found[name], UNKNOWN).astype(object)
        for name in codes.WITH_STATUS
    }
    return pd.DataFrame(
        {
            "measured": measured,
            **{value_column(name): values[name] for name in codes.CHECKS if name in values},
            value_column(codes.AGES): _mean_age(units),
            **judged,
            **{f"sd_{index}": shapes[index]["sd"] for index in codes.INDICES},
            **{f"flagged_{index}": flagged[index] for index in codes.INDICES},
            "skewness": shapes["haz"]["skewness"],
            "kurtosis": kurtosis,
        },
        index=units.index,
    )


def _scored(column: dict[str, np.ndarray], index: str) -> np.ndarray:
    return column[f"{index}_sum0"] + column[f"{index}_flagged"]


def _worst(flagged: dict[str, np.ndarray]) -> np.ndarray:
    """Return the highest share of the three indices; NaN where none has a score."""
    return np.fmax.reduce(list(flagged.values()))


def _array(units: pd.DataFrame, name: str) -> np.ndarray:
    return units[array_columns(name)].to_numpy(float)


def _sums(units: pd.DataFrame, index: str) -> np.ndarray:
    return units[[name for name in SUMMED if name.startswith(f"{index}_")]].to_numpy(float)


def _misplaced(units: pd.DataFrame) -> np.ndarray:
    """Return the share of lengths that were not noted as lying or standing, or lay or stood against their age."""
    lying, standing, unnoted = (_array(units, name) for name in ("lying", "standing", "unnoted"))
    against = standing[:, :_LYING_GROUPS].sum(axis=1) + lying[:, _LYING_GROUPS:].sum(axis=1)
    return share(against + unnoted.sum(axis=1), (lying + standing + unnoted).sum(axis=1))


def _mean_age(units: pd.DataFrame) -> np.ndarray:
    names = array_columns("age_month")
    if not set(names) <= set(units.columns):
        return np.full(len(units), np.nan)
    ages = units[names].to_numpy(float)
    return share(ages @ (np.arange(len(names)) + 0.5), ages.sum(axis=1))


def _status(value: np.ndarray, is_watched: np.ndarray, is_problem: np.ndarray) -> np.ndarray:
    return np.select([np.isnan(value), is_problem, is_watched], [UNKNOWN, PROBLEM, WATCH], GOOD)


def _high(value: np.ndarray, watch: float, problem: float, *, is_above: bool = False) -> np.ndarray:
    """Judge a value that is better low: at the limit or above it, or only above it."""
    if is_above:
        return _status(value, value > watch, value > problem)
    return _status(value, value >= watch, value >= problem)


def _low(value: np.ndarray, watch: float, problem: float) -> np.ndarray:
    return _status(value, value < watch, value < problem)


def _beyond(value: np.ndarray, count: np.ndarray, watch: float, problem: float) -> np.ndarray:
    """Judge a share that is better low and that few weighings lift by chance."""
    return _status(value, is_beyond_chance(value, count, watch), is_beyond_chance(value, count, problem))
