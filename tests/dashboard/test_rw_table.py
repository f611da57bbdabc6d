"""Every RW has a row, and missing stays missing."""

import numpy as np
import pandas as pd
import pytest

from dashboard.priority.ranking import PLACE_COLUMNS, ranking_frame
from dashboard.rw_table import rw_table
from tests.dashboard.rw_frames import small_table


def test_an_rw_that_reported_nothing_keeps_blank_counts_and_its_own_status() -> None:
    silent = small_table().iloc[5]
    assert np.isnan(silent["stunted"])
    assert np.isnan(silent["d_weighed"])
    assert silent["status"] == "no_data"
    assert silent["rate"] > 0


def test_an_rw_weighed_too_little_is_never_reliable_even_without_a_case() -> None:
    assert list(small_table()["status"]) == [
        "reliable",
        "reliable",
        "low_attendance",
        "unknown_attendance",
        "no_data",
        "no_data",
    ]


def test_absent_children_widen_the_band_of_an_rw() -> None:
    table = small_table()
    width = table["bound_high"] - table["bound_low"]
    assert width[2] > (table["rate_high"] - table["rate_low"])[2]
    assert width[2] > width[1]


def test_a_rate_without_cases_is_not_shown_as_zero() -> None:
    assert small_table().loc[1, "raw_rate"] == 0
    assert small_table().loc[1, "rate"] > 0


def test_the_map_and_the_ranking_tell_the_same_rate() -> None:
    draw = np.random.default_rng(5)
    codes = [f"32.75.0{place // 40 + 1}.{1001 + place // 20}.{place % 20 + 1:03d}" for place in range(120)]
    risk = draw.beta(2, 40, len(codes))
    counts, past = (
        pd.DataFrame({"rw_code": codes, "haz_valid": 150, "stunted": draw.binomial(150, risk)}) for _ in range(2)
    )
    names = pd.DataFrame({"code": codes})
    weighed = counts.assign(s_target=160, d_weighed=150)
    told = rw_table(names, weighed, 0.6, past)
    facts = pd.DataFrame(
        {
            **dict.fromkeys(PLACE_COLUMNS, ""),
            "rw_code": codes,
            "measured": counts["haz_valid"],
            "stunted": counts["stunted"],
            "severely_stunted": 0,
            "past_measured": past["haz_valid"],
            "past_stunted": past["stunted"],
        }
    )
    ranked = ranking_frame(facts)
    mean = ranked["posterior_alpha"] / (ranked["posterior_alpha"] + ranked["posterior_beta"])
    assert told["rate"].to_numpy() == pytest.approx(mean.to_numpy(), abs=1e-3)
    assert not np.allclose(told["rate"], rw_table(names, weighed, 0.6)["rate"], atol=1e-3)


def test_a_city_without_a_single_child_has_no_rate() -> None:
    names = pd.DataFrame({"code": ["32.75.01.1001.001"]})
    counts = pd.DataFrame(columns=["rw_code", "stunted", "haz_valid", "d_weighed", "s_target"])
    assert rw_table(names, counts, 0.6)["rate"].isna().all()
