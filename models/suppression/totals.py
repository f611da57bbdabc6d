"""Which totals may stand beside banded RWs: complementary suppression down the tree of areas.

A total is one equation over its RWs. It is told when each hidden RW could still hold any number of its band with that
total, whatever the others hold; else it is kept back. Where the totals of its siblings and of the area above would give
a kept total back, siblings are kept back as well, the widest first. Which one goes is decided from the bands alone, so
that the choice tells nothing.

Whether a total was kept back is itself a hint: it lies near one end of its range, at either end. Every number of a
hidden band is still possible then, the low ones at the low end and the high ones at the high end.
"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from models.suppression.bands import BAND, SMALLEST_TOLD

LEVEL_LENGTHS = {"kelurahan": 13, "kecamatan": 8, "kota": 5}
"""Length of the code at each level, lowest first: 32.75.01.1001, 32.75.01, 32.75."""

_SLACK = BAND - 1


@dataclass
class _Level:
    """Areas of one level as arrays: what each sum is, what it could be from what is told, and where it belongs."""

    code: np.ndarray
    month: np.ndarray
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    widest_low: np.ndarray
    widest_high: np.ndarray
    is_hidden: np.ndarray
    is_told: np.ndarray
    below: "_Level | None" = None
    parent: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=int))


def told_totals(cells: pd.DataFrame, root: str = "") -> pd.DataFrame:
    """Return every total above the RWs and whether it may be told: area_code, month, level, value, is_told.

    Takes the cells of one count: rw_code, value, low, high (its band), and month where there are several; months are
    judged apart. `root` is the code that the cells are complete under; totals above it are not theirs to tell. The
    city's total is public and told whatever happens to the rest: where even that would give a hidden RW away (a city of
    two or three RWs), `is_told` is False for it, and no RW may be shown.
    """
    known = cells[cells["value"].notna()]
    months = known["month"] if "month" in known.columns else pd.Series(0, index=known.index)
    value, low, high = (known[name].to_numpy(dtype=float) for name in ("value", "low", "high"))
    is_hidden = (low < SMALLEST_TOLD) & (high > low)
    level = _Level(known["rw_code"].to_numpy(), months.to_numpy(), value, low, high, low, high, is_hidden, low == high)
    found = []
    for name, length in LEVEL_LENGTHS.items():
        if length < len(root):
            break
        level = _above(level, length)
        found.append((name, level))
    frames = [
        pd.DataFrame(
            {
                "area_code": level.code,
                "month": level.month,
                "level": name,
                "value": level.value,
                "is_told": level.is_told,
            }
        )
        for name, level in found
    ]
    return pd.concat(frames, ignore_index=True)


def _above(below: _Level, length: int) -> _Level:
    """Return the level above, after as many of its parts are kept back as its own total needs."""
    codes = pd.Series(below.code, dtype=object).str[:length]
    groups = pd.DataFrame({"month": below.month, "code": codes}).groupby(["month", "code"], sort=True)
    below.parent = groups.ngroup().to_numpy()
    firsts = groups.head(1).index.to_numpy()
    order = np.argsort(below.parent[firsts])
    places = firsts[order]
    while True:
        level = _summed(below, codes.to_numpy()[places], below.month[places])
        if below.below is None:
            return level
        is_narrow = level.is_hidden & ~_is_wide(level)
        width = below.widest_high - below.widest_low
        could_go = below.is_told & is_narrow[below.parent] & (width > 0)
        if not could_go.any():
            return level
        ordered = np.lexsort((width, below.parent))
        ordered = ordered[could_go[ordered]]
        is_last = np.append(below.parent[ordered][1:] != below.parent[ordered][:-1], True)
        _keep_back(below, ordered[is_last])


def _summed(below: _Level, code: np.ndarray, month: np.ndarray) -> _Level:
    count = len(code)

    def summed(values: np.ndarray) -> np.ndarray:
        return np.bincount(below.parent, values, minlength=count)

    level = _Level(
        code,
        month,
        value=summed(below.value),
        low=summed(np.where(below.is_told, below.value, below.low)),
        high=summed(np.where(below.is_told, below.value, below.high)),
        widest_low=summed(below.widest_low),
        widest_high=summed(below.widest_high),
        is_hidden=summed(below.is_hidden & ~below.is_told) > 0,
        is_told=np.zeros(count, dtype=bool),
        below=below,
    )
    is_large = (level.value == 0) | (level.value >= SMALLEST_TOLD)
    level.is_told = is_large & (~level.is_hidden | _is_wide(level))
    return level


def _is_wide(level: _Level) -> np.ndarray:
    """Say whether every hidden part can still hold each number of its band with this total."""
    is_wide: np.ndarray = (level.low + _SLACK <= level.value) & (level.value <= level.high - _SLACK)
    return is_wide


def _keep_back(level: _Level, places: np.ndarray) -> None:
    """Keep the totals of some areas back, and of everything inside them."""
    level.is_told[places] = False
    level.is_hidden[places] = True
    level.low[places], level.high[places] = level.widest_low[places], level.widest_high[places]
    inner = level.below
    if inner is not None and inner.below is not None:
        _keep_back(inner, np.flatnonzero(np.isin(inner.parent, places)))
