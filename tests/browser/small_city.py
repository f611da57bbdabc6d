"""A small demo city for the browser: the children of one kecamatan and the roads around it, built once and copied.

Everything comes from the demo's own parts; only the road network is narrower, because preparing and filling the whole
city's takes longer than all that the browser does with it. RWs far from that kecamatan have no travel time.
"""

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from data.demo import build
from data.demo.build import DemoPlan, build_demo
from data.demo.geography import DemoGeography
from data.demo.roads import write_demo_roads
from data.demo.roads_built import DemoNetwork, extract_path
from data.engine import get_engine
from data.settings import PROJECT_ROOT
from geo.basemap import basemap_layers
from geo.network import build_network, is_available

KECAMATAN, KECAMATAN_NAME = "32.75.01", "Bekasi Timur"
FIRST_MONTH = "2025-06"
ROADS_AROUND_M = 1_000.0


def shared_home(folder: Path) -> Path:
    """Return a home that holds the small city, its database at rest; the first of several workers builds it."""
    home = folder / "small-city"
    with (folder / "small-city.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "built").exists():
            home.mkdir(exist_ok=True)
            # In a process of its own: the embedded database comes to rest when the process that used it ends.
            subprocess.run(
                [sys.executable, "-m", "tests.browser.small_city"],
                cwd=PROJECT_ROOT,
                env=only_home(home),
                check=True,
            )
            (home / "built").touch()
    return home


def copy_home(resting: Path, home: Path) -> Path:
    """Copy a home whose database is at rest; its files belong to the user that runs it, and stay so."""
    subprocess.run(["cp", "-a", str(resting), str(home)], check=True)
    return home


def only_home(home: Path) -> dict[str, str]:
    """Return this process's environment with another home and the embedded database."""
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {"REMBUK_HOME": str(home)}


def _narrow_roads(
    geography: DemoGeography, seed: int, cache: Path, progress: Callable[[float], None] | None = None
) -> DemoNetwork:
    extract = extract_path()
    extract.parent.mkdir(parents=True, exist_ok=True)
    write_demo_roads(geography, extract, seed)
    outline = geography.kecamatan.set_index("code").geometry[KECAMATAN]
    if not is_available():
        return DemoNetwork(None, basemap_layers(extract, outline))
    network = build_network(extract, cache, boundary=outline, buffer_m=ROADS_AROUND_M)
    return DemoNetwork(network, basemap_layers(network.roads, outline))


if __name__ == "__main__":
    with mock.patch.object(build, "build_roads", _narrow_roads):
        build_demo(get_engine(), DemoPlan(within=(KECAMATAN,), start=FIRST_MONTH))
