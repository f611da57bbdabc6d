"""quality_month says how children were weighed: by hand, and against a count in SQL that knows nothing of ours."""

import datetime
import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd
import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Engine, text

from data.errors import UnusableInputError
from data.intake import eppgbm
from data.intake.posyandu_names import join_posyandu, part_posyandu
from data.intake.quality import rebuild_quality_months, rename_posyandu, spelling_of
from data.queries.quality import posyandu_names
from data.scope import Scope, owner_connection, scoped_connection, writing_connection
from models.quality.counts import ARRAYS, COUNTED, SUMMED
from tests.data.intake.lists import child

TakeIn = Callable[..., eppgbm.Outcome]
SEPTEMBER, OCTOBER = datetime.date(2026, 9, 1), datetime.date(2026, 10, 1)
RW = "32.75.01.1001.001"


@pytest.fixture
def city(city: Engine) -> Engine:
    """The small city, also without what earlier tests left of quality."""
    with city.begin() as connection:
        connection.execute(text("TRUNCATE quality_month, posyandu_alias, facility CASCADE"))
    return city


def found(engine: Engine, columns: str = "*") -> pd.DataFrame:
    with engine.begin() as connection:
        result = connection.execute(text(f"SELECT {columns} FROM quality_month ORDER BY rw_code, posyandu, month"))
        return pd.DataFrame(result.fetchall(), columns=list(result.keys()))


def row(number: int, day: str = "2026-10-07", **changes: Any) -> dict[str, Any]:
    return child(number, **{"Tanggal Pengukuran": day} | changes)


def many(size: int = 300) -> Iterator[dict[str, Any]]:
    """Weigh children of all ages in three RWs in two months, some twice, some copied, some in odd words."""
    draw = np.random.default_rng(7)
    for number in range(1, size):
        born = datetime.date(2026, 9, 1) - datetime.timedelta(days=int(draw.integers(0, 1700)))
        place = {
            "RW": f"{draw.integers(1, 4):02d}",
            "Posyandu": str(
                draw.choice(["MELATI 1", "Posyandu Melati-1", "Mawar", "", "-"], p=[0.5, 0.1, 0.2, 0.1, 0.1])
            ),
            "Tgl Lahir": born.isoformat(),
            "Cara Ukur": str(draw.choice(["Terlentang", "Berdiri", ""])),
        }
        weight, length = round(float(draw.uniform(3, 20)), 1), round(float(draw.uniform(48, 112)), 1)
        yield row(number, f"2026-09-{draw.integers(1, 28):02d}", Berat=str(weight), Tinggi=str(length), **place)
        if draw.random() < 0.6:
            same = draw.random() < 0.3
            yield row(
                number,
                f"2026-10-{draw.integers(1, 28):02d}",
                Berat=str(weight if same else weight + 0.3),
                Tinggi=str(length if same else ""),
                **place,
            )
        if draw.random() < 0.1:
            yield row(number, "2026-10-29", Berat=str(weight), Tinggi=str(length), **place)


def test_one_list_is_counted_by_posyandu(city: Engine, take_in: TakeIn) -> None:
    take_in(
        [
            row(1, Berat="11.2", Tinggi="85.1", **{"Cara Ukur": "Terlentang"}),
            row(2, Berat="11.5", Tinggi="85.0", JK="P", **{"Cara Ukur": "Berdiri"}),
            row(3, Berat="12.0", Tinggi="", Posyandu="MAWAR"),
        ]
    )
    rows = found(city, f"posyandu, month, {', '.join(COUNTED)}, length_digit, weight_digit, lying, standing")
    assert rows["posyandu"].tolist() == ["MAWAR", "MELATI 1"]
    melati = rows.iloc[1]
    assert melati[["month", "weighings", "boys", "has_both", "scored", "twins"]].tolist() == [OCTOBER, 2, 1, 2, 2, 0]
    assert melati["length_digit"] == [1, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    assert melati["weight_digit"] == [0, 0, 1, 0, 0, 1, 0, 0, 0, 0]
    assert (sum(melati["lying"]), sum(melati["standing"])) == (1, 1)
    assert rows.iloc[0][["weighings", "has_length"]].tolist() == [1, 0]


def test_a_month_later_both_numbers_unchanged_are_a_copy(city: Engine, take_in: TakeIn) -> None:
    take_in([row(number, "2026-09-07", Berat="11.2", Tinggi="85.1") for number in (1, 2)])
    take_in([row(1, Berat="11.2", Tinggi="85.1"), row(2, Berat="11.2", Tinggi="86.0"), row(3)])
    rows = found(city, "month, comparable, copied")
    assert rows.to_numpy().tolist() == [[SEPTEMBER, 0, 0], [OCTOBER, 2, 1]]


def test_a_late_list_of_the_month_before_tells_what_was_copied(city: Engine, take_in: TakeIn) -> None:
    take_in([row(1, Berat="11.2", Tinggi="85.1")])
    take_in([row(1, "2026-09-07", Berat="11.2", Tinggi="85.1")])
    assert found(city, "copied")["copied"].tolist() == [0, 1]


def test_the_same_child_under_two_identities_is_a_twin_and_twice_in_a_month_repeated(
    city: Engine, take_in: TakeIn
) -> None:
    take_in([row(1), row(2), row(3, Berat="9.9"), row(3, "2026-10-20", Berat="10.0")])
    assert found(city, "weighings, twins, repeated").to_numpy().tolist() == [[4, 1, 1]]


def test_counting_is_that_of_the_migration(city: Engine, take_in: TakeIn) -> None:
    """The migration counts in SQL what was there before it; both must agree, for one city holds both."""
    take_in(many())
    ours = found(city)
    migration = importlib.import_module("data.migrations.versions.0009_keep_how_children_were_weighed")
    with owner_connection(city) as connection:
        connection.execute(text("DELETE FROM quality_month; DELETE FROM posyandu_alias"))
        with row_security_off(connection), Operations.context(MigrationContext.configure(connection)):
            migration.fill()
    theirs = found(city)
    whole = ["rw_code", "posyandu", "month", "received_on", *COUNTED, *SUMMED, *ARRAYS]
    pd.testing.assert_frame_equal(ours[whole], theirs[whole])
    assert ours[["copied", "repeated", "flagged"]].sum().gt(0).all()


@contextmanager
def row_security_off(connection: Any) -> Iterator[None]:
    """As while a migration runs: the new tables have no policies yet."""
    tables = ("quality_month", "posyandu_alias")
    for table in tables:
        connection.execute(text(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"))
    yield
    for table in tables:
        connection.execute(text(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"))


def test_counting_again_changes_nothing(city: Engine, take_in: TakeIn, city_scope: Scope) -> None:
    take_in(many())
    before = found(city)
    with writing_connection(city, city_scope) as connection:
        rebuild_quality_months(connection, None, [SEPTEMBER, OCTOBER])
    pd.testing.assert_frame_equal(found(city), before)


def test_a_corrected_list_keeps_the_day_on_which_the_month_first_came(city: Engine, take_in: TakeIn) -> None:
    take_in([row(number, Berat="11.0") for number in range(1, 5)])
    with city.begin() as connection:
        connection.execute(text("UPDATE quality_month SET received_on = '2026-10-09'"))
    take_in([row(number, Berat="11.4") for number in range(1, 6)])
    assert found(city, "weighings, received_on").to_numpy().tolist() == [[5, datetime.date(2026, 10, 9)]]


def test_rows_that_a_correction_withdraws_are_no_longer_counted(city: Engine, take_in: TakeIn) -> None:
    take_in([row(number) for number in range(1, 5)])
    take_in([row(number, Berat="11.4") for number in range(1, 4)])
    assert found(city, "weighings")["weighings"].tolist() == [3]


@pytest.mark.parametrize("written", ["MELATI 1", "Posyandu Melati 1", "posyandu melati-1", " Melati 1"])
def test_spellings_of_one_name_are_one_posyandu(written: str) -> None:
    assert spelling_of(written) == "melati1"


def test_the_first_name_stays_and_the_registers_own_comes_before_it(city: Engine, take_in: TakeIn) -> None:
    with city.begin() as connection:
        connection.execute(
            text("INSERT INTO facility (code, kind, name, area_code) VALUES ('P', 'posyandu', 'Posyandu Mawar', :rw)"),
            {"rw": RW},
        )
    take_in([row(1, "2026-09-07"), row(2, "2026-09-07", Posyandu="MAWAR")])
    take_in([row(1, Posyandu="Posyandu Melati-1"), row(2, Posyandu="mawar")])
    names = found(city, "posyandu, month").to_numpy().tolist()
    assert names == [[name, month] for name in ("MELATI 1", "Posyandu Mawar") for month in (SEPTEMBER, OCTOBER)]


def test_two_names_of_one_posyandu_are_brought_together_for_past_and_future(
    city: Engine, take_in: TakeIn, city_scope: Scope
) -> None:
    take_in([row(1, Posyandu="MELATI I"), row(2, Posyandu="MELATI 1")])
    with writing_connection(city, city_scope) as connection:
        assert rename_posyandu(connection, RW, "MELATI I", "MELATI 1", "planner") == 1
    assert found(city, "posyandu, weighings").to_numpy().tolist() == [["MELATI 1", 2]]
    take_in([row(1, "2026-11-01", Posyandu="melati i")])
    assert found(city, "posyandu")["posyandu"].tolist() == ["MELATI 1", "MELATI 1"]


def test_bringing_an_unknown_name_elsewhere_changes_nothing(city: Engine, take_in: TakeIn, city_scope: Scope) -> None:
    take_in([row(1)])
    with writing_connection(city, city_scope) as connection:
        assert rename_posyandu(connection, RW, "Kenanga", "MELATI 1", "planner") == 0
    assert found(city, "posyandu")["posyandu"].tolist() == ["MELATI 1"]


def test_a_lurah_reads_only_the_own_posyandu(city: Engine, take_in: TakeIn) -> None:
    take_in([row(1), row(2, RW="01", **{"Desa/Kel": "BINTARA", "Kec": "BEKASI BARAT"})])
    for area, seen in (("32.75.01.1001", [RW]), ("32.75.02.1001", ["32.75.02.1001.001"])):
        with scoped_connection(city, Scope(role="lurah", areas=(area,))) as connection:
            assert list(connection.scalars(text("SELECT rw_code FROM quality_month"))) == seen


def test_names_joined_and_parted_again_leave_the_months_as_they_were(
    city: Engine, take_in: TakeIn, city_scope: Scope
) -> None:
    take_in([row(1, Posyandu="MELATI I"), row(2, Posyandu="MELATI 1")])
    before = found(city)
    with writing_connection(city, city_scope) as connection:
        join_posyandu(connection, RW, "MELATI I", "MELATI 1", "planner")
    assert found(city, "posyandu, weighings").to_numpy().tolist() == [["MELATI 1", 2]]
    with writing_connection(city, city_scope) as connection:
        names = posyandu_names(connection)
        assert names.loc[names["is_joined"], "spelling"].tolist() == ["melatii"]
        assert part_posyandu(connection, RW, "melatii") == "MELATI I"
    pd.testing.assert_frame_equal(found(city), before)


def test_names_that_are_not_two_are_not_joined_and_what_nobody_joined_is_not_parted(
    city: Engine, take_in: TakeIn, city_scope: Scope
) -> None:
    take_in([row(1)])
    with writing_connection(city, city_scope) as connection:
        for into in ("MELATI 1", "Kenanga"):
            with pytest.raises(UnusableInputError):
                join_posyandu(connection, RW, "MELATI 1", into, "planner")
        with pytest.raises(UnusableInputError):
            part_posyandu(connection, RW, "melati1")
