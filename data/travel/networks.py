"""Which road networks were built for this city, and the boundary that they are clipped to."""

import json
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from data.schema import area, road_network
from geo.modes import MODES
from geo.network import Network, engine_name

OPENSTREETMAP = "© OpenStreetMap contributors, ODbL 1.0"

STRAIGHT_LINE_ID = "straight_line"


def city_boundary(connection: Connection) -> BaseGeometry | None:
    """Return the city's outline (EPSG:4326), joined from its parts where it has none of its own, or None."""
    for level in ("kota", "kecamatan", "kelurahan", "rw"):
        outlines = connection.scalars(
            select(area.c.geometry).where(
                area.c.level == level, area.c.geometry.is_not(None), area.c.valid_to.is_(None)
            )
        ).all()
        if outlines:
            return shapely.union_all(shapely.make_valid(shapely.from_wkb(outlines)))
    return None


def record_network(
    connection: Connection,
    network: Network,
    *,
    source: str = OPENSTREETMAP,
    basemap: dict[str, bytes] | None = None,
) -> None:
    """Note a network that was built, with the layers to draw under the map (GeoJSON by layer name) if they are given.

    It becomes the current one when travel is filled from it.
    """
    row: dict[str, Any] = {
        "id": network.id,
        "extract_date": network.extract_date,
        "engine": engine_name(),
        "source": source,
        "built_at": func.now(),
    }
    if basemap is not None:
        row["basemap"] = {name: json.loads(layer) for name, layer in basemap.items()}
    connection.execute(insert(road_network).values(row).on_conflict_do_update(index_elements=["id"], set_=row))


def latest_network(connection: Connection, cache: Path) -> Network | None:
    """Return the network built last whose files are in `cache` for every mode, or None."""
    rows = connection.execute(
        select(road_network.c.id, road_network.c.extract_date)
        .where(road_network.c.id != STRAIGHT_LINE_ID)
        .order_by(road_network.c.built_at.desc())
    )
    for row in rows:
        network = Network(row.id, cache / row.id, row.extract_date)
        if all(network.has(mode) for mode in MODES):
            return network
    return None


def current_network_files(connection: Connection, cache: Path) -> Network | None:
    """Return the network that travel speaks of, where its files are in `cache` for every mode; else None."""
    row = connection.execute(
        select(road_network.c.id, road_network.c.extract_date).where(road_network.c.is_current)
    ).first()
    if row is None or row.id == STRAIGHT_LINE_ID:
        return None
    network = Network(row.id, cache / row.id, row.extract_date)
    return network if all(network.has(mode) for mode in MODES) else None
