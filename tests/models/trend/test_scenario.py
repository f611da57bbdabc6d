import pytest

from models.errors import UnusableTrendError
from models.trend.scenario import attendance_rises, newly_stunted_change


def rises_to(share: float, weighed: float = 900):
    return attendance_rises(30, 1_000, weighed, 1_500, share, lowest=0.5, middle=1, highest=2)


def test_more_weighing_finds_children_between_half_and_twice_the_rate():
    """D/S from 60 to 80 %: half of those who stayed away come, so 250 of the 500 unmeasured, at 3 % each."""
    found = rises_to(0.80)
    assert found.more_measured == 250
    assert (found.found_low, found.found, found.found_high) == pytest.approx((3.75, 7.5, 15))


def test_attendance_of_everyone_measures_everyone():
    assert rises_to(1.0).more_measured == 500


def test_attendance_already_above_finds_nobody_more():
    assert rises_to(0.5).more_measured == 0
    assert rises_to(0.9, weighed=1_600).more_measured == 0


def test_flows_that_balance_leave_the_count_where_it_is():
    found = newly_stunted_change(
        stunted=1_000, newly_stunted=80, other_in=20, out=100, mean_stunted=1_000, factor=1, months=12
    )
    assert (found.as_now, found.changed) == pytest.approx((1_000, 1_000))


def test_a_fifth_fewer_newly_stunted_two_months_by_hand():
    """First month 1,000 + 64 + 20 - 100 = 984; second 984 + 84 - 98.4 = 969.6."""
    found = newly_stunted_change(1_000, 80, 20, 100, 1_000, 0.8, 2)
    assert found.changed == pytest.approx(969.6)


def test_an_area_without_stunted_children_is_refused():
    with pytest.raises(UnusableTrendError):
        newly_stunted_change(0, 0, 0, 0, 0, 0.8, 12)
