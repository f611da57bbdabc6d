"""Forecasts of a city's 69 areas in one batch, how often their intervals hold what came, and the funnel of all RWs."""

import numpy as np
import pandas as pd

from models.trend.forecast import forecast_areas
from models.trend.funnel import funnel
from tests.benchmarks.harness import Row, best_of
from tests.models.trend.simulated_series import coverage, month, simulated

AREAS, MONTHS, AHEAD = 69, 82, 38
SEEDS, SERIES = 6, 64
BATCH_LIMIT_S, FUNNEL_LIMIT_S = 5.0, 0.05


def run() -> list[Row]:
    """Return seconds of the batch and of a funnel, and the coverage over invented series with a known future."""
    history = simulated(AREAS, MONTHS, 1)
    holders = {code: f"A{int(code[1:]) % 13:03d}" for code in history["area_code"].unique()}
    batch_s = best_of(2, lambda: forecast_areas(history, holders, month(MONTHS + AHEAD - 1)))
    found = sum(coverage(SERIES, seed) for seed in range(SEEDS)) / SEEDS
    rng = np.random.default_rng(2)
    measured = rng.integers(40, 250, 1_020)
    rws = pd.DataFrame({"cases": rng.binomial(measured, 0.03), "measured": measured})
    funnel_s = best_of(5, lambda: funnel(rws))
    return [
        Row("trend: forecast and test 69 areas", round(batch_s, 2), "s", BATCH_LIMIT_S, "once an import"),
        Row("trend: funnel of 1,020 RWs", round(funnel_s, 4), "s", FUNNEL_LIMIT_S, "once a cache entry"),
        *(
            Row(
                f"trend: {level[3:]} % intervals hold what came, {ahead} months ahead",
                round(100 * found.loc[ahead, level], 1),
                "%",
                note=f"{SEEDS * SERIES} invented series",
            )
            for level in ("in_80", "in_95")
            for ahead in found.index
        ),
    ]
