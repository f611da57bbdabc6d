"""An empty database, and ways to load into it."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from sqlalchemy import Engine, text

from data.intake.areas import load, rw_table
from data.intake.areas.prepare import Choices
from data.scope import PLANNER, WHOLE_CITY, Scope, writing_connection
from tests.data.intake.areas.squares import CITY, CITY_NAME, geojson, kelurahan

SCOPE = Scope(PLANNER, (WHOLE_CITY,), "test")
TABLES = "area, area_alias, facility, service_area, setting, child, measurement, growth_month, import_batch"


@pytest.fixture(scope="session")
def places_database(new_database: Callable[..., Engine], migrated_template: Engine) -> Engine:
    return new_database(migrated_template)


@pytest.fixture
def database(places_database: Engine) -> Engine:
    """A database without a city."""
    with places_database.begin() as connection:
        connection.execute(text(f"TRUNCATE {TABLES}, nomination, pusing_visit RESTART IDENTITY CASCADE"))
    return places_database


Load = Callable[..., load.AreaOutcome]


@pytest.fixture
def load_areas(database: Engine, tmp_path: Path) -> Load:
    """Load areas from a path or a frame; words not known to the load are choices about the file."""

    def load_areas(given: Path | gpd.GeoDataFrame, **options: Any) -> load.AreaOutcome:
        path = given if isinstance(given, Path) else geojson(tmp_path / "areas.geojson", given)
        wanted = {"city_code": CITY, "city_name": CITY_NAME} | {
            name: options.pop(name) for name in ("city_code", "city_name", "as_of", "is_keeping") if name in options
        }
        with writing_connection(database, SCOPE) as connection:
            return load.commit(connection, path, "a file", Choices(**options), load.Wanted(**wanted))

    return load_areas


@pytest.fixture
def city(load_areas: Load, database: Engine) -> Engine:
    """A database with the four kelurahan."""
    load_areas(kelurahan())
    return database


@pytest.fixture
def load_rws(database: Engine) -> Callable[..., rw_table.RwOutcome]:
    def load_rws(content: bytes, **options: Any) -> rw_table.RwOutcome:
        with writing_connection(database, SCOPE) as connection:
            return rw_table.commit(connection, content, "a table", **options)

    return load_rws


@pytest.fixture
def ask(database: Engine) -> Callable[..., list[Any]]:
    """Ask the database in SQL."""

    def ask(query: str, **values: Any) -> list[Any]:
        with database.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]

    return ask


A_YEAR_AGO = datetime.date(2025, 7, 1)
