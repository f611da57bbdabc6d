"""From loose street lines to a network: shared nodes, dead ends, one piece, and ways to write.

Modelling assumptions: estates and kampung open on few gates, and a quarter of their streets is missing, which makes
cul-de-sacs and detours; the last link between two places never is. What a car could reach only along a gang is a gang.
A few streets are one-way, and none of them strands a car.
"""

from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree
from scipy.spatial import cKDTree

from data.demo.roads_streets import Lines, Street

_GRID_M = 1.0
_SHORTEST_ISLAND_M = 150.0
_MISSING = {Street.RESIDENTIAL: 0.25, Street.GANG: 0.3, Street.BORDER: 0.4, Street.TERTIARY: 0.15}
_MISSING_GATES = 0.8
_ONE_WAY_SHARE = 0.07
NOT_FOR_CARS = (Street.GANG, Street.FOOTBRIDGE)


@dataclass(frozen=True)
class Network:
    """Nodes (n, 2) in metres and straight edges between them (m, 2), each with its kind and the line it came from."""

    nodes: NDArray[np.float64]
    edges: NDArray[np.int64]
    kind: NDArray[np.int64]
    source: NDArray[np.int64]
    along_m: NDArray[np.float64]

    @property
    def lengths_m(self) -> NDArray[np.float64]:
        """Length of each edge."""
        return np.linalg.norm(self.nodes[self.edges[:, 0]] - self.nodes[self.edges[:, 1]], axis=1)

    def only(self, keep: NDArray[np.bool_]) -> "Network":
        """Return the network with only the edges in `keep`; nodes stay."""
        return replace(
            self,
            edges=self.edges[keep],
            kind=self.kind[keep],
            source=self.source[keep],
            along_m=self.along_m[keep],
        )

    def matrix(self, keep: NDArray[np.bool_] | None = None) -> csr_matrix:
        """Return the adjacency matrix of all edges or those in `keep`."""
        edges = self.edges if keep is None else self.edges[keep]
        return coo_matrix((np.ones(len(edges)), edges.T), shape=(len(self.nodes),) * 2).tocsr()


@dataclass(frozen=True)
class Ways:
    """Runs of edges of one street: way `w` passes the nodes `node[start[w]:start[w + 1]]`."""

    node: NDArray[np.int64]
    start: NDArray[np.int64]
    kind: NDArray[np.int64]
    source: NDArray[np.int64]
    flag: NDArray[np.int64]


def joined(lines: Lines) -> Network:
    """Return the lines as a network with a node wherever two of them meet, on a grid of one metre."""
    sources = np.array(lines.geometry)
    pieces = shapely.get_parts(shapely.union_all(sources, grid_size=_GRID_M))
    corners, piece = shapely.get_coordinates(pieces, return_index=True)
    whole = np.rint(corners / _GRID_M).astype(np.int64)
    key, node = np.unique(whole[:, 0] * 100_000_000 + whole[:, 1], return_inverse=True)
    nodes = np.column_stack([key // 100_000_000, key % 100_000_000]) * _GRID_M
    is_side = piece[:-1] == piece[1:]
    edges = np.column_stack([node[:-1][is_side], node[1:][is_side]])
    edges = np.unique(np.sort(edges[edges[:, 0] != edges[:, 1]], axis=1), axis=0)
    source = _sources(sources, np.array(lines.kind), nodes, edges)
    middles = shapely.points(nodes[edges].mean(axis=1))
    along_m = shapely.line_locate_point(sources[source], middles)
    return Network(nodes, edges, np.array(lines.kind)[source], source, along_m)


def _sources(
    lines: NDArray[np.object_], kind: NDArray[np.int64], nodes: NDArray[np.float64], edges: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return, for each edge, the most important line that it lies on."""
    ends = shapely.points(nodes[edges])
    near_m = 1.5 * _GRID_M
    edge, line = shapely.STRtree(lines).query(
        shapely.points(nodes[edges].mean(axis=1)), predicate="dwithin", distance=near_m
    )
    worst = np.maximum(shapely.distance(ends[edge, 0], lines[line]), shapely.distance(ends[edge, 1], lines[line]))
    order = np.lexsort((line, kind[line], worst > near_m, edge))
    edge, line = edge[order], line[order]
    found, first = np.unique(edge, return_index=True)
    source = np.zeros(len(edges), dtype=np.int64)
    source[found] = line[first]
    return source


def pruned(network: Network, rng: np.random.Generator) -> Network:
    """Return the network without a share of its streets and gates, all that was connected still connected.

    A spanning tree that prefers wide streets is never cut, so cars stay connected wherever their streets were.
    """
    chance = np.zeros(len(Street))
    for kind, share in _MISSING.items():
        chance[kind] = share
    is_inner = network.kind >= Street.RESIDENTIAL
    is_on_collector = np.zeros(len(network.nodes), dtype=bool)
    is_on_collector[network.edges[~is_inner]] = True
    is_gate = is_inner & is_on_collector[network.edges].any(axis=1)
    missing = np.where(is_gate, _MISSING_GATES, chance[network.kind])
    width = np.select([network.kind == Street.GANG, network.kind >= Street.BORDER], [3.0, 2.0], 1.0)
    cost = width + 0.5 * rng.random(len(network.edges))
    tree = minimum_spanning_tree(coo_matrix((cost, network.edges.T), shape=(len(network.nodes),) * 2)).tocoo()
    in_tree = np.isin(_edge_key(network.edges), _edge_key(np.sort(np.column_stack([tree.row, tree.col]), axis=1)))
    return network.only(in_tree | (rng.random(len(network.edges)) >= missing))


def _edge_key(edges: NDArray[np.int64]) -> NDArray[np.int64]:
    return edges[:, 0].astype(np.int64) * 10_000_000 + edges[:, 1]


def in_one_piece(network: Network) -> Network:
    """Return the network in one piece on foot: islands get a small bridge to the rest, scraps are dropped."""
    label = connected_components(network.matrix(), directed=False)[1]
    metres = np.bincount(label[network.edges[:, 0]], network.lengths_m, label.max() + 1)
    main = int(metres.argmax())
    mainland = np.flatnonzero(label == main)
    tree = cKDTree(network.nodes[mainland])
    links = []
    for island in np.flatnonzero((metres > _SHORTEST_ISLAND_M) & (np.arange(len(metres)) != main)):
        members = np.flatnonzero(label == island)
        gap, nearest = tree.query(network.nodes[members])
        links.append((members[gap.argmin()], mainland[nearest[gap.argmin()]]))
    keep = network.only(
        (label[network.edges[:, 0]] == main) | (metres[label[network.edges[:, 0]]] > _SHORTEST_ISLAND_M)
    )
    if not links:
        return keep
    new = np.sort(np.array(links), axis=1)
    return replace(
        keep,
        edges=np.vstack([keep.edges, new]),
        kind=np.append(keep.kind, np.full(len(new), int(Street.CROSSING))),
        source=np.append(keep.source, -1 - np.arange(len(new))),
        along_m=np.append(keep.along_m, np.zeros(len(new))),
    )


def with_gangs_where_no_car_comes(network: Network) -> Network:
    """Return the network with every street that cars cannot reach turned into a gang."""
    is_for_cars = ~np.isin(network.kind, NOT_FOR_CARS)
    label = connected_components(network.matrix(is_for_cars), directed=False)[1]
    main = np.bincount(label[network.edges[is_for_cars, 0]]).argmax()
    is_stranded = is_for_cars & (label[network.edges[:, 0]] != main)
    return replace(network, kind=np.where(is_stranded, int(Street.GANG), network.kind))


def as_ways(network: Network, flag: NDArray[np.int64]) -> Ways:
    """Return the edges strung together along their lines; `flag` (m,) must be one along a way."""
    order = np.lexsort((network.along_m, network.source))
    edges, kind, source, flags = (values[order] for values in (network.edges, network.kind, network.source, flag))
    # An edge continues its forerunner when both belong to one street and share a node.
    same = (source[1:] == source[:-1]) & (kind[1:] == kind[:-1]) & (flags[1:] == flags[:-1])
    shares = (edges[1:, :, None] == edges[:-1, None, :]).any(axis=(1, 2))
    begins = np.concatenate([[True], ~(same & shares)])
    tail, head = _oriented(edges, begins)
    is_broken = np.concatenate([[False], head[:-1] != tail[1:]])
    begins |= is_broken
    first = np.flatnonzero(begins)
    edges_per_way = np.diff(np.append(first, len(edges)))
    start = np.concatenate([[0], np.cumsum(edges_per_way + 1)])
    node = np.empty(start[-1], dtype=np.int64)
    way = np.repeat(np.arange(len(first)), edges_per_way)
    node[np.arange(len(edges)) + way] = tail
    node[start[1:] - 1] = head[np.append(first[1:], len(edges)) - 1]
    return Ways(node, start, kind[first], source[first], flags[first])


def _oriented(edges: NDArray[np.int64], begins: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return tails and heads so that each edge's head is the node it shares with the next edge of its run."""
    follows = np.concatenate([~begins[1:], [False]])
    after = np.roll(edges, -1, axis=0)
    before = np.roll(edges, 1, axis=0)
    second_is_shared = (edges[:, 1:] == after).any(axis=1)
    first_is_before = (edges[:, :1] == before).any(axis=1)
    forwards = np.where(follows, second_is_shared, np.where(begins, True, first_is_before))
    return np.where(forwards, edges[:, 0], edges[:, 1]), np.where(forwards, edges[:, 1], edges[:, 0])


def one_way(ways: Ways, node_count: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Return which ways are one-way: a share of the collectors and residential streets that strands no car."""
    is_candidate = np.isin(ways.kind, [Street.RESIDENTIAL, Street.BORDER, Street.SECONDARY])
    is_one_way = is_candidate & (rng.random(len(ways.kind)) < _ONE_WAY_SHARE)
    way = np.repeat(np.arange(len(ways.kind)), np.diff(ways.start))
    is_step = way[:-1] == way[1:]
    tail, head, way = ways.node[:-1][is_step], ways.node[1:][is_step], way[:-1][is_step]
    is_for_cars = ~np.isin(ways.kind, NOT_FOR_CARS)[way]
    tail, head, way = tail[is_for_cars], head[is_for_cars], way[is_for_cars]
    while True:
        both = ~is_one_way[way]
        steps = (np.concatenate([tail, head[both]]), np.concatenate([head, tail[both]]))
        graph = coo_matrix((np.ones(len(steps[0])), steps), shape=(node_count, node_count))
        label = connected_components(graph, directed=True, connection="strong")[1]
        main = np.bincount(label[tail]).argmax()
        is_stranding = np.zeros(len(ways.kind), dtype=bool)
        is_stranding[way[(label[tail] != main) | (label[head] != main)]] = True
        if not (is_stranding & is_one_way).any():
            return is_one_way
        is_one_way &= ~is_stranding
