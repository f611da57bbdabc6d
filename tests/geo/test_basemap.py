"""The app's own basemap."""

import json
from pathlib import Path

import pytest
import shapely

from geo import basemap
from geo.basemap import basemap_layers
from tests.geo.hand_made_map import lon_lat, write_map

WAYS = [
    ([(0, 0), (5, 0.01), (10, 0)], {"highway": "primary", "name": "Jalan Ahmad Yani"}),
    ([(10, 0), (20, 0)], {"highway": "primary", "name": "Jalan Ahmad Yani"}),
    ([(20, 0), (20, 1)], {"highway": "primary_link", "name": "Ramp"}),
    ([(0, 3), (9, 3)], {"highway": "tertiary"}),
    ([(0, 4), (9, 4)], {"highway": "residential"}),
    ([(3, -5), (3, 9)], {"waterway": "river", "name": "Kali Bekasi"}),
    ([(5, 5), (7, 5), (7, 7), (5, 7), (5, 5)], {"natural": "water"}),
    ([(8, 8), (8.1, 8), (8.1, 8.1), (8, 8)], {"natural": "water"}),
    ([(0, 9), (60, 9)], {"railway": "rail"}),
    ([(0, 10), (9, 10)], {"railway": "rail", "service": "siding"}),
]


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    return write_map(tmp_path / "map.osm.pbf", WAYS)


def features(layer: bytes) -> list[tuple[dict[str, str], shapely.Geometry]]:
    content = json.loads(layer)
    assert content["type"] == "FeatureCollection"
    return [(found["properties"], shapely.geometry.shape(found["geometry"])) for found in content["features"]]


def test_main_roads_are_drawn_by_class_and_name_and_side_streets_are_not(extract: Path) -> None:
    roads = features(basemap_layers(extract)["roads"])
    assert [properties for properties, _ in roads] == [
        {"class": "primary"},
        {"class": "primary", "name": "Jalan Ahmad Yani"},
        {"class": "tertiary"},
    ]


def test_pieces_of_a_road_become_one_simplified_line(extract: Path) -> None:
    (road,) = [shape for tags, shape in features(basemap_layers(extract)["roads"]) if "name" in tags]
    assert road.geom_type == "LineString"
    assert len(road.coords) <= 3  # the bend of one metre is gone
    assert road.length == pytest.approx(20 * 0.0009, rel=1e-3)


def test_water_has_its_rivers_as_lines_and_its_lakes_as_areas_without_puddles(extract: Path) -> None:
    water = {tags["kind"]: shape for tags, shape in features(basemap_layers(extract)["water"])}
    assert water["river"].geom_type == "LineString"
    assert water["area"].geom_type == "Polygon"
    assert water["area"].bounds == pytest.approx((*lon_lat((5, 5)), *lon_lat((7, 7))), abs=2e-5)


def test_railways_are_drawn_without_their_sidings(extract: Path) -> None:
    (rail,) = features(basemap_layers(extract)["rail"])
    assert rail[0] == {"kind": "rail"}


def test_what_lies_beyond_the_margin_is_cut_off(extract: Path) -> None:
    city = shapely.box(*lon_lat((0, 0)), *lon_lat((10, 10)))
    ((_, rail),) = features(basemap_layers(extract, city)["rail"])
    assert rail.bounds[2] == pytest.approx(lon_lat((30, 0))[0], abs=1e-4)


def test_coordinates_have_five_decimals(extract: Path) -> None:
    for layer in basemap_layers(extract).values():
        for _, shape in features(layer):
            assert (shapely.get_coordinates(shape).round(5) == shapely.get_coordinates(shape)).all()


def test_lesser_classes_go_first_when_the_whole_grows_too_large(extract: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sum(map(len, basemap_layers(extract).values()))
    monkeypatch.setattr(basemap, "SIZE_LIMIT_BYTES", whole - 1)
    roads = features(basemap_layers(extract)["roads"])
    assert {tags["class"] for tags, _ in roads} == {"primary"}


def test_a_real_extract_gives_every_layer(helsinki_extract: Path) -> None:
    layers = basemap_layers(helsinki_extract)
    assert list(layers) == ["roads", "water", "rail"]
    assert all(features(layer) for layer in layers.values())
    names = {tags.get("name") for tags, _ in features(layers["roads"])}
    assert "Mannerheimintie" in names
