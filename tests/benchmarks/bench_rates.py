"""Rates against the demo city's hidden truth and that of simulated cities: raw, plain empirical Bayes, and ours.

On the demo city the truth is each RW's own risk at its children's ages, and the newest month is shown beside the mean
of windows that share no month. Covariates are tried there too: only those that earn their place are in the final
method.
"""

import numpy as np
import pandas as pd

from models.rates import evaluate_against_truth, raw_rates, single_prior_rates, smooth_rates, smooth_with_past
from models.rates.covariate_fit import covariate_prior, past_log_odds
from models.rates.past import MONTHS_BEFORE
from tests.benchmarks.demo_truth import DemoTruth, demo_truth
from tests.benchmarks.harness import Row, best_of
from tests.models.rates.simulated_city import simulated_city

CITIES = 12
RAW, SINGLE, HIERARCHY, FINAL = "raw", "single-prior EB", "hierarchy", "final (hierarchy + past)"
METHODS = (RAW, SINGLE, HIERARCHY, FINAL)
WINDOWS_APART = 3
_MEASURES = ["precision_top_20", "precision_top_50", "precision_top_100", "mae", "rmse", "coverage"]
PAGE_LIMIT_S = 0.1


def run() -> list[Row]:
    """Return precision, coverage and error per method, the gain of covariates, and seconds per call."""
    demo = demo_truth()
    judged = [month for month in demo.months[::-1][::WINDOWS_APART] if demo.months.index(month) >= MONTHS_BEFORE]
    tables = [_judged(demo, month) for month in judged]
    city = simulated_city(0)
    return [
        *_rows("demo city, newest month", tables[0]),
        *_rows(f"demo city, mean of {len(judged)} windows", pd.concat(tables).groupby("method").mean()),
        *_gains(demo, judged[0]),
        *_rows(f"{CITIES} simulated cities", _simulated()),
        Row(
            "rates: smooth 1,020 RWs",
            round(best_of(5, lambda: smooth_rates(city)), 4),
            "s",
            PAGE_LIMIT_S,
            "once a cache entry",
        ),
        Row(
            "rates: final method, 1,020 RWs",
            round(best_of(3, lambda: smooth_with_past(demo.counts(judged[0]), _past(demo, judged[0]))), 4),
            "s",
            note="once a visit month",
        ),
    ]


def _judged(demo: DemoTruth, month: str) -> pd.DataFrame:
    counts = demo.counts(month)
    estimates = {
        RAW: raw_rates(counts),
        SINGLE: single_prior_rates(counts),
        HIERARCHY: smooth_rates(counts),
        FINAL: smooth_with_past(counts, _past(demo, month)),
    }
    return evaluate_against_truth(estimates, demo.true_rates(month)).set_index("method")


def _past(demo: DemoTruth, month: str) -> pd.DataFrame:
    return demo.older(demo.months[demo.months.index(month) - MONTHS_BEFORE])


def _gains(demo: DemoTruth, month: str) -> list[Row]:
    """Try each covariate on RWs left out: log score gained per RW, held against one standard error."""
    past = _past(demo, month)
    frame = demo.counts(month).assign(
        log_distance=np.log(np.maximum(demo.distance_m, 100.0)), attendance_share=demo.attendance(month)
    )
    frame = frame.merge(
        past_log_odds(past[past["measured"] > 0].reset_index(drop=True)), how="left", on="rw_code", validate="1:1"
    )
    rows = []
    for name, words in (
        ("past_log_odds", "past rate (used)"),
        ("log_distance", "distance to the puskesmas (left out)"),
        ("attendance_share", "D/S (left out)"),
    ):
        _, report = covariate_prior(frame, [name])
        rows.append(
            Row(
                f"rates: gain of {words}, left-out RWs",
                round(report.gain, 4),
                "log score",
                round(report.gain_error, 4),
                "limit: one standard error",
                is_floor=True,
            )
        )
    return rows


def _simulated() -> pd.DataFrame:
    tables = []
    for seed in range(CITIES):
        city = simulated_city(seed)
        earlier = city.assign(cases=city["past_cases"], measured=city["past_measured"])
        estimates = {
            RAW: raw_rates(city),
            SINGLE: single_prior_rates(city),
            HIERARCHY: smooth_rates(city),
            FINAL: smooth_with_past(city, earlier),
        }
        tables.append(evaluate_against_truth(estimates, city[["rw_code", "true_rate"]]))
    return pd.concat(tables).groupby("method").mean()


def _rows(where: str, table: pd.DataFrame) -> list[Row]:
    """Return the table's figures; the final method is held against the better of raw and plain empirical Bayes."""
    rows = []
    rivals = table.loc[[RAW, SINGLE]]
    for method in METHODS:
        is_final = method == FINAL
        of_method = dict(zip(_MEASURES, table[_MEASURES].loc[method].to_numpy(dtype=float).tolist(), strict=True))
        note = "limit: the better of raw and EB" if is_final else ""
        for k in (20, 50, 100):
            measure = f"precision_top_{k}"
            limit = round(rivals[measure].max() * 100, 1) if is_final else None
            rows.append(
                Row(
                    f"{where}: {method}, worst {k} found",
                    round(of_method[measure] * 100, 1),
                    "%",
                    limit,
                    note,
                    is_floor=True,
                )
            )
        for measure in ("mae", "rmse"):
            limit = round(rivals[measure].min() * 100, 3) if is_final else None
            rows.append(
                Row(
                    f"{where}: {method}, {measure.upper()}",
                    round(of_method[measure] * 100, 3),
                    "points",
                    limit,
                    note,
                )
            )
        rows.append(
            Row(
                f"{where}: {method}, 90 % intervals hold the truth",
                round(of_method["coverage"] * 100, 1),
                "%",
                note="honest: 85 to 95",
            )
        )
    return rows
