"""What a role with suppression gets instead of the counts of RWs.

Assumes an attacker who knows everything but the hidden cells: every other figure, the method and its constants. So the
result is made only from what is told anyway, the bands and the totals that may stand beside them, and whatever is
computed from it (a smoothed rate, a rank, a reason, an expected number of children) is the same for every city that
tells the same.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from models.suppression.bands import SMALLEST_TOLD, band
from models.suppression.totals import LEVEL_LENGTHS, told_totals

_MIDDLE = 0.5


def published(
    counts: pd.DataFrame,
    *,
    cases: str,
    measured: str,
    denominators: Sequence[str] = (),
    parts: Sequence[str] = (),
    withheld: Sequence[str] = (),
    root: str = "",
) -> pd.DataFrame:
    """Return counts by RW (and month, where there is such a column) as they may be seen, in the order given.

    `cases` becomes a stand-in inside its band, with `<cases>_low` and `<cases>_high`: RWs are placed in their bands so
    that they add up to their kelurahan's total where that may be told, else in the middle. An RW with fewer than five
    measured children tells neither cases nor none: its band is 0 to 4. `denominators` (and `measured`) stay as they are
    in a kelurahan where none is 1 to 4, and are the middles of their bands in one where some are. `parts` of the cases
    (severe ones) have no cell of their own: they are the kelurahan's share of its cases. `withheld` columns are blank.
    """
    table = counts.reset_index(drop=True)
    result = table.copy()
    for column in (cases, measured, *denominators, *parts):
        result[column] = _number(table[column])
    for column in withheld:
        result[column] = np.nan
    if table.empty:
        return result.assign(**{f"{cases}_low": result[cases], f"{cases}_high": result[cases]})

    places = _Places(table, root)
    counted, known = result[cases], result[measured]
    low, high = band(counted)
    few = known.between(1, SMALLEST_TOLD - 1).to_numpy()
    low, high = np.where(few, 0.0, low), np.where(few, SMALLEST_TOLD - 1.0, high)
    # Nobody finds more cases than children measured, and anyone may know how many that were.
    reachable = np.where(few, high, np.fmin(high, known.to_numpy()))
    total, is_kept = places.told(counted, low, np.fmax(reachable, low))
    result[f"{cases}_low"], result[f"{cases}_high"] = low, high
    result[cases] = _placed(low, high, total, places)
    for column in dict.fromkeys((measured, *denominators)):
        result[column] = _coarse_where_small(result[column], places)
    result[cases] = result[cases].clip(upper=result[measured].fillna(np.inf))
    for column in parts:
        part, _ = places.told(result[column], np.where(counted.isna(), np.nan, 0.0), high)
        result[column] = _as_share(part, total, result[cases], places)
    result.loc[is_kept, [cases, f"{cases}_low", f"{cases}_high", measured, *parts]] = np.nan
    return result


class _Places:
    """Where and when each row is: its kelurahan and month."""

    def __init__(self, table: pd.DataFrame, root: str) -> None:
        self.rw_code, self.root = table["rw_code"], root
        self.month = table["month"] if "month" in table.columns else pd.Series(0, index=table.index)
        self.group = [self.rw_code.str[: LEVEL_LENGTHS["kelurahan"]], self.month]

    def told(self, values: pd.Series, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, pd.Series]:
        """Return each row's kelurahan total, blank where kept back, and where even the city's tells too much."""
        cells = pd.DataFrame({"rw_code": self.rw_code, "month": self.month, "value": values, "low": low, "high": high})
        totals = told_totals(cells, self.root)
        kept_months = totals.loc[(totals["level"] == "kota") & ~totals["is_told"], "month"]
        open_ones = totals[(totals["level"] == "kelurahan") & totals["is_told"]]
        told = open_ones.set_index(["area_code", "month"])["value"]
        return told.reindex(pd.MultiIndex.from_arrays(self.group)).to_numpy(dtype=float), self.month.isin(kept_months)


def _number(column: pd.Series) -> pd.Series:
    return pd.to_numeric(column, errors="coerce").astype(float)


def _placed(low: np.ndarray, high: np.ndarray, total: np.ndarray, places: _Places) -> np.ndarray:
    """Place each RW in its band: as far up as its kelurahan's told total lies between all lows and all highs."""
    summed = pd.DataFrame({"low": low, "high": high}).groupby(places.group).transform("sum")
    room = (summed["high"] - summed["low"]).to_numpy()
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(np.isnan(total) | (room <= 0), _MIDDLE, (total - summed["low"].to_numpy()) / room)
    return np.floor(low + share * (high - low) + 0.5)


def _coarse_where_small(values: pd.Series, places: _Places) -> pd.Series:
    """Give the middles of bands in kelurahan where a number is 1 to 4, and where their totals would give one away."""
    low, high = band(values)
    has_small = values.between(1, SMALLEST_TOLD - 1).groupby(places.group).transform("any")
    if not has_small.any():
        return values
    told, _ = places.told(values, low, high)
    return values.where(~has_small & ~np.isnan(told), np.floor((low + high) / 2))


def _as_share(part: np.ndarray, whole: np.ndarray, placed: pd.Series, places: _Places) -> pd.Series:
    """Give each RW its kelurahan's share of the part, or that of all kelurahan told; blank where none is."""
    is_told = ~np.isnan(part) & ~np.isnan(whole) & (whole > 0)
    by_area = pd.DataFrame({"part": part, "whole": whole})[is_told].groupby([codes[is_told] for codes in places.group])
    sums = by_area.first().sum()
    everywhere = sums["part"] / sums["whole"] if sums.get("whole", 0) > 0 else np.nan
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(is_told, part / whole, everywhere)
    return np.floor(placed * np.minimum(share, 1.0) + 0.5)
