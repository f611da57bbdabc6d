import pytest

from models.errors import UnusableTrendError
from models.trend.scenario import attendance_rises, newly_stunted_change


def test_more_weighing_finds_children_between_half_and_twice_the_rate():
    found = attendance_rises(stunted=30, measured=1_000, target=1_500, share=0.80, lowest=0.5, middle=1, highest=2)
    assert found.more_measured == 200
    assert (found.found_low, found.found, found.found_high) == pytest.approx((3, 6, 12))


def test_attendance_already_above_finds_nobody_more():
    assert attendance_rises(30, 1_000, 1_100, 0.5, 0.5, 1, 2).more_measured == 0


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
