"""Counting a city's month of weighings, and grading every posyandu of it."""

import numpy as np
import pandas as pd

from models.quality.counts import count_weighings
from models.quality.grade import findings, graded
from tests.benchmarks.harness import Row, best_of
from tests.models.quality.invented_units import flat, weighings

WEIGHINGS, RWS, MONTHS = 60_000, 1_020, 6
COUNT_LIMIT_S, GRADE_LIMIT_S = 0.5, 0.5


def run() -> list[Row]:
    """Return seconds to count 60,000 weighings of 2,040 posyandu, to grade them, and to give all their reasons."""
    place = np.random.default_rng(3).integers(0, 2 * RWS, WEIGHINGS)
    codes = pd.Categorical.from_codes(place // 2, [f"32.75.01.1001.{number:04d}" for number in range(RWS)])
    names = pd.Categorical.from_codes(place % 2, ["Mawar", "Melati"])
    rows = weighings(WEIGHINGS, rw_code=codes, posyandu=names)
    count_s = best_of(3, lambda: count_weighings(rows))
    units = flat(count_weighings(rows))
    six_months = units.assign(**{name: units[name] * MONTHS for name in units.columns if name[-1].isdigit()})
    grade_s = best_of(3, lambda: graded(six_months))
    judged = graded(six_months)
    reasons_s = best_of(3, lambda: [findings(row) for _, row in judged.iterrows()])
    return [
        Row("quality: count 60,000 weighings of 2,040 posyandu", round(count_s, 3), "s", COUNT_LIMIT_S, "at intake"),
        Row("quality: grade 2,040 posyandu", round(grade_s, 3), "s", GRADE_LIMIT_S, "once a cache entry"),
        Row("quality: reasons of 2,040 posyandu", round(reasons_s, 3), "s", None, "for the file"),
    ]
