import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.growth.faltering import least_expected_gain_g, weighing_status


def _weighings(*rows, sex=1):
    """Rows of child, date, age in months, weight in kg."""
    frame = pd.DataFrame(rows, columns=["child", "measured_on", "age_months", "weight_kg"])
    return frame.assign(
        measured_on=pd.to_datetime(frame.measured_on), sex=sex, age_days=frame.age_months * 30.4375 + 1
    ).drop(columns="age_months")


def _statuses(frame, **settings):
    return weighing_status(frame, **settings).weight_status.tolist()


def test_least_gain_follows_the_card_for_boys_and_girls():
    months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 40]
    boys = [800, 900, 800, 600, 500, 400, 400, 300, 300, 300, 300, 200, 200]
    girls = [800, 900, 800, 600, 500, 400, 300, 300, 300, 300, 200, 200, 200]
    assert least_expected_gain_g(np.full(13, 1), months).tolist() == boys
    assert least_expected_gain_g(np.full(13, 2), months).tolist() == girls


def test_no_gain_is_expected_under_a_month_or_of_an_unknown_child():
    assert np.isnan(least_expected_gain_g([1, 0, 2], [0.9, 5, np.nan])).all()


def test_first_is_b_enough_gain_is_n_less_is_t_and_a_missed_month_makes_o():
    frame = _weighings(
        ("a", "2026-01-10", 4, 6.0),
        ("a", "2026-02-12", 5, 6.5),
        ("a", "2026-03-11", 6, 6.8),
        ("a", "2026-05-11", 8, 7.9),
        ("a", "2026-06-11", 9, 7.9),
    )
    assert _statuses(frame) == ["B", "N", "T", "O", "T"]


def test_a_gain_of_exactly_the_least_is_n_in_spite_of_floating_point():
    frame = _weighings(("a", "2026-01-10", 0, 5.0), ("a", "2026-02-10", 1, 5.8))
    assert frame.weight_kg.diff()[1] * 1000 < 800
    assert _statuses(frame) == ["B", "N"]


def test_december_and_january_are_neighbours():
    frame = _weighings(("a", "2025-12-30", 13, 9.0), ("a", "2026-01-02", 14, 9.2))
    assert _statuses(frame) == ["B", "N"]


def test_the_last_weighing_of_a_month_counts_and_an_earlier_one_has_no_status():
    frame = _weighings(
        ("a", "2026-01-10", 13, 9.0),
        ("a", "2026-02-25", 14, 9.3),
        ("a", "2026-02-01", 14, 8.0),
        ("a", "2026-03-01", 15, 9.4),
    )
    result = weighing_status(frame)
    assert result.weight_status.astype(object).fillna("").tolist() == ["B", "N", "", "T"]
    assert result.gain_g.tolist()[1::2] == [300, 100]


def test_a_row_without_a_usable_weight_counts_as_not_weighed():
    for weight in (np.nan, 0, -1, np.inf):
        frame = _weighings(("a", "2026-01-10", 13, 9.0), ("a", "2026-02-10", 14, weight), ("a", "2026-03-10", 15, 9.6))
        assert weighing_status(frame).weight_status.astype(object).fillna("").tolist() == ["B", "", "O"]


def test_without_a_sex_the_gain_is_not_judged():
    frame = _weighings(("a", "2026-01-10", 13, 9.0), ("a", "2026-02-10", 14, 9.1), sex=0)
    assert weighing_status(frame).weight_status.astype(object).fillna("").tolist() == ["B", ""]


def test_two_months_of_t_running_falter_and_one_does_where_the_rule_says_so():
    frame = _weighings(*(("a", f"2026-0{month}-10", 12 + month, 9.0) for month in range(1, 5)))
    assert weighing_status(frame).t_run.tolist() == [0, 1, 2, 3]
    assert weighing_status(frame, months_of_t=2).is_faltering.tolist() == [False, False, True, True]
    assert weighing_status(frame, months_of_t=1).is_faltering.tolist() == [False, True, True, True]


def test_a_missed_month_or_a_gain_ends_the_run_of_t():
    frame = _weighings(
        ("a", "2026-01-10", 13, 9.0),
        ("a", "2026-02-10", 14, 9.0),
        ("a", "2026-04-10", 16, 9.0),
        ("a", "2026-05-10", 17, 9.0),
        ("a", "2026-06-10", 18, 9.5),
        ("a", "2026-07-10", 19, 9.5),
    )
    assert weighing_status(frame).t_run.tolist() == [0, 1, 0, 1, 0, 1]


def test_another_rule_than_1t_or_2t_is_refused():
    with pytest.raises(ValueError, match="months_of_t"):
        weighing_status(_weighings(("a", "2026-01-10", 13, 9.0)), months_of_t=3)


def test_no_weighings_give_no_statuses():
    assert weighing_status(_weighings(("a", "2026-01-10", 13, 9.0)).iloc[:0]).empty


weighing = st.tuples(st.integers(0, 3), st.integers(0, 200), st.integers(40, 120))


def _status_by_hand(frame):
    """Each weighing looked up among all the others, one at a time."""
    statuses = {}
    for key, row in frame.iterrows():
        mine = frame[frame.child == row.child]
        month = mine.measured_on.dt.to_period("M")
        this = row.measured_on.to_period("M")
        if mine[month == this].sort_values("measured_on", kind="stable").index[-1] != key:
            statuses[key] = ""
            continue
        before = mine[month == this - 1].sort_values("measured_on", kind="stable")
        if (month >= this).all():
            statuses[key] = "B"
        elif before.empty:
            statuses[key] = "O"
        else:
            gain = round((row.weight_kg - before.weight_kg.iloc[-1]) * 1000)
            statuses[key] = "N" if gain >= 200 else "T"
    return [statuses[key] for key in frame.index]


@settings(deadline=None, max_examples=40)
@given(st.lists(weighing, min_size=1, max_size=20))
def test_any_order_of_weighings_agrees_with_looking_them_up_one_by_one(rows):
    frame = pd.DataFrame(
        {
            "child": [child for child, _, _ in rows],
            "measured_on": pd.Timestamp("2025-11-20") + pd.to_timedelta([day for _, day, _ in rows], unit="D"),
            "weight_kg": [tenths / 10 for _, _, tenths in rows],
            "sex": 2,
            "age_days": [500.0 + day for _, day, _ in rows],
        }
    )
    assert weighing_status(frame).weight_status.astype(object).fillna("").tolist() == _status_by_hand(frame)
