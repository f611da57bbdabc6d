"""Road travel: against a second engine on real streets, by hand on tiny maps, and by what must always hold."""

from pathlib import Path

import numpy as np
import osmium
import pandas as pd
import pytest
from pyproj import Geod

from geo.errors import CoordinateError
from geo.modes import MODES, Mode
from geo.network import Network, build_network, open_engine
from geo.travel import MATRIX_COLUMNS, routes, travel_matrix
from tests.geo.hand_made_map import lon_lat, points, write_map
from tests.geo.second_engine import walk_graph

STREET = {"highway": "residential"}


def frame(lon: np.ndarray, lat: np.ndarray, prefix: str = "") -> pd.DataFrame:
    return pd.DataFrame({"code": [f"{prefix}{index:03d}" for index in range(len(lon))], "lat": lat, "lon": lon})


@pytest.fixture(scope="module")
def scattered(helsinki_extract: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Forty origins and thirty destinations some steps away from random map nodes."""
    nodes = np.array([(node.lon, node.lat) for node in osmium.FileProcessor(str(helsinki_extract), osmium.osm.NODE)])
    rng = np.random.default_rng(3)
    chosen = nodes[rng.choice(len(nodes), 70, replace=False)] + rng.uniform(-3e-4, 3e-4, (70, 2))
    return frame(*chosen[:40].T, prefix="o"), frame(*chosen[40:].T, prefix="d")


def test_walking_agrees_with_a_second_engine_on_real_streets(helsinki: Network, helsinki_extract: Path) -> None:
    graph = walk_graph(helsinki_extract)
    origins, destinations = graph.ends(40, seed=1), graph.ends(40, seed=2)
    seconds, metres = graph.matrix(origins, destinations)
    found = travel_matrix(
        helsinki,
        frame(graph.lon[origins], graph.lat[origins]),
        frame(graph.lon[destinations], graph.lat[destinations]),
        "walk",
        snap_limit_m=300,
    )
    assert (found["method"] == "network").all()
    off_s = np.abs(found["duration_s"] - seconds.ravel()) / np.maximum(seconds.ravel(), 60)
    off_m = np.abs(found["distance_m"] - metres.ravel()) / np.maximum(metres.ravel(), 60)
    assert off_s.max() < 0.01
    assert off_m.quantile(0.99) < 0.01


@pytest.mark.parametrize("mode", MODES)
def test_no_road_is_shorter_than_the_straight_line_between_its_ends(
    helsinki: Network, scattered: tuple[pd.DataFrame, pd.DataFrame], mode: Mode
) -> None:
    origins, destinations = scattered
    found = travel_matrix(helsinki, origins, destinations, mode, snap_limit_m=300)
    pairs = found.loc[found["method"] == "network"]
    lines = routes(helsinki, mode, origins, destinations, pairs, snap_limit_m=300)
    merged = pairs.merge(lines, on=["origin", "destination"], validate="1:1", suffixes=("", "_drawn"))
    ends = np.array([line.coords[0] + line.coords[-1] for line in merged["geometry"]])
    straight = np.asarray(Geod(ellps="WGS84").inv(*ends.T)[2])
    assert len(merged) > 500
    # the engine measures on a sphere, which is up to 0.3 % shorter than the ellipsoid at this latitude
    assert (merged["distance_m"] >= 0.997 * straight - 1).all()


@pytest.mark.parametrize("mode", MODES)
def test_the_table_and_the_drawn_route_agree(
    helsinki: Network, scattered: tuple[pd.DataFrame, pd.DataFrame], mode: Mode
) -> None:
    origins, destinations = scattered
    found = travel_matrix(helsinki, origins, destinations, mode, snap_limit_m=300)
    pairs = found.loc[found["method"] == "network"]
    lines = routes(helsinki, mode, origins, destinations, pairs, snap_limit_m=300)
    merged = pairs.merge(lines, on=["origin", "destination"], validate="1:1", suffixes=("", "_drawn"))
    assert len(merged) == len(pairs)
    agree = (merged["duration_s"] - merged["duration_s_drawn"]).abs() <= 2
    assert agree.mean() > 0.99


def test_one_way_streets_make_car_travel_asymmetric(
    helsinki: Network, scattered: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    origins, destinations = scattered
    there = travel_matrix(helsinki, origins, destinations, "car", snap_limit_m=300)
    back = travel_matrix(helsinki, destinations, origins, "car", snap_limit_m=300)
    both = there.merge(
        back,
        left_on=["origin", "destination"],
        right_on=["destination", "origin"],
        suffixes=("", "_back"),
        validate="1:1",
    ).dropna(subset=["distance_m", "distance_m_back"])
    assert ((both["distance_m"] - both["distance_m_back"]).abs() > 100).mean() > 0.2


def test_removing_a_bridge_shortens_nothing(tmp_path: Path) -> None:
    """Two banks of a river, each a grid of streets, joined by two bridges."""
    banks = [([(x, y) for x in range(6)], STREET) for y in (0, 1, 2, 4, 5, 6)] + [
        ([(x, y) for y in ys], STREET) for x in range(6) for ys in ((0, 1, 2), (4, 5, 6))
    ]
    near, far = ([(1, 2), (1, 4)], STREET), ([(5, 2), (5, 4)], STREET)
    places = points({f"{x}-{y}": (x, y) for x in range(6) for y in (0, 2, 4, 6)})
    both, one, none = (
        travel_matrix(
            build_network(write_map(tmp_path / name, ways), tmp_path / "cache", modes=["walk"]),
            places,
            places,
            "walk",
            snap_limit_m=300,
        )
        for name, ways in (
            ("both.osm.pbf", [*banks, near, far]),
            ("one.osm.pbf", [*banks, far]),
            ("none.osm.pbf", banks),
        )
    )
    assert (one["distance_m"] >= both["distance_m"] - 0.5).all()
    assert (one["distance_m"] > both["distance_m"] + 100).any()
    bank = {code: float(code.split("-")[1]) > 3 for code in places["code"]}
    crosses = none["origin"].map(bank) != none["destination"].map(bank)
    assert (none.loc[crosses, "method"] == "unrouted").all()
    assert (none.loc[~crosses, "distance_m"] >= both.loc[~crosses, "distance_m"] - 0.5).all()


@pytest.fixture(scope="module")
def corner(tmp_path_factory: pytest.TempPathFactory) -> Network:
    """A street of 1 km east, then 500 m north, the second half one-way northward."""
    folder = tmp_path_factory.mktemp("corner")
    ways = [([(0, 0), (10, 0)], STREET), ([(10, 0), (10, 5)], {**STREET, "oneway": "yes"})]
    return build_network(write_map(folder / "corner.osm.pbf", ways), folder / "cache")


def test_a_walk_round_a_corner_is_as_long_as_its_two_sides(corner: Network) -> None:
    found = travel_matrix(corner, points({"a": (0, 0)}), points({"b": (10, 5)}), "walk", snap_limit_m=300).iloc[0]
    assert found["distance_m"] == pytest.approx(1_500, rel=0.005)
    assert found["duration_s"] == pytest.approx(found["distance_m"] / (5 / 3.6), abs=1)


def test_travel_is_between_the_points_on_the_road_and_the_way_to_it_stands_apart(corner: Network) -> None:
    found = travel_matrix(corner, points({"a": (2, -1)}), points({"b": (8, 2)}), "walk", snap_limit_m=300).iloc[0]
    assert found["origin_snap_m"] == pytest.approx(100, rel=0.01)
    assert found["destination_snap_m"] == pytest.approx(200, rel=0.01)
    assert found["distance_m"] in (pytest.approx(600, rel=0.01), pytest.approx(1_000, rel=0.01))


def test_a_point_far_from_a_road_is_reported_and_not_routed(corner: Network) -> None:
    found = travel_matrix(
        corner, points({"near": (5, -2.9), "far": (5, -3.2)}), points({"b": (0, 0)}), "walk", snap_limit_m=300
    ).set_index("origin")
    assert found["method"].to_dict() == {"near": "network", "far": "unrouted"}
    assert found.loc["far", ["duration_s", "distance_m"]].isna().all()
    assert found.loc["far", "origin_snap_m"] == pytest.approx(320, rel=0.01)


def test_against_a_one_way_street_there_is_no_way_by_car(corner: Network) -> None:
    found = travel_matrix(corner, points({"a": (10, 5)}), points({"b": (0, 0)}), "car", snap_limit_m=300).iloc[0]
    assert (found["method"], np.isnan(found["duration_s"])) == ("unrouted", True)
    assert found["origin_snap_m"] < 1


def test_a_turn_restriction_is_obeyed_by_car_and_not_on_foot(tmp_path: Path) -> None:
    ways = [
        ([(0, 0), (5, 0)], STREET),
        ([(5, 0), (5, 5)], STREET),
        ([(5, 0), (10, 0)], STREET),
        ([(10, 0), (10, 5), (5, 5)], STREET),
    ]
    extract = write_map(tmp_path / "map.osm.pbf", ways, restrictions=[(1, (5, 0), 2, "no_left_turn")])
    network = build_network(extract, tmp_path / "cache", modes=["walk", "car"])
    ends = points({"a": (0, 0)}), points({"b": (5, 4)})
    metres = {
        mode: travel_matrix(network, *ends, mode, snap_limit_m=300)["distance_m"].iloc[0] for mode in ("walk", "car")
    }
    assert metres["walk"] == pytest.approx(900, rel=0.01)
    assert metres["car"] == pytest.approx(2_100, rel=0.01)


def test_a_point_beside_a_stray_piece_of_road_is_taken_to_the_network(tmp_path: Path) -> None:
    grid = [([(x, y) for x in range(8)], STREET) for y in range(8)] + [
        ([(x, y) for y in range(8)], STREET) for x in range(8)
    ]
    stray = ([(9, 3), (9, 4)], STREET)
    network = build_network(write_map(tmp_path / "map.osm.pbf", [*grid, stray]), tmp_path / "cache", modes=["walk"])
    found = travel_matrix(network, points({"a": (9, 3.5)}), points({"b": (0, 0)}), "walk", snap_limit_m=300).iloc[0]
    assert found["method"] == "network"
    assert found["origin_snap_m"] == pytest.approx(200, rel=0.01)


def test_rows_follow_the_order_of_origins_and_then_of_destinations(corner: Network) -> None:
    origins = points({"010": (0, 0), "001": (3, 0)})
    destinations = points({"z": (1, 0), "a": (2, 0), "m": (4, 0)})
    found = travel_matrix(corner, origins, destinations, "walk", snap_limit_m=300)
    assert list(found.columns) == MATRIX_COLUMNS
    assert list(zip(found["origin"], found["destination"], strict=True)) == [
        (o, d) for o in ("010", "001") for d in ("z", "a", "m")
    ]


def test_a_large_matrix_asked_in_parts_is_the_same(corner: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    places = points({f"{x}": (x, 0) for x in range(10)})
    whole = travel_matrix(corner, places, places, "car", snap_limit_m=300)
    monkeypatch.setattr("geo.travel.matrix._CELLS_AT_ONCE", 25)
    pd.testing.assert_frame_equal(travel_matrix(corner, places, places, "car", snap_limit_m=300), whole)


def test_swapped_axes_are_refused_even_when_both_numbers_could_be_either(helsinki: Network) -> None:
    right = pd.DataFrame({"code": ["a"], "lat": [60.17], "lon": [24.94]})
    swapped = pd.DataFrame({"code": ["S7"], "lat": [24.94], "lon": [60.17]})
    with pytest.raises(CoordinateError, match=r"origins: the point S7 .* swapped"):
        travel_matrix(helsinki, swapped, right, "walk", snap_limit_m=300)
    with pytest.raises(CoordinateError, match=r"destinations: the point S7 .* swapped"):
        travel_matrix(helsinki, right, swapped, "walk", snap_limit_m=300)


def test_a_far_point_that_is_far_when_swapped_too_is_only_reported(helsinki: Network) -> None:
    right = pd.DataFrame({"code": ["a"], "lat": [60.17], "lon": [24.94]})
    tampere = pd.DataFrame({"code": ["t"], "lat": [61.5], "lon": [23.8]})
    found = travel_matrix(helsinki, tampere, right, "walk", snap_limit_m=300).iloc[0]
    assert found["method"] == "unrouted"
    assert found["origin_snap_m"] > 100_000


@pytest.mark.parametrize("lat", [106.9, -90.5, np.nan, np.inf])
def test_a_latitude_that_does_not_exist_is_refused(helsinki: Network, lat: float) -> None:
    right = pd.DataFrame({"code": ["a"], "lat": [60.17], "lon": [24.94]})
    with pytest.raises(CoordinateError, match="nowhere on Earth"):
        travel_matrix(helsinki, right.assign(lat=lat), right, "walk", snap_limit_m=300)


def test_the_engine_snaps_a_table_as_it_snaps_a_single_point(
    helsinki: Network, scattered: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    import osrm

    origins, destinations = scattered
    found = travel_matrix(helsinki, origins, destinations, "walk", snap_limit_m=300).drop_duplicates("origin")
    engine = open_engine(helsinki.base("walk"))
    nearest = [
        engine.Nearest(osrm.NearestParameters(coordinates=[pair]))["waypoints"][0]["distance"]
        for pair in zip(origins["lon"], origins["lat"], strict=True)
    ]
    same = np.isclose(found["origin_snap_m"], nearest, atol=0.01)
    assert same.mean() >= 0.9  # the others stand beside a stray piece of road
    assert (found["origin_snap_m"].to_numpy() >= np.array(nearest) - 0.01).all()


def test_places_of_the_hand_made_map_are_a_hundred_metres_apart() -> None:
    (lon, lat), (lon2, lat2) = lon_lat((0, 0)), lon_lat((1, 1))
    assert Geod(ellps="WGS84").inv(lon, lat, lon2, lat)[2] == pytest.approx(100, rel=0.01)
    assert Geod(ellps="WGS84").inv(lon, lat, lon, lat2)[2] == pytest.approx(100, rel=0.01)
