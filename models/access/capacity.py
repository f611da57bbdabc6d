"""Access that counts how many share a place: the enhanced two-step floating catchment area (E2SFCA).

Luo and Qi, Health & Place 15(4), 2009: each place's supply is divided by the people around it, weighted by how near
they are; each origin then adds up, with the same weights, what the places around it have left. Computed by PySAL's
`access`.
"""

import warnings

import numpy as np
import pandas as pd

ZONES_MIN: dict[float, float] = {10: 1.0, 20: 0.68, 30: 0.22}
"""Zones of travel time and their weights as Luo and Qi give them (weight set 1)."""

PER_CHILDREN = 10_000.0


def enhanced_two_step(
    children: pd.Series,
    supply: pd.Series,
    minutes: pd.DataFrame,
    zones_min: dict[float, float] | None = None,
) -> pd.Series:
    """Return supply per 10,000 under-fives at each origin, in the order of `children`.

    `children`: under-fives by origin code (0 or more; blank origins give a blank result and weigh nothing); `supply` by
    place code; `minutes`: origin, destination, minutes, blank or absent where no way leads there. An origin without a
    place within the last zone has 0.
    """
    from access import fca, weights  # it loads geopandas and plotting, which most pages never need

    zones = zones_min or ZONES_MIN
    known = pd.to_numeric(children, errors="coerce").astype(float)
    demand = pd.DataFrame({"demand": known[known > 0]})
    near = minutes[
        (minutes["minutes"] <= max(zones))
        & minutes["origin"].isin(demand.index)
        & minutes["destination"].isin(supply.index)
    ]
    nothing = pd.Series(np.where(known.isna(), np.nan, 0.0), index=children.index)
    if near.empty:
        return nothing
    demand.index.name = "geoid"
    offered = pd.DataFrame({"supply": supply.astype(float)})
    offered.index.name = "geoid"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", category=FutureWarning)
        found = fca.two_stage_fca(
            demand,
            offered,
            near.rename(columns={"destination": "dest", "minutes": "cost"}),
            max_cost=max(zones),
            demand_index=True,
            demand_name="demand",
            supply_name="supply",
            weight_fn=weights.step_fn(zones),
        )
    return nothing.where(known.isna(), found.reindex(children.index).fillna(0.0) * PER_CHILDREN)
