"""Naming RWs, answering with none, and travel times that people on the spot know better."""

import datetime

import pytest
from sqlalchemy import Connection, Engine

from data.errors import UnusableInputError
from data.pusing import nominating
from data.queries import pusing
from data.queries.travel import own_and_nearest
from data.scope import Scope, writing_connection
from tests.data.pusing.hand_written import KELURAHAN, MONTHS, PUSKESMAS, RWS, VISITS_IN
from tests.data.told import entry_count

BY = "Lurah Atas"
TODAY = datetime.date(2026, 11, 21)


def name_first(connection: Connection) -> int:
    return nominating.nominate(connection, RWS[0], VISITS_IN, "  banjir:  tiap hujan ", BY)


def refused(error: pytest.ExceptionInfo[UnusableInputError]) -> str:
    return str(error.value.context["reason"])


def test_a_nomination_keeps_its_reason_and_who_made_it(connection: Connection) -> None:
    name_first(connection)
    row = pusing.nominations(connection, VISITS_IN).iloc[0]
    assert (row["rw_code"], row["reason"], row["nominated_by"]) == (RWS[0], "banjir: tiap hujan", BY)


def test_naming_an_rw_twice_for_a_month_is_refused(connection: Connection) -> None:
    name_first(connection)
    with pytest.raises(UnusableInputError) as error:
        name_first(connection)
    assert refused(error) == "already_named"


def test_an_rw_may_be_named_for_another_month_and_again_after_it_was_withdrawn(connection: Connection) -> None:
    nominating.nominate(connection, RWS[0], datetime.date(2026, 12, 1), "banjir", BY)
    nominating.withdraw_nomination(connection, name_first(connection))
    name_first(connection)
    assert len(pusing.nominations(connection, VISITS_IN)) == 1


@pytest.mark.parametrize(
    ("code", "reason", "why"),
    [
        ("32.75.99.1001.001", "banjir", "rw_unknown"),
        (KELURAHAN[0], "banjir", "rw_unknown"),
        (RWS[0], "  ", "reason_blank"),
        (RWS[0], "x" * 301, "reason_long"),
    ],
)
def test_a_nomination_that_cannot_be_is_refused(connection: Connection, code: str, reason: str, why: str) -> None:
    with pytest.raises(UnusableInputError) as error:
        nominating.nominate(connection, code, VISITS_IN, reason, BY)
    assert refused(error) == why


def test_a_withdrawn_nomination_is_gone_and_cannot_be_withdrawn_or_replied_to_again(connection: Connection) -> None:
    number = name_first(connection)
    nominating.withdraw_nomination(connection, number)
    assert pusing.nominations(connection, VISITS_IN).empty
    for act in (
        lambda: nominating.withdraw_nomination(connection, number),
        lambda: nominating.reply(connection, number, "tidak"),
    ):
        with pytest.raises(UnusableInputError) as error:
            act()
        assert refused(error) == "nomination_gone"


def test_the_reply_stands_beside_the_nomination(connection: Connection) -> None:
    nominating.reply(connection, name_first(connection), "masuk rencana Desember")
    assert pusing.nominations(connection, VISITS_IN)["reply"].iloc[0] == "masuk rencana Desember"


def test_naming_an_rw_answers_for_its_kelurahan_only(connection: Connection) -> None:
    name_first(connection)
    answers = pusing.answers(connection, VISITS_IN).set_index("kelurahan_code")
    assert answers.loc[KELURAHAN[0], ["named", "answered_by"]].tolist() == [1, BY]
    assert list(answers.index[answers["written_at"].isna()]) == [KELURAHAN[1]]


def test_answering_none_is_an_answer_without_rws(connection: Connection) -> None:
    nominating.answer_none(connection, KELURAHAN[0], VISITS_IN, BY, "tidak ada")
    row = pusing.answers(connection, VISITS_IN).set_index("kelurahan_code").loc[KELURAHAN[0]]
    assert (row["named"], row["note"]) == (0, "tidak ada")


def test_answering_none_is_refused_while_rws_are_named(connection: Connection) -> None:
    name_first(connection)
    with pytest.raises(UnusableInputError) as error:
        nominating.answer_none(connection, KELURAHAN[0], VISITS_IN, BY, "tidak ada")
    assert refused(error) == "has_nominations"


def test_a_named_rw_is_marked_in_the_ranking_of_that_month_only(connection: Connection) -> None:
    name_first(connection)
    for month, is_named in ((VISITS_IN, 1), (datetime.date(2026, 12, 1), 0)):
        facts = pusing.ranking_inputs(connection, MONTHS[-1], month, "walk").set_index("rw_code")
        assert facts.loc[RWS[0], "is_nominated"] == is_named
        assert facts.loc[RWS[1], "is_nominated"] == 0


def test_every_act_changes_the_log_that_pages_are_keyed_by(connection: Connection) -> None:
    def entries() -> int:
        return entry_count(connection)

    before = entries()
    nominating.answer_none(connection, KELURAHAN[1], VISITS_IN, BY, "tidak ada")
    assert entries() > before


def test_a_refused_act_leaves_nothing_of_what_came_before_it_in_one_transaction(city: Engine) -> None:
    scope = Scope("lurah", (KELURAHAN[0],), BY)
    with pytest.raises(UnusableInputError), writing_connection(city, scope) as connection:
        name_first(connection)
        name_first(connection)
    with writing_connection(city, scope) as connection:
        assert pusing.nominations(connection, VISITS_IN).empty


def correct(connection: Connection, minutes: float, **changed: object) -> int:
    given = {
        "rw_code": RWS[0],
        "facility_code": PUSKESMAS[0],
        "mode": "walk",
        "reason": "jembatan putus",
        "corrected_by": BY,
        "valid_from": datetime.date(2026, 1, 1),
    } | changed
    return nominating.correct_travel(connection, minutes=minutes, **given)  # type: ignore[arg-type]


def minutes_to_own(connection: Connection) -> float:
    reach = own_and_nearest(connection, "walk").set_index("rw_code")
    return float(reach.loc[RWS[0], "own_duration_s"]) / 60


def test_a_corrected_travel_time_holds_until_it_is_taken_back(connection: Connection) -> None:
    assert minutes_to_own(connection) == 10
    number = correct(connection, 45)
    assert minutes_to_own(connection) == 45
    nominating.withdraw_correction(connection, number)
    assert minutes_to_own(connection) == 10


def test_a_correction_can_make_another_puskesmas_the_nearest(connection: Connection) -> None:
    correct(connection, 45)
    reach = own_and_nearest(connection, "walk").set_index("rw_code")
    assert reach.loc[RWS[0], ["nearest_code", "nearest_duration_s"]].tolist() == [PUSKESMAS[1], 15 * 60]


def test_a_corrected_travel_time_enters_the_ranking(connection: Connection) -> None:
    correct(connection, 45)
    facts = pusing.ranking_inputs(connection, MONTHS[-1], VISITS_IN, "walk").set_index("rw_code")
    assert facts.loc[RWS[0], ["travel_s", "own_travel_s"]].tolist() == [15 * 60, 45 * 60]


def test_a_correction_of_one_mode_leaves_the_others(connection: Connection) -> None:
    correct(connection, 45, mode="motorcycle")
    assert minutes_to_own(connection) == 10


def test_a_correction_without_a_first_day_holds_at_once(connection: Connection) -> None:
    correct(connection, 45, valid_from=None)
    assert minutes_to_own(connection) == 45


def test_a_correction_that_starts_later_does_not_hold_yet(connection: Connection) -> None:
    correct(connection, 45, valid_from=datetime.date(2999, 1, 1))
    assert minutes_to_own(connection) == 10


def test_the_newest_of_two_corrections_holds_and_the_older_one_after_it_is_withdrawn(connection: Connection) -> None:
    correct(connection, 45)
    newer = correct(connection, 30)
    assert minutes_to_own(connection) == 30
    nominating.withdraw_correction(connection, newer)
    assert minutes_to_own(connection) == 45


def test_corrections_are_listed_with_what_was_computed(connection: Connection) -> None:
    correct(connection, 45)
    row = pusing.corrections(connection, KELURAHAN[0]).iloc[0]
    assert (row["duration_s"], row["computed_s"], row["reason"]) == (45 * 60, 10 * 60, "jembatan putus")
    assert pusing.corrections(connection, KELURAHAN[1]).empty


@pytest.mark.parametrize(
    ("minutes", "changed", "why"),
    [
        (0, {}, "minutes_impossible"),
        (1441, {}, "minutes_impossible"),
        (float("nan"), {}, "minutes_impossible"),
        (10, {"reason": ""}, "reason_blank"),
        (10, {"facility_code": "PKM-9"}, "travel_unknown"),
        (10, {"rw_code": KELURAHAN[0]}, "travel_unknown"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    connection: Connection, minutes: float, changed: dict[str, object], why: str
) -> None:
    with pytest.raises(UnusableInputError) as error:
        correct(connection, minutes, **changed)
    assert refused(error) == why


def test_a_correction_taken_back_twice_is_refused(connection: Connection) -> None:
    number = correct(connection, 45)
    nominating.withdraw_correction(connection, number)
    with pytest.raises(UnusableInputError) as error:
        nominating.withdraw_correction(connection, number)
    assert refused(error) == "correction_gone"
