"""The planning rule of one puskesmas for 30,000 people, by area.

A rule of thumb of Indonesian planning (the ratio that Kemenkes' health profiles report); the law asks for at least one
puskesmas in each kecamatan and more by need and population (Permenkes 43/2019). Assumption: people are spread over
areas as under-fives are.
"""

import numpy as np
import pandas as pd

PEOPLE_PER_PUSKESMAS = 30_000


def puskesmas_by_rule(areas: pd.DataFrame, people: float) -> pd.DataFrame:
    """Return areas with people, wanted and lacking.

    `areas`: area_code, children, puskesmas (how many stand there); `people` is the population of all of them together.
    `wanted` is at least one and rounded up; `lacking` is never below zero. Blank where the children are unknown.
    """
    children = pd.to_numeric(areas["children"], errors="coerce").astype(float)
    total = float(children.sum())
    share = children / total if total > 0 else children * np.nan
    inhabitants = share * people
    wanted = np.maximum(np.ceil(inhabitants.to_numpy() / PEOPLE_PER_PUSKESMAS), 1.0)
    lacking = np.maximum(wanted - areas["puskesmas"].to_numpy(dtype=float), 0.0)
    return areas.assign(people=inhabitants, wanted=wanted, lacking=lacking)
