"""Need beside access: nine groups of RWs, by smoothed rate and by travel time.

Edges are fixed, so that a colour means the same in every month. RWs whose rate says too little (too few weighed, or
none) are a group of their own and never in the best or the worst corner.
"""

import numpy as np
import pandas as pd

LOW, MIDDLE, HIGH = "low", "middle", "high"
NEAR, HALFWAY, FAR = "near", "halfway", "far"
UNSURE = "unsure"

NEED_EDGES = (0.025, 0.04)
"""Edges of the rate, both edges of the map's classes; the lower is WHO/UNICEF's "very low" (de Onis et al. 2018)."""

NEAR_SHARE = 2 / 3
"""Near is up to this share of what counts as far: ten minutes where far is fifteen."""


def need_by_access(rws: pd.DataFrame, far_min: float, reliable: frozenset[str]) -> pd.DataFrame:
    """Return `rws` with need (low, middle, high), access (near, halfway, far) and group ("high far", …, or unsure).

    `rws`: rate (a fraction), status, minutes, is_computed. A rate whose status is not among `reliable` is unsure, as is
    an RW whose travel was never computed; no way at all is far.
    """
    rate = pd.to_numeric(rws["rate"], errors="coerce").to_numpy(dtype=float)
    minutes = pd.to_numeric(rws["minutes"], errors="coerce").to_numpy(dtype=float)
    need = np.array([LOW, MIDDLE, HIGH], dtype=object)[np.digitize(np.nan_to_num(rate), NEED_EDGES)]
    reached = np.where(np.isnan(minutes), np.inf, minutes)
    access = np.array([NEAR, HALFWAY, FAR], dtype=object)[np.digitize(reached, (NEAR_SHARE * far_min, far_min))]
    is_unsure = ~rws["status"].isin(reliable).to_numpy() | np.isnan(rate) | ~rws["is_computed"].to_numpy(dtype=bool)
    return rws.assign(
        need=np.where(is_unsure, UNSURE, need),
        access=access,
        group=np.where(is_unsure, UNSURE, np.char.add(np.char.add(need.astype(str), " "), access.astype(str))),
    )
