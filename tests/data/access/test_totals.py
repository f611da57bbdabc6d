"""The city's totals are told to everybody, and cannot be turned around into the rows that they are made of."""

import datetime

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from data.queries.city import city_state
from data.queries.growth import city_counts_by_month
from data.rights.functions import FEWEST_OTHERS, TOTALS
from data.scope import scoped_connection
from tests.data.access.people import PEOPLE
from tests.data.access.two_kecamatan import OTHER_RWS
from tests.data.pusing.hand_written import MONTHS, RWS

SINCE = datetime.date(2000, 1, 1)
TOLD = ["mayor", "planner of the city by its code", "camat", "lurah", "puskesmas", "opd", "partner", "inspector"]


@pytest.mark.parametrize("person", TOLD)
def test_everybody_is_told_the_same_totals(whole: Engine, person: str) -> None:
    with scoped_connection(whole, PEOPLE[person].scope) as connection:
        months = city_counts_by_month(connection, SINCE)
    assert list(months["month"]) == list(MONTHS)
    assert list(months["stunted"]) == [2 * (2 + 4 + 6) * 2] * 3
    assert list(months["rw_reporting"]) == [12] * 3
    assert list(months["s_target"]) == [1200] * 3


def test_an_unknown_target_leaves_the_citys_target_unknown(city: Engine) -> None:
    with city.begin() as connection:
        connection.execute(text("UPDATE growth_month SET s_target = NULL WHERE rw_code = :rw"), {"rw": RWS[0]})
    with scoped_connection(city, PEOPLE["lurah"].scope) as connection:
        assert city_counts_by_month(connection, SINCE)["s_target"].isna().all()


@pytest.mark.parametrize("others", range(1, FEWEST_OTHERS + 1))
def test_a_month_with_few_other_rws_is_not_told(city: Engine, others: int) -> None:
    reporting = [*RWS[:3], *OTHER_RWS[:others]]
    with city.begin() as connection:
        connection.execute(
            text("DELETE FROM growth_month WHERE month = :month AND rw_code <> ALL (:kept)"),
            {"month": MONTHS[-1], "kept": reporting},
        )
    with scoped_connection(city, PEOPLE["lurah"].scope) as connection:
        told = set(city_counts_by_month(connection, SINCE)["month"])
    assert (MONTHS[-1] in told) == (others >= FEWEST_OTHERS)
    assert {*MONTHS[:-1]} <= told


def test_asking_for_totals_opens_no_rows_afterwards(whole: Engine) -> None:
    lurah = PEOPLE["lurah"]
    with scoped_connection(whole, lurah.scope) as connection:
        for function in ("city_counts('2000-01-01')", "city_interventions('2000-01-01')", "data_state()"):
            connection.execute(text(f"SELECT * FROM {function}")).all()
            assert set(connection.scalars(text("SELECT rw_code FROM growth_month"))) == lurah.rws
            savepoint = connection.begin_nested()
            with pytest.raises(DBAPIError):
                connection.execute(text(f"SELECT 1 / (count(*) - count(*)) FROM {function}"))
            savepoint.rollback()
            assert set(connection.scalars(text("SELECT rw_code FROM growth_month"))) == lurah.rws


def test_rows_and_totals_in_one_statement_stay_apart(whole: Engine) -> None:
    lurah = PEOPLE["lurah"]
    with scoped_connection(whole, lurah.scope) as connection:
        seen = connection.execute(
            text(
                "SELECT g.rw_code, c.stunted FROM city_counts('2000-01-01') c"
                " JOIN growth_month g ON g.month = c.month"
                " WHERE g.stunted > (SELECT count(*) - count(*) FROM city_counts(g.month))"
            )
        ).all()
    assert {row.rw_code for row in seen} == lurah.rws


def test_how_far_the_data_reach_is_known_to_everybody(whole: Engine) -> None:
    states = []
    for person in ("planner", "lurah", "opd", "admin"):
        with scoped_connection(whole, PEOPLE[person].scope) as connection:
            states.append(city_state(connection))
    assert states[0] is not None
    assert states[0].months == MONTHS
    assert all(state == states[0] for state in states)


def test_functions_with_their_owners_rights_are_those_and_are_closed_to_strangers(whole: Engine) -> None:
    with whole.connect() as connection:
        found = connection.execute(
            text(
                "SELECT proname, proconfig, has_function_privilege('public', oid, 'EXECUTE') AS is_public FROM pg_proc"
                " WHERE pronamespace = 'public'::regnamespace AND prosecdef AND prorettype <> 'trigger'::regtype"
            )
        ).all()
    assert {row.proname for row in found} == {signature.partition("(")[0] for signature in TOTALS}
    assert all(any(setting.startswith("search_path=") for setting in row.proconfig) for row in found)
    assert not any(row.is_public for row in found)
