"""The demo's roads, made ready for routing: the generated extract, the network built of it, and what the map draws."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from data import settings
from data.demo.geography import DemoGeography
from data.demo.roads_process import write_roads_beside
from geo.basemap import basemap_layers
from geo.network import Network, build_network, is_available

SOURCE = "jaringan jalan buatan (data contoh)"


@dataclass(frozen=True)
class DemoNetwork:
    """A network and its map layers; `network` is None where no routing engine is installed."""

    network: Network | None
    basemap: dict[str, bytes]


def extract_path() -> Path:
    """Return where the demo command leaves the generated OpenStreetMap extract."""
    return settings.home() / "demo" / "demo_bekasi.osm.pbf"


def build_roads(
    geography: DemoGeography, seed: int, cache: Path, progress: Callable[[float], None] | None = None
) -> DemoNetwork:
    """Write the demo's extract and build its network in `cache`, or find it there when the same was built before."""
    tell = progress or _silent
    extract = extract_path()
    extract.parent.mkdir(parents=True, exist_ok=True)
    write_roads_beside(geography, extract, seed)
    tell(0.3)
    boundary = geography.city.geometry.iloc[0]
    if not is_available():
        return DemoNetwork(None, basemap_layers(extract, boundary))
    network = build_network(extract, cache, boundary=boundary, progress=lambda _stage, done: tell(0.3 + 0.65 * done))
    layers = basemap_layers(network.roads, boundary)
    tell(1.0)
    return DemoNetwork(network, layers)


def _silent(_done: float) -> None:
    return
