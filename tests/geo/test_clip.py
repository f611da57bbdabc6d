"""Clipping an extract to a city: what is kept, what is left, and that ways stay whole."""

from pathlib import Path

import osmium
import pytest
import shapely

from geo.clip import buffered, clip_extract
from geo.errors import BrokenExtractError, NoRoadError
from geo.network import build_network
from geo.travel import travel_matrix
from tests.geo.hand_made_map import lon_lat, points, write_map

CITY = shapely.box(*lon_lat((0, 0)), *lon_lat((10, 10)))
STREET = {"highway": "residential"}
WAYS = [
    ([(-50, 5), (5, 5), (50, 5)], STREET),
    ([(5, 5), (5, 8)], STREET),
    ([(-30, -30), (-20, -30)], STREET),
    ([(5, 6), (6, 6), (6, 7), (5, 6)], {"building": "yes"}),
    ([(2, 0), (2, 9)], {"waterway": "river", "name": "Kali"}),
    ([(-40, 7), (40, 7)], {"highway": "primary"}),
]


@pytest.fixture
def clipped(tmp_path: Path) -> Path:
    whole = write_map(
        tmp_path / "whole.osm.pbf",
        WAYS,
        node_tags={(5, 8): {"barrier": "gate"}},
        restrictions=[(1, (5, 5), 2, "no_left_turn"), (1, (-50, 5), 3, "no_right_turn")],
    )
    return clip_extract(whole, CITY, tmp_path / "clipped.osm.pbf", buffer_m=200)


def read(path: Path, kind: str) -> dict[int, object]:
    """Return what was kept: a way's nodes, a relation's members, a node's tags."""
    kept: dict[int, object] = {}
    for thing in osmium.FileProcessor(str(path)):
        if thing.type_str() == kind:
            match kind:
                case "w":
                    kept[thing.id] = [node.ref for node in thing.nodes]
                case "r":
                    kept[thing.id] = [(member.role, member.ref) for member in thing.members]
                case "n":
                    kept[thing.id] = dict(thing.tags)
    return kept


def test_roads_and_water_that_touch_the_area_are_kept_and_nothing_else(clipped: Path) -> None:
    assert sorted(read(clipped, "w")) == [1, 2, 5, 6]


def test_a_way_without_a_point_inside_is_kept_when_it_crosses_the_area(clipped: Path) -> None:
    assert 6 in read(clipped, "w")


def test_ways_that_leave_the_area_stay_whole(clipped: Path) -> None:
    nodes = read(clipped, "n")
    ways = read(clipped, "w")
    assert len(ways[1]) == 3
    assert {node for line in ways.values() for node in line} == set(nodes)


def test_restrictions_of_kept_roads_are_kept_and_others_dropped(clipped: Path) -> None:
    assert [[ref for _, ref in members] for members in read(clipped, "r").values()] == [[1, 2, 2]]


def test_tags_of_nodes_are_kept(clipped: Path) -> None:
    assert {"barrier": "gate"} in read(clipped, "n").values()


def test_untagged_outlines_of_open_water_are_kept_whole(tmp_path: Path) -> None:
    path = tmp_path / "lake.osm.pbf"
    corners = [(1, 1), (2, 1), (2, 2), (1, 2)]
    with osmium.SimpleWriter(str(path)) as writer:
        for index, place in enumerate([*corners, (0, 5), (9, 5)]):
            writer.add_node(osmium.osm.mutable.Node(id=index + 1, location=lon_lat(place)))
        writer.add_way(osmium.osm.mutable.Way(id=1, nodes=[1, 2, 3]))
        writer.add_way(osmium.osm.mutable.Way(id=2, nodes=[3, 4, 1]))
        writer.add_way(osmium.osm.mutable.Way(id=3, nodes=[5, 6], tags=STREET))
        members = [("w", 1, "outer"), ("w", 2, "outer")]
        tags = {"type": "multipolygon", "natural": "water"}
        writer.add_relation(osmium.osm.mutable.Relation(id=1, members=members, tags=tags))
    kept = clip_extract(path, CITY, tmp_path / "clipped.osm.pbf", buffer_m=0)
    assert (sorted(read(kept, "w")), sorted(read(kept, "r"))) == ([1, 2, 3], [1])


def test_travel_inside_is_the_same_on_the_clipped_network(helsinki_extract: Path, tmp_path: Path) -> None:
    inner = shapely.box(24.940, 60.166, 24.946, 60.170)
    network = build_network(helsinki_extract, tmp_path, boundary=inner, buffer_m=600, modes=["walk"])
    whole = build_network(helsinki_extract, tmp_path, modes=["walk"])
    corners = [(24.941, 60.167), (24.945, 60.167), (24.945, 60.1695), (24.941, 60.1695)]
    places = (
        points({})
        .reindex(range(4))
        .assign(code=list("abcd"), lon=[corner[0] for corner in corners], lat=[corner[1] for corner in corners])
    )
    found, expected = (travel_matrix(n, places, places, "walk", snap_limit_m=300) for n in (network, whole))
    assert network.roads.stat().st_size < helsinki_extract.stat().st_size / 1.5
    assert found["distance_m"].tolist() == pytest.approx(expected["distance_m"].tolist(), abs=0.2)


def test_a_buffer_is_measured_in_metres_far_from_the_equator_too() -> None:
    square = shapely.box(24.90, 60.10, 25.00, 60.20)
    west, south, east, north = buffered(square, 1_000).bounds
    assert (square.bounds[1] - south) * 111_410 == pytest.approx(1_000, rel=0.01)
    assert (square.bounds[0] - west) * 111_320 * 0.4980 == pytest.approx(1_000, rel=0.02)
    assert (east - 25.0, north - 60.2) == pytest.approx((24.90 - west, 60.10 - south), rel=0.02)


def test_an_extract_without_a_road_near_the_boundary_is_refused(tmp_path: Path) -> None:
    whole = write_map(tmp_path / "whole.osm.pbf", [WAYS[2]])
    with pytest.raises(NoRoadError, match=r"whole\.osm\.pbf has no road within 0 km"):
        clip_extract(whole, CITY, tmp_path / "clipped.osm.pbf", buffer_m=200)


def test_a_cut_off_extract_is_refused_and_leaves_no_scratch_file(helsinki_extract: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(helsinki_extract.read_bytes()[:400_000])
    with pytest.raises(BrokenExtractError):
        clip_extract(cut, shapely.box(24.9, 60.1, 25, 60.2), tmp_path / "clipped.osm.pbf", buffer_m=0)
    assert [path.name for path in tmp_path.iterdir()] == ["cut.osm.pbf"]
