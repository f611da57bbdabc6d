"""Road networks: an OpenStreetMap extract made ready for routing by foot, motorcycle and car.

Assumption: a road is as its OpenStreetMap tags say, and speeds are those of free-flowing traffic. Building is a pure
function of the extract, the boundary, the profiles and the engine's version, so its results are cached under a hash
of these.
"""

from geo.network.build import BUFFER_M, Network, build_network
from geo.network.closures import (
    Circle,
    ClosedRoads,
    Closures,
    RoadNames,
    closed_roads,
    inside,
    network_without,
    road_names,
)
from geo.network.osrm import engine_name, is_available, load_engine, open_engine

__all__ = [
    "BUFFER_M",
    "Circle",
    "ClosedRoads",
    "Closures",
    "Network",
    "RoadNames",
    "build_network",
    "closed_roads",
    "engine_name",
    "inside",
    "is_available",
    "load_engine",
    "network_without",
    "open_engine",
    "road_names",
]
