"""What motorcycles may ride on in an Indonesian city: gangs yes, toll roads no."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from geo.network import build_network
from geo.travel import travel_matrix
from tests.geo.hand_made_map import Place, points, write_map

ENDS = {"home": (0, 0), "clinic": (10, 0)}
DETOUR = [(0, 0), (0, 10), (10, 10), (10, 0)]
"""Three kilometres where the straight way is one."""


def ride(
    folder: Path, straight: Mapping[str, str], *, node_tags: Mapping[Place, Mapping[str, str]] | None = None
) -> pd.Series:
    """Ride from home to clinic with a straight way of these tags and a residential detour."""
    ways = [([(0, 0), (5, 0), (10, 0)], straight), (DETOUR, {"highway": "residential"})]
    extract = write_map(folder / "map.osm.pbf", ways, node_tags=node_tags)
    network = build_network(extract, folder / "cache", modes=["motorcycle"])
    home, clinic = ({code: place} for code, place in ENDS.items())
    return travel_matrix(network, points(home), points(clinic), "motorcycle", snap_limit_m=300).iloc[0]


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "residential"},
        {"highway": "living_street"},
        {"highway": "service", "service": "alley"},
        {"highway": "primary"},
        {"highway": "trunk"},
        {"highway": "path", "motorcycle": "yes"},
        {"highway": "footway", "motorcycle": "designated"},
        {"highway": "path", "motor_vehicle": "yes"},
        {"highway": "residential", "motor_vehicle": "no", "motorcycle": "yes"},
        {"highway": "motorway", "motorcycle": "designated"},
        {"highway": "residential", "width": "1.2"},
    ],
)
def test_motorcycles_ride_straight_on(tmp_path: Path, tags: dict[str, str]) -> None:
    assert ride(tmp_path, tags)["distance_m"] == pytest.approx(1_000, rel=0.01)


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "motorway"},
        {"highway": "motorway_link"},
        {"highway": "trunk", "toll": "yes"},
        {"highway": "trunk", "motorroad": "yes"},
        {"highway": "primary", "motorcycle": "no"},
        {"highway": "residential", "access": "no"},
        {"highway": "path"},
        {"highway": "footway"},
        {"highway": "pedestrian"},
        {"highway": "steps"},
        {"highway": "construction"},
        {"highway": "residential", "oneway": "-1"},
    ],
)
def test_motorcycles_go_round(tmp_path: Path, tags: dict[str, str]) -> None:
    assert ride(tmp_path, tags)["distance_m"] == pytest.approx(3_000, rel=0.01)


def test_a_wall_across_the_gang_is_gone_round(tmp_path: Path) -> None:
    way = ride(tmp_path, {"highway": "residential"}, node_tags={(5, 0): {"barrier": "block"}})
    assert way["distance_m"] == pytest.approx(3_000, rel=0.01)


def test_bollards_stop_no_motorcycle(tmp_path: Path) -> None:
    way = ride(tmp_path, {"highway": "residential"}, node_tags={(5, 0): {"barrier": "bollard"}})
    assert way["distance_m"] == pytest.approx(1_000, rel=0.01)


def test_a_one_way_street_is_free_to_motorcycles_where_the_map_says_so(tmp_path: Path) -> None:
    way = ride(tmp_path, {"highway": "residential", "oneway": "-1", "oneway:motorcycle": "no"})
    assert way["distance_m"] == pytest.approx(1_000, rel=0.01)


def test_a_gated_road_is_no_way_through(tmp_path: Path) -> None:
    ways = [
        ([(-2, 0), (0, 0)], {"highway": "residential"}),
        ([(0, 0), (10, 0)], {"highway": "residential", "access": "private"}),
        ([(10, 0), (12, 0)], {"highway": "residential"}),
        (DETOUR, {"highway": "residential"}),
    ]
    network = build_network(write_map(tmp_path / "map.osm.pbf", ways), tmp_path / "cache", modes=["motorcycle"])
    home, inside, beyond = points({"h": (-2, 0)}), points({"i": (5, 0)}), points({"b": (12, 0)})
    through = travel_matrix(network, home, beyond, "motorcycle", snap_limit_m=300).iloc[0]
    into = travel_matrix(network, home, inside, "motorcycle", snap_limit_m=300).iloc[0]
    assert through["distance_m"] == pytest.approx(3_400, rel=0.01)
    assert into["distance_m"] == pytest.approx(700, rel=0.01)


def test_a_posted_limit_only_lowers_the_speed(tmp_path: Path) -> None:
    seconds = {}
    for limit in ("10", "90", None):
        folder = tmp_path / str(limit)
        folder.mkdir()
        tags = {"highway": "residential", **({"maxspeed": limit} if limit else {})}
        seconds[limit] = ride(folder, tags)["duration_s"]
    assert seconds["10"] > 1.9 * seconds[None]
    assert seconds["90"] == seconds[None]
