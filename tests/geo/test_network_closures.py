"""Closing roads: by hand on a tiny map, and against a network built without those roads."""

from pathlib import Path

import numpy as np
import osmium
import pandas as pd
import pytest

from geo.errors import ClosureError
from geo.network import (
    Circle,
    Closures,
    Network,
    build_network,
    closed_roads,
    inside,
    load_engine,
    network_without,
    road_names,
)
from geo.network.osrm import can_update
from geo.travel import durations_s, travel_matrix
from tests.geo.hand_made_map import lon_lat, points, write_map

# A square of streets, 400 m a side, with a bridge as its southern side and a spur to the east.
STREETS = [
    ([(0, 0), (2, 0), (4, 0)], {"highway": "residential", "name": "Jalan Jembatan", "bridge": "yes"}),
    ([(4, 0), (4, 4)], {"highway": "residential", "name": "Jalan Timur"}),
    ([(0, 0), (0, 4)], {"highway": "residential", "name": "Jalan Barat"}),
    ([(0, 4), (4, 4)], {"highway": "residential", "name": "Jalan Utara"}),
    ([(4, 0), (7, 0), (10, 0)], {"highway": "residential", "name": "Jalan Jembatan"}),
]


def _network(folder: Path) -> Network:
    extract = write_map(folder / "square.osm.pbf", STREETS)
    from shapely.geometry import box

    west, south = lon_lat((-5, -5))
    east, north = lon_lat((15, 15))
    return build_network(
        extract, folder / "cache", boundary=box(west, south, east, north), buffer_m=500, modes=["walk"]
    )


@pytest.fixture(scope="module")
def square(tmp_path_factory: pytest.TempPathFactory) -> Network:
    return _network(tmp_path_factory.mktemp("square"))


def _metres(network: Network, closures: Closures, start: tuple[float, float], end: tuple[float, float]) -> float:
    closed = closed_roads(network.roads, closures)
    with network_without(network, "walk", closed) as lent:
        engine = load_engine(lent.base("walk"))
        found = travel_matrix(lent, points({"a": start}), points({"b": end}), "walk", snap_limit_m=60, engine=engine)
    return float(found["distance_m"].iloc[0])


def test_a_closed_bridge_sends_people_round_the_square(square: Network) -> None:
    start, end = (0, 0.2), (4, 0.2)
    assert _metres(square, Closures(), start, end) == pytest.approx(440, rel=0.03)
    assert _metres(square, Closures(bridges=("jalan jembatan",)), start, end) == pytest.approx(1160, rel=0.03)


def test_the_whole_street_is_closed_by_its_name_and_what_lies_behind_it_is_cut_off(square: Network) -> None:
    closures = Closures(streets=("Jalan Jembatan",))
    assert np.isnan(_metres(square, closures, (0, 0.2), (9, 0)))
    assert not np.isnan(_metres(square, Closures(bridges=("Jalan Jembatan",)), (0, 0.2), (9, 0)))


def test_a_circle_closes_every_segment_that_it_touches_and_no_other(square: Network) -> None:
    lon, lat = lon_lat((4, 2))
    found = closed_roads(square.roads, Closures(circles=(Circle(lat, lon, 50),)))
    assert len(found.nodes) == 1
    assert found.length_km == pytest.approx(0.4, rel=0.01)
    corner_lon, corner_lat = lon_lat((4, 0))
    assert len(closed_roads(square.roads, Closures(circles=(Circle(corner_lat, corner_lon, 50),))).nodes) == 3


def test_the_network_itself_stays_as_it_was(square: Network) -> None:
    before = {part.name: part.read_bytes() for part in square.base("walk").parent.iterdir()}
    _metres(square, Closures(streets=("Jalan Utara",)), (0, 0.2), (4, 0.2))
    assert {part.name: part.read_bytes() for part in square.base("walk").parent.iterdir()} == before
    assert list(square.folder.glob(".closed-*")) == []


def test_names_that_no_road_bears_are_told(square: Network) -> None:
    found = closed_roads(square.roads, Closures(streets=("Jalan Utara", "Jalan Lain"), bridges=("Jalan Timur",)))
    assert found.unknown == ("Jalan Lain", "Jalan Timur")
    assert len(found.nodes) == 1


def test_the_names_of_streets_and_of_bridges_are_read(square: Network) -> None:
    names = road_names(square.roads)
    assert names.streets == ("Jalan Barat", "Jalan Jembatan", "Jalan Timur", "Jalan Utara")
    assert names.bridges == ("Jalan Jembatan",)


def test_points_in_a_circle_are_told_from_those_outside() -> None:
    lon, lat = lon_lat((0, 0))
    near, far = lon_lat((0.9, 0)), lon_lat((1.1, 0))
    closures = Closures(circles=(Circle(lat, lon, 100),))
    assert inside(closures, np.array([near[1], far[1]]), np.array([near[0], far[0]])).tolist() == [True, False]


@pytest.mark.parametrize("circle", [Circle(0, 0, 0), Circle(0, 0, 1e6), Circle(99, 0, 10), Circle(0, 0, float("nan"))])
def test_a_circle_that_is_none_is_refused(square: Network, circle: Circle) -> None:
    with pytest.raises(ClosureError, match="cannot be closed"):
        closed_roads(square.roads, Closures(circles=(circle,)))


def test_a_network_built_before_closures_existed_is_built_again_once(tmp_path: Path) -> None:
    network = _network(tmp_path)
    for suffix in (".ebg", ".enw", ".restrictions", ".turn_penalties_index"):
        network.base("walk").with_name(f"network.osrm{suffix}").unlink()
    assert not can_update(network.base("walk"))
    assert _metres(network, Closures(streets=("Jalan Jembatan",)), (0, 0.2), (4, 0.3)) > 1000
    assert can_update(network.base("walk"))


def test_a_network_without_its_roads_says_what_to_do(tmp_path: Path) -> None:
    network = build_network(write_map(tmp_path / "m.osm.pbf", STREETS), tmp_path / "cache", modes=["walk"])
    network.base("walk").with_name("network.osrm.ebg").unlink()
    closed = closed_roads(tmp_path / "m.osm.pbf", Closures(streets=("Jalan Utara",)))
    with pytest.raises(ClosureError, match="travel build"), network_without(network, "walk", closed):
        pass


def test_on_real_streets_it_agrees_with_a_network_built_without_them(
    helsinki: Network, helsinki_extract: Path, tmp_path: Path
) -> None:
    lat, lon = 60.1699, 24.9384
    closures = Closures(circles=(Circle(lat, lon, 400),))
    closed = closed_roads(helsinki_extract, closures)
    without = _without_roads(helsinki_extract, closed.nodes, tmp_path / "without.osm.pbf")
    built = build_network(without, tmp_path / "cache", modes=["walk"])
    ends = _scattered(helsinki_extract, closures)
    origins, destinations = ends.iloc[:30], ends.iloc[30:]
    expected = travel_matrix(built, origins, destinations, "walk", snap_limit_m=100)
    with network_without(helsinki, "walk", closed) as lent:
        engine = load_engine(lent.base("walk"))
        found = travel_matrix(lent, origins, destinations, "walk", snap_limit_m=100, engine=engine)
    ordinary = travel_matrix(helsinki, origins, destinations, "walk", snap_limit_m=100)
    both = found["duration_s"].notna() & expected["duration_s"].notna()
    assert (found["duration_s"].notna() == expected["duration_s"].notna()).mean() > 0.9
    assert both.mean() > 0.8
    off = (found["duration_s"] - expected["duration_s"]).abs()[both]
    # Where the circle leaves a piece of fewer than twenty segments, building takes it for a gap in the map.
    assert off.quantile(0.95) < 1.0
    assert (found["duration_s"] - ordinary["duration_s"]).max() > 60


def _without_roads(extract: Path, nodes: np.ndarray, target: Path) -> Path:
    """Write the extract with every way cut where it runs along a closed segment."""
    closed = {frozenset(pair) for pair in nodes.tolist()}
    number = 10**12
    with osmium.SimpleWriter(str(target)) as writer:
        for thing in osmium.FileProcessor(str(extract)):
            if not isinstance(thing, osmium.osm.Way):
                writer.add(thing)
                continue
            refs = [node.ref for node in thing.nodes]
            runs: list[list[int]] = [[]]
            for ref, following in zip(refs, [*refs[1:], None], strict=True):
                runs[-1].append(ref)
                if following is not None and "highway" in thing.tags and frozenset((ref, following)) in closed:
                    runs.append([])
            if len(runs) == 1:
                writer.add(thing)
                continue
            for run in runs:
                if len(run) > 1:
                    number += 1
                    writer.add_way(thing.replace(id=number, nodes=run))
    return target


def _scattered(extract: Path, closures: Closures) -> pd.DataFrame:
    """Sixty points on walkable streets outside the circles."""
    found = []
    for way in osmium.FileProcessor(str(extract)).with_locations():
        if isinstance(way, osmium.osm.Way) and way.tags.get("highway") in ("residential", "footway", "living_street"):
            found += [(node.lat, node.lon) for node in way.nodes if node.location.valid()]
    places = np.array(found)
    places = places[~inside(closures, places[:, 0], places[:, 1])]
    chosen = places[np.random.default_rng(5).choice(len(places), 60, replace=False)]
    return pd.DataFrame({"code": [f"p{i}" for i in range(60)], "lat": chosen[:, 0], "lon": chosen[:, 1]})


def test_seconds_alone_are_those_of_the_whole_matrix(square: Network) -> None:
    origins, destinations = points({"a": (0, 1), "b": (3, 4)}), points({"c": (9, 0), "d": (4, 3)})
    whole = travel_matrix(square, origins, destinations, "walk", snap_limit_m=300)
    assert durations_s(square, origins, destinations, "walk", snap_limit_m=300).ravel() == pytest.approx(
        whole["duration_s"].to_numpy()
    )
    tight = durations_s(square, points({"a": (0, 1), "b": (2, 2)}), destinations, "walk", snap_limit_m=100)
    assert np.isnan(tight).tolist() == [[False, False], [True, True]]
