"""Risks of RWs of any number of cities, each inferred by itself.

Assumes that cities share nothing: they weigh with different scales, cadres and habits.
"""

import numpy as np
import pandas as pd

from models.rates.covariates import CovariatePrior
from models.rates.hierarchy import CityCounts, RiskPosterior, infer_risks


def risks_by_city(
    areas: pd.DataFrame, cases: np.ndarray, measured: np.ndarray, prior: CovariatePrior | None = None
) -> dict[str, np.ndarray]:
    """Return the fields of RiskPosterior for RWs of any number of cities, each inferred by itself."""
    offset = None if prior is None else prior.log_odds_offset(areas)
    variance = None if prior is None else prior.log_odds_variance(areas)
    fields = {name: np.empty(len(areas)) for name in RiskPosterior.__dataclass_fields__}
    for rows in areas.groupby("city_code", sort=False).indices.values():
        city = areas.iloc[rows]
        kelurahan, kelurahan_codes = pd.factorize(city["kelurahan_code"])
        kecamatan_of_code = city.drop_duplicates("kelurahan_code").set_index("kelurahan_code")["kecamatan_code"]
        counts = CityCounts(
            cases=cases[rows],
            measured=measured[rows],
            kelurahan=kelurahan,
            kecamatan_of=pd.factorize(kecamatan_of_code.loc[kelurahan_codes])[0],
            offset=None if offset is None else offset[rows],
            offset_variance=None if variance is None else variance[rows],
        )
        risks = infer_risks(counts)
        for name, values in fields.items():
            values[rows] = getattr(risks, name)
    return fields


def matched_beta(mean: np.ndarray, variance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the beta distributions with these means and variances, which stand in for the mixtures they come from."""
    strength = mean * (1 - mean) / variance - 1
    return mean * strength, (1 - mean) * strength
