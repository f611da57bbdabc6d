"""What a smoothed rate promises: known answers, and invariants that hold for any counts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from models.errors import UnusableRatesError
from models.rates import hierarchy, smooth_rates
from models.rates.hierarchy import CityCounts, infer_risks
from tests.models.rates.simulated_city import simulated_city

RW_COUNT = 8


def city_of(counts: list[tuple[int, int]], per_kelurahan: int = 3) -> pd.DataFrame:
    """Return RWs with (measured, cases), three to a kelurahan and two kelurahan to a kecamatan."""
    codes = [
        f"32.75.{1 + n // (2 * per_kelurahan):02d}.{1001 + n // per_kelurahan}.{1 + n:03d}" for n in range(len(counts))
    ]
    return pd.DataFrame({"rw_code": codes, "measured": [m for m, _ in counts], "cases": [c for _, c in counts]})


measured_and_cases = st.integers(0, 200).flatmap(
    lambda measured: st.tuples(st.just(measured), st.integers(0, measured))
)
cities = st.lists(measured_and_cases, min_size=1, max_size=RW_COUNT).map(city_of)


@given(cities)
@settings(max_examples=25, deadline=None)
def test_a_smoothed_rate_lies_between_the_raw_rate_and_the_prior(city: pd.DataFrame) -> None:
    smoothed = smooth_rates(city)
    raw = smoothed["raw_rate"].fillna(smoothed["prior_rate"])
    between = smoothed["own_weight"] * raw + (1 - smoothed["own_weight"]) * smoothed["prior_rate"]
    assert smoothed["own_weight"].between(0, 1).all()
    np.testing.assert_allclose(smoothed["rate"], between, rtol=1e-9)


@given(cities, st.data())
@settings(max_examples=25, deadline=None)
def test_one_more_case_never_lowers_an_rws_rate(city: pd.DataFrame, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(city) - 1))
    more = city.assign(cases=city["cases"] + (np.arange(len(city)) == place))
    more["measured"] = np.maximum(more["measured"], more["cases"])
    city = city.assign(measured=more["measured"])
    assert smooth_rates(more)["rate"].iloc[place] > smooth_rates(city)["rate"].iloc[place] * (1 - 1e-6)


@given(cities)
@settings(max_examples=25, deadline=None)
def test_intervals_contain_their_rate_and_lie_within_0_and_1(city: pd.DataFrame) -> None:
    smoothed = smooth_rates(city)
    ordered = smoothed[["rate_low", "rate", "rate_high"]].to_numpy()
    assert (np.diff(ordered, axis=1) >= 0).all()
    assert ((ordered >= 0) & (ordered <= 1)).all()


@given(cities, st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_the_order_of_rws_changes_nothing(city: pd.DataFrame, random: object) -> None:
    order = list(range(len(city)))
    random.shuffle(order)  # type: ignore[attr-defined]
    straight = smooth_rates(city).set_index("rw_code")["rate"]
    shuffled = smooth_rates(city.iloc[order]).set_index("rw_code")["rate"]
    np.testing.assert_allclose(shuffled.loc[straight.index], straight, rtol=1e-6)


def test_the_names_of_areas_change_nothing() -> None:
    city = simulated_city(3).head(200)
    renamed = city.assign(rw_code=city["rw_code"].str.replace("32.75.", "11.02.", regex=False))
    pd.testing.assert_series_equal(smooth_rates(city)["rate"], smooth_rates(renamed)["rate"])


def test_output_keeps_the_order_and_the_index_of_its_input() -> None:
    city = simulated_city(3).sample(frac=1, random_state=1)
    smoothed = smooth_rates(city)
    assert smoothed.index.equals(city.index)
    assert smoothed["rw_code"].equals(city["rw_code"])


def test_an_unmeasured_rw_gets_its_prior_as_rate() -> None:
    smoothed = smooth_rates(city_of([(100, 4), (120, 5), (0, 0)])).iloc[2]
    assert (smoothed["rate"], smoothed["own_weight"]) == (pytest.approx(smoothed["prior_rate"]), pytest.approx(0))


def test_an_unmeasured_rw_has_the_widest_interval_of_its_kelurahan() -> None:
    smoothed = smooth_rates(city_of([(100, 4), (50, 2), (0, 0)]))
    width = smoothed["rate_high"] - smoothed["rate_low"]
    assert width.idxmax() == 2


def test_a_blank_count_is_treated_as_unmeasured() -> None:
    blank = city_of([(100, 4), (120, 5), (0, 0)]).astype({"measured": float, "cases": float})
    blank.loc[2, ["measured", "cases"]] = np.nan
    assert smooth_rates(blank)["is_prior_only"].tolist() == [False, False, True]


def test_fewer_measured_at_the_same_raw_rate_widen_the_interval() -> None:
    smoothed = smooth_rates(city_of([(400, 16), (200, 8), (100, 4), (50, 2), (25, 1)], per_kelurahan=5))
    width = smoothed["rate_high"] - smoothed["rate_low"]
    assert width.is_monotonic_increasing


def test_a_kelurahan_without_measurements_takes_its_kecamatans_rate() -> None:
    worse = [(200, 20)] * 3 + [(0, 0)] * 3
    better = [(200, 4)] * 3 + [(200, 4)] * 3
    smoothed = smooth_rates(city_of([*worse, *better, *better, *better]))
    empty = smoothed.iloc[3:6]
    assert (empty["rate"] > smoothed["rate"].iloc[6:].max() * 1.3).all()
    assert (empty["prior_source"] != "kelurahan").all()


def test_areas_that_do_not_differ_all_take_the_citys_rate() -> None:
    city = simulated_city(5, within=0.01, between_kelurahan=0.01, between_kecamatan=0.01)
    smoothed = smooth_rates(city)
    pooled = city["cases"].sum() / city["measured"].sum()
    np.testing.assert_allclose(smoothed["rate"], pooled, rtol=0.2)
    assert smoothed["prior_source"].eq("city").mean() > 0.9


def test_kelurahan_that_differ_are_their_rws_prior() -> None:
    smoothed = smooth_rates(simulated_city(5, between_kelurahan=0.6))
    assert smoothed["prior_source"].eq("kelurahan").all()


def test_a_far_kecamatan_hardly_moves_the_others() -> None:
    city = simulated_city(7)
    without = city[~city["rw_code"].str.startswith("32.75.12.")]
    alone = smooth_rates(without).set_index("rw_code")["rate"]
    together = smooth_rates(city).set_index("rw_code")["rate"].loc[alone.index]
    np.testing.assert_allclose(together, alone, rtol=0.05)


def test_another_city_in_the_frame_moves_nothing() -> None:
    city = simulated_city(7).head(100)
    other = city.assign(rw_code=city["rw_code"].str.replace("32.75", "32.16"), cases=city["measured"])
    together = smooth_rates(pd.concat([city, other], ignore_index=True))["rate"].head(100)
    pd.testing.assert_series_equal(together, smooth_rates(city)["rate"])


def test_parents_given_as_columns_win_over_the_code() -> None:
    city = city_of([(100, 10), (100, 0)]).assign(
        rw_code=["x", "y"], kelurahan_code=["k", "l"], kecamatan_code=["c", "c"], city_code="z"
    )
    assert smooth_rates(city)["kelurahan_code"].tolist() == ["k", "l"]


def test_matched_betas_carry_the_quantiles_of_the_mixture_they_stand_for() -> None:
    """Draw means and spreads from the beliefs, then risks, and compare with the interval that is given out."""
    city = simulated_city(2)
    kelurahan = pd.factorize(city["rw_code"].str[:13])[0]
    kecamatan_of = pd.factorize(city["rw_code"].str[:8])[0][np.unique(kelurahan, return_index=True)[1]]
    counts = CityCounts(city["cases"].to_numpy(float), city["measured"].to_numpy(float), kelurahan, kecamatan_of)
    log_odds = hierarchy._window(counts)
    beliefs = hierarchy._weigh(counts, log_odds, hierarchy._kelurahan_likelihood(counts, log_odds))
    generator, smoothed = np.random.default_rng(0), smooth_rates(city)
    for place in (0, 400, 1000):
        draw = generator.choice(beliefs.weights[0].size, 200_000, p=beliefs.weights[kelurahan[place]].ravel())
        spread, mean = np.unravel_index(draw, beliefs.weights[0].shape)
        rate, variance = special.expit(log_odds[mean]), hierarchy.RW_SPREADS[spread] ** 2
        own, other = counts.cases[place], counts.measured[place] - counts.cases[place]
        risk = generator.beta(own + 1 / ((1 - rate) * variance), other + 1 / (rate * variance))
        given_out = smoothed.loc[place, ["rate_low", "rate_high"]].to_numpy(float)
        np.testing.assert_allclose(given_out, np.quantile(risk, [0.05, 0.95]), rtol=0.04)


def test_an_offset_of_nothing_changes_nothing() -> None:
    city = simulated_city(2).head(120)
    kelurahan = pd.factorize(city["rw_code"].str[:13])[0]
    cases, measured = city["cases"].to_numpy(float), city["measured"].to_numpy(float)
    kecamatan_of = np.zeros(kelurahan.max() + 1, dtype=int)
    plain = infer_risks(CityCounts(cases, measured, kelurahan, kecamatan_of))
    shifted = infer_risks(CityCounts(cases, measured, kelurahan, kecamatan_of, np.zeros(120), np.zeros(120)))
    np.testing.assert_allclose(shifted.mean, plain.mean, rtol=1e-9)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cases": [5, 300, 1]}, "more cases than measured"),
        ({"cases": [5, -1, 1]}, "below zero"),
        ({"cases": [5, 1.5, 1]}, "not whole"),
        ({"cases": [5, np.nan, 1]}, "no count of cases"),
        ({"rw_code": ["32.75.01.1001.001"] * 3}, "more than once"),
        ({"rw_code": ["RW 1", "RW 2", "RW 3"]}, "not RW codes"),
    ],
)
def test_impossible_counts_are_refused_with_the_reason(change: dict[str, list[object]], said: str) -> None:
    with pytest.raises(UnusableRatesError, match=said):
        smooth_rates(city_of([(100, 5), (100, 1), (100, 1)]).assign(**change))


def test_a_blank_parent_is_refused() -> None:
    with pytest.raises(UnusableRatesError, match="lack kelurahan_code"):
        smooth_rates(city_of([(100, 5), (100, 1)]).assign(kelurahan_code=["k", None]))


def test_no_rws_give_no_rows() -> None:
    assert smooth_rates(city_of([(100, 5)]).head(0)).empty


def test_an_absent_column_is_named() -> None:
    with pytest.raises(UnusableRatesError, match="measured"):
        smooth_rates(pd.DataFrame({"rw_code": ["32.75.01.1001.001"], "cases": [1]}))
