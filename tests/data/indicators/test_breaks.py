"""Events that explain a jump are added, corrected and withdrawn with their history."""

import datetime
from dataclasses import replace

import pytest
from sqlalchemy import Connection

from data.errors import UnusableInputError
from data.indicators.breaks import BreakEvent, add_break, correct_break, restore_break, withdraw_break
from data.queries.indicators import break_events, break_history
from tests.data.pusing.hand_written import KECAMATAN, KELURAHAN, RWS

TODAY = datetime.date(2026, 11, 21)
EVENT = BreakEvent("32.75", "cleaning", datetime.date(2026, 6, 1), "Pemutakhiran sasaran", datetime.date(2026, 7, 31))
WHO = "Perencana Dinkes"


def test_an_event_touches_its_area_and_all_within(connection: Connection) -> None:
    add_break(connection, EVENT, WHO, TODAY)
    add_break(connection, replace(EVENT, area_code=KELURAHAN[0], kind="boundary"), WHO, TODAY)
    assert list(break_events(connection, RWS[0])["kind"]) == ["cleaning", "boundary"]
    assert list(break_events(connection, KELURAHAN[1])["kind"]) == ["cleaning"]
    assert list(break_events(connection, KECAMATAN)["area_name"]) == ["Kota Contoh"]
    assert len(break_events(connection)) == 2


def test_a_corrected_event_names_the_one_it_corrects_and_replaces_it(connection: Connection) -> None:
    number = add_break(connection, EVENT, "Sekda", TODAY)
    corrected = correct_break(connection, number, replace(EVENT, ended_on=None), WHO, TODAY)
    held = break_events(connection)
    assert list(held["id"]) == [corrected]
    assert held["corrects"].iloc[0] == number
    assert held["ended_on"].iloc[0] is None
    assert list(break_history(connection)["withdrawn_by"].fillna("")) == ["", WHO]


def test_a_withdrawn_event_is_not_drawn_and_can_be_restored(connection: Connection) -> None:
    number = add_break(connection, EVENT, WHO, TODAY)
    withdraw_break(connection, number, "dobel", WHO)
    assert break_events(connection).empty
    restore_break(connection, number, WHO, TODAY)
    assert list(break_events(connection)["note"]) == [EVENT.note]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"area_code": "32.16"}, "area_unknown"),
        ({"kind": "magic"}, "kind_unknown"),
        ({"happened_on": datetime.date(2026, 11, 22), "ended_on": None}, "day_impossible"),
        ({"happened_on": datetime.date(1999, 12, 31)}, "day_impossible"),
        ({"ended_on": datetime.date(2026, 5, 31)}, "days_reversed"),
        ({"note": " "}, "note_blank"),
        ({"note": "x" * 301}, "note_long"),
    ],
)
def test_what_cannot_be_an_event_is_refused(connection: Connection, changed: dict[str, object], reason: str) -> None:
    with pytest.raises(UnusableInputError) as caught:
        add_break(connection, replace(EVENT, **changed), WHO, TODAY)  # type: ignore[arg-type]  # any field
    assert caught.value.context["reason"] == reason
    assert break_history(connection).empty


def test_the_same_event_twice_is_refused(connection: Connection) -> None:
    add_break(connection, EVENT, WHO, TODAY)
    with pytest.raises(UnusableInputError, match="stands just so already"):
        add_break(connection, EVENT, WHO, TODAY)


def test_an_event_that_is_gone_cannot_be_corrected(connection: Connection) -> None:
    number = add_break(connection, EVENT, WHO, TODAY)
    withdraw_break(connection, number, "dobel", WHO)
    with pytest.raises(UnusableInputError, match="was corrected or withdrawn"):
        correct_break(connection, number, replace(EVENT, kind="method"), WHO, TODAY)
