"""Invented RWs to rank: every figure known, and plausible beside the others."""

import numpy as np
import pandas as pd
from hypothesis import settings

STEADY = settings(max_examples=25, deadline=None, derandomize=True)
"""The same examples in every run, however busy the machine is."""


def invented_rws(seed: int, count: int = 12) -> pd.DataFrame:
    """Return a complete frame: children weighed never outnumber the target, the own puskesmas is never nearer."""
    generator = np.random.default_rng(seed)
    rate, strength = generator.uniform(0.01, 0.09, count), generator.uniform(80, 300, count)
    severe = rate * generator.uniform(0.1, 0.4, count)
    weighed = generator.integers(40, 150, count).astype(float)
    travel_s = generator.uniform(120, 4500, count)
    women = generator.integers(2, 30, count).astype(float)
    return pd.DataFrame(
        {
            "rw_code": [f"32.75.01.1001.{number:03d}" for number in 1 + generator.permutation(count)],
            "posterior_alpha": rate * strength,
            "posterior_beta": (1 - rate) * strength,
            "severe_alpha": severe * strength,
            "severe_beta": (1 - severe) * strength,
            "measured": weighed,
            "d_weighed": weighed,
            "s_target": generator.integers(150, 250, count).astype(float),
            "travel_s": travel_s,
            "own_travel_s": travel_s + generator.choice([0.0, 900.0], count),
            "pregnant_target": women,
            "pregnant_screened": np.floor(women * generator.uniform(0.4, 1, count)),
            "months_since_visit": generator.integers(0, 30, count).astype(float),
            "is_nominated": generator.random(count) < 0.2,
        }
    )


def by_code(result: pd.DataFrame) -> pd.DataFrame:
    """Return a result in the order of rw_code."""
    return result.set_index("rw_code").sort_index()
