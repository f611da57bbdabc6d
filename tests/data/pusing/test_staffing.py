"""What visits can be made: set with a reason, listed, taken back; nothing twice and nothing impossible."""

import datetime

import pytest
from sqlalchemy import Connection

from data.errors import UnusableInputError
from data.pusing import staffing
from data.queries import pusing
from tests.data.pusing.hand_written import PUSKESMAS, VISITS_IN

PARTNER = "partner_clinic"


def lend(connection: Connection, slots: int = 2, reason: str = "klinik meminjamkan tim") -> None:
    staffing.set_slots(connection, PUSKESMAS[0], VISITS_IN, PARTNER, slots, False, reason, "Perencana Dinkes")


def test_slots_are_listed_with_their_reason_and_who_said_so(connection: Connection) -> None:
    lend(connection)
    row = pusing.capacity(connection).iloc[0]
    assert (row["slots"], row["reason"], row["written_by"]) == (2, "klinik meminjamkan tim", "Perencana Dinkes")
    assert not row["is_vehicle_needed"]


def test_slots_set_again_replace_those_before(connection: Connection) -> None:
    lend(connection, 2)
    lend(connection, 3)
    assert list(pusing.capacity(connection)["slots"]) == [3]


def test_slots_taken_back_are_gone_once(connection: Connection) -> None:
    lend(connection)
    staffing.reset_slots(connection, PUSKESMAS[0], VISITS_IN, PARTNER)
    assert pusing.capacity(connection).empty
    with pytest.raises(UnusableInputError) as refused:
        staffing.reset_slots(connection, PUSKESMAS[0], VISITS_IN, PARTNER)
    assert refused.value.context["reason"] == "staffing_gone"


@pytest.mark.parametrize(
    ("slots", "reason", "why"),
    [(1, "  ", "reason_blank"), (1, "x" * 301, "reason_long"), (32, "ya", "slots_impossible")],
)
def test_slots_that_cannot_be_are_refused(connection: Connection, slots: int, reason: str, why: str) -> None:
    with pytest.raises(UnusableInputError) as refused:
        lend(connection, slots, reason)
    assert refused.value.context["reason"] == why


def test_an_unknown_puskesmas_is_refused(connection: Connection) -> None:
    with pytest.raises(UnusableInputError) as refused:
        staffing.close_month(connection, "PKM-9", VISITS_IN, "banjir", "Perencana Dinkes")
    assert refused.value.context["reason"] == "puskesmas_unknown"


@pytest.mark.parametrize("puskesmas", [PUSKESMAS[0], None], ids=["one", "all"])
def test_a_month_is_closed_once_and_opened_again(connection: Connection, puskesmas: str | None) -> None:
    number = staffing.close_month(connection, puskesmas, VISITS_IN, "banjir", "Perencana Dinkes")
    with pytest.raises(UnusableInputError) as refused:
        staffing.close_month(connection, puskesmas, VISITS_IN, "banjir lagi", "Perencana Dinkes")
    assert refused.value.context["reason"] == "already_closed"
    assert list(pusing.closures(connection)["id"]) == [number]
    staffing.reopen_month(connection, number)
    assert pusing.closures(connection).empty
    with pytest.raises(UnusableInputError) as gone:
        staffing.reopen_month(connection, number)
    assert gone.value.context["reason"] == "staffing_gone"


def test_a_closing_without_a_reason_is_refused(connection: Connection) -> None:
    with pytest.raises(UnusableInputError) as refused:
        staffing.close_month(connection, None, VISITS_IN, " ", "Perencana Dinkes")
    assert refused.value.context["reason"] == "reason_blank"


def test_vehicle_days_are_limited_by_month_and_lifted_one_by_one(connection: Connection) -> None:
    december = datetime.date(2026, 12, 1)
    staffing.limit_vehicle_days(connection, VISITS_IN, 5, "mobil di bengkel", "Perencana Dinkes")
    staffing.limit_vehicle_days(connection, december, 7, "mobil di bengkel", "Perencana Dinkes")
    assert list(pusing.vehicle_days(connection)["vehicle_days"]) == [5, 7]
    staffing.lift_vehicle_days(connection, VISITS_IN, "Perencana Dinkes")
    assert list(pusing.vehicle_days(connection)["month"]) == ["2026-12"]
    with pytest.raises(UnusableInputError) as refused:
        staffing.lift_vehicle_days(connection, VISITS_IN, "Perencana Dinkes")
    assert refused.value.context["reason"] == "staffing_gone"
