"""OpenStreetMap data in memory, written as a `.osm.pbf` whose bytes depend on nothing but the data."""

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import osmium
from numpy.typing import NDArray

from data.demo.geography import METRIC_CRS

_DECIMALS = 7  # what OpenStreetMap stores
_GENERATOR = "rembuk demo city (invented roads)"
Tags = Mapping[str, str]


class OsmFile:
    """Nodes and ways to be written; nodes are metric (the demo city's UTM zone) and numbered as they are added."""

    def __init__(self) -> None:
        self._points: list[NDArray[np.float64]] = []
        self._count = 0
        self._node_tags: dict[int, Tags] = {}
        self._ways: list[tuple[list[int], Tags]] = []

    def add_nodes(self, points: NDArray[np.float64]) -> NDArray[np.int64]:
        """Add nodes (n, 2) and return their numbers."""
        numbers = np.arange(self._count, self._count + len(points))
        self._points.append(points)
        self._count += len(points)
        return numbers

    def tag_nodes(self, numbers: NDArray[np.int64], tags: Tags) -> None:
        """Give nodes their tags."""
        self._node_tags.update(dict.fromkeys(numbers.tolist(), tags))

    def add_way(self, numbers: NDArray[np.int64], tags: Tags) -> None:
        """Add a way through the nodes of these numbers."""
        self._ways.append((numbers.tolist(), tags))

    def write(self, path: Path) -> tuple[int, int]:
        """Write the nodes that a way uses, then the ways; return how many of each.

        The file appears whole or not at all: it is written beside its place and then moved there.
        """
        used = np.unique(np.concatenate([np.array(way, dtype=np.int64) for way, _ in self._ways]))
        number = np.zeros(self._count, dtype=np.int64)
        number[used] = np.arange(1, len(used) + 1)
        points = np.concatenate(self._points)[used]
        degrees = gpd.points_from_xy(points[:, 0], points[:, 1], crs=METRIC_CRS).to_crs("EPSG:4326")
        lon, lat = np.round(degrees.x, _DECIMALS).tolist(), np.round(degrees.y, _DECIMALS).tolist()
        header = osmium.io.Header()
        header.set("generator", _GENERATOR)
        header.add_box(osmium.osm.Box(min(lon), min(lat), max(lon), max(lat)))
        draft = path.with_name(f".{path.name.removesuffix('.osm.pbf')}.draft.osm.pbf")
        node, way = osmium.osm.mutable.Node, osmium.osm.mutable.Way
        with osmium.SimpleWriter(str(draft), header=header, overwrite=True) as writer:
            for place, old in enumerate(used.tolist()):
                writer.add_node(
                    node(id=place + 1, location=(lon[place], lat[place]), tags=self._node_tags.get(old, {}))
                )
            for place, (nodes, tags) in enumerate(self._ways, start=1):
                writer.add_way(way(id=place, nodes=number[nodes].tolist(), tags=tags))
        draft.replace(path)
        return len(used), len(self._ways)
