"""Builds the demo city from nothing, or again in place: areas, facilities, roads, children, facts.

All tables are written in one transaction: it is taken whole, or the database stays as it was. The roads are generated
and built beside the children, in processes of their own that a thread waits for. The same seed and months give the same
contents, but for the moments at which rows were written.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, text

from data import migrate, settings
from data.demo import (
    bulk,
    capacity,
    dictionary,
    eppgbm_files,
    growth_rows,
    guard,
    places_rows,
    quality,
    services,
    truth,
    visits,
)
from data.demo.facilities import DemoFacilities, build_facilities
from data.demo.flood import close_example
from data.demo.geography import CITY_CODE, CITY_NAME, DemoGeography, build_geography
from data.demo.months import DEFAULT_END_MONTH, FIRST_MONTH, first_date, month_number
from data.demo.promises import load_promises
from data.demo.published import population_setting
from data.demo.roads_built import SOURCE, DemoNetwork, build_roads
from data.demo.simulate import CHILD_LEVEL_MONTHS, Simulation, simulate
from data.forecast import refresh_forecasts
from data.intake.aggregate import HISTORY_SETTING
from data.intake.load import lock_imports
from data.population import POPULATION_SETTING
from data.schema import metadata, setting
from data.scope import owner_connection
from data.travel import fill_travel, record_network

DEMO_VERSION = 3
"""Raised whenever the same seed would give another city."""

DEFAULT_SEED = 42
_PLACES, _ROADS, _CHILDREN = "areas and facilities", "roads and their network", "children, month by month"
_TABLES, _FILES, _TRAVEL = "loading the tables", "e-PPGBM lists", "travel times by road"
_FORECAST = "forecasts of city, kecamatan and kelurahan"
_KEPT_TABLES = frozenset({"app_user", "audit_log", "setting", "meeting", "action_item", "snapshot", "weight_preset"})
"""What people wrote that speaks of no demo area by key stays where it is."""

Stage = Callable[[str, float], None]
"""Told the stage's name and how much of it is done, from 0 to 1."""


@dataclass(frozen=True)
class DemoPlan:
    """What to build; for tests, `within` narrows the simulated children to areas whose code starts so, and without
    `has_roads` no road network is built and no travel is filled."""

    seed: int = DEFAULT_SEED
    start: str = FIRST_MONTH
    end: str = DEFAULT_END_MONTH
    within: tuple[str, ...] = (CITY_CODE,)
    has_roads: bool = True


@dataclass(frozen=True)
class DemoSummary:
    """What was built."""

    neighbourhoods: int
    children: int
    measurements: int
    growth_rows: int
    files: int
    travel_method: str | None


def build_demo(engine: Engine, plan: DemoPlan, stage: Stage | None = None) -> DemoSummary:
    """Build the demo city in a database, replacing an earlier demo.

    Migrates first. Raises DemoGuardError when the database holds other data, and then changes nothing.
    """
    stage = stage or _say_nothing
    migrate.upgrade(engine)
    with owner_connection(engine) as connection:
        guard.refuse_real_data(connection)
    stage(_PLACES, 0)
    geography = build_geography(plan.seed)
    facilities = build_facilities(geography, plan.seed)
    stage(_PLACES, 1)
    with ThreadPoolExecutor(1) as beside:
        roads = None
        if plan.has_roads:
            roads = beside.submit(
                build_roads, geography, plan.seed, settings.networks(), lambda done: stage(_ROADS, done)
            )
        return _build(engine, plan, geography, facilities, roads, stage)


def _build(
    engine: Engine,
    plan: DemoPlan,
    geography: DemoGeography,
    facilities: DemoFacilities,
    roads: "Future[DemoNetwork] | None",
    stage: Stage,
) -> DemoSummary:
    city = places_rows.neighbourhoods(geography, facilities).within(plan.within)
    own_puskesmas = places_rows.own_puskesmas(facilities, city.codes.tolist())
    calls = visits.draw_visits(own_puskesmas, plan.end, plan.seed)
    simulation = simulate(
        city,
        plan.seed,
        plan.start,
        plan.end,
        visited=calls.visited,
        progress=lambda done: stage(_CHILDREN, done),
    )
    children = growth_rows.child_rows(simulation)
    posyandu = growth_rows.posyandu_names(places_rows.first_posyandu_names(facilities, city.codes.tolist()))
    with owner_connection(engine) as connection, bulk.unforced(connection, _written_tables()):
        lock_imports(connection)
        guard.refuse_real_data(connection)
        stage(_TABLES, 0)
        _clear(connection)
        places_rows.load_places(connection, geography, facilities)
        stage(_TABLES, 0.1)
        growth = growth_rows.load_growth_months(connection, simulation)
        stage(_TABLES, 0.3)
        measurements = growth_rows.load_children(connection, simulation, children, posyandu)
        stage(_TABLES, 0.7)
        quality.load_quality(connection, simulation, plan.seed)
        stage(_TABLES, 0.9)
        dictionary.load_dictionary(connection)
        services.load_services(connection, simulation, plan.seed, CITY_CODE)
        visits.load_visits(connection, calls, simulation, plan.seed)
        capacity.load_capacity(connection, first_date(month_number(plan.end)))
        load_promises(connection, plan.end)
        _mark_as_demo(connection, plan)
        stage(_TABLES, 1)
        stage(_FORECAST, 0)
        refresh_forecasts(connection)
        stage(_FORECAST, 1)
        files = _write_files(simulation, geography, facilities, posyandu, stage)
        method = _fill_travel(connection, roads.result(), stage) if roads else None
    with owner_connection(engine) as connection:
        connection.execute(text(f"ANALYZE {', '.join(metadata.tables)}"))
    return DemoSummary(len(city), len(children.number), measurements, growth, len(files), method)


def _write_files(
    simulation: Simulation,
    geography: DemoGeography,
    facilities: DemoFacilities,
    posyandu: list[str],
    stage: Stage,
) -> list[Path]:
    truth.write_truth(simulation, truth.truth_path())
    puskesmas = facilities.facility.set_index("code")["name"]
    own = places_rows.own_puskesmas(facilities, simulation.city.codes.tolist())
    names = eppgbm_files.PlaceNames(
        city=CITY_NAME,
        kecamatan=geography.kecamatan.set_index("code")["name"].to_dict(),
        kelurahan=geography.kelurahan.set_index("code")["name"].to_dict(),
        posyandu=posyandu,
        puskesmas=puskesmas.loc[own.tolist()].tolist(),
    )
    folder = settings.home() / "demo" / "eppgbm"
    return eppgbm_files.write_files(simulation, names, folder, lambda done: stage(_FILES, done))


def _fill_travel(connection: Connection, roads: DemoNetwork, stage: Stage) -> str:
    """Fill travel by the demo's roads, or by straight lines where no routing engine is installed."""
    if roads.network is not None:
        record_network(connection, roads.network, source=SOURCE, basemap=roads.basemap)
    summary = fill_travel(connection, roads.network, lambda _step, done: stage(_TRAVEL, done))
    if roads.network is not None:
        close_example(connection, roads.network)
    return summary.method


def _say_nothing(_name: str, _done: float) -> None:
    return


def _clear(connection: Connection) -> None:
    names = ", ".join(table.name for table in _rebuilt_tables())
    connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))


def _rebuilt_tables() -> list[Table]:
    return [table for name, table in sorted(metadata.tables.items()) if name not in _KEPT_TABLES]


def _written_tables() -> list[Table]:
    return [*_rebuilt_tables(), setting]


def _mark_as_demo(connection: Connection, plan: DemoPlan) -> None:
    connection.execute(
        setting.delete().where(setting.c.code.in_(["city", "demo", HISTORY_SETTING, POPULATION_SETTING]))
    )
    connection.execute(
        setting.insert(),
        [
            {
                "code": "city",
                "value": {"city_code": CITY_CODE, "name": CITY_NAME, "is_demo": True},
                "changed_by": "demo",
            },
            {
                "code": "demo",
                "value": {"seed": plan.seed, "end_month": plan.end, "version": DEMO_VERSION},
                "changed_by": "demo",
            },
            {"code": POPULATION_SETTING, "value": population_setting(), "changed_by": "demo"},
            {
                "code": HISTORY_SETTING,
                "value": first_date(month_number(plan.end) - CHILD_LEVEL_MONTHS).isoformat(),
                "changed_by": "demo",
            },
        ],
    )
