"""An attacker who knows the method and reads everything that is told, and whose only wish is the number in a cell.

Also the invented cities that are attacked: most RWs of Bekasi's size, and small ones where totals squeeze their parts.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from models.suppression import LEVEL_LENGTHS, band, published, told_totals

COLUMNS = ("stunted", "severely_stunted", "haz_valid", "d_weighed", "s_target")


def told(counts: pd.DataFrame, root: str = "") -> pd.DataFrame:
    """What a role with suppression gets of a city."""
    return published(
        counts,
        cases="stunted",
        measured="haz_valid",
        denominators=("d_weighed", "s_target"),
        parts=("severely_stunted",),
        root=root,
    )


def bekasi(seed: int, kecamatan: int = 12, kelurahan: int = 5, rws: int = 17) -> pd.DataFrame:
    """A city of about four stunted children an RW."""
    rng = np.random.default_rng(seed)
    codes = [
        f"32.75.{k:02d}.{1001 + j}.{r:03d}"
        for k in range(1, kecamatan + 1)
        for j in range(kelurahan)
        for r in range(1, rws + 1)
    ]
    return _filled(codes, rng.poisson(rng.gamma(4, 117 / 4, len(codes))), 0.034, rng)


def village(seed: int) -> pd.DataFrame:
    """A city of a few small kelurahan, some of one RW, with few children measured."""
    rng = np.random.default_rng(seed)
    codes = [
        f"32.75.{k:02d}.{1001 + j}.{r:03d}"
        for k in range(1, rng.integers(2, 5))
        for j in range(rng.integers(1, 4))
        for r in range(1, rng.integers(2, 8))
    ]
    return _filled(codes, rng.poisson(rng.choice([3, 20, 60], len(codes))), rng.choice([0.03, 0.1, 0.3]), rng)


def _filled(codes: list[str], measured: np.ndarray, rate: float, rng: np.random.Generator) -> pd.DataFrame:
    stunted = rng.binomial(measured, rate)
    return pd.DataFrame(
        {
            "rw_code": codes,
            "stunted": stunted,
            "severely_stunted": rng.binomial(stunted, 0.2),
            "haz_valid": measured,
            "d_weighed": measured + 2,
            "s_target": measured + 12,
        }
    )


@dataclass(frozen=True)
class Margins:
    """Every equation over RWs' stunted children that the attacker can write down."""

    low: np.ndarray
    high: np.ndarray
    equations: sparse.csr_matrix
    totals: np.ndarray

    def range_of(self, cell: int) -> tuple[int, int]:
        """The least and the most that a cell can hold, by integer programming over all equations at once."""
        goal = np.zeros(len(self.low))
        goal[cell] = 1.0
        found = []
        for sign in (1, -1):
            solved = milp(
                sign * goal,
                integrality=np.ones(len(goal)),
                bounds=Bounds(self.low, self.high),
                constraints=LinearConstraint(self.equations, self.totals, self.totals),
            )
            found.append(round(sign * solved.fun))
        return found[0], found[1]


def margins(counts: pd.DataFrame, root: str = "", extra: list[tuple[np.ndarray, float]] | None = None) -> Margins:
    """Write down bands, measured children, and every told total of a city (or of the part under `root`)."""
    shown = told(counts, root)
    low, high = shown["stunted_low"].to_numpy(), shown["stunted_high"].to_numpy()
    known = shown["haz_valid"].to_numpy()
    # Only where the number of measured children is told exactly does it bound the cases.
    is_exact = known == counts["haz_valid"].to_numpy()
    high = np.where(is_exact & (known >= 5), np.minimum(high, known), high)
    rows, totals = [], []
    cells = pd.DataFrame(
        {
            "rw_code": counts["rw_code"],
            "value": counts["stunted"],
            "low": shown["stunted_low"],
            "high": np.maximum(
                np.where(shown["stunted_high"] == 4, 4, np.fmin(shown["stunted_high"], counts["haz_valid"])), low
            ),
        }
    )
    of_tree = told_totals(cells, root)[["area_code", "level", "value", "is_told"]]
    for area, level, value, is_told in of_tree.itertuples(index=False):
        if is_told or level == "kota":
            rows.append(counts["rw_code"].str[: LEVEL_LENGTHS[level]].eq(area).to_numpy(dtype=float))
            totals.append(value)
    for row, value in extra or []:
        rows.append(row)
        totals.append(value)
    return Margins(low, high, sparse.csr_matrix(np.array(rows).reshape(-1, len(counts))), np.array(totals, dtype=float))


def hidden(counts: pd.DataFrame, shown: pd.DataFrame) -> np.ndarray:
    """The places of the cells that are hidden behind "1-4"."""
    is_shown = shown["stunted_low"].eq(1) & shown["stunted_high"].eq(4)
    assert counts.loc[is_shown, "stunted"].between(1, 4).all()
    return np.flatnonzero(is_shown)


def twin(counts: pd.DataFrame, cell: int, value: int, rng: np.random.Generator) -> pd.DataFrame | None:
    """Another city in which the cell holds `value` and its kelurahan as many cases as before, or None."""
    changed = counts["stunted"].to_numpy().copy()
    owed = changed[cell] - value
    changed[cell] = value
    low, high = band(counts["stunted"])
    siblings = np.flatnonzero(counts["rw_code"].str[:13].eq(counts["rw_code"].iloc[cell][:13]).to_numpy())
    severe = counts["severely_stunted"].to_numpy()
    if value < severe[cell]:
        return None
    for other in rng.permutation(siblings[siblings != cell]):
        most = min(high[other], counts["haz_valid"].iloc[other])
        least = max(low[other], severe[other])
        step = int(np.clip(owed, least - changed[other], most - changed[other]))
        changed[other] += step
        owed -= step
    return counts.assign(stunted=changed) if owed == 0 else None
