from itertools import pairwise

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from models.errors import UnusableRotationError
from models.rotation import day_route


def durations(seed: int, stops: int) -> pd.DataFrame:
    codes = ["base", *(f"S{at}" for at in range(stops))]
    seconds = np.random.default_rng(seed).integers(60, 1800, (stops + 1, stops + 1)).astype(float)
    np.fill_diagonal(seconds, 0)
    return pd.DataFrame(seconds, index=codes, columns=codes)


@pytest.mark.parametrize("seed", range(5))
def test_no_approximate_round_is_quicker(seed: int) -> None:
    seconds = durations(seed, 6)
    graph = nx.from_pandas_adjacency(seconds, create_using=nx.DiGraph)
    found = nx.approximation.simulated_annealing_tsp(graph, "greedy", source="base", seed=seed)
    theirs = sum(seconds.loc[one, other] for one, other in pairwise(found))
    ours = day_route(seconds, "base", [f"S{at}" for at in range(6)])
    assert ours["drive_s"].sum() <= theirs


def test_the_round_ends_where_it_began_and_passes_every_stop_once() -> None:
    route = day_route(durations(1, 4), "base", ["S3", "S1", "S0", "S2"])
    assert route["code"].iloc[-1] == "base"
    assert sorted(route["code"].iloc[:-1]) == ["S0", "S1", "S2", "S3"]
    assert route["position"].tolist() == [1, 2, 3, 4, 5]


def test_stops_on_a_line_are_taken_in_its_order() -> None:
    at = {"base": 0, "A": 300, "B": 100, "C": 200}
    seconds = pd.DataFrame({to: {start: abs(at[to] - at[start]) for start in at} for to in at})
    seconds.loc["base", "A"] = seconds.loc["C", "base"] = seconds.loc["B", "base"] = 1000.0
    assert day_route(seconds, "base", ["A", "B", "C"])["code"].tolist() == ["B", "C", "A", "base"]


def test_a_day_without_stops_has_no_route() -> None:
    assert day_route(durations(1, 0), "base", []).empty


def test_a_missing_duration_or_too_many_stops_is_told() -> None:
    seconds = durations(1, 9)
    with pytest.raises(UnusableRotationError, match="at most 8"):
        day_route(seconds, "base", [f"S{at}" for at in range(9)])
    seconds.loc["S0", "S1"] = np.nan
    with pytest.raises(UnusableRotationError, match="missing"):
        day_route(seconds, "base", ["S0", "S1"])
    with pytest.raises(UnusableRotationError, match="S99"):
        day_route(seconds, "base", ["S99"])
