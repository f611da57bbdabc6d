"""Invented monthly shares with a drift that wanders, for which the future is known."""

import datetime

import numpy as np
import pandas as pd

FIRST = datetime.date(2020, 1, 1)


def month(number: int) -> datetime.date:
    """Return the month so many months after FIRST."""
    return datetime.date(FIRST.year + number // 12, number % 12 + 1, 1)


def simulated(series: int, months: int, seed: int, children: int = 2_500, drift_sd: float = 0.012) -> pd.DataFrame:
    """Return area_code, month, numerator, denominator: log-odds that start near 8 % with a slope that forgets itself.

    The three months' window makes neighbouring months alike, as in the routine figures.
    """
    rng = np.random.default_rng(seed)
    slope = np.zeros(series)
    odds = np.log(0.08 / 0.92) + rng.normal(0, 0.3, series)
    path = np.empty((months + 2, series))
    for step in range(months + 2):
        slope = 0.92 * slope + rng.normal(0, drift_sd, series)
        odds = odds + slope
        path[step] = odds
    window = (path[2:] + path[1:-1] + path[:-2]) / 3
    share = 1 / (1 + np.exp(-window - rng.normal(0, 0.01, window.shape)))
    cases = rng.binomial(children, share)
    return pd.DataFrame(
        {
            "area_code": np.repeat([f"A{number:03d}" for number in range(series)], months),
            "month": [month(number) for number in range(months)] * series,
            "numerator": cases.T.ravel(),
            "denominator": children,
        }
    )


def coverage(series: int, seed: int, known: int = 82, ahead: int = 24) -> pd.DataFrame:
    """Return the share of what came that lay inside the 80 and 95 % intervals, by months ahead (1, 6, 12, 24)."""
    from models.trend.forecast import forecast_areas

    whole = simulated(series, known + ahead, seed)
    past = whole[whole["month"] < month(known)]
    holders = {code: f"A{int(code[1:]) // 8 * 8:03d}" for code in past["area_code"].unique()}
    found = forecast_areas(past, holders, month(known + ahead - 1)).points
    came = whole.assign(came=whole["numerator"] / whole["denominator"])[["area_code", "month", "came"]]
    joined = found.merge(came, on=["area_code", "month"], validate="1:1")
    joined["ahead"] = [(at.year - FIRST.year) * 12 + at.month - known for at in joined["month"]]
    for level in ("80", "95"):
        joined[f"in_{level}"] = joined["came"].between(joined[f"low_{level}"], joined[f"high_{level}"])
    return joined[joined["ahead"].isin([1, 6, 12, 24])].groupby("ahead")[["in_80", "in_95"]].mean()
