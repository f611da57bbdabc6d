"""How many children under five areas have, by source: a table is taken in whole or not at all."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from data.errors import UnusableInputError
from data.intake import under_five
from data.intake.areas.load import IMPORTED, UNCHANGED
from data.intake.undo import CannotUndoError, undo
from data.scope import writing_connection
from tests.data.intake.areas.conftest import SCOPE, ask, city, database, load_areas, places_database
from tests.data.intake.areas.squares import CODES, table

__all__ = ["ask", "city", "database", "load_areas", "places_database"]

Ask = Callable[..., list[Any]]
HEAD = ("Kode wilayah", "Sumber", "Tanggal", "Balita", "Perkiraan", "Sitasi")
FIRST = (CODES[0], "Dukcapil", "2026-06-30", "1.250", "ya", "DKB semester I 2026")
SECOND = (CODES[1], "BPS", "30/06/2026", 900, "", "Kecamatan Dalam Angka 2026")


@pytest.fixture
def load(city: Engine) -> Callable[..., under_five.UnderFiveOutcome]:
    def load(*rows: tuple[Any, ...]) -> under_five.UnderFiveOutcome:
        with writing_connection(city, SCOPE) as connection:
            return under_five.commit(connection, table(HEAD, *rows))

    return load


def test_each_source_stands_beside_the_others_with_its_day(load: Callable[..., Any], ask: Ask) -> None:
    found = load(FIRST, SECOND)
    assert (found.status, found.preview.new, found.preview.as_json()["children"]) == (IMPORTED, 2, 2150)
    assert ask("SELECT area_code, source, as_of, children, is_approximate FROM under_five_figure ORDER BY 1") == [
        (CODES[0], "dukcapil", datetime.date(2026, 6, 30), 1250, True),
        (CODES[1], "bps", datetime.date(2026, 6, 30), 900, False),
    ]


def test_the_same_table_again_changes_nothing_and_a_correction_replaces(load: Callable[..., Any], ask: Ask) -> None:
    load(FIRST)
    assert load(FIRST).status == UNCHANGED
    corrected = load((*FIRST[:3], 1300, *FIRST[4:]))
    assert (corrected.preview.new, corrected.preview.changed) == (0, 1)
    assert ask("SELECT children FROM under_five_figure") == [(1300,)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("99.99.99.9999", *FIRST[1:]), "names an area that is not here"),
        ((FIRST[0], "kira-kira", *FIRST[2:]), "dukcapil, bps, posyandu, other"),
        ((*FIRST[:2], "kemarin", *FIRST[3:]), "day"),
        ((*FIRST[:2], "2999-01-01", *FIRST[3:]), "day"),
        ((*FIRST[:3], "12,5", *FIRST[4:]), "no whole number of children"),
        ((*FIRST[:3], "-5", *FIRST[4:]), "no whole number of children"),
        ((*FIRST[:5], ""), "does not say where its figure comes from"),
        (SECOND, "repeats an earlier row"),
    ],
)
def test_one_bad_row_refuses_the_whole_table_by_its_number(
    load: Callable[..., Any], ask: Ask, row: tuple[Any, ...], said: str
) -> None:
    with pytest.raises(UnusableInputError, match="row 3") as refused:
        load(SECOND, row)
    assert said in str(refused.value)
    assert ask("SELECT count(*) FROM under_five_figure") == [(0,)]


def test_an_undone_table_gives_the_earlier_figures_back_and_the_newest_goes_first(
    city: Engine, load: Callable[..., Any], ask: Ask
) -> None:
    first = load(FIRST, SECOND).batch_id
    held = ask("SELECT * FROM under_five_figure ORDER BY 1")
    second = load((*FIRST[:3], 1300, *FIRST[4:]), SECOND, (CODES[0], "BPS", *SECOND[2:])).batch_id
    with writing_connection(city, SCOPE) as connection:
        with pytest.raises(CannotUndoError, match=f"stand on import {first}: {second};"):
            undo(connection, first)
        done = undo(connection, second)
    assert (done.taken_away, done.restored, done.before.rows, done.after.rows) == (2, 1, 3, 2)
    assert ask("SELECT * FROM under_five_figure ORDER BY 1") == held
