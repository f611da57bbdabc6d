"""The hierarchy of risks of one city, integrated over everything that is not known about it.

Assumes cases in an RW are beta-binomial around its kelurahan's mean; log-odds of kelurahan means are normal around
their kecamatan's, and those around the city's. How much siblings differ at each level (a standard deviation of
log-odds, which for rare outcomes is about the coefficient of variation of risk) is unknown: every value of a fixed grid
is weighed by how well it explains the counts. So the intervals carry the uncertainty of the prior, which plain
empirical Bayes leaves out, and a level at which siblings don't differ, or with too few of them to tell, hands its areas
to the level above by itself. The grid is
the same for all counts, so an RW's rate can only rise with its cases.

Sources: hierarchical beta-binomial, Gelman et al., Bayesian Data Analysis (3rd ed.), 5.3; half-normal priors on spread,
Gelman (2006), Bayesian Analysis 1:515-534.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse, special

LOG_ODDS_STEP = 0.1  # finer than a kelurahan's mean can be known from some twenty RWs
LOG_ODDS = np.arange(-7.6, 7.7, LOG_ODDS_STEP)  # rates of 0.05 % to 99.95 %
WINDOW_MARGIN = 2.0  # log-odds kept beyond the outermost kelurahan; the weight outside it is nil
WINDOW_PRIOR_CHILDREN = (
    50.0  # a kelurahan's rate is pulled to the city's by this many children before it sets the window
)
RW_SPREADS = np.array([0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 0.95, 1.15, 1.4])
AREA_SPREADS = np.array([0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.55, 0.75, 1.0])
TYPICAL_SPREAD = 0.5  # scale of the half-normal prior: siblings usually lie within a factor of 2.7 of each other
NEGLIGIBLE = 1e-7


@dataclass(frozen=True)
class CityCounts:
    """One city's RWs as arrays: counts, the place of each RW's kelurahan, of each kelurahan's kecamatan, and offsets.

    `kelurahan` counts from 0 without gaps and so does `kecamatan_of`, which has one entry per kelurahan. `offset` is a
    shift of each RW's log-odds against its kelurahan (from covariates), or None; `offset_variance` is how unsure it is.
    """

    cases: np.ndarray
    measured: np.ndarray
    kelurahan: np.ndarray
    kecamatan_of: np.ndarray
    offset: np.ndarray | None = None
    offset_variance: np.ndarray | None = None

    def rw_variance(self, spread: np.ndarray) -> np.ndarray:
        """Return the variance of log-odds between RWs of one kelurahan, each RW's unsure offset added: (RW, spread)."""
        if self.offset_variance is None:
            return spread[None, :] ** 2
        return spread[None, :] ** 2 + self.offset_variance[:, None]


@dataclass(frozen=True)
class RiskPosterior:
    """What is known of each RW's risk: its mean and variance, and the prior it was pulled to.

    `own_weight` is the weight of the RW's raw rate; the mean is own_weight * raw + (1 - own_weight) * prior_rate.
    `kelurahan_share` and `kecamatan_share` say how much of that prior comes from the RW's own kelurahan and, beyond it,
    from the rest of its kecamatan; what is left comes from the city.
    """

    mean: np.ndarray
    variance: np.ndarray
    prior_rate: np.ndarray
    own_weight: np.ndarray
    kelurahan_share: np.ndarray
    kecamatan_share: np.ndarray


@dataclass(frozen=True)
class _Beliefs:
    """Weights of spreads and kelurahan means: (kelurahan, RW spread, mean), and the typical spread at each level."""

    log_odds: np.ndarray
    weights: np.ndarray
    rw_spread: float
    kelurahan_spread: float
    kecamatan_spread: float


def infer_risks(counts: CityCounts) -> RiskPosterior:
    """Return the posterior of every RW's risk, including RWs where nothing was measured."""
    log_odds = _window(counts)
    beliefs = _weigh(counts, log_odds, _kelurahan_likelihood(counts, log_odds))
    return _risks(counts, beliefs)


def _window(counts: CityCounts) -> np.ndarray:
    """Cut the grid of log-odds to the part that the kelurahan rates can reach, which only saves time."""
    cases = np.bincount(counts.kelurahan, counts.cases)
    measured = np.bincount(counts.kelurahan, counts.measured)
    city = (cases.sum() + 0.5) / (measured.sum() + 1)
    pulled = special.logit((cases + WINDOW_PRIOR_CHILDREN * city) / (measured + WINDOW_PRIOR_CHILDREN))
    reach = WINDOW_MARGIN if counts.offset is None else WINDOW_MARGIN + float(np.abs(counts.offset).max())
    pulled = np.clip(pulled, LOG_ODDS[0], LOG_ODDS[-1])
    first, last = np.searchsorted(LOG_ODDS, [pulled.min() - reach, pulled.max() + reach])
    return LOG_ODDS[first:last]


def _beta_shapes(log_odds: np.ndarray, variance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return alpha and beta of risks with this mean whose log-odds have about this variance."""
    rate = special.expit(log_odds)
    return 1 / ((1 - rate) * variance), 1 / (rate * variance)


def _kelurahan_likelihood(counts: CityCounts, log_odds: np.ndarray) -> np.ndarray:
    """Return the log-likelihood of each kelurahan's counts: (kelurahan, RW spread, mean)."""
    seen = counts.measured > 0
    cases, measured, kelurahan = counts.cases[seen], counts.measured[seen], counts.kelurahan[seen]
    count = len(counts.kecamatan_of)
    if counts.offset is not None:
        variance = counts.rw_variance(RW_SPREADS)[:, :, None]
        variance = np.broadcast_to(variance, (len(seen), *variance.shape[1:]))[seen]
        alpha, beta = _beta_shapes(log_odds + counts.offset[seen, None, None], variance)
        each = special.betaln(cases[:, None, None] + alpha, (measured - cases)[:, None, None] + beta)
        each -= special.betaln(alpha, beta)
        size = len(cases)
        membership = sparse.csr_array((np.ones(size), (kelurahan, np.arange(size))), shape=(count, size))
        return (membership @ each.reshape(size, len(RW_SPREADS) * len(log_odds))).reshape(count, *each.shape[1:])
    alpha, beta = _beta_shapes(log_odds, RW_SPREADS[:, None] ** 2)
    total = _summed_log_gamma_ratio(cases, kelurahan, count, alpha)
    total += _summed_log_gamma_ratio(measured - cases, kelurahan, count, beta)
    total -= _summed_log_gamma_ratio(measured, kelurahan, count, alpha + beta)
    return total


def _summed_log_gamma_ratio(values: np.ndarray, kelurahan: np.ndarray, count: int, shape: np.ndarray) -> np.ndarray:
    """Sum log(gamma(value + shape) / gamma(shape)) over each kelurahan's RWs, computing each distinct value once."""
    distinct, place = np.unique(values, return_inverse=True)
    occurrences = np.zeros((count, len(distinct)))
    np.add.at(occurrences, (kelurahan, place), 1)
    ratio = special.gammaln(distinct[:, None, None] + shape) - special.gammaln(shape)
    return (occurrences @ ratio.reshape(len(distinct), shape.size)).reshape(count, *shape.shape)


def _spread_log_prior(spreads: np.ndarray) -> np.ndarray:
    return -0.5 * (spreads / TYPICAL_SPREAD) ** 2 + np.log(np.gradient(spreads))


def _kernels(log_odds: np.ndarray) -> np.ndarray:
    """Return the chance of a child area's log-odds given its parent's: (spread, parent, child)."""
    distance = (log_odds[:, None] - log_odds[None, :]) / AREA_SPREADS[:, None, None]
    density = np.exp(-0.5 * distance**2)
    return density / density.sum(axis=2, keepdims=True)


def _weigh(counts: CityCounts, log_odds: np.ndarray, log_likelihood: np.ndarray) -> _Beliefs:
    """Pass likelihoods up from kelurahan to city, and beliefs about spreads and means down again."""
    rw, area, grid = len(RW_SPREADS), len(AREA_SPREADS), len(log_odds)
    kelurahan_count, kecamatan_count = len(counts.kecamatan_of), int(counts.kecamatan_of.max()) + 1
    downward = _kernels(log_odds).reshape(area * grid, grid)
    upward = np.ascontiguousarray(downward.T)
    floor = 1e-300  # a product of kernels far in their tails; its weight is nil either way

    kelurahan_peak = log_likelihood.max(axis=2, keepdims=True)
    kelurahan_fit = np.exp(log_likelihood - kelurahan_peak)
    kelurahan_sum = np.maximum(kelurahan_fit.reshape(-1, grid) @ upward, floor).reshape(-1, rw, area, grid)
    kelurahan_log = np.log(kelurahan_sum)
    kelurahan_log += kelurahan_peak[:, :, :, None]
    membership = sparse.csr_array(
        (np.ones(kelurahan_count), (counts.kecamatan_of, np.arange(kelurahan_count))),
        shape=(kecamatan_count, kelurahan_count),
    )
    kecamatan_log = (membership @ kelurahan_log.reshape(kelurahan_count, -1)).reshape(-1, rw, area, grid)

    kecamatan_peak = kecamatan_log.max(axis=3, keepdims=True)
    kecamatan_fit = np.exp(kecamatan_log - kecamatan_peak)
    kecamatan_sum = np.maximum(kecamatan_fit.reshape(-1, grid) @ upward, floor)
    kecamatan_sum = kecamatan_sum.reshape(-1, rw, area, area, grid)
    city_log = np.log(kecamatan_sum).sum(axis=0) + kecamatan_peak.sum(axis=0)[..., None]
    city_log += _spread_log_prior(RW_SPREADS)[:, None, None, None]
    city_log += _spread_log_prior(AREA_SPREADS)[None, :, None, None]
    city_log += _spread_log_prior(AREA_SPREADS)[None, None, :, None]
    rate = special.expit(log_odds)
    city_log += 0.5 * np.log(rate * (1 - rate))  # Jeffreys' prior of a rate, as a density of log-odds
    city = np.exp(city_log - city_log.max())
    city /= city.sum()

    kecamatan = ((city / kecamatan_sum).reshape(-1, area * grid) @ downward).reshape(
        kecamatan_fit.shape
    ) * kecamatan_fit
    kelurahan = (kecamatan[counts.kecamatan_of] / kelurahan_sum).reshape(-1, area * grid) @ downward
    weights = kelurahan.reshape(kelurahan_count, rw, grid) * kelurahan_fit
    weights /= weights.sum(axis=(1, 2), keepdims=True)
    return _Beliefs(
        log_odds=log_odds,
        weights=weights,
        rw_spread=float(city.sum(axis=(1, 2, 3)) @ RW_SPREADS),
        kelurahan_spread=float(city.sum(axis=(0, 2, 3)) @ AREA_SPREADS),
        kecamatan_spread=float(city.sum(axis=(0, 1, 3)) @ AREA_SPREADS),
    )


def _risks(counts: CityCounts, beliefs: _Beliefs) -> RiskPosterior:
    """Mix each RW's beta posteriors over what is believed of its kelurahan's mean and of the spread between RWs."""
    spread_place, mean_place = np.nonzero((beliefs.weights > NEGLIGIBLE).any(axis=0))
    kept = beliefs.weights[:, spread_place, mean_place]
    kept = (kept / kept.sum(axis=1, keepdims=True))[counts.kelurahan]
    log_odds = beliefs.log_odds[mean_place]
    if counts.offset is not None:
        log_odds = log_odds + counts.offset[:, None]
    alpha, beta = _beta_shapes(log_odds, counts.rw_variance(RW_SPREADS[spread_place]))
    strength = alpha + beta
    cases, measured = counts.cases[:, None], counts.measured[:, None]

    mean_each = (cases + alpha) / (measured + strength)
    prior_weight = kept * strength / (measured + strength)
    mean = (kept * mean_each).sum(axis=1)
    square = (kept * mean_each * (cases + alpha + 1) / (measured + strength + 1)).sum(axis=1)
    prior_total = prior_weight.sum(axis=1)
    kelurahan_share, kecamatan_share = _shares(counts, beliefs)
    return RiskPosterior(
        mean=mean,
        variance=np.maximum(square - mean**2, 1e-15),
        prior_rate=(prior_weight * alpha / strength).sum(axis=1) / prior_total,
        own_weight=np.clip(1 - prior_total, 0, 1),
        kelurahan_share=kelurahan_share[counts.kelurahan],
        kecamatan_share=kecamatan_share[counts.kelurahan],
    )


def _shares(counts: CityCounts, beliefs: _Beliefs) -> tuple[np.ndarray, np.ndarray]:
    """Return per kelurahan how much of its mean is its own counts' doing, and how much the rest of its kecamatan's.

    Precisions of log-odds at the typical spreads: an RW tells of its kelurahan with variance spread² + 1 / (n p (1-p)).
    """
    rate = (counts.cases.sum() + 0.5) / (counts.measured.sum() + 1)
    chance = counts.measured * rate * (1 - rate)
    of_rw = chance / (1 + beliefs.rw_spread**2 * chance)
    of_kelurahan = np.bincount(counts.kelurahan, of_rw)
    kelurahan = of_kelurahan / (of_kelurahan + beliefs.kelurahan_spread**-2)
    to_kecamatan = of_kelurahan / (1 + beliefs.kelurahan_spread**2 * of_kelurahan)
    of_kecamatan = np.bincount(counts.kecamatan_of, to_kecamatan)
    kecamatan = of_kecamatan / (of_kecamatan + beliefs.kecamatan_spread**-2)
    return kelurahan, (1 - kelurahan) * kecamatan[counts.kecamatan_of]
