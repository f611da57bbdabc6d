"""The way to a target, by hand and as invariants."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.indicators.path import TargetPoint, target_at

STEPS = [TargetPoint(2024, 14.0, "stepped"), TargetPoint(2026, 10.0, "stepped")]
SLOPE = [TargetPoint(2024, 14.0, "stepped"), TargetPoint(2026, 10.0, "straight")]


@pytest.mark.parametrize(
    ("month", "asked"),
    [("2023-12", None), ("2024-01", 14), ("2025-06", 14), ("2026-01", 10), ("2026-12", 10), ("2027-01", None)],
)
def test_a_stepped_target_holds_from_its_year_until_the_next_one_begins(month: str, asked: float | None) -> None:
    assert target_at(STEPS, datetime.date.fromisoformat(f"{month}-01")) == asked


@pytest.mark.parametrize(
    ("month", "asked"), [("2024-12", 14), ("2025-06", 13), ("2025-12", 12), ("2026-06", 11), ("2026-12", 10)]
)
def test_a_straight_target_is_approached_evenly_from_the_end_of_the_year_before(month: str, asked: float) -> None:
    assert target_at(SLOPE, datetime.date.fromisoformat(f"{month}-01")) == pytest.approx(asked)


def test_a_straight_target_without_one_before_it_is_asked_in_its_own_year_only() -> None:
    alone = [TargetPoint(2026, 10.0, "straight")]
    assert target_at(alone, datetime.date(2025, 12, 1)) is None
    assert target_at(alone, datetime.date(2026, 1, 1)) == 10


@given(
    st.lists(
        st.builds(
            TargetPoint,
            st.integers(2015, 2035),
            st.floats(0, 100),
            st.sampled_from(["stepped", "straight"]),
        ),
        min_size=1,
        max_size=6,
        unique_by=lambda point: point.year,
    ),
    st.integers(2010, 2040),
    st.integers(1, 12),
)
def test_what_is_asked_lies_between_the_values_set_and_is_met_at_each_year_end(
    points: list[TargetPoint], year: int, month: int
) -> None:
    asked = target_at(points, datetime.date(year, month, 1))
    values = [point.value for point in points]
    assert asked is None or min(values) - 1e-9 <= asked <= max(values) + 1e-9
    for point in points:
        assert target_at(points, datetime.date(point.year, 12, 1)) == pytest.approx(point.value)
