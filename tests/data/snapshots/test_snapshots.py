"""A snapshot reads the same whatever happens to the live data, says when it was tampered with, and refuses writes."""

import datetime
import threading
from typing import Any

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from data.audit import log
from data.errors import SnapshotFrozenError, UnusableInputError
from data.queries.growth import city_counts_by_month
from data.queries.snapshots import Snapshot, snapshot_named, snapshots
from data.queries.travel import own_and_nearest
from data.rights.apply import put_in_place
from data.rights.frozen import LIVE_ONLY, frozen_tables
from data.rights.roles import IMPORTER, MIGRATOR, READER, act_as
from data.schema import metadata
from data.scope import owner_connection, scoped_connection, writing_connection
from data.snapshots import drop_snapshot, make_snapshot, verify_snapshot
from data.snapshots.acts import SnapshotInUseError
from tests.conftest import DatabaseMaker
from tests.data.access.people import PEOPLE
from tests.data.access.test_queries import QUERIES, _calls, _told
from tests.data.snapshots.conftest import AS_OF

PLANNER = PEOPLE["planner"].scope
SINCE = datetime.date(2000, 1, 1)
_OF_REGISTERS = {"snapshots.snapshots", "snapshots.snapshot_named", "snapshots.newest_snapshot"}
_OF_PEOPLE = {name for name in QUERIES if name.startswith("people.")}
_READ = sorted(set(QUERIES) - _OF_REGISTERS - _OF_PEOPLE)

_SPOILED = ("growth_month", "maternal_month", "intervention_month", "travel", "travel_route", "travel_correction",
            "pusing_visit", "nomination", "nomination_answer", "target", "break_event", "visit_capacity",
            "visit_closure", "weight_preset", "official_statistic", "action_item", "service_area")  # fmt: skip


def _spoil(engine: Engine) -> None:
    """Take the live rows away, behind triggers and references, and call the areas otherwise."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table in _SPOILED:
            connection.execute(text(f"DELETE FROM {table}"))
        connection.execute(text("UPDATE area SET name = name || ' baru'"))
        connection.execute(text("UPDATE setting SET value = jsonb_build_object('name', 'Lain') WHERE code = 'city'"))


def _answers(engine: Engine, person: str, frozen: Any) -> dict[tuple[str, str], Any]:
    scope = PEOPLE[person].scope.reading(frozen)
    with scoped_connection(engine, scope) as connection:
        return {
            (name, str(asked)): _told(connection, QUERIES[name], asked)
            for name in _READ
            for asked in _calls(QUERIES[name])
        }


@pytest.fixture(scope="module")
def spoiled(new_database: DatabaseMaker, frozen_city: Engine) -> Engine:
    engine = new_database(frozen_city)
    _spoil(engine)
    return engine


@pytest.mark.parametrize("person", ["planner", "mayor", "camat", "lurah", "puskesmas", "opd"])
def test_every_query_reads_the_same_after_the_live_data_changed(
    frozen_city: Engine, spoiled: Engine, snapshot: Snapshot, person: str
) -> None:
    live = _answers(frozen_city, person, None)
    assert _answers(spoiled, person, snapshot.frozen) == live


def test_the_spoiled_city_would_have_shown(frozen_city: Engine, spoiled: Engine) -> None:
    assert _answers(spoiled, "planner", None) != _answers(frozen_city, "planner", None)


def test_every_table_is_frozen_but_those_of_children_and_people(frozen_city: Engine, snapshot: Snapshot) -> None:
    assert set(snapshot.tables) == set(metadata.tables) - LIVE_ONLY
    assert {"child", "measurement", "app_user", "audit_log"} <= LIVE_ONLY
    with frozen_city.connect() as connection:
        for name, told in snapshot.tables.items():
            assert told["rows"] == connection.scalar(text(f"SELECT count(*) FROM {name}")), name


def test_its_id_is_its_number_and_the_beginning_of_its_hash(snapshot: Snapshot) -> None:
    assert snapshot.id == f"{snapshot.number}-{snapshot.sha256[:8]}"


def test_the_same_state_has_the_same_hash_in_another_database(
    new_database: DatabaseMaker, whole: Engine, snapshot: Snapshot
) -> None:
    again = make_snapshot(new_database(whole), PLANNER, "Lain", AS_OF, "x")
    assert again.sha256 == snapshot.sha256


def test_the_wilayah_kerja_and_corrections_of_the_day_hold_inside(city: Engine, snapshot: Snapshot) -> None:
    with scoped_connection(city, PLANNER.reading(snapshot.frozen)) as connection:
        assert connection.scalar(text("SELECT rembuk_today()")) == AS_OF
        assert 99.0 in set(own_and_nearest(connection, "walk")["nearest_duration_s"])


def test_a_snapshot_of_nothing_new_takes_no_row_and_one_of_a_change_takes_its_rows(city: Engine) -> None:
    def rows() -> int:
        with city.connect() as connection:
            return sum(
                connection.scalar(text(f"SELECT count(*) FROM rembuk_frozen.{table.name}")) or 0
                for table in frozen_tables()
            )

    before = rows()
    make_snapshot(city, PLANNER, "Sama", AS_OF, "x")
    assert rows() == before
    with owner_connection(city) as connection:
        changed = connection.execute(
            text("UPDATE growth_month SET stunted = 0, severely_stunted = 0 WHERE stunted > 0 AND sex = 1")
        ).rowcount
    make_snapshot(city, PLANNER, "Lain", AS_OF, "x")
    assert rows() == before + changed


def test_each_of_two_snapshots_keeps_its_own_figures(city: Engine, snapshot: Snapshot) -> None:
    with owner_connection(city) as connection:
        connection.execute(text("UPDATE growth_month SET stunted = stunted - 1 WHERE stunted > 0"))
    later = make_snapshot(city, PLANNER, "Lain", AS_OF, "x")
    with owner_connection(city) as connection:
        connection.execute(text("DELETE FROM growth_month"))
    told = {}
    for name, frozen in (("first", snapshot.frozen), ("later", later.frozen)):
        with scoped_connection(city, PEOPLE["lurah"].scope.reading(frozen)) as connection:
            told[name] = int(city_counts_by_month(connection, SINCE)["stunted"].sum())
    assert 0 < told["later"] < told["first"]
    assert verify_snapshot(city, snapshot.id) == verify_snapshot(city, later.id) == []


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE rembuk_frozen.growth_month SET stunted = stunted + 1 WHERE ctid IN"
         " (SELECT ctid FROM rembuk_frozen.growth_month LIMIT 1)", "growth_month"),
        ("DELETE FROM rembuk_frozen.target", "target"),
        ("INSERT INTO rembuk_frozen.target SELECT (jsonb_populate_record(t, '{\"id\": 99}')).*"
         " FROM rembuk_frozen.target t LIMIT 1", "target"),
        ("UPDATE snapshot SET content = jsonb_set(content, '{tables,target,rows}', '7')", "snapshot"),
    ],
)  # fmt: skip
def test_tampering_is_found_and_its_table_named(city: Engine, snapshot: Snapshot, statement: str, table: str) -> None:
    with city.begin() as connection:
        assert connection.execute(text(statement)).rowcount
    assert table in {found.table for found in verify_snapshot(city, snapshot.id)}


def test_a_snapshot_that_nobody_touched_is_as_it_was_made(frozen_city: Engine, snapshot: Snapshot) -> None:
    assert verify_snapshot(frozen_city, snapshot.id) == []


def test_one_that_was_dropped_leaves_the_others_whole_and_takes_its_rows_along(
    city: Engine, snapshot: Snapshot
) -> None:
    with city.begin() as connection:
        connection.execute(text("DELETE FROM pusing_visit"))
    second = make_snapshot(city, PLANNER, "Kedua", AS_OF, "x")
    drop_snapshot(city, PLANNER, second.id)
    third = make_snapshot(city, PLANNER, "Ketiga", AS_OF, "x")
    drop_snapshot(city, PLANNER, snapshot.id)
    assert third.tables == second.tables
    assert verify_snapshot(city, third.id) == []
    with city.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM rembuk_frozen.pusing_visit")) == 0


def test_one_that_minutes_speak_of_stays(city: Engine, snapshot: Snapshot) -> None:
    with writing_connection(city, PLANNER) as connection:
        connection.execute(text("UPDATE meeting SET snapshot_id = :id"), {"id": snapshot.id})
    with pytest.raises(SnapshotInUseError, match="Rakor"):
        drop_snapshot(city, PLANNER, snapshot.id)
    assert verify_snapshot(city, snapshot.id) == []


def test_an_unknown_one_is_refused_in_words(frozen_city: Engine) -> None:
    for act in (lambda: verify_snapshot(frozen_city, "9-x"), lambda: drop_snapshot(frozen_city, PLANNER, "9-x")):
        with pytest.raises(UnusableInputError, match="no snapshot 9-x"):
            act()


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_name_that_is_none_is_refused(frozen_city: Engine, name: str) -> None:
    with pytest.raises(UnusableInputError, match="name"):
        make_snapshot(frozen_city, PLANNER, name, AS_OF, "x")


@pytest.mark.parametrize("person", ["camat", "puskesmas", "screen", "nobody", "planner of the city by its code"])
def test_only_planner_and_mayor_of_the_whole_city_freeze(frozen_city: Engine, person: str) -> None:
    with pytest.raises(DBAPIError) as caught:
        make_snapshot(frozen_city, PEOPLE[person].scope, "x", AS_OF, "x")
    assert isinstance(caught.value.orig, InsufficientPrivilege)


def test_two_made_at_once_are_whole_or_refused(city: Engine) -> None:
    with owner_connection(city) as connection:
        connection.execute(text("UPDATE growth_month SET d_weighed = d_weighed + 1"))
    outcomes: list[str] = []

    def run() -> None:
        try:
            make_snapshot(city, PLANNER, "Sekaligus", AS_OF, "x")
            outcomes.append("made")
        except Exception as error:
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "made" in outcomes
    assert set(outcomes) <= {"made", "SnapshotBusyError"}
    with scoped_connection(city, PLANNER) as connection:
        ids = [each for each in snapshots(connection)["id"] if each != "s1"]
    assert [verify_snapshot(city, each) for each in ids] == [[]] * len(ids)


@pytest.mark.parametrize("person", PEOPLE)
def test_inside_a_snapshot_each_sees_their_own_rws(spoiled: Engine, snapshot: Snapshot, person: str) -> None:
    who = PEOPLE[person]
    with scoped_connection(spoiled, who.scope.reading(snapshot.frozen)) as connection:
        for table in ("growth_month", "travel", "nomination", "rotation_slot"):
            assert set(connection.scalars(text(f"SELECT rw_code FROM {table}"))) == who.rws, table


@pytest.mark.parametrize("person", ["planner", "lurah"])
def test_without_a_snapshot_in_its_scope_nobody_sees_a_frozen_row(frozen_city: Engine, person: str) -> None:
    with scoped_connection(frozen_city, PEOPLE[person].scope) as connection:
        for table in frozen_tables():
            assert connection.scalar(text(f"SELECT count(*) FROM rembuk_frozen.{table.name}")) == 0, table.name


def test_every_twin_forces_row_level_security_and_belongs_to_the_migrator(frozen_city: Engine) -> None:
    with frozen_city.connect() as connection:
        found = connection.execute(
            text(
                "SELECT relname, relrowsecurity AND relforcerowsecurity AS is_forced,"
                " pg_get_userbyid(relowner) AS owner FROM pg_class"
                " WHERE relkind IN ('r', 'p') AND relnamespace = 'rembuk_frozen'::regnamespace"
            )
        ).all()
    assert {row.relname for row in found} == {table.name for table in frozen_tables()}
    assert all(row.is_forced and row.owner == MIGRATOR for row in found)


@pytest.mark.parametrize("role", [READER, IMPORTER])
@pytest.mark.parametrize("table", [table.name for table in frozen_tables()])
def test_frozen_tables_refuse_writes(frozen_city: Engine, role: str, table: str) -> None:
    with frozen_city.connect() as connection, connection.begin():
        connection.execute(
            text("SELECT set_config('rembuk.role', 'planner', true), set_config('rembuk.areas', '*', true),"
                 " set_config('rembuk.freezing', 'on', true)")
        )  # fmt: skip
        act_as(connection, role)
        for statement in ("INSERT INTO {} (frozen_from) VALUES (1)", "UPDATE {} SET frozen_from = 1", "DELETE FROM {}"):
            with pytest.raises(DBAPIError) as caught, connection.begin_nested():
                connection.execute(text(statement.format(f"rembuk_frozen.{table}")))
            assert isinstance(caught.value.orig, InsufficientPrivilege)


def test_a_scope_that_reads_a_snapshot_writes_nothing(frozen_city: Engine, snapshot: Snapshot) -> None:
    with (
        pytest.raises(SnapshotFrozenError),
        writing_connection(frozen_city, PLANNER.reading(snapshot.frozen)) as connection,
    ):
        log(connection, "x")


def test_functions_with_their_owners_rights_are_closed_to_strangers(frozen_city: Engine) -> None:
    with frozen_city.connect() as connection:
        found = connection.execute(
            text(
                "SELECT proname, proconfig, has_function_privilege('public', oid, 'EXECUTE') AS is_public FROM pg_proc"
                " WHERE pronamespace = 'rembuk_frozen'::regnamespace"
            )
        ).all()
    assert {row.proname for row in found} >= {"freeze", "thaw", "city_counts", "city_interventions", "data_state"}
    assert all(any(setting.startswith("search_path=") for setting in row.proconfig) for row in found)
    assert not any(row.is_public for row in found)


def test_a_later_version_s_column_comes_to_older_snapshots_and_leaves_their_hash(
    city: Engine, snapshot: Snapshot
) -> None:
    with city.begin() as connection:
        act_as(connection, MIGRATOR)
        connection.execute(text("ALTER TABLE growth_month ADD COLUMN later text NOT NULL DEFAULT 'dulu'"))
        connection.execute(text("ALTER TABLE target ADD COLUMN later timestamptz DEFAULT now()"))
        put_in_place(connection)
        put_in_place(connection)
    with scoped_connection(city, PLANNER.reading(snapshot.frozen)) as connection:
        assert set(connection.scalars(text("SELECT later FROM growth_month"))) == {"dulu"}
        assert set(connection.scalars(text("SELECT later FROM target"))) == {None}
    assert verify_snapshot(city, snapshot.id) == []


def test_the_register_tells_what_there_is(frozen_city: Engine, snapshot: Snapshot) -> None:
    with scoped_connection(frozen_city, PEOPLE["lurah"].scope) as connection:
        told = snapshots(connection)
        assert snapshot_named(connection, snapshot.id) == snapshot
        assert snapshot_named(connection, "9-x") is None
    assert list(told["id"]) == [snapshot.id, "s1"]
    assert told["rows"].iloc[0] == sum(table["rows"] for table in snapshot.tables.values())
