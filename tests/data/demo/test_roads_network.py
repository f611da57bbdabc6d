"""The parts the road network is made of, on lines a reader can check."""

import numpy as np
import pytest
import shapely
from shapely import LineString, box

from data.demo.roads_barriers import Barrier, crossings
from data.demo.roads_network import Network, as_ways, in_one_piece, joined, one_way, pruned
from data.demo.roads_streets import Lines, Street, borders, fill_density, neighbouring


def _cross():
    lines = Lines()
    lines.add([LineString([(0, 50), (100, 50)])], Street.RESIDENTIAL, "east")
    lines.add([LineString([(50, 0), (50, 100)])], Street.GANG, "north")
    return lines


def _grid(side=12):
    lines = Lines()
    for place in range(side):
        lines.add([LineString([(0, 100 * place), (100 * (side - 1), 100 * place)])], Street.RESIDENTIAL)
        lines.add([LineString([(100 * place, 0), (100 * place, 100 * (side - 1))])], Street.GANG)
    return joined(lines)


def _pairs(ways):
    runs = [ways.node[first:last] for first, last in zip(ways.start[:-1], ways.start[1:], strict=True)]
    return sorted(tuple(sorted(pair)) for run in runs for pair in zip(run[:-1].tolist(), run[1:].tolist(), strict=True))


def test_crossing_lines_share_a_node():
    network = joined(_cross())
    assert network.nodes.tolist() == [[0, 50], [50, 0], [50, 50], [50, 100], [100, 50]]
    assert len(network.edges) == 4


def test_where_lines_coincide_the_more_important_names_the_road():
    lines = _cross()
    lines.add([LineString([(0, 50), (100, 50)])], Street.PRIMARY, "main")
    network = joined(lines)
    assert sorted(network.kind.tolist()) == [Street.PRIMARY, Street.PRIMARY, Street.GANG, Street.GANG]


def test_edges_of_one_street_become_one_way():
    network = joined(_cross())
    ways = as_ways(network, np.zeros(4, dtype=int))
    assert [run.tolist() for run in np.split(ways.node, ways.start[1:-1])] == [[0, 2, 4], [1, 2, 3]]


def test_a_flag_splits_a_street():
    network = joined(_cross())
    ways = as_ways(network, (network.nodes[network.edges].mean(axis=1)[:, 0] > 60).astype(int))
    assert len(ways.kind) == 3


def test_ways_hold_every_edge_once():
    network = pruned(_grid(), np.random.default_rng(0))
    ways = as_ways(network, np.zeros(len(network.edges), dtype=int))
    assert _pairs(ways) == sorted(map(tuple, network.edges.tolist()))


@pytest.mark.parametrize("seed", range(5))
def test_pruning_leaves_streets_out_but_nobody_alone(seed):
    grid = _grid()
    thin = pruned(grid, np.random.default_rng(seed))
    assert len(thin.edges) < 0.9 * len(grid.edges)
    assert set(thin.edges.ravel()) == set(grid.edges.ravel())
    assert len(in_one_piece(thin).edges) == len(thin.edges)


def test_an_island_gets_a_bridge_and_a_scrap_is_dropped():
    lines = _cross()
    lines.add([LineString([(0, 300), (200, 300)]), LineString([(500, 0), (520, 0)])], Street.RESIDENTIAL)
    network = in_one_piece(joined(lines))
    kinds = network.kind.tolist()
    assert kinds.count(Street.CROSSING) == 1
    assert len(kinds) == 6


def test_a_dead_end_is_never_one_way():
    network = joined(_cross())
    ways = as_ways(network, np.zeros(4, dtype=int))
    assert not any(one_way(ways, 5, np.random.default_rng(seed)).any() for seed in range(50))


def test_only_lengths_of_kept_edges_remain():
    network = Network(np.array([[0.0, 0], [3, 4]]), np.array([[0, 1]]), np.array([9]), np.array([0]), np.array([2.5]))
    assert network.lengths_m.tolist() == [5]
    assert network.only(np.array([False])).lengths_m.tolist() == []


def test_neighbours_have_nobody_between_them():
    points = np.array([[0.0, 0.0], [10.0, 0.0], [5.0, 1.0], [5.0, 9.0]])
    assert neighbouring(points).tolist() == [[0, 2], [1, 2], [2, 3]]


def test_a_shared_border_is_drawn_once():
    drawn = borders(np.array([box(0, 0, 1, 1), box(1, 0, 2, 1)]))
    assert shapely.length(drawn).sum() == pytest.approx(7)


def test_streets_are_denser_where_more_people_live_and_sparse_outside():
    sparse, middling, dense, outside = fill_density(np.array([100.0, 1000, 10_000, 0]), typical=16)
    assert outside < sparse < middling == 16 < dense


def test_small_crossings_fill_the_gaps_between_main_roads():
    line = LineString([(0, 0), (4000, 0)])
    barrier = Barrier("river", "Kali", line, half_width_m=40, strip=line.buffer(40), crossing_gap_m=1000)
    main = np.array([LineString([(1000, -500), (1000, 500)])])
    stations = sorted(line.centroid.x for line in crossings(barrier, main, []))
    assert stations == pytest.approx([2000, 3000])
    assert all(line.length == pytest.approx(84) for line in crossings(barrier, main, []))
