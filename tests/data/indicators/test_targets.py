"""Targets are replaced and withdrawn with their history, and never compared with another series."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from data.errors import UnusableInputError
from data.indicators.series import REPORTS, series_by_indicator
from data.indicators.targets import Target, replace_target, restore_target, set_target, withdraw_target
from data.queries.indicators import target_history, targets
from tests.data.pusing.hand_written import KECAMATAN
from tests.data.told import newest_entry

WANTED = Target("32.75", "stunting_prevalence", "SSGI", 2027, 9.5, "Perwal 1/2026")
WHO = "Perencana Dinkes"


def refused(connection: Connection, **changed: object) -> str:
    with pytest.raises(UnusableInputError) as caught:
        set_target(connection, replace(WANTED, **changed), WHO)  # type: ignore[arg-type]  # any field
    return str(caught.value.context["reason"])


def test_a_replaced_target_stays_readable_with_who_set_and_who_ended_it(connection: Connection) -> None:
    first = set_target(connection, WANTED, "Sekda")
    second = set_target(connection, replace(WANTED, value=9.0), WHO)
    assert list(targets(connection)["value"]) == [9.0]
    history = target_history(connection)
    assert list(history["id"]) == [second, first]
    assert list(history["value"]) == [9.0, 9.5]
    assert list(history["set_by"]) == [WHO, "Sekda"]
    assert list(history["ended_by"].fillna("")) == ["", WHO]


def test_the_log_holds_what_stood_before(connection: Connection) -> None:
    set_target(connection, WANTED, WHO)
    set_target(connection, replace(WANTED, value=9.0), WHO)
    act, detail = newest_entry(connection)
    assert act == "target replaced"
    assert (detail["before"]["value"], detail["after"]["value"]) == (9.5, 9.0)


def test_two_decrees_for_one_year_stand_side_by_side(connection: Connection) -> None:
    set_target(connection, WANTED, WHO)
    set_target(connection, replace(WANTED, decree="RPJMD 2025–2029", value=8.0), WHO)
    assert sorted(targets(connection)["value"]) == [8.0, 9.5]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"series": "Survei RT"}, "series_unknown"),
        ({"series": "claimed as SSGI"}, "series_unknown"),
        ({"indicator_code": "iron_tablets", "series": "e-PPGBM"}, "series_unknown"),
        ({"indicator_code": "spm_health", "series": REPORTS}, "series_unknown"),
        ({"indicator_code": "happiness"}, "indicator_unknown"),
        ({"area_code": "32.16"}, "area_unknown"),
        ({"value": 101.0}, "value_impossible"),
        ({"value": -1.0}, "value_impossible"),
        ({"value": float("nan")}, "value_impossible"),
        ({"indicator_code": "stunted_children", "series": "e-PPGBM", "value": 12.5}, "value_impossible"),
        ({"year": 1999}, "year_impossible"),
        ({"decree": "  "}, "decree_blank"),
        ({"decree": "x" * 201}, "decree_long"),
        ({"path": "curved"}, "path_unknown"),
    ],
)
def test_what_cannot_be_a_target_is_refused(connection: Connection, changed: dict[str, object], reason: str) -> None:
    assert refused(connection, **changed) == reason
    assert targets(connection).empty


def test_the_refusal_of_a_series_names_those_that_there_are(connection: Connection) -> None:
    with pytest.raises(UnusableInputError, match="Its series: e-PPGBM, SSGI"):
        set_target(connection, replace(WANTED, series="SKI"), WHO)


def test_an_indicator_has_its_routine_series_and_the_surveys_that_published_it(connection: Connection) -> None:
    found = series_by_indicator(connection)
    assert found["stunting_prevalence"] == ("e-PPGBM", "SSGI")
    assert found["iron_tablets"] == (REPORTS,)
    assert found["travel_time"] == ()


def test_setting_the_same_target_twice_is_refused(connection: Connection) -> None:
    set_target(connection, WANTED, WHO)
    assert refused(connection) == "target_same"


def test_a_target_can_move_to_another_year_and_decree(connection: Connection) -> None:
    number = set_target(connection, WANTED, WHO)
    replace_target(connection, number, replace(WANTED, year=2028, decree="Perwal 2/2026"), WHO)
    held = targets(connection)
    assert [(row.year, row.decree) for row in held.itertuples()] == [(2028, "Perwal 2/2026")]


def test_a_target_cannot_move_onto_another(connection: Connection) -> None:
    first = set_target(connection, WANTED, WHO)
    set_target(connection, replace(WANTED, year=2028), WHO)
    with pytest.raises(UnusableInputError) as caught:
        replace_target(connection, first, replace(WANTED, year=2028), WHO)
    assert caught.value.context["reason"] == "target_exists"


def test_a_withdrawn_target_holds_no_longer_and_can_be_restored(connection: Connection) -> None:
    number = set_target(connection, replace(WANTED, area_code=KECAMATAN, path="straight", note="baru"), WHO)
    withdraw_target(connection, number, "salah wilayah", WHO)
    assert targets(connection).empty
    restored = restore_target(connection, number, WHO)
    held = targets(connection).iloc[0]
    assert (held["id"], held["value"], held["path"], held["note"]) == (restored, 9.5, "straight", "baru")
    assert list(target_history(connection)["ended_why"].fillna("")) == ["", "salah wilayah"]


def test_what_is_gone_cannot_be_withdrawn_again(connection: Connection) -> None:
    number = set_target(connection, WANTED, WHO)
    withdraw_target(connection, number, "salah", WHO)
    with pytest.raises(UnusableInputError, match="was replaced or withdrawn"):
        withdraw_target(connection, number, "salah", WHO)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE target SET value = 1", "DELETE FROM target", "UPDATE target SET decree = 'x', replaced_at = now()"],
)
def test_the_database_itself_refuses_to_overwrite_a_target(connection: Connection, statement: str) -> None:
    set_target(connection, WANTED, WHO)
    with (
        pytest.raises(DatabaseError, match="is history and cannot be changed|permission denied"),
        connection.begin_nested(),
    ):
        connection.execute(text(statement))
    assert list(targets(connection)["value"]) == [9.5]
