"""Unknown figures: never a lower place than the city's median would give, and a wider interval."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.priority import CRITERIA, PRESETS, Weights, preset, score, stability
from models.priority.missing import UpperHalf
from tests.models.priority.invented_rws import STEADY, invented_rws

SEEDS = st.integers(0, 2**32 - 1)
ALL_ALIKE = Weights(dict.fromkeys(CRITERIA, 1.0))
FIGURES = ["s_target", "d_weighed", "travel_s", "own_travel_s", "pregnant_target", "pregnant_screened"]


def with_value(frame: pd.DataFrame, column: str, value: float) -> pd.DataFrame:
    changed = frame.copy()
    changed.loc[0, column] = value
    return changed


@STEADY
@given(SEEDS, st.sampled_from(sorted(PRESETS)), st.sampled_from(FIGURES))
def test_an_unknown_figure_never_places_an_rw_below_where_the_median_would(seed: int, name: str, column: str) -> None:
    frame = invented_rws(seed)
    median = float(frame[column].iloc[1:].median())
    unknown = score(with_value(frame, column, np.nan), preset(name)).loc[0]
    supposed = score(with_value(frame, column, median), preset(name)).loc[0]
    assert unknown["rank"] <= supposed["rank"]
    assert unknown["score"] >= supposed["score"] - 1e-9


@STEADY
@given(SEEDS, st.sampled_from(["posterior", "severe"]))
def test_an_unknown_rate_never_places_an_rw_below_where_the_median_would(seed: int, which: str) -> None:
    frame = invented_rws(seed)
    alpha, beta = f"{which}_alpha", f"{which}_beta"
    median = float((frame[alpha] / (frame[alpha] + frame[beta])).iloc[1:].median())
    supposed, unknown = frame.copy(), frame.copy()
    supposed.loc[0, [alpha, beta]] = [median * 100, (1 - median) * 100]
    unknown.loc[0, [alpha, beta]] = np.nan
    assert score(unknown, ALL_ALIKE).loc[0, "rank"] <= score(supposed, ALL_ALIKE).loc[0, "rank"]


@STEADY
@given(SEEDS)
def test_an_rw_where_nothing_was_measured_has_at_least_the_median_rate(seed: int) -> None:
    frame = invented_rws(seed)
    rates = frame["posterior_alpha"] / (frame["posterior_alpha"] + frame["posterior_beta"])
    median = float(rates.iloc[1:].median())
    supposed, unmeasured = frame.copy(), frame.copy()
    supposed.loc[0, ["posterior_alpha", "posterior_beta"]] = [median * 50, (1 - median) * 50]
    unmeasured.loc[0, ["posterior_alpha", "posterior_beta", "measured"]] = [0.001, 10.0, np.nan]
    weights = Weights({"expected_stunted": 1})
    assert score(unmeasured, weights).loc[0, "score"] >= score(supposed, weights).loc[0, "score"] - 1e-9


@STEADY
@given(SEEDS)
def test_all_unknown_is_more_urgent_than_all_at_the_median(seed: int) -> None:
    frame = invented_rws(seed)
    columns = [*FIGURES, "posterior_alpha", "posterior_beta", "severe_alpha", "severe_beta"]
    unknown = frame.copy()
    unknown.loc[0, columns] = np.nan
    others = score(frame, ALL_ALIKE)["score"].iloc[1:]
    assert score(unknown, ALL_ALIKE).loc[0, "score"] >= others.min()
    assert score(unknown, ALL_ALIKE)["score"].notna().all()


@pytest.mark.parametrize("column", [*FIGURES, "measured"])
def test_a_figure_that_is_unknown_everywhere_still_gives_a_ranking(column: str) -> None:
    frame = invented_rws(2).assign(**{column: np.nan})
    result = score(frame, ALL_ALIKE)
    assert sorted(result["rank"]) == list(range(1, 13))
    assert result["score"].between(0, 100).all()


@pytest.mark.parametrize("column", ["travel_s", "pregnant_target"])
def test_in_every_draw_an_unknown_figure_is_at_least_the_median(column: str) -> None:
    frame = invented_rws(7, 40)
    frame["own_travel_s"] = frame["travel_s"]
    median = float(frame[column].iloc[1:].median())
    weights = Weights({"travel_time": 1, "pregnant_unscreened": 1, "under_attendance": 1})
    unknown = stability(with_value(frame, column, np.nan), weights, k=10, seed=1).loc[0]
    supposed = stability(with_value(frame, column, median), weights, k=10, seed=1).loc[0]
    assert unknown["top_k_probability"] >= supposed["top_k_probability"]
    assert unknown["rank_high"] <= supposed["rank_high"]


@pytest.mark.parametrize("column", ["travel_s", "s_target", "pregnant_screened"])
def test_an_unknown_figure_widens_the_interval(column: str) -> None:
    frame = invented_rws(11, 60)
    middle = float(frame[column].quantile(0.75 if column != "pregnant_screened" else 0.25))
    known = stability(with_value(frame, column, middle), ALL_ALIKE, k=10, seed=1).loc[0]
    unknown = stability(with_value(frame, column, np.nan), ALL_ALIKE, k=10, seed=1).loc[0]
    assert unknown["rank_high"] - unknown["rank_low"] > known["rank_high"] - known["rank_low"]


def test_the_upper_half_runs_from_the_median_to_the_maximum() -> None:
    half = UpperHalf(np.array([1.0, 2.0, 3.0, 4.0, 9.0]))
    assert half.at(np.array([0.0, 0.5, 1.0])).tolist() == [3.0, 4.0, 9.0]
