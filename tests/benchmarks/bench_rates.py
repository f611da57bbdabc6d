"""Smoothed rates against the truth of simulated cities, beside raw rates and plain empirical Bayes; and their time."""

import pandas as pd

from models.rates import evaluate_against_truth, raw_rates, single_prior_rates, smooth_rates
from models.rates.covariate_fit import covariate_prior, past_log_odds
from tests.benchmarks.harness import Row, best_of
from tests.models.rates.simulated_city import simulated_city

CITIES = 12
RAW, SINGLE, HIERARCHY, FINAL = "raw", "single-prior EB", "hierarchy", "hierarchy + past rate"
PAGE_LIMIT_S = 0.1


def run() -> list[Row]:
    """Return precision, coverage and error per method, the gain of the past rate, and seconds per call."""
    tables, gains = [], []
    for seed in range(CITIES):
        city = simulated_city(seed)
        earlier = city.assign(cases=city["past_cases"], measured=city["past_measured"])
        with_past = city.merge(past_log_odds(earlier), on="rw_code", validate="1:1")
        prior, report = covariate_prior(with_past, ["past_log_odds"])
        gains.append(report.gain)
        estimates = {
            RAW: raw_rates(city),
            SINGLE: single_prior_rates(city),
            HIERARCHY: smooth_rates(city),
            FINAL: smooth_rates(with_past, prior),
        }
        tables.append(evaluate_against_truth(estimates, city[["rw_code", "true_rate"]]))
    table = pd.concat(tables).groupby("method").mean()

    rows = []
    for method in (RAW, SINGLE, HIERARCHY, FINAL):
        of_method, rival = table.loc[method], table.loc[SINGLE]
        is_ours = method in (HIERARCHY, FINAL)
        note = f"limit: {SINGLE}" if is_ours else ""
        for k in (20, 50, 100):
            measure = f"precision_top_{k}"
            limit = round(rival[measure] * 100, 1) if is_ours else None
            figure = round(of_method[measure] * 100, 1)
            rows.append(Row(f"rates: {method}, worst {k} found", figure, "%", limit, note, is_floor=True))
        for measure in ("mae", "rmse"):
            limit = round(rival[measure] * 100, 3) if is_ours else None
            figure = round(of_method[measure] * 100, 3)
            rows.append(Row(f"rates: {method}, {measure.upper()}", figure, "points", limit, note))
        covered = round(of_method["coverage"] * 100, 1)
        rows.append(Row(f"rates: {method}, 90 % intervals hold the truth", covered, "%", note="honest: 85 to 95"))
    gain = round(sum(gains) / CITIES, 4)
    rows.append(Row("rates: gain of the past rate, left-out RWs", gain, "log score", note="positive earns its place"))
    seconds = [
        ("rates: smooth 1,020 RWs", best_of(5, lambda: smooth_rates(city)), PAGE_LIMIT_S, "once a cache entry"),
        ("rates: smooth 1,020 RWs + past rate", best_of(3, lambda: smooth_rates(with_past, prior)), None, "monthly"),
        (
            "rates: cross-validate a covariate",
            best_of(1, lambda: covariate_prior(with_past, ["past_log_odds"])),
            None,
            "monthly",
        ),
    ]
    rows += [Row(work, round(figure, 4), "s", limit, note) for work, figure, limit, note in seconds]
    return rows
