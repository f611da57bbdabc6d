"""Geometry for the browser keeps borders shared and coordinates short."""

import json

import shapely

from geo import webmap

LEFT, RIGHT = shapely.box(107.0, -6.3, 107.1, -6.2), shapely.box(107.1, -6.3, 107.2, -6.2)


def test_a_border_between_two_areas_is_drawn_once() -> None:
    lines = webmap.border_lines([LEFT, RIGHT])
    assert abs(sum(line.length for line in lines) - 0.7) < 1e-9


def test_simplified_neighbours_still_touch_and_do_not_overlap() -> None:
    wavy = [(107.1 + (0.00001 if i % 2 else 0), -6.3 + i * 0.00002) for i in range(101)]
    left = shapely.Polygon([(107.0, -6.3), *wavy, (107.1, -6.2), (107.0, -6.2)])
    right = shapely.Polygon([(107.2, -6.3), *wavy, (107.1, -6.2), (107.2, -6.2)])
    one, two = webmap.simplified([left, right], 5)
    assert shapely.coverage_is_valid([one, two])
    assert len(one.exterior.coords) < 20


def test_groups_are_joined_into_their_parents() -> None:
    merged = webmap.merged([LEFT, RIGHT], ["a", "a"])
    assert merged["a"].equals(shapely.box(107.0, -6.3, 107.2, -6.2))


def test_geojson_has_five_decimals_and_its_properties() -> None:
    content = json.loads(webmap.geojson([shapely.Point(107.123456789, -6.2)], [{"c": "001"}]))
    feature = content["features"][0]
    assert feature["geometry"]["coordinates"] == [107.12346, -6.2]
    assert feature["properties"] == {"c": "001"}
