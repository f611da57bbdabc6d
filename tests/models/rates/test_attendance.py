"""D/S, its classes, the band for absent children, and children expected: worked by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import UnusableRatesError
from models.rates import Absentees, absentee_bounds, attendance, classify, expected_stunted

CERTAIN = 1e9  # a posterior this strong leaves only the absentees unsure


def rw(**columns: list[float]) -> pd.DataFrame:
    return pd.DataFrame(columns)


def with_rate(rate: float, strength: float = CERTAIN, **columns: list[float]) -> pd.DataFrame:
    return rw(**columns).assign(posterior_alpha=rate * strength, posterior_beta=(1 - rate) * strength)


def test_attendance_is_weighed_over_target() -> None:
    assert attendance(rw(d_weighed=[45.0], s_target=[60.0]))["attendance_share"].tolist() == [0.75]


@pytest.mark.parametrize(("weighed", "target"), [(np.nan, 60.0), (45.0, np.nan), (45.0, 0.0)])
def test_unknown_attendance_is_blank_and_not_zero(weighed: float, target: float) -> None:
    assert attendance(rw(d_weighed=[weighed], s_target=[target]))["attendance_share"].isna().all()


@pytest.mark.parametrize(
    ("measured", "weighed", "target", "status"),
    [
        (50, 60, 100, "reliable"),
        (50, 59, 100, "low_attendance"),
        (50, 130, 100, "reliable"),
        (50, 60, np.nan, "unknown_attendance"),
        (50, np.nan, 100, "unknown_attendance"),
        (0, 95, 100, "no_data"),
        (np.nan, 95, 100, "no_data"),
    ],
)
def test_an_rw_is_reliable_only_when_enough_were_weighed(
    measured: float, weighed: float, target: float, status: str
) -> None:
    frame = rw(measured=[measured], d_weighed=[weighed], s_target=[target])
    assert classify(frame)["status"].tolist() == [status]


def test_the_threshold_is_a_setting() -> None:
    frame = rw(measured=[50], d_weighed=[70.0], s_target=[100.0])
    assert classify(frame, threshold=0.8)["status"].tolist() == ["low_attendance"]


def test_the_band_has_absent_children_at_half_and_at_twice_the_risk() -> None:
    """At D/S 40 %: 0.4 + 0.6 x 0.5 = 0.7 of the lower end, 0.4 + 0.6 x 2 = 1.6 of the upper."""
    band = absentee_bounds(rw(rate_low=[0.02], rate_high=[0.05], d_weighed=[40.0], s_target=[100.0]))
    assert band[["bound_low", "bound_high"]].to_numpy()[0].tolist() == pytest.approx([0.014, 0.08])


def test_full_attendance_adds_nothing_to_the_interval() -> None:
    band = absentee_bounds(rw(rate_low=[0.02], rate_high=[0.05], d_weighed=[110.0], s_target=[100.0]))
    assert band[["bound_low", "bound_high"]].to_numpy()[0].tolist() == [0.02, 0.05]


def test_unknown_attendance_allows_for_everyone_being_absent() -> None:
    band = absentee_bounds(rw(rate_low=[0.02], rate_high=[0.05], d_weighed=[np.nan], s_target=[100.0]))
    assert band[["bound_low", "bound_high"]].to_numpy()[0].tolist() == [0.01, 0.10]


def test_the_band_covers_the_truth_that_low_attendance_hides() -> None:
    """True 5 % with absentees at twice the risk and D/S 40 % shows 3.125 % among those who came."""
    band = absentee_bounds(rw(rate_low=[0.03125], rate_high=[0.03125], d_weighed=[40.0], s_target=[100.0]))
    assert band["bound_low"].item() < 0.05 <= band["bound_high"].item() + 1e-12


@given(st.floats(0, 1.5), st.floats(0, 0.9), st.floats(0, 0.1))
def test_the_band_holds_the_interval_and_stays_a_rate(share: float, low: float, width: float) -> None:
    band = absentee_bounds(rw(rate_low=[low], rate_high=[low + width], attendance_share=[share])).iloc[0]
    assert 0 <= band["bound_low"] <= low <= low + width <= band["bound_high"] <= 1


@pytest.mark.parametrize(("lowest", "highest"), [(0.0, 2.0), (2.0, 0.5), (1.0, np.inf)])
def test_impossible_multiples_are_refused(lowest: float, highest: float) -> None:
    with pytest.raises(UnusableRatesError, match="multiples"):
        Absentees(lowest, highest)


def test_multiples_average_as_a_log_uniform_draw_does() -> None:
    draws = np.exp(np.random.default_rng(0).uniform(np.log(0.5), np.log(2.0), 400_000))
    assert Absentees().moments == pytest.approx((draws.mean(), (draws**2).mean()), rel=0.005)


def test_expected_children_count_those_who_never_came() -> None:
    """5 % of 40 weighed, and of 60 absent at 1.082 times the risk: 2 + 3.246."""
    frame = with_rate(0.05, measured=[40.0], d_weighed=[40.0], s_target=[100.0])
    got = expected_stunted(frame)[["expected_stunted", "expected_unseen"]].to_numpy()[0]
    assert got.tolist() == pytest.approx([5.246, 3.246], abs=0.001)


def test_equal_risk_of_absentees_leaves_only_the_rate_unsure() -> None:
    frame = with_rate(0.05, measured=[40.0], d_weighed=[40.0], s_target=[100.0])
    got = expected_stunted(frame, Absentees(1.0, 1.0)).iloc[0]
    assert (got["expected_stunted_low"], got["expected_stunted_high"]) == (
        pytest.approx(5, abs=0.01),
        pytest.approx(5, abs=0.01),
    )


def test_expected_children_keep_their_interval_in_a_simulation() -> None:
    generator = np.random.default_rng(4)
    frame = with_rate(0.04, 250.0, measured=[60.0], d_weighed=[70.0], s_target=[120.0])
    rates = generator.beta(10, 240, 400_000)
    children = rates * (70 + 50 * np.exp(generator.uniform(np.log(0.5), np.log(2), 400_000)))
    got = expected_stunted(frame)[["expected_stunted", "expected_stunted_low", "expected_stunted_high"]]
    wanted = [children.mean(), *np.quantile(children, [0.05, 0.95])]
    assert got.to_numpy()[0].tolist() == pytest.approx(wanted, rel=0.04)  # a gamma stands in


def test_an_unknown_target_is_taken_from_how_other_rws_attend() -> None:
    """Others have two children per weighed child, so 30 weighed stand for 60, and the interval says it is a guess."""
    frame = with_rate(0.05, measured=[40.0, 30.0], d_weighed=[50.0, 30.0], s_target=[100.0, np.nan])
    got = expected_stunted(frame)
    assert got["children"].tolist() == [100.0, 60.0]
    assert got["is_children_estimated"].tolist() == [False, True]


def test_an_rw_of_which_nothing_is_known_gets_what_others_have() -> None:
    frame = with_rate(0.05, measured=[40.0, 40.0, 0.0], d_weighed=[50.0, 50.0, np.nan], s_target=[80.0, 120.0, np.nan])
    got = expected_stunted(frame)
    assert got["children"].tolist() == [80.0, 120.0, 100.0]
    width = got["expected_stunted_high"] - got["expected_stunted_low"]
    assert width.idxmax() == 2


def test_a_missing_target_never_makes_the_expected_number_zero() -> None:
    frame = with_rate(0.05, measured=[30.0], d_weighed=[np.nan], s_target=[np.nan])
    assert expected_stunted(frame)["expected_stunted"].item() > 0.05 * 30


def test_nothing_known_anywhere_stays_blank() -> None:
    frame = with_rate(0.05, measured=[0.0], d_weighed=[np.nan], s_target=[np.nan])
    assert expected_stunted(frame)[["children", "expected_stunted", "expected_stunted_high"]].isna().all(axis=None)


def test_an_rw_whose_target_is_zero_expects_nobody() -> None:
    frame = with_rate(0.05, measured=[40.0, 0.0], d_weighed=[50.0, 0.0], s_target=[80.0, 0.0])
    got = expected_stunted(frame).iloc[1]
    assert (got["children"], got["expected_stunted"], got["expected_stunted_high"]) == (0, 0, 0)


def test_counts_below_zero_are_refused() -> None:
    with pytest.raises(UnusableRatesError, match="d_weighed"):
        attendance(rw(d_weighed=[-1.0], s_target=[60.0]))


def test_an_absent_column_is_named() -> None:
    with pytest.raises(UnusableRatesError, match="s_target"):
        attendance(rw(d_weighed=[1.0]))
