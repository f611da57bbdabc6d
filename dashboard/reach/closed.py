"""Ordinary travel beside travel with roads closed, by RW and for the whole city. Pure."""

import pandas as pd

from dashboard.reach.figures import FEWEST_OTHERS
from models.access import CUT_OFF, FARTHER, NEVER_REACHED, SAME, compare_closed


def compared(table: pd.DataFrame, closed: pd.DataFrame) -> pd.DataFrame:
    """Return the RWs of `figures.reach_table` with closed_minutes, closed_code, minutes_more and effect.

    `closed` is `access.nearest_with_closures`; what concerns the nearest puskesmas in each case.
    """
    found = closed.set_index("rw_code").reindex(table["rw_code"])
    minutes = pd.to_numeric(found["duration_s"], errors="coerce").to_numpy(dtype=float) / 60
    return compare_closed(
        table.assign(
            minutes=table["puskesmas_minutes"], closed_minutes=minutes, closed_code=found["facility_code"].to_numpy()
        )
    )


def effects(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row per effect: effect, rw, children (blank where unknown for some), minutes_more (mean by child)."""
    found = []
    for effect in (CUT_OFF, FARTHER, SAME, NEVER_REACHED):
        here = rows[rows["effect"] == effect]
        children = here["children"].fillna(0.0)
        more = here["minutes_more"] * children
        weight = float(children[here["minutes_more"].notna()].sum())
        found.append((effect, len(here), float(children.sum()), float(more.sum()) / weight if weight else float("nan")))
    return pd.DataFrame(found, columns=["effect", "rw", "children", "minutes_more"])


def city_effects(rows: pd.DataFrame, own: frozenset[str] | None) -> pd.DataFrame | None:
    """Return the whole city's effects, or None where too few RWs outside the own are in one of them.

    A group that holds one to four RWs besides the own ones would say of them that they are cut off.
    """
    if own is None:
        return effects(rows)
    outside = rows[~rows["rw_code"].isin(own)]["effect"].value_counts()
    return None if outside.lt(FEWEST_OTHERS).any() else effects(rows)
