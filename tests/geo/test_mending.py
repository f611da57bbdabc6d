"""Overlaps and gaps on squares that can be checked in the head."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from geo.errors import CoverageError
from geo.mending import mend, polygons_only, thinned

LEFT, RIGHT = box(0, 0, 1000, 1000), box(1000, 0, 2000, 1000)


def test_a_strip_that_two_squares_claim_goes_to_one_of_them_and_is_counted() -> None:
    done = mend([LEFT, box(990, 0, 2000, 1000)])
    assert done.overlap_m2 == pytest.approx(10_000)
    assert shapely.area(done.outlines).sum() == pytest.approx(2_000_000)
    assert shapely.coverage_is_valid(done.outlines)


def test_a_slit_that_is_shut_in_goes_to_the_neighbour_with_the_longer_border() -> None:
    # The slit is 10 m wide and 500 m long: the left square closes it on three sides.
    slit = box(990, 200, 1000, 700)
    done = mend([LEFT.difference(slit), RIGHT])
    assert done.gap_m2 == pytest.approx(5_000)
    assert shapely.area(done.outlines[0]) == pytest.approx(1_000_000)
    assert shapely.area(done.outlines[1]) == pytest.approx(1_000_000)


def test_a_lake_stays_a_hole() -> None:
    lake = box(300, 300, 600, 600)
    done = mend([LEFT.difference(lake), RIGHT])
    assert len(done.gaps) == 0
    assert shapely.area(done.outlines[0]) == pytest.approx(1_000_000 - 90_000)


def test_an_area_of_two_parts_keeps_both() -> None:
    island = box(5000, 0, 5100, 100)
    done = mend([MultiPolygon([LEFT, island]), RIGHT])
    assert shapely.get_num_geometries(done.outlines[0]) == 2
    assert shapely.area(done.outlines[0]) == pytest.approx(1_010_000)


def test_two_areas_on_the_same_ground_are_refused_by_their_places() -> None:
    with pytest.raises(CoverageError, match="numbers 1 and 3"):
        mend([LEFT, RIGHT, box(0, 0, 1000, 800)])


def test_squares_that_fit_stay_as_they_are() -> None:
    done = mend([LEFT, RIGHT])
    assert (len(done.overlaps), len(done.gaps)) == (0, 0)
    assert shapely.equals(done.outlines, [LEFT, RIGHT]).all()


def test_neighbours_share_a_vertex_that_only_one_of_them_drew() -> None:
    bent = Polygon([(1000, 0), (2000, 0), (2000, 1000), (1000, 1000), (1000, 400)])
    done = mend([LEFT, bent])
    assert shapely.coverage_is_valid(done.outlines)
    assert len(done.outlines[0].exterior.coords) == 6


def test_a_figure_of_eight_becomes_its_two_lobes() -> None:
    eight = Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])
    (mended,) = polygons_only([eight])
    assert mended.is_valid
    assert mended.area == pytest.approx(5_000)


def test_heights_and_stray_lines_are_dropped() -> None:
    high = shapely.force_3d(LEFT, 12.0)
    mixed = shapely.GeometryCollection([RIGHT, shapely.LineString([(0, 0), (9, 9)])])
    flat, ground = polygons_only([high, mixed])
    assert not flat.has_z
    assert ground.geom_type == "Polygon"


@given(shift=st.floats(-40, 40), step=st.floats(-20, 20))
def test_whatever_two_squares_do_to_each_other_a_mended_pair_fits(shift: float, step: float) -> None:
    done = mend([LEFT, box(1000 + shift, step, 2000 + shift, 1000 + step)])
    assert shapely.coverage_is_valid(done.outlines)
    assert shapely.area(done.outlines).sum() <= 2_000_001


def test_heavy_outlines_are_thinned_on_both_sides_of_a_border_and_light_ones_are_left() -> None:
    wavy = [(1000 + (at % 2) * 0.2, at) for at in range(1001)]
    left = Polygon([(0, 0), *wavy, (0, 1000)])
    right = Polygon([(2000, 0), (2000, 1000), *wavy[::-1]])
    shapes = np.array([left, right])
    light, detail_m = thinned(shapes, most=100)
    assert detail_m > 0
    assert shapely.get_num_coordinates(light).sum() <= 100
    assert shapely.coverage_is_valid(light)
    assert shapely.area(light).sum() == pytest.approx(2_000_000)
    assert thinned(shapes)[0] is shapes
