"""Hot spots and cold spots: RWs that resemble their neighbours more than chance allows. A hint on a map, no criterion.

Local Moran (Anselin 1995) on empirical-Bayes standardised rates (Assunção and Reis 1999), with p-values from
conditional permutations and Benjamini and Hochberg's false discovery rate (1995; by scipy), because a thousand tests at
5 % find fifty hot spots in pure noise. The rates are standardised and not the smoothed ones of `models.rates`: those
borrow from their kelurahan, which makes neighbours alike by construction and would find hot spots in noise as well.

Written here and not taken from esda 2.10, which the tests hold it against: esda brings libpysal and two more packages,
48 MB and 0.6 s of imports (SQLAlchemy and requests among them), takes 2 s for 9,999 permutations of 1,020 RWs unless
numba comes too, and depends on the order of rows. The smallest p-value of 9,999 permutations, 1 in 10,000, can't pass a
5 % false discovery rate over 1,020 RWs by itself, so many more are needed. They are cheap when RWs with equally many
neighbours share them: a random set of k RWs, given that RW i is not in it, is a random set of k of i's possible
neighbours, so one set of draws serves every RW.
"""

import numpy as np
import pandas as pd
from scipy import stats

from models.errors import UnusablePriorityError
from models.rates.counts import checked_counts

HIGH_HIGH, LOW_LOW, HIGH_LOW, LOW_HIGH = "high_high", "low_low", "high_low", "low_high"
NOT_SIGNIFICANT, UNKNOWN = "not_significant", "unknown"
CLUSTERS = (HIGH_HIGH, LOW_LOW, HIGH_LOW, LOW_HIGH, NOT_SIGNIFICANT, UNKNOWN)

PERMUTATIONS = 99_999
"""So that the smallest p-value, 1 in 100,000, passes a false discovery rate of 5 % over 1,020 RWs (4.9 in 100,000)."""

FALSE_DISCOVERY_RATE = 0.05


def hotspots(
    counts: pd.DataFrame,
    neighbours: pd.DataFrame,
    seed: int,
    permutations: int = PERMUTATIONS,
    false_discovery_rate: float = FALSE_DISCOVERY_RATE,
) -> pd.DataFrame:
    """Return rw_code, eb_rate_z, lag_z, local_moran, p_value, q_value and cluster, in the order of `counts`.

    Takes rw_code, cases, measured, and `neighbours` with rw_code and neighbour_code, a pair in either or both
    directions. eb_rate_z is the standardised rate, lag_z the mean of its neighbours',
    local_moran their product; p-values are two-sided. RWs with nothing measured, or without a measured neighbour, are
    unknown, and nobody's neighbour. The result depends on the seed and on no order of rows. Raises
    UnusableRatesError for impossible counts and UnusablePriorityError for pairs that name an unknown RW and for
    fewer than 99 permutations.
    """
    if permutations < 99:
        raise UnusablePriorityError(
            f"{permutations} permutations tell nothing: give at least 99, better {PERMUTATIONS}"
        )
    cases, measured = checked_counts(counts)
    code = counts["rw_code"].to_numpy().astype(str)
    order = np.argsort(code)
    order = order[measured[order] > 0]
    z = standardised_rates(cases[order], measured[order])
    first, second = _links(neighbours, code, code[order])

    degree = np.bincount(first, minlength=len(order))
    has_neighbour = degree > 0
    lag = np.full(len(order), np.nan)
    lag[has_neighbour] = np.bincount(first, z[second], len(order))[has_neighbour] / degree[has_neighbour]
    p_value = _p_values(z, lag, degree, permutations, seed)
    q_value = np.full(len(order), np.nan)
    q_value[has_neighbour] = stats.false_discovery_control(p_value[has_neighbour])

    found = pd.DataFrame({"eb_rate_z": z, "lag_z": lag, "local_moran": z * lag, "p_value": p_value, "q_value": q_value})
    result = pd.DataFrame(np.nan, index=range(len(code)), columns=found.columns)
    result.iloc[order] = found.to_numpy()
    cluster = np.full(len(code), UNKNOWN, dtype=object)
    cluster[order[has_neighbour]] = _named(z, lag, q_value <= false_discovery_rate)[has_neighbour]
    return result.assign(cluster=cluster).set_axis(counts.index).pipe(_with_code, code)


def standardised_rates(cases: np.ndarray, measured: np.ndarray) -> np.ndarray:
    """Return rates as deviations from the city's in units of what chance and real spread explain, themselves scaled.

    Source: Assunção and Reis (1999), Statistics in Medicine 18:2147-2162, with the variance where the estimate of the
    spread between areas is negative taken as chance alone.
    """
    if len(cases) == 0:
        return np.zeros(0)
    total = measured.sum()
    rate = cases.sum() / total
    spread = (measured * (cases / measured - rate) ** 2).sum() / total - rate / (total / len(cases))
    variance = spread + rate / measured
    variance = np.where(variance > 0, variance, rate / measured)
    with np.errstate(invalid="ignore"):
        z = np.nan_to_num((cases / measured - rate) / np.sqrt(variance))
    deviation = z.std()
    return (z - z.mean()) / deviation if deviation > 0 else np.zeros(len(z))


def _links(neighbours: pd.DataFrame, all_codes: np.ndarray, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return distinct links between places in `codes` (sorted), each in both directions."""
    absent = [column for column in ("rw_code", "neighbour_code") if column not in neighbours.columns]
    if absent:
        raise UnusablePriorityError(f"The pairs of neighbours lack {', '.join(absent)}: give both columns")
    pairs = neighbours[["rw_code", "neighbour_code"]].to_numpy().astype(str)
    strange = pairs[~np.isin(pairs, all_codes)]
    if len(strange):
        raise UnusablePriorityError(
            f"{len(strange)} neighbour(s) are no RW of the counts, the first is {strange[0]}: give pairs of these RWs"
        )
    kept = pairs[np.isin(pairs, codes).all(axis=1) & (pairs[:, 0] != pairs[:, 1])]
    places = np.searchsorted(codes, kept)
    both = np.unique(np.concatenate([places, places[:, ::-1]]), axis=0)
    return both[:, 0], both[:, 1]


def _p_values(z: np.ndarray, lag: np.ndarray, degree: np.ndarray, permutations: int, seed: int) -> np.ndarray:
    """Return two-sided p-values of the mean of an RW's neighbours among means of as many other RWs drawn at random."""
    count = len(z)
    p_value = np.full(count, np.nan)
    for neighbours in np.unique(degree[degree > 0]):
        rows = np.flatnonzero(degree == neighbours)
        if neighbours >= count - 1:  # everybody is a neighbour: there is nothing to permute
            p_value[rows] = 1.0
            continue
        drawn = _random_sets(count, int(neighbours), permutations, np.random.default_rng([seed, int(neighbours)]))
        means = z[drawn].mean(axis=1)
        tolerance = 1e-9  # sums in another order differ in their last bits, and equal means count as reached
        ordered = np.sort(means)
        above = permutations - np.searchsorted(ordered, lag[rows] - tolerance, side="left")
        below = np.searchsorted(ordered, lag[rows] + tolerance, side="right")
        member, mean = drawn.ravel(), np.repeat(means, neighbours)
        target = np.where(degree == neighbours, lag, np.nan)[member]
        holds = np.bincount(member, minlength=count)[rows]
        above = above - np.bincount(member, mean >= target - tolerance, count)[rows]
        below = below - np.bincount(member, mean <= target + tolerance, count)[rows]
        valid = permutations - holds
        p_value[rows] = np.minimum(2 * (np.minimum(above, below) + 1) / (valid + 1), 1.0)
    return p_value


def _random_sets(count: int, size: int, sets: int, generator: np.random.Generator) -> np.ndarray:
    """Return random sets of `size` distinct numbers under `count`, one a row."""
    if size > count // 4:
        return np.argsort(generator.random((sets, count), dtype=np.float32), axis=1)[:, :size]
    drawn = generator.integers(0, count, (sets, size))
    while True:
        ordered = np.sort(drawn, axis=1)
        again = np.flatnonzero((ordered[:, 1:] == ordered[:, :-1]).any(axis=1))
        if len(again) == 0:
            return drawn
        drawn[again] = generator.integers(0, count, (len(again), size))


def _named(z: np.ndarray, lag: np.ndarray, is_significant: np.ndarray) -> np.ndarray:
    named = np.select(
        [(z > 0) & (lag > 0), (z < 0) & (lag < 0), (z > 0) & (lag < 0), (z < 0) & (lag > 0)],
        [HIGH_HIGH, LOW_LOW, HIGH_LOW, LOW_HIGH],
        NOT_SIGNIFICANT,
    )
    return np.where(is_significant, named, NOT_SIGNIFICANT).astype(object)


def _with_code(result: pd.DataFrame, code: np.ndarray) -> pd.DataFrame:
    result.insert(0, "rw_code", code)
    return result
