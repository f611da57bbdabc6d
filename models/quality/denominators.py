"""How many children there should be, by several sources, and the band of a rate across them.

No source is taken for the truth: the posyandu's own list misses those who never came, the civil register counts by
paper and not by bed, and a projection knows no RW. Where they differ, so does D/S, and with it how much a rate may be
off: among children not weighed anything between the lowest and the highest multiple of the others' risk is supposed.
"""

import numpy as np
import pandas as pd

from models.rates.attendance import HALF_TO_TWICE, Absentees


def coverage_band(weighed: float, sources: pd.DataFrame) -> pd.DataFrame:
    """Return the sources with `share` (D/S, may pass 1) and `is_lowest` and `is_highest` S among the known ones.

    Takes source and children; unknown children stay blank.
    """
    children = pd.to_numeric(sources["children"]).to_numpy(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        covered = np.where(children > 0, weighed / children, np.nan)
    known = children[children > 0]
    low, high = (known.min(), known.max()) if len(known) else (np.nan, np.nan)
    return sources.assign(share=covered, is_lowest=children == low, is_highest=children == high)


def rate_band(
    stunted: float, measured: float, children: pd.Series, absentees: Absentees = HALF_TO_TWICE
) -> tuple[float, float]:
    """Return the lowest and highest share of stunted children that any of the S and any risk of absentees gives.

    A source that counts fewer children than were measured says that nobody is absent. NaN where nobody was measured.
    """
    if not measured > 0:
        return np.nan, np.nan
    rate = stunted / measured
    counts = pd.to_numeric(children).dropna().to_numpy(float)
    absent = np.maximum(np.append(counts, measured) - measured, 0)
    ends = [
        (stunted + absent * min(rate * multiple, 1)) / (measured + absent)
        for multiple in (absentees.lowest, 1.0, absentees.highest)
    ]
    return float(np.min(ends)), float(np.max(ends))
