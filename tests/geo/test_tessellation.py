"""Parts of an area: contiguous, complete, and the same each time."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon, box

from geo.errors import PartitionError
from geo.tessellation import simplify_coverage, subdivide, subdivide_by_points

SQUARE = box(0, 0, 2000, 2000)
HORSESHOE = box(0, 0, 3000, 3000).difference(box(1000, 1000, 2000, 3000))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(1, 25), st.integers(0, 10_000), st.sampled_from([SQUARE, HORSESHOE]))
def test_parts_fill_the_area_and_share_their_borders(n, seed, polygon):
    parts = subdivide(polygon, n, seed=seed)
    assert len(parts) == n
    assert all(isinstance(part, Polygon) and part.area > 0 for part in parts)
    assert shapely.coverage_is_valid(parts)
    assert shapely.union_all(parts).symmetric_difference(polygon).area < 1e-4 * polygon.area


def test_the_same_seed_gives_the_same_parts():
    first, second = (subdivide(HORSESHOE, 9, seed=4) for _ in range(2))
    assert shapely.to_wkb(first).tolist() == shapely.to_wkb(second).tolist()


def test_another_seed_gives_other_parts():
    assert not shapely.equals(subdivide(SQUARE, 9, seed=4), subdivide(SQUARE, 9, seed=5)).any()


def test_lloyds_method_ends_near_equal_areas():
    areas = shapely.area(subdivide(SQUARE, 16, seed=1, rounds=60))
    assert areas.std() / areas.mean() < 0.1


def test_shares_of_the_area_are_honoured():
    shares = np.array([1.0, 2, 3, 4])
    areas = shapely.area(subdivide(SQUARE, 4, seed=2, shares=shares))
    assert areas / areas.sum() == pytest.approx(shares / 10, rel=0.02)


def test_two_points_halve_a_square():
    left, right = subdivide_by_points(SQUARE, [[500, 1000], [1500, 1000]])
    assert left.equals(box(0, 0, 1000, 2000))
    assert right.equals(box(1000, 0, 2000, 2000))


def test_each_part_holds_its_own_point_in_the_given_order():
    points = np.random.default_rng(3).uniform(100, 900, size=(12, 2))
    parts = subdivide_by_points(HORSESHOE, points)
    assert shapely.contains_xy(parts, *points.T).all()


def test_a_border_with_two_corners_a_hand_apart_is_divided_too():
    # Welding the corner at y -0.3 to the line between the points would bend a side across the other corner.
    bent = Polygon([(0, 0), (500.02, -0.3), (500.09, 0.04), (1000, 0), (1000, 1000), (0, 1000)])
    parts = subdivide_by_points(bent, [(250, 500), (750, 500)])
    assert shapely.coverage_is_valid(parts)
    assert shapely.area(parts).tolist() == pytest.approx([500_000, 500_000], abs=100)


def test_points_close_together_still_share_a_large_area():
    parts = subdivide_by_points(SQUARE, [[1000, 1000], [1001, 1000]])
    assert shapely.area(parts).sum() == pytest.approx(SQUARE.area)


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ([[500, 500], [500, 500.01]], "coincide"),
        ([[500, 500], [np.nan, 1]], "missing"),
        ([[500, 500], [600, 500], [90_000, 500]], "point number 3"),
    ],
)
def test_unusable_points_are_refused(points, sentence):
    with pytest.raises(PartitionError, match=sentence):
        subdivide_by_points(SQUARE, points)


def test_an_area_without_ground_is_refused():
    with pytest.raises(PartitionError, match="no ground"):
        subdivide(Polygon(), 3, seed=0)


def test_shares_must_be_positive():
    with pytest.raises(PartitionError, match="4 positive numbers"):
        subdivide(SQUARE, 4, seed=0, shares=[1, 1, 1, 0])


def test_simplifying_keeps_shared_borders_shared():
    parts = subdivide(SQUARE.buffer(500, quad_segs=64), 12, seed=0)
    simple = simplify_coverage(parts, tolerance_m=50)
    assert shapely.coverage_is_valid(simple)
    assert shapely.get_num_coordinates(simple).sum() < 0.6 * shapely.get_num_coordinates(parts).sum()
