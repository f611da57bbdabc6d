"""Every table says who sees which of its rows, and a query without a WHERE brings nothing from outside."""

import pytest
from sqlalchemy import Engine, text

from data.rights.tables import CHILDREN, OWN_AREAS, OWN_RWS, TABLES
from data.schema import metadata
from data.scope import scoped_connection
from tests.data.access.people import PEOPLE
from tests.data.access.two_kecamatan import RWS

RW_TABLES = sorted(name for name, rights in TABLES.items() if rights.rows is OWN_RWS)


def test_every_table_says_who_reads_and_writes_it() -> None:
    unspoken = sorted(set(metadata.tables) - set(TABLES))
    assert unspoken == [], (
        f"add a line to TABLES in data/rights/tables.py for {unspoken}: OWN_RWS or OWN_AREAS where it holds figures of "
        "RWs or kelurahan, else _open(why) or _known(why); then run tests/data/access"
    )


def test_a_table_with_an_rw_is_seen_by_area() -> None:
    with_rw = {name for name, table in metadata.tables.items() if "rw_code" in table.columns}
    others = {name for name in with_rw if TABLES[name].rows not in (OWN_RWS, CHILDREN)}
    assert others == {"service_area", "place_note"}, (
        "who serves whom is open, and a note may be on a puskesmas; whatever else has rw_code is seen by area"
    )


def test_every_table_forces_row_level_security_on_its_owner_too(whole: Engine) -> None:
    with whole.connect() as connection:
        found = connection.execute(
            text(
                "SELECT relname, relrowsecurity AND relforcerowsecurity AS is_forced,"
                " pg_get_userbyid(relowner) AS owner,"
                " EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = c.oid) AS has_policy"
                " FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
                " AND relname <> 'alembic_version'"
            )
        ).all()
    assert {row.relname for row in found} == set(metadata.tables)
    assert [row.relname for row in found if not (row.is_forced and row.has_policy)] == []
    assert {row.owner for row in found} == {"rembuk_migrator"}


def test_no_role_of_the_app_owns_or_passes_by_anything(whole: Engine) -> None:
    with whole.connect() as connection:
        roles = connection.execute(
            text(
                "SELECT rolname, rolsuper OR rolbypassrls OR rolcanlogin OR rolcreaterole OR rolcreatedb AS is_mighty"
                " FROM pg_roles WHERE rolname LIKE 'rembuk\\_%'"
            )
        ).all()
        owned = connection.scalar(
            text(
                "SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) IN ('rembuk_reader', 'rembuk_importer')"
            )
        )
        members = connection.scalar(
            text(
                "SELECT count(*) FROM pg_auth_members WHERE pg_get_userbyid(member) IN ('rembuk_reader',"
                " 'rembuk_importer')"
            )
        )
    assert {row.rolname for row in roles} >= {"rembuk_migrator", "rembuk_importer", "rembuk_reader"}
    assert not any(row.is_mighty for row in roles)
    assert (owned, members) == (0, 0)


@pytest.mark.parametrize("person", PEOPLE)
def test_a_select_without_a_where_brings_no_row_from_outside(whole: Engine, person: str) -> None:
    who = PEOPLE[person]
    with scoped_connection(whole, who.scope) as connection:
        for table in RW_TABLES:
            seen = set(connection.scalars(text(f"SELECT rw_code FROM {table}")))
            assert seen == who.rws, table


def test_the_tables_hold_something_of_every_rw(whole: Engine) -> None:
    with whole.connect() as connection:
        for table in (*RW_TABLES, "child", "measurement"):
            assert set(connection.scalars(text(f"SELECT rw_code FROM {table}"))) == set(RWS), table
        for table in metadata.tables:
            if not table.startswith("forecast"):
                assert connection.scalar(text(f"SELECT count(*) FROM {table}")), f"{table} is empty: no test sees it"


@pytest.mark.parametrize("person", PEOPLE)
def test_children_one_by_one_are_for_imports_only(whole: Engine, person: str) -> None:
    who = PEOPLE[person]
    expected = who.rws if who.scope.role == "planner" else frozenset()
    with scoped_connection(whole, who.scope) as connection:
        for table in ("child", "measurement"):
            assert set(connection.scalars(text(f"SELECT rw_code FROM {table}"))) == expected, table


@pytest.mark.parametrize(
    ("table", "who_sees_it"),
    [
        ("app_user", {"admin"}),
        ("audit_log", {"admin", "inspector"}),
        ("parked_row", {"planner", "planner of the city by its code"}),
        ("replaced_row", {"planner", "planner of the city by its code"}),
        ("import_batch", {"planner", "planner of the city by its code", "mayor", "inspector", "engine"}),
        ("snapshot", set(PEOPLE) - {"nobody"}),
        ("setting", set(PEOPLE) - {"nobody"}),
        ("rotation_plan", set(PEOPLE) - {"nobody"}),
    ],
)
def test_what_has_no_area_is_seen_by_role(whole: Engine, table: str, who_sees_it: set[str]) -> None:
    seen = set()
    for name, person in PEOPLE.items():
        with scoped_connection(whole, person.scope) as connection:
            if connection.scalar(text(f"SELECT count(*) FROM {table}")):
                seen.add(name)
    assert seen == who_sees_it


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("mayor", {"32.75.01", "32.75.01.1001", "32.75.01.1002", "32.75.02", "32.75.02.1001"}),
        ("camat", {"32.75.01", "32.75.01.1001", "32.75.01.1002"}),
        ("lurah", {"32.75.01.1001"}),
        ("puskesmas", set()),
        ("opd", set()),
        ("camat who claims the whole city", set()),
    ],
)
def test_what_a_kelurahan_answers_is_seen_by_its_area(whole: Engine, person: str, expected: set[str]) -> None:
    assert TABLES["nomination_answer"].rows is OWN_AREAS
    with scoped_connection(whole, PEOPLE[person].scope) as connection:
        assert set(connection.scalars(text("SELECT area_code FROM nomination_answer"))) == expected


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("opd", {("Dinas Sosial", None)}),
        ("partner", {("Yayasan Contoh", None)}),
        ("lurah", {("Kelurahan", "32.75.01.1001")}),
        ("inspector", set()),
    ],
)
def test_a_promise_is_seen_by_its_owner_and_its_area(
    whole: Engine, person: str, expected: set[tuple[str, str | None]]
) -> None:
    with scoped_connection(whole, PEOPLE[person].scope) as connection:
        seen = {tuple(row) for row in connection.execute(text("SELECT owner, area_code FROM action_item"))}
    assert seen == expected


def test_a_cheap_function_in_a_where_is_shown_no_row_from_outside(whole: Engine) -> None:
    notices: list[str] = []
    with whole.connect() as connection, connection.begin():
        connection.connection.driver_connection.add_notice_handler(lambda told: notices.append(told.message_primary))
        connection.execute(
            text(
                "SELECT set_config('rembuk.role', 'lurah', true), set_config('rembuk.areas', '32.75.01.1001', true),"
                " set_config('role', 'rembuk_reader', true)"
            )
        )
        connection.execute(
            text(
                "CREATE FUNCTION pg_temp.told(code text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS"
                " $$ BEGIN RAISE NOTICE '%', code; RETURN true; END $$"
            )
        )
        connection.execute(text("SELECT count(*) FROM growth_month WHERE pg_temp.told(rw_code)"))
        connection.execute(text("SELECT count(*) FROM travel_now WHERE pg_temp.told(rw_code)"))
    assert set(notices) == PEOPLE["lurah"].rws
