"""Writing tiny OpenStreetMap extracts by hand, so that a reader can check ways in the head.

Places are given in steps of about 100 m east and north of a corner near the equator, where a degree is a degree.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import osmium
import pandas as pd
from osmium.osm import mutable

STEP_DEG = 0.0009
CORNER_LON, CORNER_LAT = 107.0, -0.01

Place = tuple[float, float]


def lon_lat(place: Place) -> tuple[float, float]:
    """Return a place's degrees."""
    return CORNER_LON + place[0] * STEP_DEG, CORNER_LAT + place[1] * STEP_DEG


def points(places: Mapping[str, Place]) -> pd.DataFrame:
    """Return places as a frame of points."""
    rows = [(code, *reversed(lon_lat(place))) for code, place in places.items()]
    return pd.DataFrame(rows, columns=["code", "lat", "lon"])


def write_map(
    path: Path,
    ways: Iterable[tuple[list[Place], Mapping[str, str]]],
    *,
    node_tags: Mapping[Place, Mapping[str, str]] | None = None,
    restrictions: Iterable[tuple[int, Place, int, str]] = (),
) -> Path:
    """Write ways (places and tags) as an extract; places that ways share join them.

    Ways are numbered from 1. A restriction is (from way, via place, to way, kind).
    """
    ways = list(ways)
    places = list(dict.fromkeys(place for line, _ in ways for place in line))
    number = {place: index + 1 for index, place in enumerate(places)}
    with osmium.SimpleWriter(str(path)) as writer:
        for place in places:
            tags = (node_tags or {}).get(place, {})
            writer.add_node(mutable.Node(id=number[place], location=lon_lat(place), tags=tags))
        for index, (line, tags) in enumerate(ways):
            writer.add_way(mutable.Way(id=index + 1, nodes=[number[place] for place in line], tags=tags))
        for index, (source, via, target, kind) in enumerate(restrictions):
            members = [("w", source, "from"), ("n", number[via], "via"), ("w", target, "to")]
            tags = {"type": "restriction", "restriction": kind}
            writer.add_relation(mutable.Relation(id=index + 1, members=members, tags=tags))
    return path
