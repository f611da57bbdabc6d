"""A city with known risks, until and beside the demo city: 12 kecamatan, 56 kelurahan, 1,020 RWs.

Risks follow gamma distributions: the spread within a kelurahan, between kelurahan and between kecamatan multiply to a
coefficient of variation of 0.5 over the city. Sizes follow a gamma with the same coefficient.
"""

import numpy as np
import pandas as pd

RW_COUNT, KELURAHAN_COUNT, KECAMATAN_COUNT = 1020, 56, 12
CITY_RATE = 0.034
MEASURED_PER_RW = 117
WITHIN, BETWEEN_KELURAHAN, BETWEEN_KECAMATAN = 0.40, 0.23, 0.15


def _gamma(generator: np.random.Generator, spread: float, count: int) -> np.ndarray:
    return generator.gamma(1 / spread**2, spread**2, count)


def simulated_city(
    seed: int,
    within: float = WITHIN,
    between_kelurahan: float = BETWEEN_KELURAHAN,
    between_kecamatan: float = BETWEEN_KECAMATAN,
    rate: float = CITY_RATE,
) -> pd.DataFrame:
    """Return rw_code, cases, measured, true_rate, and past_cases and past_measured of an earlier window's children."""
    generator = np.random.default_rng(seed)
    kecamatan_of = np.sort(np.arange(KELURAHAN_COUNT) % KECAMATAN_COUNT)
    kelurahan = np.sort(np.arange(RW_COUNT) % KELURAHAN_COUNT)
    kelurahan_code = [f"32.75.{kecamatan + 1:02d}.{1001 + place:04d}" for place, kecamatan in enumerate(kecamatan_of)]
    number = pd.Series(kelurahan).groupby(kelurahan).cumcount() + 1
    risk = _gamma(generator, between_kecamatan, KECAMATAN_COUNT)[kecamatan_of]
    risk = risk * _gamma(generator, between_kelurahan, KELURAHAN_COUNT)
    own = _gamma(generator, within, RW_COUNT)
    true_rate = np.clip(rate * risk[kelurahan] * own, 0, 0.95)
    past_rate = np.clip(true_rate * _gamma(generator, 0.2, RW_COUNT), 0, 0.95)
    measured = generator.poisson(MEASURED_PER_RW * _gamma(generator, 0.5, RW_COUNT))
    past_measured = generator.poisson(measured * 0.95)
    return pd.DataFrame(
        {
            "rw_code": [f"{kelurahan_code[k]}.{n:03d}" for k, n in zip(kelurahan, number, strict=True)],
            "cases": generator.binomial(measured, true_rate),
            "measured": measured,
            "true_rate": true_rate,
            "past_cases": generator.binomial(past_measured, past_rate),
            "past_measured": past_measured,
        }
    )
