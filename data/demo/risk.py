"""What is true of each RW: its children's risk, how its mothers come to the posyandu, how carefully it measures.

Modelling assumption: risk is hierarchical (kecamatan, kelurahan, RW) with spells of neighbouring hardship, and is
higher where care is far and houses are dense; its coefficient of variation across RWs is 0.5. Attendance falls with
distance and with risk, so that the worst places are seen least.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from data.demo.neighbourhoods import Neighbourhoods

Floats = NDArray[np.float64]

RISK_CV = 0.5
REFERENCE_PREVALENCE = 0.034
HAZ_SD = 0.97
POSYANDU_PER_RW = 2
_HARDSHIP_CENTRES = 7
_HARDSHIP_REACH_M = 1500.0


@dataclass(frozen=True)
class Places:
    """Fixed properties of R RWs and their posyandu (R × POSYANDU_PER_RW)."""

    relative_risk: Floats
    haz_shift: Floats
    attendance: Floats
    day: NDArray[np.int64]
    is_careless: Floats
    length_error_cm: Floats
    measures_length: Floats
    notes_position: NDArray[np.bool_]


def draw_places(city: Neighbourhoods, rng: np.random.Generator) -> Places:
    """Draw the RWs' true properties; `relative_risk` has mean 1 (weighted by children) and CV `RISK_CV`."""
    size, shape = len(city), (len(city), POSYANDU_PER_RW)
    distance = _standardised(np.log(np.maximum(city.distance_m, 100)))
    density = _standardised(np.log(city.weight / np.maximum(city.area_km2, 1e-3)))
    hardship = _standardised(_hardship(city, rng))
    log_risk = (
        0.30 * rng.standard_normal(city.kecamatan.max() + 1)[city.kecamatan]
        + 0.45 * rng.standard_normal(city.kelurahan.max() + 1)[city.kelurahan]
        + 0.70 * rng.standard_normal(size)
        + 0.35 * hardship
        + 0.22 * distance
        + 0.22 * density
    )
    log_risk = _standardised(log_risk) * np.sqrt(np.log1p(RISK_CV**2))
    relative_risk = np.exp(log_risk)
    relative_risk /= np.average(relative_risk, weights=city.weight)
    attendance = (
        -0.22 * distance
        - 0.18 * _standardised(log_risk)
        + 0.28 * rng.standard_normal(city.kelurahan.max() + 1)[city.kelurahan]
        + 0.62 * rng.standard_normal(size)
    )
    return Places(
        relative_risk=relative_risk,
        haz_shift=-HAZ_SD * (ndtri(REFERENCE_PREVALENCE * relative_risk) - ndtri(REFERENCE_PREVALENCE)),
        attendance=attendance,
        day=rng.integers(3, 26, shape),
        is_careless=np.clip(rng.beta(1.2, 3.6, shape), 0.02, 0.92),
        length_error_cm=np.exp(rng.normal(np.log(0.42), 0.3, shape)),
        measures_length=np.clip(rng.beta(18, 1.6, shape), 0.6, 1.0),
        notes_position=rng.random(shape) < 0.92,
    )


def _hardship(city: Neighbourhoods, rng: np.random.Generator) -> Floats:
    north_m = city.lat * 110_574
    east_m = city.lon * 111_320 * np.cos(np.radians(city.lat.mean()))
    centres = rng.choice(len(city), size=_HARDSHIP_CENTRES, p=city.weight / city.weight.sum())
    depth = rng.uniform(-0.6, 1.0, _HARDSHIP_CENTRES)
    away_m = np.hypot(north_m[:, None] - north_m[centres], east_m[:, None] - east_m[centres])
    return (depth * np.exp(-0.5 * (away_m / _HARDSHIP_REACH_M) ** 2)).sum(axis=1)


def _standardised(values: Floats) -> Floats:
    spread = values.std()
    return (values - values.mean()) / (spread if spread > 0 else 1.0)
