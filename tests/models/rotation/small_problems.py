"""Problems small enough to solve by hand or by trying everything."""

from typing import Any

import numpy as np
import pandas as pd

from models.rotation import OWN_TEAM, RotationProblem, RotationRules
from models.rotation.months import month_range

PLAIN = RotationRules(min_gap_months=2, need_period_months=2, longest_wait_months=None, fair_share=0.0)


def rw_frame(
    need: list[float],
    puskesmas: list[str] | None = None,
    since: list[float] | None = None,
    far: list[bool] | None = None,
) -> pd.DataFrame:
    """Return RWs A, B, C… with the needs given; kecamatan K1 holds the first half, K2 the rest."""
    count = len(need)
    codes = [chr(ord("A") + at) for at in range(count)]
    return pd.DataFrame(
        {
            "rw_code": codes,
            "kelurahan_code": "L1",
            "kecamatan_code": ["K1" if at < (count + 1) // 2 else "K2" for at in range(count)],
            "puskesmas_code": puskesmas or ["P1"] * count,
            "need": need,
            "under_fives": 10,
            "months_since_visit": since or [np.nan] * count,
            "is_far": far or [False] * count,
        }
    )


def slots_per_month(months: tuple[str, ...], slots: int = 1, puskesmas: tuple[str, ...] = ("P1",)) -> pd.DataFrame:
    """Return the same own-team slots for every puskesmas and month."""
    rows = [(code, month, OWN_TEAM, slots, True) for code in puskesmas for month in months]
    return pd.DataFrame(rows, columns=["puskesmas_code", "month", "kind", "slots", "is_vehicle_needed"])


def small_problem(rws: pd.DataFrame, months: int = 4, slots: int = 1, **more: Any) -> RotationProblem:
    """Return a problem from 2027-01 on, with every puskesmas of the RWs making `slots` stops a month."""
    names = month_range("2027-01", months)
    puskesmas = tuple(sorted(set(rws["puskesmas_code"])))
    facts: dict[str, Any] = {"capacity": slots_per_month(names, slots, puskesmas), "rules": PLAIN} | more
    return RotationProblem(months=names, rws=rws, **facts)


def frame(columns: str, *rows: tuple[object, ...]) -> pd.DataFrame:
    """Return a frame from column names in one string and rows."""
    return pd.DataFrame(list(rows), columns=columns.split())


def random_problem(seed: int, months: int = 3, rws: int = 5, **more: Any) -> RotationProblem:
    """Return a random problem of two puskesmas, with neighbours, waits and tight vehicle-days."""
    generator = np.random.default_rng(seed)
    since = [float(generator.integers(1, 6)) if generator.random() < 0.5 else np.nan for _ in range(rws)]
    table = rw_frame(
        need=generator.uniform(0.5, 5, rws).round(2).tolist(),
        puskesmas=[str(code) for code in generator.choice(["P1", "P2"], rws)],
        since=since,
        far=(generator.random(rws) < 0.4).tolist(),
    )
    codes = table["rw_code"].tolist()
    neighbours = [
        (one, other, round(float(generator.uniform(0.1, 0.9)), 2))
        for one in codes
        for other in codes
        if one != other and generator.random() < 0.3
    ]
    names = month_range("2027-01", months)
    facts: dict[str, Any] = {
        "neighbours": frame("rw_code neighbour_code share", *neighbours),
        "vehicle_days": frame("month vehicle_days", *[(month, int(generator.integers(1, 3))) for month in names]),
    }
    return small_problem(table, months, **(facts | more))
