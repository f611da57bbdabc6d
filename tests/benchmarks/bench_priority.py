"""Ranking a city's RWs with its Monte Carlo, hot spots and reasons: seconds, and whether rank intervals are honest."""

import numpy as np
import pandas as pd

from models.priority import DEFAULTS, Weights, hotspots, preset, rank_rws, reasons
from models.rates import smooth_rates
from tests.benchmarks.harness import Row, best_of
from tests.models.rates.simulated_city import simulated_city

RANKING_LIMIT_S = 0.3
CITIES = 6
BLANK = 0.05


def run() -> list[Row]:
    """Return seconds per ranking (complete, and with blanks everywhere), and the coverage of rank intervals."""
    city = rws(simulated_city(1), seed=2)
    sparse = with_blanks(city, seed=3)
    weights = preset("balanced")
    whole = best_of(7, lambda: rank_rws(city, weights, is_every_remedy_ranked=True))
    blank = best_of(7, lambda: rank_rws(sparse, weights, is_every_remedy_ranked=True))
    pusing = best_of(7, lambda: rank_rws(city, weights))
    counts, pairs = simulated_city(1)[["rw_code", "cases", "measured"]], strip_of_neighbours(city["rw_code"])
    size = f"{len(city):,} RWs, {DEFAULTS.draws:,} draws"
    return [
        Row(f"priority: rank {size}", round(whole, 3), "s", RANKING_LIMIT_S, "every remedy ranked"),
        Row(f"priority: rank {size}, blanks", round(blank, 3), "s", RANKING_LIMIT_S, f"{BLANK:.0%} of figures unknown"),
        Row("priority: rank those for Pusing", round(pusing, 3), "s", RANKING_LIMIT_S, "default"),
        Row("priority: reasons of 1,020 RWs", round(best_of(3, lambda: reasons(city, weights)), 3), "s"),
        Row(
            "priority: hot spots, 99,999 permutations",
            round(best_of(3, lambda: hotspots(counts, pairs, seed=1)), 3),
            "s",
            note="once a month's data",
        ),
        Row("priority: 90 % rank intervals hold the truth", round(coverage() * 100, 1), "%", note="honest: 85 to 95"),
    ]


def rws(city: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return the frame to rank for a simulated city: rates as smoothed, the rest invented."""
    generator = np.random.default_rng(seed)
    rates = smooth_rates(city)
    severe = smooth_rates(city.assign(cases=generator.binomial(city["cases"], 0.22)))
    count = len(city)
    travel_s = generator.gamma(4, 450, count)
    women = generator.poisson(20, count)
    return pd.DataFrame(
        {
            "rw_code": city["rw_code"],
            "posterior_alpha": rates["posterior_alpha"],
            "posterior_beta": rates["posterior_beta"],
            "severe_alpha": severe["posterior_alpha"],
            "severe_beta": severe["posterior_beta"],
            "measured": city["measured"].astype(float),
            "d_weighed": city["measured"].astype(float),
            "s_target": np.round(city["measured"] / np.clip(generator.beta(8, 3, count), 0.2, 1)),
            "travel_s": travel_s,
            "own_travel_s": travel_s + np.where(generator.random(count) < 0.2, generator.gamma(2, 400, count), 0),
            "pregnant_target": women.astype(float),
            "pregnant_screened": generator.binomial(women, 0.78).astype(float),
            "months_since_visit": np.where(generator.random(count) < 0.4, generator.integers(0, 19, count), np.nan),
            "is_nominated": generator.random(count) < 0.05,
        }
    )


def with_blanks(frame: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return the frame with a share of all figures unknown."""
    generator = np.random.default_rng(seed)
    columns = ["s_target", "d_weighed", "travel_s", "own_travel_s", "pregnant_target", "pregnant_screened"]
    is_blank = generator.random((len(frame), len(columns) + 1)) < BLANK
    sparse = frame.assign(**{name: frame[name].mask(is_blank[:, place]) for place, name in enumerate(columns)})
    sparse.loc[is_blank[:, -1], ["posterior_alpha", "posterior_beta"]] = np.nan
    return sparse


def strip_of_neighbours(rw_code: pd.Series) -> pd.DataFrame:
    """Return pairs as if the RWs stood in rows of 34, each touching up to eight others."""
    row, column = np.divmod(np.arange(len(rw_code)), 34)
    pairs = [
        (row[:-step], column[:-step], row[step:], column[step:], np.arange(len(rw_code) - step), step)
        for step in (1, 33, 34, 35)
    ]
    first = np.concatenate([at[(abs(r - s) <= 1) & (abs(c - d) <= 1)] for r, c, s, d, at, _ in pairs])
    second = np.concatenate([at[(abs(r - s) <= 1) & (abs(c - d) <= 1)] + step for r, c, s, d, at, step in pairs])
    codes = rw_code.to_numpy()
    return pd.DataFrame({"rw_code": codes[first], "neighbour_code": codes[second]})


def coverage() -> float:
    """Return how often the interval holds the RW's true rank by stunted children, everyone weighed."""
    held = []
    for seed in range(CITIES):
        city = simulated_city(seed)
        frame = rws(city, seed).assign(s_target=city["measured"], attendance_share=1.0)
        ranked = rank_rws(frame, Weights({"expected_stunted": 1}), k=100, is_every_remedy_ranked=True)
        true_rank = (city["true_rate"] * city["measured"]).rank(ascending=False)
        held.append(true_rank.between(ranked["rank_low"].astype(float), ranked["rank_high"].astype(float)).mean())
    return float(np.mean(held))
