"""Every query function, found by inspection, gives each role the same whether the rows outside its area exist or not.

So nothing from outside comes back, neither as a row nor inside a sum. Only the city's totals may differ, and they are
named here.
"""

import datetime
import importlib
import inspect
import itertools
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, text

import data.queries
from data.rights.tables import CHILDREN, OWN_AREAS, OWN_RWS, PROMISES, TABLES
from data.scope import scoped_connection
from tests.conftest import DatabaseMaker
from tests.data.access.people import PEOPLE, Person
from tests.data.access.two_kecamatan import OTHER_RWS, RWS
from tests.data.pusing.hand_written import CITY, KECAMATAN, KELURAHAN, MONTHS, VISITS_IN

TOTALS_OF_THE_CITY = {
    "city_counts_by_month",
    "coverage_of_city",
    "intervention_months",
    "city_state",
    "gaps",
    "newest_month",
}
"""Queries whose answer is about the whole city for everybody: sums by month, how far the data reach, what they lack."""

ARGUMENTS: dict[str, list[Any]] = {
    "month": [MONTHS[-1], VISITS_IN],
    "visit_month": [VISITS_IN],
    "on": [None, MONTHS[-1]],
    "since": [datetime.date(2000, 1, 1)],
    "until": [datetime.date(2100, 1, 1)],
    "first": [datetime.date(2000, 1, 1)],
    "last": [datetime.date(2100, 1, 1)],
    "age_bands": [["0-5", "6-23", "24-59"]],
    "sexes": [[1, 2]],
    "rw_code": [RWS[0], OTHER_RWS[0]],
    "rw_codes": [list(RWS)],
    "facility_code": ["PKM-1", "PKM-3"],
    "mode": ["walk"],
    "level": ["kota", "kecamatan", "kelurahan", "rw"],
    "within": ["", KELURAHAN[0], "32.75.02"],
    "area_prefix": ["", "32.75.02"],
    "area_code": [CITY, KECAMATAN, KELURAHAN[0], "32.75.02.1001"],
    "city_code": [CITY],
    "codes": [["pregnancy_screened", "exclusive_breastfeeding", "iron_tablets", *RWS]],
    "code": ["city"],
    "plan_id": [1],
    "limit": [1000],
    "longest_s": [3600.0],
    "closure_id": [1],
    "kinds": [[]],
    "words": [""],
    "snapshot_id": ["1-x"],
    "indicator_code": ["stunting_prevalence", "attendance_ds", "iron_tablets"],
    "posyandu": [None, "Melati"],
}
"""What to ask, by the name of the argument: whatever could reach outside an area is asked for outside it."""


def _queries() -> Iterator[tuple[str, Callable[..., Any]]]:
    for found in pkgutil.iter_modules(data.queries.__path__):
        module = importlib.import_module(f"data.queries.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{found.name}.{name}", function


QUERIES = dict(_queries())


def _calls(query: Callable[..., Any]) -> list[dict[str, Any]]:
    names = [name for name in inspect.signature(query).parameters if name != "connection"]
    unknown = [name for name in names if name not in ARGUMENTS]
    assert unknown == [], f"say in ARGUMENTS what {query.__name__} is asked for {unknown}"
    levels = [name for name in names if name == "level" and query.__name__.endswith(("_by_area", "_coverage"))]
    kept = {name: ARGUMENTS[name] for name in names}
    if "level" in names and not levels:
        kept["level"] = ["rw", "kelurahan"]
    return [dict(zip(names, values, strict=True)) for values in itertools.product(*kept.values())]


def _told(connection: Connection, query: Callable[..., Any], asked: dict[str, Any]) -> Any:
    found = query(connection, **asked)
    return found.to_csv() if isinstance(found, pd.DataFrame) else found


def _without_others(engine: Engine, person: Person) -> None:
    """Take every row away that lies outside a person's area, behind row-level security and triggers."""
    own = sorted(person.rws)
    areas = sorted({*own, *(area for area in _areas_of(person))})
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table, rights in TABLES.items():
            if rights.rows in (OWN_RWS, CHILDREN):
                connection.execute(text(f"DELETE FROM {table} WHERE rw_code <> ALL (:own)"), {"own": own})
            elif rights.rows is OWN_AREAS or table == "forecast":
                connection.execute(
                    text(f"DELETE FROM {table} WHERE area_code <> ALL (:own) AND area_code <> '32.75'"), {"own": areas}
                )
            elif rights.rows is PROMISES:
                connection.execute(
                    text(
                        f"DELETE FROM {table} WHERE coalesce(area_code, '') <> ALL (:own)"
                        " AND NOT (area_code IS NULL AND owner = :unit)"
                    ),
                    {"own": areas, "unit": person.scope.unit},
                )
            elif rights.rows.told == "planner":
                connection.execute(text(f"DELETE FROM {table}"))


def _areas_of(person: Person) -> set[str]:
    if person.scope.facility_code:
        return set()
    return {code.rpartition(".")[0] for code in person.rws} | set(person.scope.areas)


@pytest.mark.parametrize("name", [name for name, person in PEOPLE.items() if person.rws != frozenset(RWS)])
def test_what_lies_outside_an_area_changes_nothing_that_is_read_inside_it(
    whole: Engine, new_database: DatabaseMaker, name: str
) -> None:
    person = PEOPLE[name]
    bare = new_database(whole)
    _without_others(bare, person)
    different, asked_in_all = [], 0
    for query_name, query in QUERIES.items():
        if query.__name__ in TOTALS_OF_THE_CITY:
            continue
        for asked in _calls(query):
            with scoped_connection(whole, person.scope) as full, scoped_connection(bare, person.scope) as cut:
                if _told(full, query, asked) != _told(cut, query, asked):
                    different.append((query_name, asked))
            asked_in_all += 1
    assert different == []
    assert asked_in_all >= len(QUERIES) - len(TOTALS_OF_THE_CITY)


def test_the_queries_are_found_and_the_totals_are_among_them() -> None:
    assert len(QUERIES) >= 50
    assert {query.__name__ for query in QUERIES.values()} >= {"city_counts_by_month", "city_state"}


@pytest.mark.parametrize("query_name", QUERIES)
def test_whoever_sees_the_whole_city_gets_an_answer_to_every_query(whole: Engine, query_name: str) -> None:
    query = QUERIES[query_name]
    for asked in _calls(query):
        with scoped_connection(whole, PEOPLE["planner"].scope) as connection:
            query(connection, **asked)


def test_the_way_of_asking_would_find_a_leak(whole: Engine, new_database: DatabaseMaker) -> None:
    person = PEOPLE["lurah"]
    bare = new_database(whole)
    _without_others(bare, person)

    def leaking(connection: Connection) -> list[Any]:
        for setting, value in (("role", "planner"), ("areas", "*")):
            connection.execute(text(f"SELECT set_config('rembuk.{setting}', '{value}', true)"))
        return list(connection.execute(text("SELECT sum(stunted) FROM growth_month")).scalars())

    with scoped_connection(whole, person.scope) as full, scoped_connection(bare, person.scope) as cut:
        assert leaking(full) != leaking(cut)
