"""Classes are fixed, hold every RW once, and never show the unknown as good."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.maps import fills
from dashboard.maps.classes import ATTENDANCE, ATTENDANCE_CHANGE, PREVALENCE, PREVALENCE_CHANGE, TRAVEL, Scale
from dashboard.maps.legend import legend_html
from tests.dashboard.rw_frames import small_table


@pytest.mark.parametrize("scale", [PREVALENCE, ATTENDANCE, TRAVEL, PREVALENCE_CHANGE, ATTENDANCE_CHANGE])
def test_a_scale_has_one_label_and_colour_per_class(scale: Scale) -> None:
    assert len(scale.labels) == len(scale.colours) == len(scale.edges) + 1
    assert list(scale.edges) == sorted(scale.edges)


@pytest.mark.parametrize(
    ("rate", "label"),
    [
        (0.0, "di bawah 1 %"),
        (0.0249, "1–2,4 %"),
        (0.025, "2,5–3,9 %"),
        (0.10, "10–19,9 %"),
        (0.2999, "20–29,9 %"),
        (0.3, "30 % ke atas"),
    ],
)
def test_prevalence_edges_are_those_of_who_and_unicef(rate: float, label: str) -> None:
    assert PREVALENCE.labels[PREVALENCE.classify(pd.Series([rate]))[0]] == label


@given(st.lists(st.floats(0, 1), min_size=2, max_size=30))
def test_a_higher_value_is_never_in_a_lower_class(values: list[float]) -> None:
    classes = PREVALENCE.classify(pd.Series(sorted(values)))
    assert (np.diff(classes) >= 0).all()


def test_rws_weighed_too_little_or_not_at_all_are_off_the_scale() -> None:
    drawn = fills.prevalence(small_table(), "raw_rate", "x")
    on_scale = drawn.classes < len(PREVALENCE.colours)
    assert on_scale.tolist() == [True, True, False, False, False, False]
    assert {row.label: row.rw_count for row in drawn.special} == {
        "Belum cukup ditimbang": 1,
        "Sasaran belum diketahui": 1,
        "Tanpa data": 2,
    }


@pytest.mark.parametrize("make", [lambda t: fills.prevalence(t, "rate", "x"), fills.attendance])
def test_every_rw_is_in_one_class_of_the_legend(make) -> None:
    table = small_table()
    drawn = make(table)
    assert sum(row.rw_count for row in (*drawn.legend, *drawn.special)) == len(table)


def test_an_rw_that_no_road_reaches_has_a_class_of_its_own() -> None:
    drawn = fills.travel_time(pd.Series([60.0, np.nan, 4000.0]), "x")
    assert [row.rw_count for row in drawn.special] == [1]
    assert drawn.classes[1] == len(TRAVEL.colours)


def test_a_bubble_grows_by_area_and_no_data_has_none() -> None:
    drawn = fills.bubbles(pd.Series([4.0, 16.0, 0.0, np.nan]), "x")
    assert drawn.radii[16] == pytest.approx(2 * drawn.radii[4], rel=0.02)
    assert drawn.counts.tolist() == [4, 16, 0, -1]
    assert sum(row.rw_count for row in (*drawn.legend, *drawn.special)) == 4


def test_the_class_of_the_target_is_marked_and_no_other() -> None:
    drawn = fills.prevalence(small_table(), "rate", "x", target=0.03)
    assert [row.label for row in drawn.legend if row.is_target] == ["2,5–3,9 %"]
    assert "2,5–3,9 % <b" in legend_html(drawn.title, drawn.legend, drawn.special)


def test_without_a_target_no_class_is_marked() -> None:
    assert not any(row.is_target for row in fills.prevalence(small_table(), "rate", "x").legend)


def _month(rates: list[tuple[float, float, float]], status: str = "reliable") -> pd.DataFrame:
    rows = pd.DataFrame(rates, columns=["rate_low", "rate", "rate_high"])
    return rows.assign(code=[f"RW{place}" for place in range(len(rows))], status=status)


def test_a_change_is_coloured_only_where_both_intervals_are_apart() -> None:
    before = _month([(0.02, 0.03, 0.04), (0.02, 0.03, 0.04), (0.10, 0.12, 0.14)])
    after = _month([(0.05, 0.06, 0.07), (0.03, 0.05, 0.07), (0.03, 0.05, 0.07)])
    drawn = fills.prevalence_change(before, after, "x")
    words = {colour: row.label for row in (*drawn.legend, *drawn.special) for colour in [row.colour]}
    assert [words[drawn.palette[number]] for number in drawn.classes] == [
        "naik 2–3,9 poin",
        "Tidak pasti berubah",
        "turun 4 poin atau lebih",
    ]


def test_a_month_weighed_too_little_gives_no_change() -> None:
    month = _month([(0.02, 0.03, 0.04)])
    drawn = fills.prevalence_change(month, _month([(0.2, 0.3, 0.4)], status="low_attendance"), "x")
    assert [row.label for row in drawn.special] == ["Belum cukup ditimbang di salah satu bulan"]


def test_an_rw_that_was_not_there_before_shows_no_change() -> None:
    drawn = fills.prevalence_change(_month([]), _month([(0.02, 0.03, 0.04)]), "x")
    assert drawn.classes.tolist() == [8]


def test_fewer_weighed_and_more_stunted_have_the_same_colour() -> None:
    fewer = fills.attendance_change(
        pd.DataFrame({"code": ["a"], "attendance_share": [0.9]}),
        pd.DataFrame({"code": ["a"], "attendance_share": [0.6]}),
        "x",
    )
    more = fills.prevalence_change(_month([(0.01, 0.02, 0.03)]), _month([(0.1, 0.2, 0.3)]), "x")
    assert fewer.palette[fewer.classes[0]] == more.palette[more.classes[0]]
