"""Who may write what is the database's own answer: the reader nothing, the importer what its role's acts need."""

import datetime

import pytest
from psycopg.errors import InsufficientPrivilege, RaiseException
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from data import audit
from data.pusing import nominating, planning, visiting
from data.rights.roles import IMPORTER, MIGRATOR, READER
from data.schema import metadata
from data.scope import NOBODY, Scope, owner_connection, scoped_connection, writing_connection
from tests.data.access.people import PEOPLE
from tests.data.access.two_kecamatan import OTHER_RWS
from tests.data.pusing.hand_written import KELURAHAN, RWS, VISITS_IN

TABLES = sorted(metadata.tables)


def _refused(connection: Connection, statement: str) -> type[BaseException] | None:
    try:
        with connection.begin_nested():
            connection.execute(text(statement))
    except DBAPIError as error:
        return type(error.orig)
    return None


def _as_role(connection: Connection, role: str) -> None:
    connection.execute(
        text(
            "SELECT set_config('rembuk.role', 'planner', true), set_config('rembuk.areas', '*', true),"
            " set_config('role', :role, true)"
        ),
        {"role": role},
    )


def _writes(table: str) -> dict[str, str]:
    column = next(column.name for column in metadata.tables[table].columns if column.identity is None)
    return {
        "INSERT": f"INSERT INTO {table} DEFAULT VALUES",
        "UPDATE": f"UPDATE {table} SET {column} = {column}",
        "DELETE": f"DELETE FROM {table}",
        "TRUNCATE": f"TRUNCATE {table} CASCADE",
    }


@pytest.mark.parametrize("table", TABLES)
def test_the_reader_writes_nothing_even_in_a_transaction_that_may_write(whole: Engine, table: str) -> None:
    with whole.connect() as connection, connection.begin():
        _as_role(connection, READER)
        for command, statement in _writes(table).items():
            assert _refused(connection, statement) is InsufficientPrivilege, command


def test_a_reading_transaction_cannot_be_made_to_write(whole: Engine) -> None:
    with scoped_connection(whole, PEOPLE["planner"].scope) as connection:
        connection.execute(text("SELECT 1"))
        assert _refused(connection, "SET TRANSACTION READ WRITE") is not None


@pytest.mark.parametrize("table", TABLES)
def test_the_importer_empties_no_table_and_makes_none(whole: Engine, table: str) -> None:
    with whole.connect() as connection, connection.begin():
        _as_role(connection, IMPORTER)
        assert _refused(connection, f"TRUNCATE {table} CASCADE") is InsufficientPrivilege
        assert _refused(connection, f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY") is InsufficientPrivilege
        assert _refused(connection, f"CREATE TABLE {table}_copy (x int)") is InsufficientPrivilege


@pytest.mark.parametrize("role", [READER, IMPORTER])
def test_neither_role_of_the_app_can_become_another_by_its_own_rights(whole: Engine, role: str) -> None:
    with whole.connect() as connection:
        held = connection.scalar(
            text("SELECT count(*) FROM pg_roles WHERE rolname <> :role AND pg_has_role(:role, oid, 'MEMBER')"),
            {"role": role},
        )
    assert held == 0


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_log SET act = 'x'", "DELETE FROM audit_log", "TRUNCATE audit_log"],
)
def test_the_log_cannot_be_changed_by_the_app_and_not_by_its_owner(whole: Engine, statement: str) -> None:
    for role, refusal in (
        (READER, InsufficientPrivilege),
        (IMPORTER, InsufficientPrivilege),
        (MIGRATOR, RaiseException),
    ):
        with whole.connect() as connection, connection.begin():
            _as_role(connection, role)
            assert _refused(connection, statement) is refusal, role


@pytest.mark.parametrize("column", ["actor", "happened_at"])
def test_who_did_it_and_when_cannot_be_written_by_the_app(whole: Engine, column: str) -> None:
    value = {"actor": "'x'", "happened_at": "now()"}[column]
    with whole.connect() as connection, connection.begin():
        _as_role(connection, IMPORTER)
        statement = f"INSERT INTO audit_log (act, {column}) VALUES ('x', {value})"
        assert _refused(connection, statement) is InsufficientPrivilege


def test_the_log_takes_its_actor_from_the_scope(city: Engine) -> None:
    audit.note(city, Scope("puskesmas", (), "user 7", facility_code="PKM-1"), "page opened", page="peta")
    audit.note(city, NOBODY, "refused", reason="stranger")
    with scoped_connection(city, PEOPLE["inspector"].scope) as connection:
        told = connection.execute(text("SELECT actor, act, is_change FROM audit_log ORDER BY id DESC LIMIT 2")).all()
    assert [tuple(row) for row in told] == [("", "refused", False), ("puskesmas PKM-1 user 7", "page opened", False)]


def test_what_was_only_looked_at_leaves_the_data_as_old_as_they_were(city: Engine) -> None:
    def version() -> str:
        with scoped_connection(city, PEOPLE["lurah"].scope) as connection:
            return str(connection.scalar(text("SELECT data_version()")))

    before = version()
    audit.note(city, PEOPLE["mayor"].scope, "entered")
    assert version() == before
    with writing_connection(city, PEOPLE["planner"].scope) as connection:
        audit.log(connection, "something changed")
    assert version() != before


def test_a_lurah_names_an_own_rw_and_no_other(city: Engine) -> None:
    with writing_connection(city, PEOPLE["lurah"].scope) as connection:
        nominating.nominate(connection, RWS[0], datetime.date(2027, 1, 1), "jauh", "Lurah")
    for rw in (RWS[3], OTHER_RWS[0]):
        with (
            pytest.raises(DBAPIError, match="row-level security"),
            writing_connection(city, PEOPLE["lurah"].scope) as connection,
        ):
            nominating.nominate(connection, rw, datetime.date(2027, 1, 1), "jauh", "Lurah")


def test_a_puskesmas_logs_a_visit_in_its_wilayah_kerja_and_nowhere_else(city: Engine) -> None:
    today = datetime.date(2026, 11, 20)
    visit = visiting.Visit(RWS[0], today, "PKM-1", served=5)
    with writing_connection(city, PEOPLE["puskesmas"].scope) as connection:
        visiting.log_visit(connection, visit, today)
    with (
        pytest.raises(DBAPIError, match="row-level security"),
        writing_connection(city, PEOPLE["puskesmas"].scope) as connection,
    ):
        visiting.log_visit(connection, visiting.Visit(RWS[3], today, "PKM-1", served=5), today)


def test_holding_an_rw_lets_a_lurah_change_nothing_of_it(whole: Engine) -> None:
    with (
        pytest.raises(DBAPIError, match="row-level security"),
        writing_connection(whole, PEOPLE["lurah"].scope) as connection,
    ):
        connection.execute(text("UPDATE area SET name = 'x' WHERE code = :rw"), {"rw": RWS[0]})


@pytest.mark.parametrize("person", ["camat", "lurah", "puskesmas", "opd", "mayor", "admin", "screen"])
def test_figures_are_written_by_planners_only(whole: Engine, person: str) -> None:
    with writing_connection(whole, PEOPLE[person].scope) as connection:
        changed = connection.execute(text("UPDATE growth_month SET stunted = 0")).rowcount
        added = _refused(
            connection,
            f"INSERT INTO growth_month (rw_code, month, age_band, sex) VALUES ('{RWS[0]}', '2027-01-01', '0-5', 1)",
        )
        gone = connection.execute(text("DELETE FROM growth_month")).rowcount
    assert (changed, added, gone) == (0, InsufficientPrivilege, 0)


def test_a_mayor_adopts_a_plan_and_writes_none(city: Engine) -> None:
    insert = "INSERT INTO rotation_plan (first_month, months, weights, data_state) VALUES ('2027-01-01', 1, '{}', '{}')"
    with writing_connection(city, PEOPLE["planner"].scope) as connection:
        number = connection.scalar(text(f"{insert} RETURNING id"))
    with writing_connection(city, PEOPLE["mayor"].scope) as connection:
        planning.adopt_plan(connection, number, "Wali Kota")
        assert _refused(connection, insert) is InsufficientPrivilege


def test_the_owner_is_held_by_row_level_security_too(whole: Engine) -> None:
    with owner_connection(whole) as connection:
        connection.execute(text("SELECT set_config('rembuk.areas', '', true)"))
        assert connection.scalar(text("SELECT count(*) FROM growth_month")) == 0


def test_a_reference_is_kept_whatever_rows_its_writer_sees(whole: Engine) -> None:
    with (
        pytest.raises(DBAPIError, match="not present in table"),
        writing_connection(whole, PEOPLE["planner"].scope) as connection,
    ):
        connection.execute(
            text("INSERT INTO growth_month (rw_code, month, age_band, sex) VALUES ('99.99', '2027-01-01', '0-5', 1)")
        )


def test_a_kelurahan_that_has_answered_is_corrected_by_its_own_lurah_only(city: Engine) -> None:
    with (
        pytest.raises(DBAPIError, match="row-level security"),
        writing_connection(city, PEOPLE["lurah"].scope) as connection,
    ):
        nominating.answer(connection, KELURAHAN[1], VISITS_IN, "Lurah Atas")
