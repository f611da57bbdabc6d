"""Builds the demo city from nothing, or again in place: areas, facilities, roads, children, facts.

All tables are written in one transaction, after everything has been computed; travel times follow in a second one,
because they are computed from the finished tables. The same seed and months give the same contents.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text

from data import migrate
from data.demo import dictionary, growth_rows, guard, places_rows, services, truth, visits
from data.demo.facilities import build_facilities
from data.demo.geography import CITY_CODE, CITY_NAME, build_geography
from data.demo.months import DEFAULT_END_MONTH, FIRST_MONTH, first_date, month_number
from data.demo.simulate import CHILD_LEVEL_MONTHS, simulate
from data.intake.aggregate import HISTORY_SETTING
from data.schema import metadata, setting

DEMO_VERSION = 1
"""Raised whenever the same seed would give another city."""

DEFAULT_SEED = 42
_LOCK = 3275_0002
_KEPT_TABLES = frozenset({"app_user", "audit_log", "setting", "meeting", "action_item", "snapshot"})
"""What people wrote that speaks of no demo area by key stays where it is."""

Stage = Callable[[str, float], None]
"""Told the stage's name and how much of it is done, from 0 to 1."""


@dataclass(frozen=True)
class DemoPlan:
    """What to build; `within` narrows the simulated children to areas whose code starts so, for tests."""

    seed: int = DEFAULT_SEED
    start: str = FIRST_MONTH
    end: str = DEFAULT_END_MONTH
    within: tuple[str, ...] = (CITY_CODE,)


@dataclass(frozen=True)
class DemoSummary:
    """What was built."""

    neighbourhoods: int
    children: int
    measurements: int
    growth_rows: int


def build_demo(engine: Engine, plan: DemoPlan, stage: Stage | None = None) -> DemoSummary:
    """Build the demo city in a database, replacing an earlier demo.

    Migrates first. Raises DemoGuardError when the database holds other data, and then changes nothing.
    """
    stage = stage or _say_nothing
    migrate.upgrade(engine)
    with engine.connect() as connection:
        guard.refuse_real_data(connection)
    stage("areas and facilities", 0)
    geography = build_geography(plan.seed)
    facilities = build_facilities(geography, plan.seed)
    stage("areas and facilities", 1)
    city = places_rows.neighbourhoods(geography, facilities).within(plan.within)
    own_puskesmas = places_rows.own_puskesmas(facilities, city.codes.tolist())
    calls = visits.draw_visits(own_puskesmas, plan.end, plan.seed)
    simulation = simulate(
        city,
        plan.seed,
        plan.start,
        plan.end,
        visited=calls.visited,
        progress=lambda done: stage("children, month by month", done),
    )
    children = growth_rows.child_rows(simulation)
    posyandu = growth_rows.posyandu_names(places_rows.first_posyandu_names(facilities, city.codes.tolist()))
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        guard.refuse_real_data(connection)
        stage("loading the tables", 0)
        _clear(connection)
        places_rows.load_places(connection, geography, facilities)
        stage("loading the tables", 0.1)
        growth = growth_rows.load_growth_months(connection, simulation)
        stage("loading the tables", 0.3)
        measurements = growth_rows.load_children(connection, simulation, children, posyandu)
        stage("loading the tables", 0.9)
        dictionary.load_dictionary(connection)
        services.load_services(connection, simulation, plan.seed, CITY_CODE)
        visits.load_visits(connection, calls, simulation, plan.seed)
        _mark_as_demo(connection, plan)
        truth.write_truth(simulation, truth.truth_path())
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    stage("loading the tables", 1)
    return DemoSummary(len(city), len(children.number), measurements, growth)


def _say_nothing(_name: str, _done: float) -> None:
    return


def _clear(connection: Connection) -> None:
    names = ", ".join(sorted(set(metadata.tables) - _KEPT_TABLES))
    connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))


def _mark_as_demo(connection: Connection, plan: DemoPlan) -> None:
    connection.execute(setting.delete().where(setting.c.code.in_(["city", "demo", HISTORY_SETTING])))
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
            {
                "code": HISTORY_SETTING,
                "value": first_date(month_number(plan.end) - CHILD_LEVEL_MONTHS).isoformat(),
                "changed_by": "demo",
            },
        ],
    )
