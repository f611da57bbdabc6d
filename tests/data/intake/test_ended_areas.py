"""An RW that has ended: files of its months still speak of it, and no later weighing is its own."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, text

from data.intake import eppgbm
from data.intake.places import UnknownPlace, remember_alias
from tests.data.intake.lists import child

TakeIn = Callable[..., eppgbm.Outcome]
ENDED, LEFT = "32.75.01.1001.003", "32.75.01.1001.002"


@pytest.fixture
def after_the_split(city: Engine) -> Engine:
    with city.begin() as connection:
        connection.execute(text("UPDATE area SET valid_to = '2026-08-31' WHERE code = :code"), {"code": ENDED})
    return city


def weighed(engine: Engine) -> list[tuple[str, str]]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT rw_code, measured_on::text FROM measurement ORDER BY measured_on"))
        return [tuple(row) for row in rows]


def on(day: str) -> dict[str, Any]:
    return child(1, RW="3", **{"Tanggal Pengukuran": day})


def test_its_old_months_stay_with_it(after_the_split: Engine, take_in: TakeIn) -> None:
    take_in([on("2026-08-10")])
    assert weighed(after_the_split) == [(ENDED, "2026-08-10")]


def test_a_later_weighing_is_set_aside_as_an_unknown_place(after_the_split: Engine, take_in: TakeIn) -> None:
    seen = take_in([on("2026-08-10"), on("2026-09-10")]).preview
    assert [(row.row_number, row.reason) for row in seen.parked_rows] == [(3, "area_unknown")]
    assert [place.spelling for place, _ in seen.unknown_places] == ["3"]
    assert weighed(after_the_split) == [(ENDED, "2026-08-10")]


def test_what_it_is_since_then_can_be_said_once(after_the_split: Engine, take_in: TakeIn) -> None:
    with after_the_split.begin() as connection:
        remember_alias(connection, UnknownPlace("rw", "32.75.01.1001", "3", "", "", "3"), LEFT)
    take_in([on("2026-08-10"), on("2026-09-10")])
    assert weighed(after_the_split) == [(ENDED, "2026-08-10"), (LEFT, "2026-09-10")]
