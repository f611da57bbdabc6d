"""Plans: saved, adopted for good, whoever asks; settings and presets changed with a trace."""

import datetime

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from data.errors import UnusableInputError
from data.pusing import choosing, planning
from data.queries import pusing
from data.scope import Scope, writing_connection
from tests.data.pusing.hand_written import PUSKESMAS, RWS, VISITS_IN
from tests.data.told import newest_entry

SLOTS = pd.DataFrame(
    {
        "month": ["2026-11", "2026-12"],
        "puskesmas_code": [PUSKESMAS[0], PUSKESMAS[1]],
        "rw_code": [RWS[2], RWS[5]],
        "kind": "own_team",
        "reason": "need",
        "is_fixed": [True, False],
        "override_reason": ["permintaan lurah", None],
    }
)


def save(connection: Connection) -> int:
    return planning.save_plan(
        connection, SLOTS, VISITS_IN, 2, {"weights": {"travel_time": 1}, "data_state": {}}, "balanced"
    )


@pytest.fixture
def adopted(city: Engine) -> int:
    with writing_connection(city, Scope("planner", ("",), "Perencana")) as connection:
        number = save(connection)
    with writing_connection(city, Scope("mayor", ("",), "Wali Kota")) as connection:
        planning.adopt_plan(connection, number, "Wali Kota")
    return number


def test_a_saved_plan_is_read_back_with_its_slots(connection: Connection) -> None:
    number = save(connection)
    slots = pusing.slots(connection, number)
    assert list(slots["rw_code"]) == [RWS[2], RWS[5]]
    assert list(slots["override_reason"].dropna()) == ["permintaan lurah"]
    assert pusing.plans(connection)["status"].iloc[0] == "draft"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rotation_slot SET rw_code = :rw WHERE plan_id = :plan AND month = '2026-11-01'",
        "DELETE FROM rotation_slot WHERE plan_id = :plan AND rw_code <> :rw",
        "INSERT INTO rotation_slot (plan_id, month, facility_code, rw_code, reason)"
        " VALUES (:plan, '2026-12-01', 'PKM-1', :rw, 'need')",
        "UPDATE rotation_plan SET status = 'draft' WHERE id = :plan AND :rw <> ''",
        "DELETE FROM rotation_plan WHERE id = :plan AND :rw <> ''",
    ],
)
def test_an_adopted_plan_cannot_be_changed_even_by_direct_sql(city: Engine, adopted: int, statement: str) -> None:
    with pytest.raises(DBAPIError, match="is adopted and cannot be changed"), city.begin() as connection:
        connection.execute(text(statement), {"plan": adopted, "rw": RWS[0]})
    with city.connect() as connection:
        assert list(pusing.slots(connection, adopted)["rw_code"]) == [RWS[2], RWS[5]]


def test_a_plan_is_adopted_once(city: Engine, adopted: int) -> None:
    with pytest.raises(UnusableInputError) as error, city.begin() as connection:
        planning.adopt_plan(connection, adopted, "Wali Kota")
    assert error.value.context["reason"] == "plan_not_open"


def test_a_draft_that_was_thrown_away_is_gone(connection: Connection) -> None:
    planning.delete_draft(connection, save(connection))
    assert pusing.plans(connection).empty


def test_stops_of_adopted_plans_are_promises_up_to_a_month(city: Engine, adopted: int) -> None:
    with city.connect() as connection:
        assert list(pusing.adopted_slots(connection, VISITS_IN)["rw_code"]) == [RWS[2]]
        assert len(pusing.adopted_slots(connection, datetime.date(2026, 12, 1))) == 2


def test_stops_of_drafts_are_no_promises(connection: Connection) -> None:
    save(connection)
    assert pusing.adopted_slots(connection, datetime.date(2027, 1, 1)).empty


def test_a_changed_setting_is_logged_with_what_stood_before(connection: Connection) -> None:
    first, second = {"mode": "walk", "far_minutes": 15}, {"mode": "motorcycle", "far_minutes": 10}
    choosing.change_setting(connection, "priority", first, "Perencana Dinkes")
    choosing.change_setting(connection, "priority", second, "Perencana Dinkes")
    assert pusing.setting(connection, "priority") == second
    _, detail = newest_entry(connection)
    assert (detail["before"], detail["after"]) == (first, second)


def test_a_preset_adopted_again_under_its_name_replaces_the_earlier_one(connection: Connection) -> None:
    choosing.adopt_preset(connection, "Rakor", {"travel_time": 1.0}, "Perencana Dinkes")
    choosing.adopt_preset(connection, "Rakor", {"severe_cases": 1.0}, "Perencana Dinkes")
    assert [dict(kept) for kept in pusing.presets(connection)["weights"]] == [{"severe_cases": 1.0}]
    assert connection.scalar(text("SELECT count(*) FROM weight_preset")) == 2
