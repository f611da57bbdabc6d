"""Notes on places: written by those who work there, logged, taken back and put back."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from data.errors import UnusableInputError
from data.place_notes import restore_note, withdraw_note, write_note
from data.queries.places import notes
from data.scope import Scope, writing_connection
from tests.conftest import DatabaseMaker
from tests.data.pusing import hand_written
from tests.data.pusing.hand_written import KELURAHAN, RWS
from tests.data.told import newest_entry

LURAH, PLANNER = Scope("lurah", (KELURAHAN[0],), "test"), Scope("planner", ("",), "test")


@pytest.fixture(scope="module")
def city(new_database: DatabaseMaker, migrated_template: Engine) -> Engine:
    engine = new_database(migrated_template)
    with writing_connection(engine, PLANNER) as connection:
        hand_written.load(connection)
    return engine


@pytest.fixture
def lurah(city: Engine) -> Iterator[Connection]:
    with writing_connection(city, LURAH) as connection:
        yield connection


def told(connection: Connection) -> list[str]:
    return list(notes(connection, KELURAHAN[0])["note"])


def test_a_note_is_kept_without_needless_blanks_and_with_its_writer(lurah: Connection) -> None:
    write_note(lurah, RWS[0], "  posyandu  pindah ke balai ", "Lurah Atas")
    row = notes(lurah, RWS[0]).iloc[0]
    assert (row["note"], row["written_by"], row["place_code"]) == ("posyandu pindah ke balai", "Lurah Atas", RWS[0])


def test_a_note_taken_back_is_gone_and_comes_back_when_put_back(lurah: Connection) -> None:
    number = write_note(lurah, RWS[1], "jembatan diperbaiki", "Lurah Atas")
    withdraw_note(lurah, number)
    assert "jembatan diperbaiki" not in told(lurah)
    restore_note(lurah, number)
    assert "jembatan diperbaiki" in told(lurah)


def test_taking_a_note_back_twice_is_refused(lurah: Connection) -> None:
    number = write_note(lurah, RWS[2], "dua kali", "Lurah Atas")
    withdraw_note(lurah, number)
    with pytest.raises(UnusableInputError) as refused:
        withdraw_note(lurah, number)
    assert refused.value.context["reason"] == "note_gone"


@pytest.mark.parametrize(("words", "reason"), [("  ", "reason_blank"), ("x" * 301, "reason_long")])
def test_a_blank_or_long_note_is_refused(lurah: Connection, words: str, reason: str) -> None:
    with pytest.raises(UnusableInputError) as refused:
        write_note(lurah, RWS[0], words, "Lurah Atas")
    assert refused.value.context["reason"] == reason


def test_a_note_on_an_rw_of_another_kelurahan_is_refused_by_the_database(city: Engine) -> None:
    with pytest.raises(DBAPIError, match="row-level security"), writing_connection(city, LURAH) as connection:
        write_note(connection, RWS[3], "bukan wilayah saya", "Lurah Atas")


def test_every_act_on_a_note_is_logged(city: Engine) -> None:
    with writing_connection(city, LURAH) as connection:
        number = write_note(connection, RWS[0], "dicatat", "Lurah Atas")
        assert newest_entry(connection) == ("note written", {"note": number, "place": RWS[0]})
        withdraw_note(connection, number)
        assert newest_entry(connection) == ("note withdrawn", {"note": number})
        restore_note(connection, number)
        assert newest_entry(connection) == ("note restored", {"note": number})


def test_a_note_on_a_kelurahan_is_the_lurahs_and_on_its_kecamatan_it_is_refused(city: Engine) -> None:
    with writing_connection(city, LURAH) as connection:
        number = write_note(connection, KELURAHAN[0], "kantor pindah", "Lurah Atas")
        row = notes(connection, KELURAHAN[0]).set_index("id").loc[number]
        assert (row["place_code"], row["place_name"]) == (KELURAHAN[0], "Kelurahan Atas")
    with pytest.raises(DBAPIError, match="row-level security"), writing_connection(city, LURAH) as connection:
        write_note(connection, KELURAHAN[0].rpartition(".")[0], "bukan wilayah saya", "Lurah Atas")


def test_a_note_on_a_puskesmas_is_its_heads_and_another_puskesmas_neither_writes_nor_reads_it(city: Engine) -> None:
    own, other = (Scope("puskesmas", (), "test", facility_code=code) for code in hand_written.PUSKESMAS[:2])
    with writing_connection(city, own) as connection:
        number = write_note(connection, own.facility_code, "bidan cuti", "Kepala Puskesmas")
        assert number in set(notes(connection, "")["id"])
    with writing_connection(city, other) as connection:
        assert number not in set(notes(connection, "")["id"])
    with pytest.raises(DBAPIError, match="row-level security"), writing_connection(city, other) as connection:
        write_note(connection, own.facility_code, "bukan puskesmas saya", "Kepala Puskesmas")


def test_a_note_on_the_city_is_the_planners(city: Engine) -> None:
    with writing_connection(city, PLANNER) as connection:
        number = write_note(connection, KELURAHAN[0].rpartition(".")[0].rpartition(".")[0], "rapat", "Perencana")
        assert number in set(notes(connection, "")["id"])


def test_a_note_on_no_place_is_refused(lurah: Connection) -> None:
    with pytest.raises(UnusableInputError) as refused:
        write_note(lurah, "99.99", "tidak ada", "Lurah Atas")
    assert refused.value.context["reason"] == "place_unknown"
