"""Where one more place of care would bring the most children within reach: a greedy coverage curve.

Maximal covering location (Church and ReVelle, 1974), solved greedily: each step takes the site that adds the most
children not yet covered. What is covered now counts as covered from the start. The sum after k steps is at least
63 % of the best possible gain for k sites (Nemhauser, Wolsey and Fisher, 1978), and exactly the best for the first.
"""

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix


def coverage_curve(children: pd.Series, is_covered: pd.Series, reach: pd.DataFrame, sites: int) -> pd.DataFrame:
    """Return the sites in the order in which they help most, at most `sites` of them.

    `children`: under-fives by origin code, blanks weigh nothing; `is_covered`, on the same index: whether the origin is
    within reach of an existing place; `reach`: origin, site, one row for each origin that a site would cover. Columns:
    step (0 is today), site (blank for today), origins_gained, children_gained, share (of all children, after the step).
    Ends where no site adds anybody. Of equal sites the first code wins.
    """
    weight = pd.to_numeric(children, errors="coerce").astype(float).fillna(0.0).clip(lower=0).to_numpy()
    total = float(weight.sum())
    open_ = ~is_covered.reindex(children.index).fillna(False).to_numpy(dtype=bool)
    covered = float(weight[~open_].sum())
    rows: list[tuple[int, str, int, float, float]] = [(0, "", 0, 0.0, _share(covered, total))]
    codes = np.array(sorted(reach["site"].unique()), dtype=object)
    known = reach[reach["origin"].isin(children.index)].drop_duplicates(["origin", "site"])
    if len(codes) and total > 0:
        at = children.index.get_indexer(pd.Index(known["origin"]))
        site = np.searchsorted(codes.astype(str), known["site"].to_numpy(dtype=str))
        covers = csr_matrix((np.ones(len(known)), (site, at)), shape=(len(codes), len(children)))
        for step in range(1, sites + 1):
            gains = covers @ np.where(open_, weight, 0.0)
            best = int(np.argmax(gains))
            if gains[best] <= 0:
                break
            new = covers[best].indices[open_[covers[best].indices]]
            open_[new] = False
            covered += float(gains[best])
            rows.append((step, str(codes[best]), len(new), float(gains[best]), _share(covered, total)))
    return pd.DataFrame(rows, columns=["step", "site", "origins_gained", "children_gained", "share"])


def _share(part: float, whole: float) -> float:
    return min(part / whole, 1.0) if whole > 0 else float("nan")
