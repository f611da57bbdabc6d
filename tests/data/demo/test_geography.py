"""The demo city's areas: real codes and sizes, borders that fit, and the same city each time."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

from data import reference
from data.demo.geography import METRIC_CRS, build_geography, rw_counts


def _polygons(frame):
    return frame.to_crs(METRIC_CRS).geometry.to_numpy()


def test_it_has_1020_rw_in_56_kelurahan_in_12_kecamatan(geography):
    assert geography.areas["level"].value_counts().to_dict() == {
        "rw": 1020,
        "kelurahan": 56,
        "kecamatan": 12,
        "kota": 1,
    }


def test_every_kelurahan_has_at_least_ten_rw(geography):
    assert geography.rw.groupby("parent_code").size().min() >= 10


def test_every_code_begins_with_its_parents_code(geography):
    parts = geography.areas[geography.areas["level"] != "kota"]
    assert (parts["code"].str.rsplit(".", n=1).str[0] == parts["parent_code"]).all()


def test_rw_codes_and_names_carry_three_digits(geography):
    seventh = geography.rw.set_index("code").loc["32.75.01.1001.007"]
    assert seventh["name"] == "RW 007"


@pytest.mark.parametrize("level", ["kecamatan", "kelurahan", "rw"])
def test_borders_of_a_level_are_shared_without_overlap_or_gap(geography, level):
    frame = getattr(geography, level)
    assert shapely.coverage_is_valid(frame.geometry.to_numpy())
    assert frame.geometry.is_valid.all()


@pytest.mark.parametrize(("level", "parent"), [("rw", "kelurahan"), ("kelurahan", "kecamatan"), ("kecamatan", "city")])
def test_an_area_is_the_union_of_its_parts(geography, level, parent):
    parts, wholes = getattr(geography, level), getattr(geography, parent)
    unions = gpd.GeoSeries(_polygons(parts)).groupby(parts["parent_code"]).agg(shapely.union_all)
    outlines = pd.Series(_polygons(wholes), index=wholes["code"])
    difference = shapely.area(shapely.symmetric_difference(unions.to_numpy(), outlines.loc[unions.index].to_numpy()))
    assert difference.max() < 1


def test_the_city_has_no_holes(geography):
    (outline,) = geography.city.geometry
    assert isinstance(outline, shapely.Polygon)
    assert len(outline.interiors) == 0


def test_drawn_areas_agree_with_the_published_ones_within_one_percent(geography):
    published = reference.kelurahan().set_index("code")["area_km2"]
    drawn = pd.Series(shapely.area(_polygons(geography.kelurahan)) / 1e6, index=geography.kelurahan["code"])
    assert (drawn / published - 1).abs().max() < 0.01


def test_a_kelurahan_lies_where_the_real_one_lies(geography):
    facts = reference.kelurahan().set_index("code").loc[geography.kelurahan["code"]]
    real = gpd.GeoSeries(gpd.points_from_xy(facts["centroid_lon"], facts["centroid_lat"]), crs="EPSG:4326")
    drawn = geography.kelurahan.to_crs(METRIC_CRS).centroid
    assert drawn.distance(real.to_crs(METRIC_CRS)).max() < 700


@pytest.mark.parametrize("level", ["city", "kecamatan", "kelurahan", "rw"])
def test_every_area_holds_its_point(geography, level):
    frame = getattr(geography, level)
    assert shapely.contains_xy(frame.geometry.to_numpy(), frame["point_lon"], frame["point_lat"]).all()


@pytest.mark.parametrize("level", ["city", "kecamatan", "kelurahan", "rw"])
def test_areas_and_children_add_up_on_every_level(geography, level):
    frame = getattr(geography, level)
    assert frame["under_five_weight"].sum() == pytest.approx(1)
    assert frame["area_km2"].sum() == pytest.approx(reference.kelurahan()["area_km2"].sum())


def test_children_follow_the_voters_of_each_kecamatan(geography):
    voters = reference.voters().set_index("kecamatan_code")["voters"]
    drawn = geography.kecamatan.set_index("code")["under_five_weight"]
    pd.testing.assert_series_equal(drawn, voters / voters.sum(), check_names=False)


def test_every_outline_is_marked_approximate(geography):
    assert (geography.areas["geometry_source"] == "approximate").all()


def test_the_same_seed_gives_the_same_city(geography):
    assert_geodataframe_equal(geography.areas, build_geography(1).areas)


def test_another_seed_moves_the_rw_but_not_the_kelurahan(geography):
    other = build_geography(2)
    assert not geography.rw.geometry.geom_equals(other.rw.geometry).any()
    drawn, again = _polygons(geography.kelurahan), _polygons(other.kelurahan)
    assert shapely.area(shapely.symmetric_difference(drawn, again)).max() < 1000


def test_rw_are_shared_out_by_weight_but_a_small_area_gets_the_least():
    counts = rw_counts(pd.Series({"a": 60.0, "b": 39.0, "c": 1.0}), total=100, at_least=10)
    assert counts.to_dict() == {"a": 55, "b": 35, "c": 10}
