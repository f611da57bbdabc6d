"""An import is undone as if it had never come, from the newest on, and refused where something stands on it."""

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from data.intake import eppgbm
from data.intake.aggregate import COUNTS, rebuild_growth_months
from data.intake.undo import CannotUndoError, Undoing, foresee_undo, undo
from data.scope import PLANNER, WHOLE_CITY, Scope, scoped_connection, writing_connection
from tests.data.intake.conftest import empty_city
from tests.data.intake.lists import child

TakeIn = Callable[..., eppgbm.Outcome]
Undo = Callable[[int], Undoing]

OCTOBER = [child(number) for number in range(1, 9)]
CORRECTED = [child(1, Tinggi="70.0"), child(2, **{"Tanggal Pengukuran": "2026-10-12"}), *OCTOBER[2:7]]

_FIGURES = {
    "child": "SELECT child_key, rw_code, sex, birth_date FROM child",
    "measurement": "SELECT * FROM measurement",
    "growth_month": "SELECT * FROM growth_month",
    "quality_month": "SELECT * FROM quality_month",
    "active": "SELECT id, content_sha256, status, accepted FROM import_batch WHERE status = 'active'",
}


def figures(engine: Engine) -> dict[str, list[Any]]:
    """Return all that pages are made from, and which files count."""
    with engine.connect() as connection:
        return {
            name: connection.execute(text(f"SELECT * FROM ({query}) t ORDER BY 1, 2, 3, 4")).fetchall()
            for name, query in _FIGURES.items()
        }


def recounted(engine: Engine, scope: Scope) -> dict[str, list[Any]]:
    """Return the figures, with every month's counts worked out anew from the weighings that stand, and the months.

    A load recounts the RWs that it touches only: an RW in which nobody was weighed has no row of the month until then.
    """
    found = figures(engine)
    with engine.connect() as connection:
        connection.execute(text("SELECT set_config('rembuk.role', 'planner', true)"))
        months = connection.scalars(text("SELECT DISTINCT month FROM growth_month ORDER BY month")).all()
        rebuild_growth_months(connection, None, list(months))
        rows = connection.execute(
            text(f"SELECT * FROM growth_month WHERE {' + '.join(COUNTS)} > 0 ORDER BY 1, 2, 3, 4")
        )
        return {**found, "growth_month": [tuple(row) for row in rows], "months": list(months)}


@pytest.fixture
def take_back(city: Engine, city_scope: Scope) -> Undo:
    def take_back(batch_id: int) -> Undoing:
        with writing_connection(city, city_scope) as connection:
            return undo(connection, batch_id, undone_by="test")

    return take_back


@pytest.fixture
def city_scope() -> Scope:
    """The scope of Dinkes' planner: of the whole city, which sees what puskesmas signed."""
    return Scope(PLANNER, (WHOLE_CITY,), "test")


def refusal(city: Engine, scope: Scope, batch_id: int) -> tuple[str, str]:
    with scoped_connection(city, scope) as connection, pytest.raises(CannotUndoError) as refused:
        foresee_undo(connection, batch_id)
    return refused.value.context["reason"], str(refused.value)


def batch_of(outcome: eppgbm.Outcome) -> int:
    assert outcome.batch_id is not None
    return outcome.batch_id


def test_a_first_file_leaves_nothing_behind(city: Engine, take_in: TakeIn, take_back: Undo) -> None:
    before = figures(city)
    done = take_back(batch_of(take_in(OCTOBER)))
    assert (done.taken_away, done.restored, done.before.rows, done.after.rows) == (8, 0, 8, 0)
    assert figures(city) == before


def test_what_a_correction_replaced_and_withdrew_comes_back(city: Engine, take_in: TakeIn, take_back: Undo) -> None:
    take_in(OCTOBER)
    before = figures(city)
    done = take_back(batch_of(take_in(CORRECTED)))
    assert (done.taken_away, done.restored, done.lost) == (7, 8, 0)
    assert (done.before.children, done.after.children) == (7, 8)
    assert figures(city) == before


_ROWS = st.lists(
    st.builds(
        lambda number, month, day, rw, height, posyandu: child(
            number,
            RW=f"{rw:02d}",
            Tinggi=height,
            Posyandu=posyandu,
            **{"Tanggal Pengukuran": f"2026-{month:02d}-{day:02d}"},
        ),
        st.integers(1, 8),
        st.integers(6, 10),
        st.integers(1, 28),
        st.integers(1, 3),
        st.sampled_from(["70.0", "85.1", "90", ""]),
        st.sampled_from(["MELATI 1", "MAWAR"]),
    ),
    min_size=1,
    max_size=12,
)


@given(files=st.lists(_ROWS, min_size=1, max_size=4))
@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_files_undone_from_the_newest_on_leave_each_earlier_state(
    city: Engine, city_scope: Scope, take_in: TakeIn, take_back: Undo, files: list[list[dict[str, Any]]]
) -> None:
    empty_city(city)
    states = []
    for rows in files:
        state = recounted(city, city_scope)
        outcome = take_in(rows)
        if outcome.status == eppgbm.IMPORTED:
            states.append((state, batch_of(outcome)))
    for state, batch_id in reversed(states):
        take_back(batch_id)
        left = recounted(city, city_scope)
        assert {name: rows for name, rows in left.items() if rows != state[name]} == {}


def test_the_foreseen_totals_are_those_of_the_undo_and_foreseeing_writes_nothing(
    city: Engine, city_scope: Scope, take_in: TakeIn, take_back: Undo
) -> None:
    take_in(OCTOBER)
    number = batch_of(take_in(CORRECTED))
    before = figures(city)
    with scoped_connection(city, city_scope) as connection:
        seen = foresee_undo(connection, number)
    assert figures(city) == before
    assert take_back(number) == seen


def test_a_file_on_which_a_later_one_stands_is_refused_with_the_later_ones_number(
    city: Engine, city_scope: Scope, take_in: TakeIn, take_back: Undo
) -> None:
    first, second = batch_of(take_in(OCTOBER)), batch_of(take_in(CORRECTED))
    third = batch_of(take_in([*CORRECTED, child(9)]))
    reason, said = refusal(city, city_scope, first)
    assert reason == "undo_stood_on"
    assert f": {third};" in said
    assert refusal(city, city_scope, second)[0] == "undo_stood_on"
    take_back(third)
    take_back(second)
    take_back(first)
    assert figures(city)["measurement"] == []


def test_a_file_is_refused_when_another_has_taken_the_place_of_what_it_withdrew(
    city: Engine, city_scope: Scope, take_in: TakeIn
) -> None:
    take_in(OCTOBER)
    second = batch_of(take_in(OCTOBER[:7]))
    third = batch_of(take_in([child(8)]))
    assert f": {third};" in refusal(city, city_scope, second)[1]


def test_a_later_file_of_other_children_does_not_stand_in_the_way(
    city: Engine, take_in: TakeIn, take_back: Undo
) -> None:
    first = batch_of(take_in(OCTOBER))
    take_in([child(number, RW="02", Posyandu="MAWAR") for number in range(20, 30)])
    take_back(first)
    assert len(figures(city)["measurement"]) == 10


def test_an_undone_file_can_be_taken_in_again_and_not_undone_twice(
    city: Engine, city_scope: Scope, take_in: TakeIn, take_back: Undo
) -> None:
    first = batch_of(take_in(OCTOBER))
    take_back(first)
    assert refusal(city, city_scope, first)[0] == "undo_done"
    assert take_in(OCTOBER).status == eppgbm.IMPORTED


def test_an_unknown_file_and_the_demo_are_refused(city: Engine, city_scope: Scope) -> None:
    assert refusal(city, city_scope, 99)[0] == "undo_unknown"
    with city.begin() as connection:
        number = connection.scalar(
            text(
                "INSERT INTO import_batch (kind, content_sha256, rows_read, accepted, parked, duplicates, totals)"
                " VALUES ('demo', '', 0, 0, 0, 0, '{}') RETURNING id"
            )
        )
    assert refusal(city, city_scope, int(number or 0))[0] == "undo_kind"


def test_what_was_replaced_before_rows_were_kept_is_told_with_the_files_to_load_again(
    city: Engine, city_scope: Scope, take_in: TakeIn, take_back: Undo
) -> None:
    first = batch_of(take_in(OCTOBER))
    second = batch_of(take_in(CORRECTED))
    with city.begin() as connection:
        connection.execute(text("DELETE FROM replaced_row"))
    with scoped_connection(city, city_scope) as connection:
        seen = foresee_undo(connection, second)
    assert (seen.restored, seen.lost) == (0, 8)
    assert [(file.batch_id, file.accepted) for file in seen.earlier] == [(first, 8)]
    assert take_back(second).after.rows == 0


def test_a_file_whose_rows_gave_way_before_rows_were_kept_is_refused(
    city: Engine, city_scope: Scope, take_in: TakeIn
) -> None:
    first = batch_of(take_in(OCTOBER))
    take_in([child(1, Tinggi="70.0")])
    with city.begin() as connection:
        connection.execute(text("DELETE FROM replaced_row"))
    assert refusal(city, city_scope, first)[0] == "undo_replaced"


@pytest.mark.parametrize(
    ("signed_on", "is_after", "is_refused"),
    [("2026-10-01", True, True), ("2026-11-01", True, False), ("2026-10-01", False, False)],
)
def test_a_month_signed_with_the_file_in_it_holds_the_file(
    city: Engine, city_scope: Scope, take_in: TakeIn, signed_on: str, is_after: bool, is_refused: bool
) -> None:
    number = batch_of(take_in(OCTOBER))
    with city.begin() as connection:
        connection.execute(text("INSERT INTO facility (code, kind, name) VALUES ('P1', 'puskesmas', 'Puskesmas A')"))
        connection.execute(text("INSERT INTO service_area (rw_code, facility_code) VALUES ('32.75.01.1001.001', 'P1')"))
        connection.execute(
            text(
                "INSERT INTO month_signoff (facility_code, month, signed_by, data_at) SELECT 'P1',"
                " CAST(:month AS date), 'puskesmas', imported_at + CAST(:later AS interval) FROM import_batch"
            ),
            {"month": signed_on, "later": "0 hours" if is_after else "-1 hours"},
        )
    try:
        if is_refused:
            reason, said = refusal(city, city_scope, number)
            assert reason == "undo_signed"
            assert "Puskesmas A 2026-10" in said
        else:
            with scoped_connection(city, city_scope) as connection:
                assert foresee_undo(connection, number).taken_away == 8
    finally:
        with city.begin() as connection:
            connection.execute(text("TRUNCATE facility CASCADE"))


def test_targets_that_somebody_gave_for_a_month_stay(city: Engine, take_in: TakeIn, take_back: Undo) -> None:
    take_in([child(1, **{"Tanggal Pengukuran": "2026-09-05"})])
    number = batch_of(take_in([child(1), child(2)]))
    with city.begin() as connection:
        connection.execute(text("UPDATE growth_month SET s_target = 7 WHERE month = '2026-10-01'"))
    take_back(number)
    with city.connect() as connection:
        found = connection.execute(
            text("SELECT sum(s_target), sum(d_weighed) FROM growth_month WHERE month = '2026-10-01'")
        ).one()
    assert tuple(found) == (42, 0)


def test_the_undo_is_logged_with_its_totals_and_without_a_child(city: Engine, take_in: TakeIn, take_back: Undo) -> None:
    number = batch_of(take_in(OCTOBER))
    take_back(number)
    with city.connect() as connection:
        detail = connection.scalar(text("SELECT detail FROM audit_log WHERE act = 'import undone' ORDER BY id DESC"))
    assert json.loads(json.dumps(detail)) == {
        "batch": number, "kind": "eppgbm", "months": ["2026-10"], "taken_away": 8, "restored": 0, "not_kept": 0,
        "rows_before": 8, "rows_after": 0, "children_before": 8, "children_after": 0,
    }  # fmt: skip


def test_the_batch_says_who_took_it_back_and_when(city: Engine, take_in: TakeIn, take_back: Undo) -> None:
    number = batch_of(take_in(OCTOBER))
    take_back(number)
    with city.connect() as connection:
        row = connection.execute(text("SELECT status, undone_by, undone_at FROM import_batch")).one()
    assert (row.status, row.undone_by) == ("undone", "test")
    assert isinstance(row.undone_at, datetime.datetime)
