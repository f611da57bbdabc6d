"""Borders drawn apart are made to meet, and what cannot be mended is refused."""

import pytest
import shapely
from shapely import MultiPolygon, Polygon, box

from geo.coverage import join_stray_pieces, repair_coverage
from geo.errors import CoverageError


def test_borders_a_hair_apart_become_one():
    left, right = repair_coverage([box(0, 0, 10, 10), box(10.05, 0, 20, 10)], tolerance_m=0.1)
    assert left.intersection(right).length == pytest.approx(10)
    assert shapely.union(left, right).area == pytest.approx(200)


def test_a_corner_on_a_neighbours_side_becomes_a_vertex_of_that_side():
    whole, lower, upper = repair_coverage([box(0, 0, 10, 10), box(10, 0, 20, 4), box(10, 4, 20, 10)], tolerance_m=0.1)
    assert (10.0, 4.0) in list(whole.exterior.coords)
    assert shapely.coverage_is_valid([whole, lower, upper])


def test_a_corner_just_too_far_from_a_sides_end_to_weld_makes_no_spike():
    above = Polygon([(0, 0), (5, 10), (10, 0)])
    below = Polygon([(0, 0), (10, 0), (9.95, -0.09), (5, -10)])
    mended = repair_coverage([above, below], tolerance_m=0.1)
    assert shapely.is_valid(mended).all()
    assert shapely.area(mended) == pytest.approx([above.area, below.area], rel=0.01)


def test_a_hole_stays_a_hole():
    ring = box(0, 0, 10, 10).difference(box(4, 4, 6, 6))
    outer, inner = repair_coverage([ring, box(4, 4, 6, 6)], tolerance_m=0.1)
    assert (outer.area, inner.area) == (96, 4)


def test_areas_that_overlap_widely_are_refused():
    with pytest.raises(CoverageError, match="2 of 2 areas overlap or gape"):
        repair_coverage([box(0, 0, 10, 10), box(5, 0, 20, 10)], tolerance_m=0.1)


def test_a_stray_piece_joins_the_neighbour_it_touches():
    split = MultiPolygon([box(0, 0, 10, 10), box(20, 0, 22, 10)])
    main, other = join_stray_pieces([split, box(22, 0, 40, 10)])
    assert main.equals(box(0, 0, 10, 10))
    assert other.area == pytest.approx(200, rel=0.001)


def test_an_area_of_nothing_stays_in_its_place():
    assert [part.is_empty for part in join_stray_pieces([Polygon(), box(0, 0, 1, 1)])] == [True, False]
