"""Power diagrams of points whose cells can be worked out by hand."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from geo.errors import PartitionError
from geo.power import balanced_cells, power_cells, power_partition

SQUARE = box(0, 0, 4000, 4000)
FOUR_SITES = np.array([[1000.0, 1000.0], [3000.0, 1000.0], [1000.0, 3000.0], [3000.0, 3000.0]])


def test_equal_discs_on_a_grid_give_squares():
    cells = shapely.intersection(power_cells(FOUR_SITES, np.full(4, 1e6)).polygons, SQUARE)
    squares = [box(x, y, x + 2000, y + 2000) for y in (0, 2000) for x in (0, 2000)]
    assert shapely.area(shapely.symmetric_difference(cells, squares)).max() < 1


def test_a_heavier_disc_pushes_the_border_by_the_weight_over_twice_the_gap():
    cells = power_cells(np.array([[0.0, 0.0], [10.0, 0.0]]), np.array([20.0, 0.0]))
    assert cells.borders[:, :, 0] == pytest.approx(6.0)


def test_a_disc_swallowed_by_a_larger_one_has_no_cell():
    cells = power_cells(np.array([[0.0, 0.0], [1.0, 0.0], [50.0, 0.0]]), np.array([400.0, 0.0, 0.0]))
    assert shapely.is_empty(cells.polygons).tolist() == [False, True, False]


def test_a_lone_point_becomes_a_circle_of_the_wanted_area():
    (circle,) = power_partition([[0.0, 0.0]], [np.pi])
    distances = np.hypot(*shapely.get_coordinates(circle).T)
    assert distances == pytest.approx(1000, rel=0.002)


def test_two_unequal_neighbours_share_a_straight_border_and_keep_their_areas():
    left, right = power_partition([[0.0, 0.0], [1200.0, 0.0]], [1.0, 3.0])
    assert (left.area, right.area) == pytest.approx((1e6, 3e6), rel=0.005)
    border = shapely.get_coordinates(left.intersection(right))
    assert np.ptp(border[:, 0]) < 1


def test_ground_that_three_areas_enclose_is_divided_when_gaps_are_closed():
    triangle = [[0.0, 0.0], [2000.0, 0.0], [1000.0, 1732.0]]
    areas = [3.3, 3.3, 3.3]
    with_hole = shapely.union_all(power_partition(triangle, areas))
    assert len(with_hole.interiors) == 1
    closed = power_partition(triangle, areas, gap_m=300)
    assert len(shapely.union_all(closed).interiors) == 0
    assert shapely.area(closed) == pytest.approx(3.3e6, rel=0.005)


def test_centroids_can_be_matched_instead_of_sites():
    points = np.array([[0.0, 0.0], [1000.0, 0.0], [2500.0, 200.0]])
    middles = shapely.get_coordinates(shapely.centroid(power_partition(points, [2, 2, 1], match_centroids=True)))
    assert np.hypot(*(middles - points).T).max() < 30


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.integers(0, 20), st.floats(0.2, 4.0)),
        min_size=1,
        max_size=12,
        unique_by=lambda row: row[:2],
    )
)
def test_any_scatter_of_points_gets_its_areas_as_a_valid_coverage(rows):
    points = [(500.0 * x + 7 * y, 500.0 * y) for x, y, _ in rows]
    areas = [area for *_, area in rows]
    parts = power_partition(points, areas)
    assert shapely.area(parts) / 1e6 == pytest.approx(areas, rel=0.01)
    assert shapely.coverage_is_valid(parts)


def test_unequal_areas_within_a_square_are_honoured():
    wanted = np.array([1.0, 2.0, 5.0, 8.0]) * 1e6
    _, parts = balanced_cells(FOUR_SITES, np.zeros(4), wanted, SQUARE, 1e-6)
    assert shapely.area(parts) == pytest.approx(wanted, rel=1e-5)


@pytest.mark.parametrize(
    ("points", "areas", "sentence"),
    [
        ([[0, 0], [0, 0]], [1, 1], "same centre"),
        ([[0, 0], [1, 0]], [1], "one area for each"),
        ([[0, 0], [1, 0]], [1, -2], "not positive"),
        ([[0, 0], [np.nan, 0]], [1, 2], "missing"),
    ],
)
def test_unusable_points_and_areas_are_refused(points, areas, sentence):
    with pytest.raises(PartitionError, match=sentence):
        power_partition(points, areas)
