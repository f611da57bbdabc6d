"""The roads that the map draws."""

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.network import Network, build_network
from geo.travel import routes
from tests.geo.hand_made_map import lon_lat, points, write_map


@pytest.fixture(scope="module")
def corner(tmp_path_factory: pytest.TempPathFactory) -> Network:
    """A street of 1 km east, drawn in ten pieces, then 500 m north; and a street far from it."""
    folder = tmp_path_factory.mktemp("corner")
    street = {"highway": "residential"}
    ways = [
        ([(x, 0) for x in range(11)], street),
        ([(10, 0), (10, 5)], street),
        ([(30 + x, y) for x, y in [(0, 0), (5, 0), (5, 5), (0, 5), (0, 0)]], street),
        ([(30, 2), (35, 2)], street),
    ]
    return build_network(write_map(folder / "corner.osm.pbf", ways), folder / "cache", modes=["walk"])


def pair(origin: str, destination: str) -> pd.DataFrame:
    return pd.DataFrame({"origin": [origin], "destination": [destination]})


def test_a_route_runs_along_the_road_from_end_to_end_with_few_points(corner: Network) -> None:
    ends = points({"a": (0, 0)}), points({"b": (10, 5)})
    (row,) = routes(corner, "walk", *ends, pair("a", "b"), snap_limit_m=300).itertuples()
    expected = shapely.LineString([lon_lat((0, 0)), lon_lat((10, 0)), lon_lat((10, 5))])
    assert shapely.hausdorff_distance(row.geometry, expected) < 1e-5
    assert len(row.geometry.coords) == 3
    assert row.distance_m == pytest.approx(1_500, rel=0.005)


def test_a_route_starts_on_the_road_and_not_at_the_point(corner: Network) -> None:
    ends = points({"a": (2, 1)}), points({"b": (8, 0)})
    (row,) = routes(corner, "walk", *ends, pair("a", "b"), snap_limit_m=300).itertuples()
    np.testing.assert_allclose(row.geometry.coords[0], lon_lat((2, 0)), atol=2e-6)


def test_only_the_wanted_pairs_are_drawn(corner: Network) -> None:
    ends = points({"a": (0, 0), "b": (1, 0)}), points({"x": (5, 0), "y": (10, 5)})
    found = routes(corner, "walk", *ends, pair("b", "x"), snap_limit_m=300)
    assert found[["origin", "destination"]].to_numpy().tolist() == [["b", "x"]]


def test_a_pair_without_a_way_or_far_from_a_road_is_left_out(corner: Network) -> None:
    ends = points({"a": (0, 0), "far": (0, -9)}), points({"island": (32, 2), "b": (5, 0)})
    pairs = pd.concat([pair("a", "island"), pair("far", "b")])
    assert routes(corner, "walk", *ends, pairs, snap_limit_m=300).empty


def test_no_pair_gives_an_empty_frame(corner: Network) -> None:
    ends = points({"a": (0, 0)}), points({"b": (10, 5)})
    found = routes(corner, "walk", *ends, pd.DataFrame({"origin": [], "destination": []}), snap_limit_m=300)
    assert list(found.columns) == ["origin", "destination", "duration_s", "distance_m", "geometry"]
    assert found.empty
