"""A simulated city to rotate in: RWs on a jittered grid, puskesmas among them, need, waits and walking neighbours."""

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from models.rotation import OWN_TEAM, PARTNER_CLINIC, RotationProblem, RotationRules
from models.rotation.months import month_range

SIDE_M = 14_600
KECAMATAN = 12


def simulated_city(
    seed: int = 0,
    rw_count: int = 1020,
    puskesmas_count: int = 49,
    month_count: int = 12,
    vehicle_days: int | None = 45,
    rules: RotationRules | None = None,
    side_m: float | None = None,
) -> RotationProblem:
    """Return a problem whose promises can be kept: waits are promised where the teams can be there in time."""
    generator = np.random.default_rng(seed)
    side = side_m or SIDE_M * np.sqrt(rw_count / 1020)
    width = int(np.ceil(np.sqrt(rw_count)))
    across, down = np.meshgrid(np.arange(width), np.arange(width))
    points = np.c_[across.ravel(), down.ravel()][:rw_count] * side / width + generator.normal(0, 120, (rw_count, 2))
    clinics = generator.uniform(0, side, (puskesmas_count, 2))
    for _ in range(8):
        own = cKDTree(clinics).query(points)[1]
        clinics = np.array(
            [points[own == p].mean(axis=0) if (own == p).any() else clinics[p] for p in range(puskesmas_count)]
        )
    distance, own = cKDTree(clinics).query(points)
    kecamatan = cKDTree(clinics[: min(KECAMATAN, puskesmas_count)]).query(points)[1]
    is_far = distance > np.quantile(distance, 0.8)
    # A team that makes one stop a month can promise a year's wait to eight RWs and leave room for need.
    for p in range(puskesmas_count):
        far_here = np.flatnonzero(is_far & (own == p))
        is_far[far_here[8:]] = False
    since = np.where(generator.random(rw_count) < 0.3, generator.integers(1, 18, rw_count).astype(float), np.nan)
    codes = np.array([f"32.75.{k + 1:02d}.1001.{i:04d}" for i, k in enumerate(kecamatan)], dtype=object)
    rws = pd.DataFrame(
        {
            "rw_code": codes,
            "kelurahan_code": [code[:13] for code in codes],
            "kecamatan_code": [code[:8] for code in codes],
            "puskesmas_code": [f"P{p:02d}" for p in own],
            "need": generator.gamma(2, 2, rw_count) * (1 + is_far),
            "under_fives": generator.poisson(130, rw_count),
            "months_since_visit": since,
            "is_far": is_far,
        }
    )
    neighbours = []
    for one, other in sorted(cKDTree(points).query_pairs(800)):
        share = 1 - np.hypot(*(points[one] - points[other])) * 1.3 / 1000
        if share > 0.05:
            neighbours += [(codes[one], codes[other], share), (codes[other], codes[one], share)]
    months = month_range("2027-01", month_count)
    capacity = [(f"P{p:02d}", month, OWN_TEAM, 1, True) for p in range(puskesmas_count) for month in months]
    partners = range(0, puskesmas_count, 6)
    capacity += [(f"P{p:02d}", month, PARTNER_CLINIC, 1, False) for p in partners for month in months[::3]]
    return RotationProblem(
        months=months,
        rws=rws,
        capacity=pd.DataFrame(capacity, columns=["puskesmas_code", "month", "kind", "slots", "is_vehicle_needed"]),
        neighbours=pd.DataFrame(neighbours, columns=["rw_code", "neighbour_code", "share"]),
        vehicle_days=None if vehicle_days is None else pd.DataFrame({"month": months, "vehicle_days": vehicle_days}),
        rules=rules or RotationRules(),
    )
