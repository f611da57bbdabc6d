"""Access: E2SFCA and the coverage curve for a city of 1,020 RWs, and a flood on a network of its size.

Limits: a page may take 2 s cold (DESIGN §11), and what it works out is a part of that; a flood is computed while its
planner waits, and may take as long as a coffee is stirred.
"""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from geo.modes import MODES
from geo.network import Circle, Closures, Network, build_network, closed_roads, load_engine, network_without
from geo.travel import durations_s
from models.access import coverage_curve, enhanced_two_step
from models.access.capacity import ZONES_MIN
from tests.benchmarks.bench_travel import SNAP_LIMIT_M, _made_city, _points
from tests.benchmarks.harness import Row, best_of, timed

RW, PUSKESMAS, SITES, FACILITIES = 1_020, 54, 1_048, 60
CIRCUIT_M_PER_MIN = 55.0
PAGE_PART_S = 0.5
FLOOD_LIMIT_S = 30.0
"""Half of what building the network and filling travel may take: it does a part of that work."""


def run() -> list[Row]:
    """Measure E2SFCA beside the same formulas in numpy, the curve, and a flood on a made city."""
    rng = np.random.default_rng(1)
    side_m = 14_600.0
    rw, places, sites = (rng.random((count, 2)) * side_m for count in (RW, PUSKESMAS, SITES))
    children = pd.Series(rng.integers(40, 400, RW).astype(float), index=[f"rw{i}" for i in range(RW)])
    minutes = _minutes(rw, places)
    pairs = _pairs(minutes, "p", max(ZONES_MIN))
    supply = pd.Series(1.0, index=[f"p{j}" for j in range(PUSKESMAS)])
    two_step = best_of(3, lambda: enhanced_two_step(children, supply, pairs))
    peer = best_of(3, lambda: _formulas(children.to_numpy(), minutes))
    reach = _pairs(_minutes(rw, sites), "s", 15.0).rename(columns={"destination": "site"})
    covered = pd.Series(minutes.min(axis=1) <= 15, index=children.index)
    curve = best_of(3, lambda: coverage_curve(children, covered, reach, 10))
    with TemporaryDirectory() as folder:
        network = build_network(_made_city(Path(folder) / "city.osm.pbf"), Path(folder) / "cache")
        flooded, updated = _flood(network, Path(folder) / "city.osm.pbf", rng)
    return [
        Row("access: E2SFCA, 1,020 RW x 54 puskesmas", two_step, "s", PAGE_PART_S, f"{len(pairs):,} pairs"),
        Row("access: the same in numpy, without names", peer, "s", note="the second method of the tests"),
        Row("access: coverage curve, 10 of 1,048 sites", curve, "s", PAGE_PART_S, f"{len(reach):,} pairs"),
        Row("access: close roads on the network, 3 modes", updated, "s", note="a circle of 600 m, OSRM traffic update"),
        Row(
            "access: a whole flood, without the database",
            flooded,
            "s",
            FLOOD_LIMIT_S,
            "reading roads, closing, 1,020 x 60 x 3 on a square grid, which is slower than a city",
        ),
    ]


def _flood(network: Network, extract: Path, rng: np.random.Generator) -> tuple[float, float]:
    origins, destinations = _points(rng, RW, "rw"), _points(rng, FACILITIES, "f")
    updated = 0.0
    with timed() as whole:
        lat, lon = origins.iloc[0][["lat", "lon"]].astype(float)
        roads = closed_roads(extract, Closures((Circle(lat, lon, 600),)))
        for mode in MODES:
            with ExitStack() as stack:
                with timed() as closing:
                    without = stack.enter_context(network_without(network, mode, roads))
                updated += closing.seconds
                engine = load_engine(without.base(mode))
                durations_s(without, origins, destinations, mode, snap_limit_m=SNAP_LIMIT_M, engine=engine)
    return whole.seconds, updated


def _minutes(origins: np.ndarray, places: np.ndarray) -> np.ndarray:
    return np.linalg.norm(origins[:, None] - places[None], axis=2) / CIRCUIT_M_PER_MIN


def _pairs(minutes: np.ndarray, prefix: str, longest: float) -> pd.DataFrame:
    row, column = np.nonzero(minutes <= longest)
    return pd.DataFrame(
        {
            "origin": [f"rw{i}" for i in row],
            "destination": [f"{prefix}{j}" for j in column],
            "minutes": minutes[row, column],
        }
    )


def _formulas(children: np.ndarray, minutes: np.ndarray) -> np.ndarray:
    weight = np.select([minutes <= limit for limit in ZONES_MIN], list(ZONES_MIN.values()), 0.0)
    weighted = children @ weight
    return weight @ np.divide(1.0, weighted, out=np.zeros_like(weighted), where=weighted > 0)


if __name__ == "__main__":
    for row in run():
        print(row)
