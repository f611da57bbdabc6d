"""How far places hold: reproducible, fair to equals, honest against a known truth."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from scipy import stats

from models.errors import UnusablePriorityError
from models.priority import CRITERIA, PrioritySettings, Weights, preset, stability
from models.priority.criteria import criterion_values
from models.priority.draws import Streams, drawn_scores, drawn_weights
from models.priority.inputs import checked_inputs
from models.priority.missing import city_needs
from models.priority.stability import tiers
from models.rates import smooth_rates
from tests.models.priority.invented_rws import by_code, invented_rws
from tests.models.rates.simulated_city import simulated_city

ALL_ALIKE = Weights(dict.fromkeys(CRITERIA, 1.0))


def test_the_same_seed_gives_the_same_result_and_another_seed_another() -> None:
    frame = invented_rws(1, 30)
    first, again, other = (stability(frame, ALL_ALIKE, k=10, seed=seed) for seed in (5, 5, 6))
    assert_frame_equal(first, again)
    assert not first["top_k_probability"].equals(other["top_k_probability"])


def test_the_order_of_rows_changes_nothing() -> None:
    frame = invented_rws(1, 30)
    frame.loc[[3, 9], ["travel_s", "s_target"]] = np.nan
    shuffled = frame.sample(frac=1, random_state=3)
    assert_frame_equal(
        by_code(stability(frame, ALL_ALIKE, k=10, seed=5)), by_code(stability(shuffled, ALL_ALIKE, k=10, seed=5))
    )


@pytest.mark.parametrize("weights", [ALL_ALIKE, Weights({"travel_time": 1})])
def test_two_rws_of_equal_data_are_about_equally_likely_in_the_top(weights: Weights) -> None:
    """Also where nothing but a known travel time counts, and both tie in every draw."""
    frame = invented_rws(2, 20)
    columns = [column for column in frame.columns if column != "rw_code"]
    frame.loc[1, columns] = frame.loc[0, columns]
    place = int((frame["travel_s"] > frame.loc[0, "travel_s"]).sum()) + 1
    result = stability(frame, weights, k=place, seed=1)
    assert result["top_k_probability"][0] == pytest.approx(result["top_k_probability"][1], abs=0.08)


def test_chances_of_the_top_k_sum_to_k() -> None:
    result = stability(invented_rws(3, 30), ALL_ALIKE, k=10, seed=1)
    assert result["top_k_probability"].sum() == pytest.approx(10)


def test_a_k_of_all_rws_is_certain_for_everyone() -> None:
    result = stability(invented_rws(3, 30), ALL_ALIKE, k=30, seed=1)
    assert (result["tier"] == "certain").all()


def test_more_children_measured_make_a_place_firmer() -> None:
    """The same rates, known from twenty times as many children."""
    frame = invented_rws(4, 60)
    shapes = ["posterior_alpha", "posterior_beta", "severe_alpha", "severe_beta"]
    firm = frame.assign(**{column: frame[column] * 20 for column in shapes})
    weights = Weights({"expected_stunted": 1})
    loose_width, firm_width = (
        (held["rank_high"] - held["rank_low"]).mean()
        for held in (stability(rows, weights, k=10, seed=1) for rows in (frame, firm))
    )
    assert firm_width < 0.7 * loose_width


def test_looser_weights_loosen_places() -> None:
    frame = invented_rws(4, 60)
    widths = [
        (held["rank_high"] - held["rank_low"]).mean()
        for held in (
            stability(frame, ALL_ALIKE, k=10, seed=1, settings=PrioritySettings(weight_concentration=concentration))
            for concentration in (500.0, 10.0)
        )
    ]
    assert widths[0] < widths[1]


def test_rows_that_are_not_ranked_neither_compete_nor_get_a_place() -> None:
    frame = invented_rws(5, 20)
    is_ranked = np.arange(20) % 2 == 0
    result = stability(frame, ALL_ALIKE, k=3, seed=1, is_ranked=is_ranked)
    assert result.loc[~is_ranked, ["rank_low", "rank_high", "top_k_probability", "tier"]].isna().all(axis=None)
    assert result.loc[is_ranked, "top_k_probability"].sum() == pytest.approx(3)


def test_nobody_ranked_gives_blanks() -> None:
    result = stability(invented_rws(5, 4), ALL_ALIKE, k=3, seed=1, is_ranked=np.zeros(4, dtype=bool))
    assert result["top_k_probability"].isna().all()


def test_a_criterion_without_weight_has_no_influence_on_any_draw() -> None:
    frame = invented_rws(6, 20)
    weights = Weights({code: 1.0 for code in CRITERIA if code != "severe_cases"})
    changed = frame.assign(severe_alpha=frame["severe_alpha"].to_numpy()[::-1])
    assert_frame_equal(stability(frame, weights, k=5, seed=1), stability(changed, weights, k=5, seed=1))


@pytest.mark.parametrize(("k", "seed", "words"), [(0, 1, "at least 1"), (5, -1, "seed is -1")])
def test_an_impossible_k_or_seed_is_refused(k: int, seed: int, words: str) -> None:
    with pytest.raises(UnusablePriorityError, match=words):
        stability(invented_rws(1, 4), ALL_ALIKE, k=k, seed=seed)


def test_tiers_begin_at_their_thresholds() -> None:
    chances = np.array([0.9, 0.89, 0.5, 0.49, np.nan])
    assert tiers(chances).tolist() == ["certain", "probable", "probable", "uncertain", None]


@pytest.mark.parametrize("strength", [8.0, 40.0, 400.0])
def test_drawn_rates_follow_their_beta_distribution(strength: float) -> None:
    """In single precision and, for strong ones, by Wilson and Hilferty: still the beta's own quantiles."""
    rate, children = 0.06, 100.0
    frame = invented_rws(1, 1).assign(
        posterior_alpha=rate * strength,
        posterior_beta=(1 - rate) * strength,
        measured=children,
        d_weighed=children,
        s_target=children,
    )
    settings = PrioritySettings(draws=20_000, concern_stunted=children / 2)
    shares = np.array([1.0, *[0.0] * 7])
    needs = city_needs(checked_inputs(frame).figures, settings)
    drawn = drawn_scores(needs, drawn_weights(shares, settings, Streams(1)), settings, Streams(1))[:, 0]
    assert stats.kstest(drawn, stats.beta(rate * strength, (1 - rate) * strength).cdf).pvalue > 0.01


def test_drawn_weights_stay_around_the_chosen_and_zero_stays_zero() -> None:
    shares = np.array([0.5, 0.3, 0.2, 0, 0, 0, 0, 0])
    drawn = drawn_weights(shares, PrioritySettings(draws=4000), Streams(1))
    assert drawn.mean(axis=0).tolist() == pytest.approx(shares.tolist(), abs=0.005)
    assert drawn.sum(axis=1).tolist() == pytest.approx([1.0] * 4000, abs=1e-5)
    assert drawn[:, 0].std() == pytest.approx(np.sqrt(0.25 / 51), rel=0.1)


def test_rank_intervals_hold_the_true_rank_as_often_as_they_say() -> None:
    """All children weighed and only their number at stake, so that the simulated city's true ranks are known."""
    city = simulated_city(3)
    rates = smooth_rates(city)
    frame = pd.DataFrame(
        {
            "rw_code": city["rw_code"],
            "posterior_alpha": rates["posterior_alpha"],
            "posterior_beta": rates["posterior_beta"],
            "severe_alpha": np.nan,
            "severe_beta": np.nan,
            "measured": city["measured"],
            "d_weighed": city["measured"],
            "s_target": city["measured"],
            **dict.fromkeys(
                ["travel_s", "own_travel_s", "pregnant_target", "pregnant_screened", "months_since_visit"], np.nan
            ),
            "is_nominated": False,
        }
    )
    held = stability(frame, Weights({"expected_stunted": 1}), k=100, seed=1)
    true_rank = (city["true_rate"] * city["measured"]).rank(ascending=False)
    assert 0.85 <= true_rank.between(held["rank_low"], held["rank_high"]).mean() <= 0.95


def test_the_middle_of_the_draws_is_the_score() -> None:
    """Weights barely moving and firm rates leave the score itself, but for the absent children's spread."""
    frame = invented_rws(8, 40).assign(attendance_share=0.9)
    frame["s_target"] = frame["d_weighed"]
    for column in ("posterior_alpha", "posterior_beta", "severe_alpha", "severe_beta"):
        frame[column] *= 1e4
    settings = PrioritySettings(weight_concentration=1e7)
    weights = preset("need_first")
    needs = city_needs(checked_inputs(frame).figures, settings)
    shares = np.array([weights[code] for code in CRITERIA])
    drawn = drawn_scores(needs, drawn_weights(shares, settings, Streams(1)), settings, Streams(1))
    assert drawn.mean(axis=0).tolist() == pytest.approx((needs.point @ shares).tolist(), abs=0.004)


def test_criterion_values_are_in_their_units() -> None:
    frame = invented_rws(1, 3).assign(pregnant_target=[10.0, 5, np.nan], pregnant_screened=[4.0, 6, 3])
    values = criterion_values(checked_inputs(frame).figures, PrioritySettings())
    assert values["pregnant_unscreened"].tolist() == pytest.approx([6, 0, np.nan], nan_ok=True)
