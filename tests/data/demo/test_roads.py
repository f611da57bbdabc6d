"""The generated road network, read back from the file it was written to."""

import itertools
import subprocess
from pathlib import Path

import geopandas as gpd
import numpy as np
import osmium
import osrm
import pandas as pd
import pytest
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

from data.demo.facilities import build_facilities
from data.demo.geography import METRIC_CRS
from data.demo.roads import write_demo_roads
from data.demo.roads_process import write_roads_beside

MAIN_GAP_M = 300


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("roads") / "demo.osm.pbf"


@pytest.fixture(scope="module")
def summary(geography, path):
    return write_demo_roads(geography, path, seed=1)


class Roads:
    """Nodes in metres, and one row per step of a way with the way's tags."""

    def __init__(self, path):
        nodes, steps, node_tags = [], [], {}
        for thing in osmium.FileProcessor(str(path)):
            if thing.is_node():
                nodes.append((thing.lon, thing.lat))
                if thing.tags:
                    node_tags[thing.id] = dict(thing.tags)
            elif thing.is_way():
                refs, tags = [node.ref for node in thing.nodes], dict(thing.tags)
                steps += [(tail, head, tags) for tail, head in itertools.pairwise(refs)]
        degrees = gpd.points_from_xy(*zip(*nodes, strict=True), crs="EPSG:4326").to_crs(METRIC_CRS)
        # Nodes are numbered from one, in the order of the file.
        self.nodes = np.vstack([[np.nan, np.nan], np.column_stack([degrees.x, degrees.y])])
        self.node_tags = node_tags
        tags = pd.DataFrame([step[2] for step in steps]).fillna("")
        self.steps = tags.assign(tail=[step[0] for step in steps], head=[step[1] for step in steps])
        self.steps["geometry"] = shapely.linestrings(self.nodes[self.steps[["tail", "head"]]])
        self.steps["metres"] = shapely.length(self.steps["geometry"])
        self.streets = self.steps[(self.steps["highway"] != "") & (self.steps["foot"] != "no")]

    def graph(self, steps, one_way=False):
        forth = steps if not one_way else steps[steps["oneway"] != "yes"]
        tail = np.concatenate([steps["tail"], forth["head"]])
        head = np.concatenate([steps["head"], forth["tail"]])
        metres = np.concatenate([steps["metres"], forth["metres"]])
        return coo_matrix((metres, (tail, head)), shape=(len(self.nodes),) * 2).tocsr()

    def crossing(self, line):
        return self.steps[shapely.intersects(self.steps["geometry"].to_numpy(), line) & (self.steps["highway"] != "")]


@pytest.fixture(scope="module")
def roads(path, summary):
    return Roads(path)


def _metres(lat, lon):
    return shapely.get_coordinates(gpd.points_from_xy(lon, lat, crs="EPSG:4326").to_crs(METRIC_CRS))


def _pieces(roads, steps):
    label = connected_components(roads.graph(steps), directed=False)[1]
    return np.sort(np.bincount(label[steps["tail"]], steps["metres"]))[::-1] / steps["metres"].sum()


def test_the_same_seed_writes_the_same_bytes_also_in_a_process_of_its_own(geography, path, summary, tmp_path):
    write_roads_beside(geography, tmp_path / "again.osm.pbf", 1)
    assert (tmp_path / "again.osm.pbf").read_bytes() == path.read_bytes()


def test_a_square_kilometre_has_about_22_km_of_road(summary):
    assert summary.km_per_km2 == pytest.approx(22, abs=1)


def test_every_rw_and_puskesmas_is_near_a_road(geography, roads):
    facility = build_facilities(geography, 1).facility
    points = np.vstack(
        [
            _metres(geography.rw["point_lat"], geography.rw["point_lon"]),
            _metres(facility["lat"], facility["lon"]),
        ]
    )
    tree = shapely.STRtree(roads.streets["geometry"].to_numpy())
    _, gap_m = tree.query_nearest(shapely.points(points), return_distance=True, all_matches=False)
    assert gap_m.max() < MAIN_GAP_M


def test_a_walker_can_reach_every_street(roads):
    assert len(roads.streets) > 50_000
    assert _pieces(roads, roads.streets)[0] == pytest.approx(1)


def test_without_bridges_the_city_falls_apart(roads):
    on_land = roads.streets[(roads.streets["bridge"] != "yes") & (roads.streets["tunnel"] != "yes")]
    assert _pieces(roads, on_land)[1] > 0.1


def test_no_one_way_strands_a_car(roads):
    is_for_cars = (roads.streets["motor_vehicle"] != "no") & (roads.streets["highway"] != "footway")
    steps = roads.streets[is_for_cars]
    label = connected_components(roads.graph(steps, one_way=True), directed=True, connection="strong")[1]
    assert len(np.unique(label[steps["tail"]])) == 1


def test_one_ways_make_a_way_there_longer_than_back(roads):
    assert (roads.streets["oneway"] == "yes").mean() > 0.01


@pytest.mark.parametrize("highway", ["path", "living_street"])
def test_gangs_are_closed_to_cars_and_open_to_motorcycles(roads, highway):
    gangs = roads.streets[roads.streets["highway"] == highway]
    assert (gangs["motor_vehicle"] == "no").all()
    assert (gangs["motorcycle"] == "yes").all()


def test_streets_cross_the_river_only_on_bridges(roads):
    river = shapely.union_all(roads.steps.loc[roads.steps["waterway"] == "river", "geometry"].to_numpy())
    crossing = roads.crossing(river)
    walkable = crossing[crossing["foot"] != "no"]
    assert 5 <= len(walkable) <= 20
    assert (walkable["bridge"] == "yes").all()


def test_streets_cross_the_toll_roads_only_over_or_under(roads):
    tolls = shapely.union_all(roads.steps.loc[roads.steps["highway"] == "motorway", "geometry"].to_numpy())
    crossing = roads.crossing(tolls)
    walkable = crossing[crossing["foot"] != "no"]
    assert ((walkable["bridge"] == "yes") | (walkable["tunnel"] == "yes")).all()


def test_streets_meet_the_railway_only_at_level_crossings(roads):
    rails = roads.steps[roads.steps["railway"] == "rail"]
    crossing = roads.crossing(shapely.union_all(rails["geometry"].to_numpy()))
    shared = set(rails["tail"]) | set(rails["head"])
    crossings = {node for node, tags in roads.node_tags.items() if tags.get("railway") == "level_crossing"}
    assert len(crossings) > 5
    assert crossings <= shared
    assert (crossing["tail"].isin(crossings) | crossing["head"].isin(crossings)).all()


def test_toll_roads_are_one_way_and_not_for_walkers(roads):
    motorway = roads.steps[roads.steps["highway"].str.startswith("motorway")]
    assert (motorway["highway"] == "motorway_link").any()
    assert (motorway["oneway"] == "yes").all()
    assert (motorway["foot"] == "no").all()


def test_the_road_to_the_nearest_puskesmas_is_a_third_longer_than_the_straight_line(geography, roads):
    facility = build_facilities(geography, 1).facility
    puskesmas = facility[facility["kind"] == "puskesmas"]
    used = np.unique(roads.streets[["tail", "head"]])
    tree = cKDTree(roads.nodes[used])
    origin = used[tree.query(_metres(geography.rw["point_lat"], geography.rw["point_lon"]))[1]]
    target = used[tree.query(_metres(puskesmas["lat"], puskesmas["lon"]))[1]]
    straight = np.linalg.norm(roads.nodes[origin][:, None] - roads.nodes[target][None], axis=2)
    road = dijkstra(roads.graph(roads.streets), directed=False, indices=target)[:, origin].T
    assert (road >= straight - 0.1).all()
    nearest = straight.argmin(axis=1)
    rows = np.flatnonzero(straight.min(axis=1) > 300)
    detour = (road / np.maximum(straight, 1))[rows, nearest[rows]]
    assert 1.25 < np.median(detour) < 1.5


def test_the_names_claim_no_real_street(roads):
    names = roads.streets["name"]
    assert names[names != ""].str.contains("Contoh").all()


def test_osrm_builds_the_file(path, summary, tmp_path):
    folder = Path(osrm.__file__).parent
    copy = tmp_path / "demo.osm.pbf"
    copy.write_bytes(path.read_bytes())
    command = [folder / "bin" / "osrm-extract", "-p", folder / "share" / "profiles" / "foot.lua", copy]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
