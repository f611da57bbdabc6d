"""Travel: building a network and filling every RW × facility × mode, and OSRM beside scipy's Dijkstra.

The network is a made city the size of Kota Bekasi: 14.6 km square (213 km²) with about 22 km of road per km², streets
90 m apart, arterials every 900 m, some streets one-way.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import osmium
import pandas as pd
from osmium.osm import mutable

from geo.modes import MODES
from geo.network import Network, build_network
from geo.travel import routes, travel_matrix
from tests.benchmarks.harness import Row, timed
from tests.geo.second_engine import walk_graph

STREETS = 162
SPACING_DEG = 0.00081
WEST, SOUTH = 106.92, -6.33
RW, FACILITIES = 1_020, 60
LIMIT_S = 60.0
SNAP_LIMIT_M = 300.0


def run() -> list[Row]:
    """Measure the work of DESIGN §11 on travel."""
    with TemporaryDirectory() as folder:
        extract = _made_city(Path(folder) / "city.osm.pbf")
        rng = np.random.default_rng(1)
        origins, destinations = _points(rng, RW, "rw"), _points(rng, FACILITIES, "f")
        with timed() as building:
            network = build_network(extract, Path(folder) / "cache")
        with timed() as filling:
            drawn = sum(_fill(network, origins, destinations))
        with timed() as walking:
            travel_matrix(network, origins, destinations, "walk", snap_limit_m=SNAP_LIMIT_M)
        graph = walk_graph(extract)
        nodes = graph.ends(FACILITIES, seed=1)
        from scipy.sparse.csgraph import dijkstra

        with timed() as peer:
            dijkstra(graph.seconds, indices=nodes)
    cells = RW * FACILITIES
    return [
        Row("travel: build the network, 3 modes", building.seconds, "s", note=f"{len(graph.lon):,} nodes"),
        Row(
            "travel: fill 1,020 RW x 60 x 3, without the database", filling.seconds, "s", note=f"{drawn:,} roads drawn"
        ),
        Row("travel: build and fill", building.seconds + filling.seconds, "s", LIMIT_S, "DESIGN budget"),
        Row(
            "travel: one walking table",
            walking.seconds,
            "s",
            peer.seconds,
            f"{cells:,} cells; peer: scipy Dijkstra, seconds without metres or one point off a node",
        ),
    ]


def _fill(network: Network, origins: pd.DataFrame, destinations: pd.DataFrame) -> list[int]:
    """Compute each mode's table and draw two roads for each origin; return how many were drawn."""
    drawn = []
    for mode in MODES:
        table = travel_matrix(network, origins, destinations, mode, snap_limit_m=SNAP_LIMIT_M)
        pairs = table.dropna().sort_values("duration_s").groupby("origin").head(2)
        drawn.append(len(routes(network, mode, origins, destinations, pairs, snap_limit_m=SNAP_LIMIT_M)))
    return drawn


def _points(rng: np.random.Generator, count: int, prefix: str) -> pd.DataFrame:
    span = (STREETS - 1) * SPACING_DEG
    return pd.DataFrame(
        {
            "code": [f"{prefix}{index}" for index in range(count)],
            "lat": SOUTH + rng.random(count) * span,
            "lon": WEST + rng.random(count) * span,
        }
    )


def _made_city(path: Path) -> Path:
    rng = np.random.default_rng(0)
    with osmium.SimpleWriter(str(path)) as writer:
        for index in range(STREETS * STREETS):
            x, y = index % STREETS, index // STREETS
            lon = WEST + x * SPACING_DEG + rng.normal(0, 5e-5)
            lat = SOUTH + y * SPACING_DEG + rng.normal(0, 5e-5)
            writer.add_node(mutable.Node(id=index + 1, location=(lon, lat)))
        number = 0
        for line in range(STREETS):
            for is_east in (True, False):
                ids = [line * STREETS + i + 1 if is_east else i * STREETS + line + 1 for i in range(STREETS)]
                is_main = line % 10 == 0
                for start in range(0, STREETS - 1, 9):
                    if not is_main and rng.random() < 0.15:
                        continue
                    number += 1
                    tags = {"highway": "secondary" if is_main else "residential"}
                    if rng.random() < 0.05:
                        tags["oneway"] = "yes"
                    writer.add_way(mutable.Way(id=number, nodes=ids[start : start + 10], tags=tags))
    return path


if __name__ == "__main__":
    for row in run():
        print(row)
