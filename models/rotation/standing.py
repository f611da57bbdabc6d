"""What a set of stops amounts to: need and under-fives served, waits, overlap, spread, and promises not kept.

The same figures for a plan, for its alternatives and for visits already made, so that they can be laid side by side.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.rotation.coverage import Coverage, coverage_of, early_worth
from models.rotation.indexed import IndexedProblem
from models.rotation.promises import Promise, promises


@dataclass(frozen=True, eq=False)
class Standing:
    """Figures of a set of stops.

    `coverage`: rw_code, kecamatan_code, puskesmas_code, visits, share_served, need_served, longest_wait_months.
    `kecamatan`: kecamatan_code, stops, need, need_served, need_served_pct (of need, once).
    `under_fives_served`: under-fives of RWs with need, times the share served. `overlap_need`: need reached again in
    the same period, so reached for nothing. `kecamatan_spread_pct`: highest less lowest need_served_pct.
    """

    objective: float
    need_served: float
    need_served_pct: float
    under_fives_served: float
    stops: int
    idle_slots: int
    longest_wait_months: int
    far_never_reached: int
    overlap_need: float
    kecamatan_spread_pct: float
    broken_promises: int
    coverage: pd.DataFrame
    kecamatan: pd.DataFrame


def standing(indexed: IndexedProblem, slots: pd.DataFrame) -> Standing:
    """Work out the figures of slots (month, puskesmas_code, rw_code)."""
    rws = indexed.problem.rws
    rw, month = indexed.visits_of(slots)
    reached = coverage_of(indexed, rw, month)
    need_served, share = reached.need_served(), reached.share_served()
    waits = longest_waits(indexed, rw, month)
    coverage = pd.DataFrame(
        {
            "rw_code": rws["rw_code"],
            "kecamatan_code": rws["kecamatan_code"],
            "puskesmas_code": rws["puskesmas_code"],
            "visits": np.bincount(rw, minlength=indexed.rw_count),
            "share_served": share,
            "need_served": need_served,
            "longest_wait_months": waits,
        }
    )
    once = indexed.need * share
    kecamatan = (
        pd.DataFrame(
            {
                "kecamatan_code": rws["kecamatan_code"],
                "stops": coverage["visits"],
                "need": indexed.need,
                "need_served": once,
            }
        )
        .groupby("kecamatan_code", as_index=False)
        .sum()
    )
    with_need = kecamatan["need"].where(kecamatan["need"] > 0)
    kecamatan["need_served_pct"] = kecamatan["need_served"] / with_need * 100
    total, served_pct = indexed.need.sum(), kecamatan["need_served_pct"]
    under_fives = rws["under_fives"].to_numpy(dtype=float)
    capacity = float((indexed.slots_free + indexed.slots_vehicle).sum()) + len(indexed.problem.adopted)
    return Standing(
        objective=float(need_served.sum()) + early_worth(indexed, rw, month),
        need_served=float(need_served.sum()),
        need_served_pct=float(once.sum() / total * 100) if total > 0 else 0.0,
        under_fives_served=float((under_fives * share)[indexed.need > 0].sum()),
        stops=len(slots),
        idle_slots=int(capacity) - len(slots),
        longest_wait_months=int(waits[indexed.is_far].max()) if indexed.is_far.any() else 0,
        far_never_reached=int((indexed.is_far & (share == 0)).sum()),
        overlap_need=_overlap(reached, rw, month),
        kecamatan_spread_pct=float(served_pct.max() - served_pct.min()) if served_pct.notna().any() else 0.0,
        broken_promises=len(broken(indexed, promises(indexed), slots)),
        coverage=coverage,
        kecamatan=kecamatan,
    )


def longest_waits(indexed: IndexedProblem, rw: np.ndarray, month: np.ndarray) -> np.ndarray:
    """Return each RW's longest wait in months: up to a stop, between stops, or up to the month after the plan.

    A wait under way at the start counts from the last visit; RWs never visited wait from the first month.
    """
    order = np.argsort(month, kind="stable")
    last = -np.nan_to_num(indexed.since, nan=0.0)
    longest = np.zeros(indexed.rw_count)
    for stop, at in zip(rw[order], month[order], strict=True):
        longest[stop] = max(longest[stop], at - last[stop])
        last[stop] = at
    return np.maximum(longest, indexed.month_count - last).astype(int)


def broken(indexed: IndexedProblem, kept: list[Promise], slots: pd.DataFrame) -> list[tuple[Promise, int]]:
    """Return the promises that slots break, each with how many stops it is short."""
    rw, month = indexed.visits_of(slots)
    puskesmas = indexed.puskesmas_at(slots["puskesmas_code"])
    count = np.zeros((len(indexed.puskesmas), indexed.rw_count, indexed.month_count), dtype=np.int16)
    is_new = ~indexed.is_adopted_visit[rw, month]
    np.add.at(count, (puskesmas[is_new], rw[is_new], month[is_new]), 1)
    made = count[indexed.pair_puskesmas, indexed.pair_rw]
    found = []
    for promise in kept:
        short = promise.least - int(made[promise.pairs, promise.first : promise.after].sum())
        if short > 0:
            found.append((promise, short))
    return found


def _overlap(reached: Coverage, rw: np.ndarray, month: np.ndarray) -> float:
    indexed = reached.indexed
    total = 0.0
    for stop, at in zip(rw, month, strict=True):
        served, share = reached.reach(int(stop), int(at))
        total += float((indexed.need[served] * share).sum())
    return max(0.0, total - float((indexed.need[:, None] * reached.best).sum()))
