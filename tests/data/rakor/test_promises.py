"""A promise keeps its figure, is answered by its owner and nobody else, and can be taken back and restored."""

import dataclasses
import datetime

import pytest
from sqlalchemy import Engine, text

from data.errors import UnusableInputError
from data.queries.rakor import meetings, promises, signatures, withdrawn_meetings, withdrawn_promises
from data.rakor.figures import figure_area
from data.rakor.meetings import Meeting, add_meeting, change_meeting, restore_meeting, withdraw_meeting
from data.rakor.promises import (
    Owner,
    Promise,
    add_promise,
    answer_promise,
    change_promise,
    restore_promise,
    withdraw_promise,
)
from data.rakor.signing import sign_month, unsign_month
from data.scope import Scope, scoped_connection, writing_connection
from tests.data.access.people import PEOPLE
from tests.data.access.two_kecamatan import OTHER_KECAMATAN, OTHER_KELURAHAN, OTHER_RWS
from tests.data.pusing.hand_written import CITY, KECAMATAN, KELURAHAN, MONTHS
from tests.data.rakor.conftest import HELD_ON

PLANNER = PEOPLE["planner"].scope
DUE = datetime.date(2026, 12, 31)
OWNERS = {
    "opd": Owner("opd", "Dinas Sosial"),
    "partner": Owner("partner", "Yayasan Contoh"),
    "camat": Owner("kecamatan", "Timur", KECAMATAN),
    "lurah": Owner("kelurahan", "Bawah", KELURAHAN[0]),
    "puskesmas": Owner("puskesmas", "Puskesmas Bawah", "PKM-1"),
}


def _promise(city: Engine, meeting: int, owner: Owner, **more: str) -> int:
    with writing_connection(city, PLANNER) as connection:
        return add_promise(connection, Promise(meeting, owner, "Timbang ulang semua balita", DUE, **more), "Dinkes")


def _seen(city: Engine, scope: Scope) -> list[int]:
    with scoped_connection(city, scope) as connection:
        return list(promises(connection)["id"])


def test_each_owner_sees_the_own_promise_and_the_planner_all(city: Engine, meeting: int) -> None:
    made = {name: _promise(city, meeting, owner) for name, owner in OWNERS.items()}
    for name, number in made.items():
        expected = {number, made["lurah"]} if name == "camat" else {number}
        assert set(_seen(city, PEOPLE[name].scope)) == expected, name
    assert set(_seen(city, PLANNER)) == set(made.values())
    assert _seen(city, PEOPLE["inspector"].scope) == []


@pytest.mark.parametrize("name", OWNERS)
def test_an_owner_answers_the_own_promise(city: Engine, meeting: int, name: str) -> None:
    number = _promise(city, meeting, OWNERS[name])
    with writing_connection(city, PEOPLE[name].scope) as connection:
        answer_promise(connection, number, "done", "Selesai 12 November, 120 balita", name)
    with scoped_connection(city, PLANNER) as connection:
        row = promises(connection).iloc[0]
    assert (row["status"], row["answered_by"]) == ("done", name)
    assert row["answered_at"] is not None


@pytest.mark.parametrize("name", OWNERS)
def test_nobody_answers_another_s(city: Engine, meeting: int, name: str) -> None:
    others = {other: _promise(city, meeting, owner) for other, owner in OWNERS.items() if other != name}
    if name == "camat":
        others.pop("lurah")  # a kelurahan is part of its kecamatan
    for number in others.values():
        with (
            pytest.raises(UnusableInputError, match="another's"),
            writing_connection(city, PEOPLE[name].scope) as connection,
        ):
            answer_promise(connection, number, "started", "", name)


def test_a_promise_of_another_about_the_own_area_is_seen_and_not_answered(city: Engine, meeting: int) -> None:
    number = _promise(city, meeting, OWNERS["opd"], area_code=KELURAHAN[0])
    assert _seen(city, PEOPLE["lurah"].scope) == [number]
    with (
        pytest.raises(UnusableInputError, match="another's"),
        writing_connection(city, PEOPLE["lurah"].scope) as connection,
    ):
        answer_promise(connection, number, "done", "ya", "lurah")


def test_the_figure_of_that_day_is_kept_and_does_not_follow_the_data(city: Engine, meeting: int) -> None:
    _promise(city, meeting, OWNERS["camat"], area_code=KECAMATAN, indicator_code="stunting_prevalence")
    with city.begin() as connection:
        expected = connection.scalar(
            text(
                "SELECT round(100.0 * sum(stunted) / sum(haz_valid), 1) FROM growth_month WHERE month = :month"
                " AND starts_with(rw_code, :within)"
            ),
            {"month": MONTHS[-1], "within": KECAMATAN},
        )
        connection.execute(text("UPDATE growth_month SET stunted = 0, severely_stunted = 0"))
    with scoped_connection(city, PLANNER) as connection:
        row = promises(connection).iloc[0]
    assert (row["figure_then"], row["figure_month"]) == (float(expected), MONTHS[-1])


@pytest.mark.parametrize(
    ("indicator", "area", "expected"),
    [
        ("stunting_prevalence", OTHER_RWS[0], OTHER_KECAMATAN),
        ("stunting_prevalence", CITY, CITY),
        ("stunting_prevalence", "", ""),
        ("attendance_ds", OTHER_RWS[0], OTHER_KELURAHAN),
    ],
)
def test_a_figure_is_of_an_area_that_tells_of_no_child(indicator: str, area: str, expected: str) -> None:
    assert figure_area(indicator, area) == expected


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text": "  "}, "text_blank"),
        ({"text": "x" * 301}, "text_long"),
        ({"due_on": HELD_ON - datetime.timedelta(days=1)}, "due_before"),
        ({"owner": Owner("kecamatan", "Tak ada", "32.75.99")}, "owner_unknown"),
        ({"owner": Owner("puskesmas", "Kelurahan", KELURAHAN[0])}, "owner_unknown"),
        ({"owner": Owner("opd", " ")}, "owner_unknown"),
        ({"area_code": "99"}, "area_unknown"),
        ({"indicator_code": "cuaca"}, "indicator_unknown"),
        ({"meeting_id": 4711}, "meeting_gone"),
    ],
)
def test_what_is_no_promise_is_refused(city: Engine, meeting: int, change: dict[str, object], reason: str) -> None:
    given = dataclasses.replace(Promise(meeting, OWNERS["opd"], "Bangun jamban", DUE), **change)
    with pytest.raises(UnusableInputError) as caught, writing_connection(city, PLANNER) as connection:
        add_promise(connection, given, "Dinkes")
    assert caught.value.context["reason"] == reason
    assert _seen(city, PLANNER) == []


def test_done_needs_evidence(city: Engine, meeting: int) -> None:
    number = _promise(city, meeting, OWNERS["opd"])
    with pytest.raises(UnusableInputError, match="what was done"), writing_connection(city, PLANNER) as connection:
        answer_promise(connection, number, "done", " ", "x")


def test_one_taken_back_is_gone_until_it_is_restored_and_the_log_tells_it_all(city: Engine, meeting: int) -> None:
    number = _promise(city, meeting, OWNERS["opd"])
    with writing_connection(city, PLANNER) as connection:
        change_promise(connection, number, Promise(meeting, OWNERS["partner"], "Lain", DUE))
        answer_promise(connection, number, "started", "mulai", "x")
        withdraw_promise(connection, number)
    assert _seen(city, PLANNER) == []
    with writing_connection(city, PLANNER) as connection:
        restore_promise(connection, number)
    assert _seen(city, PLANNER) == [number]
    with city.connect() as connection:
        acts = connection.execute(
            text(
                "SELECT act, detail -> 'before' ->> 'owner' AS owner FROM audit_log"
                " WHERE act LIKE 'promise%' ORDER BY id"
            )
        ).all()
    assert [row.act for row in acts] == [
        "promise added", "promise changed", "promise answered", "promise withdrawn", "promise restored",
    ]  # fmt: skip
    assert acts[1].owner == "Dinas Sosial"


def test_a_meeting_is_changed_and_taken_back_only_without_promises(city: Engine, meeting: int) -> None:
    number = _promise(city, meeting, OWNERS["opd"])
    with writing_connection(city, PLANNER) as connection:
        change_meeting(connection, meeting, Meeting(HELD_ON, "Rakor TW-III", decisions=("Rencana ditetapkan", " ")))
    with scoped_connection(city, PEOPLE["opd"].scope) as connection:
        row = meetings(connection).iloc[0]
    assert (row["name"], row["decisions"]) == ("Rakor TW-III", ["Rencana ditetapkan"])
    with pytest.raises(UnusableInputError, match="stand"), writing_connection(city, PLANNER) as connection:
        withdraw_meeting(connection, meeting)
    with writing_connection(city, PLANNER) as connection:
        withdraw_promise(connection, number)
        assert list(withdrawn_promises(connection)["id"]) == [number]
        withdraw_meeting(connection, meeting)
        assert meetings(connection).empty
        assert list(withdrawn_meetings(connection)["id"]) == [meeting]
        assert withdrawn_promises(connection).empty
        restore_meeting(connection, meeting)
        assert len(meetings(connection)) == 1


def test_a_meeting_does_not_come_back_beside_one_of_its_day_and_name(city: Engine, meeting: int) -> None:
    with writing_connection(city, PLANNER) as connection:
        row = meetings(connection).iloc[0]
        withdraw_meeting(connection, meeting)
        add_meeting(connection, Meeting(row["held_on"], row["name"]), "Perencana")
        with pytest.raises(UnusableInputError) as refused:
            restore_meeting(connection, meeting)
    assert refused.value.context["reason"] == "meeting_twice"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": " "}, "meeting_name"),
        ({"kind": "arisan"}, "meeting_kind"),
        ({"area_code": "99"}, "area_unknown"),
        ({"snapshot_id": "9-x"}, "snapshot_unknown"),
        ({}, "meeting_twice"),
    ],
)
def test_what_is_no_meeting_is_refused(city: Engine, meeting: int, change: dict[str, object], reason: str) -> None:
    given = dataclasses.replace(Meeting(HELD_ON, "Rakor TW-III 2026"), **change)
    with pytest.raises(UnusableInputError) as caught, writing_connection(city, PLANNER) as connection:
        add_meeting(connection, given, "x")
    assert caught.value.context["reason"] == reason


def test_a_puskesmas_signs_the_own_month_and_takes_it_back(city: Engine) -> None:
    head = PEOPLE["puskesmas"].scope
    with writing_connection(city, head) as connection:
        sign_month(connection, "PKM-1", MONTHS[-1], "Kepala puskesmas", "dua posyandu menyusul")
        sign_month(connection, "PKM-1", MONTHS[-1], "Kepala puskesmas")
    with scoped_connection(city, head) as connection:
        assert list(signatures(connection, MONTHS[0])["puskesmas_code"]) == ["PKM-1"]
    with writing_connection(city, head) as connection:
        unsign_month(connection, "PKM-1", MONTHS[-1])
        with pytest.raises(UnusableInputError, match="not signed"):
            unsign_month(connection, "PKM-1", MONTHS[-1])


@pytest.mark.parametrize(("person", "facility"), [("puskesmas", "PKM-3"), ("planner", "PKM-1"), ("camat", "PKM-1")])
def test_nobody_signs_for_another(city: Engine, person: str, facility: str) -> None:
    with (
        pytest.raises(Exception, match="row-level security"),
        writing_connection(city, PEOPLE[person].scope) as connection,
    ):
        sign_month(connection, facility, MONTHS[-1], "x")


def test_a_month_without_figures_is_not_signed(city: Engine) -> None:
    with (
        pytest.raises(UnusableInputError, match="no figures"),
        writing_connection(city, PEOPLE["puskesmas"].scope) as connection,
    ):
        sign_month(connection, "PKM-1", datetime.date(2030, 1, 1), "x")
