"""Every RW has a row, and missing stays missing."""

import numpy as np

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
