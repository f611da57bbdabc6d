"""Visits written down: counts may be unknown, and may not contradict each other."""

import datetime
from dataclasses import replace

import pytest
from sqlalchemy import Connection

from data.errors import UnusableInputError
from data.pusing.visiting import MOST_PEOPLE, Visit, log_visit, visit_faults
from data.queries import pusing
from tests.data.pusing.hand_written import KELURAHAN, MONTHS, PUSKESMAS, RWS, VISITS_IN

TODAY = datetime.date(2026, 11, 21)
VISIT = Visit(RWS[0], datetime.date(2026, 10, 5), PUSKESMAS[0], 60, 30, 2, 3, 1)


def made(connection: Connection) -> list[dict[str, object]]:
    return [dict(row) for row in pusing.visits(connection, datetime.date(2026, 1, 1)).to_dict("records")]


def test_a_visit_is_written_down_with_its_counts(connection: Connection) -> None:
    log_visit(connection, VISIT, TODAY)
    row = made(connection)[0]
    assert {name: row[name] for name in ("served", "weighed", "found", "referred", "returned")} == {
        "served": 60,
        "weighed": 30,
        "found": 2,
        "referred": 3,
        "returned": 1,
    }


def test_unknown_counts_stay_unknown(connection: Connection) -> None:
    log_visit(connection, Visit(RWS[0], VISIT.visited_on, PUSKESMAS[0], weighed=30), TODAY)
    found = pusing.visits(connection, datetime.date(2026, 1, 1))
    assert found["weighed"].iloc[0] == 30
    assert found[["served", "found", "referred", "returned"]].isna().all(axis=None)


def test_the_same_rw_and_day_is_corrected_and_not_counted_twice(connection: Connection) -> None:
    log_visit(connection, VISIT, TODAY)
    log_visit(connection, replace(VISIT, weighed=40), TODAY)
    assert [row["weighed"] for row in made(connection)] == [40]


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"visited_on": datetime.date(2026, 11, 22)}, ("future",)),
        ({"weighed": 61}, ("part_above_whole", "weighed", "served")),
        ({"found": 31}, ("part_above_whole", "found", "weighed")),
        ({"returned": 4}, ("part_above_whole", "returned", "referred")),
        ({"served": MOST_PEOPLE + 1}, ("out_of_range", "served", "0", str(MOST_PEOPLE))),
        ({"referred": -1, "returned": None}, ("out_of_range", "referred", "0", str(MOST_PEOPLE))),
    ],
)
def test_a_visit_that_cannot_be_is_refused_with_its_fault(
    connection: Connection, changed: dict[str, object], fault: tuple[str, ...]
) -> None:
    visit = replace(VISIT, **changed)  # type: ignore[arg-type]
    assert visit_faults(visit, TODAY) == [fault]
    with pytest.raises(UnusableInputError) as error:
        log_visit(connection, visit, TODAY)
    assert error.value.context["faults"] == [fault]
    assert made(connection) == []


def test_parts_of_unknown_wholes_are_not_refused() -> None:
    assert visit_faults(replace(VISIT, served=None, referred=None), TODAY) == []


@pytest.mark.parametrize(
    ("changed", "why"),
    [({"rw_code": KELURAHAN[0]}, "rw_unknown"), ({"puskesmas_code": "PKM-9"}, "puskesmas_unknown")],
)
def test_a_visit_to_or_by_nobody_known_is_refused(connection: Connection, changed: dict[str, object], why: str) -> None:
    with pytest.raises(UnusableInputError) as error:
        log_visit(connection, replace(VISIT, **changed), TODAY)  # type: ignore[arg-type]
    assert error.value.context["reason"] == why


def test_the_months_since_a_visit_enter_the_ranking(connection: Connection) -> None:
    log_visit(connection, replace(VISIT, visited_on=datetime.date(2026, 8, 20)), TODAY)
    facts = pusing.ranking_inputs(connection, MONTHS[-1], VISITS_IN, "walk").set_index("rw_code")
    assert facts.loc[RWS[0], "months_since_visit"] == 3
    assert facts["months_since_visit"].isna().sum() == len(RWS) - 1
