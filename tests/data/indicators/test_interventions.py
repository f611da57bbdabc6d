"""Filled templates of interventions: what is taken in, what is set aside and why, and what a second file does."""

import datetime
import io

import openpyxl
import pandas as pd
import pytest
from sqlalchemy import Connection, text

from data.errors import UnusableInputError
from data.intake.interventions import FigurePreview, commit, preview
from data.intake.interventions_rows import read_month
from data.intake.interventions_template import Template, write_template
from data.intake.undo import CannotUndoError, undo
from data.queries import areas
from data.queries.indicators import coverage_by_area, indicators
from tests.data.indicators.filled import coverage, needs, pregnant, workbook
from tests.data.pusing.hand_written import KELURAHAN, RWS

OCTOBER = datetime.date(2026, 10, 1)


def stored(connection: Connection) -> list[tuple[object, ...]]:
    rows = connection.execute(
        text(
            "SELECT rw_code, indicator_code, denominator, received, numerator, status FROM intervention_month"
            " ORDER BY rw_code, indicator_code"
        )
    )
    return [tuple(row) for row in rows]


def reasons(seen: FigurePreview) -> list[tuple[int, str]]:
    return [(row.row_number, row.reason) for row in seen.parked_rows]


def test_a_file_is_taken_in_with_its_control_totals(connection: Connection) -> None:
    content = coverage(
        (0, "iron_tablets", 10, 7), (1, "iron_tablets", 8, 8), (2, "healthy_kitchen", 5, None, "belum mulai")
    )
    totals = commit(connection, content, "x", imported_by="test").preview.totals
    assert (totals.rows_read, totals.accepted, totals.parked, totals.not_started) == (3, 3, 0, 1)
    assert totals.months == ("2026-10",)
    assert totals.indicators == {"iron_tablets": (2, 18, 15)}
    assert stored(connection) == [
        (RWS[0], "iron_tablets", 10, None, 7, "reported"),
        (RWS[1], "iron_tablets", 8, None, 8, "reported"),
        (RWS[2], "healthy_kitchen", 5, None, None, "not_started"),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((0, "iron_tablets", 10, 11), "part_above_whole"),
        ((0, "iron_tablets", 10, None), "incomplete"),
        ((0, "iron_tablets", None, 3), "incomplete"),
        ((0, "iron_tablets", 10, -1), "count_invalid"),
        ((0, "iron_tablets", 10, "1.020"), "count_invalid"),
        ((0, "iron_tablets", 10, 1.5), "count_invalid"),
        ((0, "iron_tablets", 10, "banyak"), "count_invalid"),
        ((0, "spm_health", 10, 1), "indicator_unknown"),
        ((0, "=1+1", 10, 1), "indicator_unknown"),
        ((0, "iron_tablets", 10, 5, "selesai"), "status_unknown"),
        ((0, "iron_tablets", 10, 5, "belum mulai"), "status_contradicts"),
        ((0, "iron_tablets", 10, 5, "", "2027-01"), "month_invalid"),
        ((0, "iron_tablets", 10, 5, "", "kemarin"), "month_invalid"),
        ((0, "iron_tablets", 10, 5, "", "2026-13"), "month_invalid"),
    ],
)
def test_a_row_that_cannot_be_is_set_aside_with_its_number_and_reason(
    connection: Connection, row: tuple[object, ...], reason: str
) -> None:
    seen = preview(connection, coverage((1, "vitamin_a", 4, 4), row), "x")
    assert reasons(seen) == [(6, reason)]
    assert seen.totals.accepted == 1


def test_a_row_of_another_area_than_the_senders_is_set_aside(connection: Connection) -> None:
    content = coverage((0, "iron_tablets", 10, 7), (3, "iron_tablets", 10, 7))
    assert reasons(preview(connection, content, "x", within=KELURAHAN[0])) == [(6, "rw_unknown")]


def test_a_zero_is_a_figure_and_a_blank_is_none(connection: Connection) -> None:
    seen = preview(connection, coverage((0, "iron_tablets", 10, 0), (1, "iron_tablets")), "x")
    assert (seen.totals.accepted, seen.totals.blank, seen.totals.parked) == (1, 1, 0)
    assert seen.totals.indicators == {"iron_tablets": (1, 10, 0)}


def test_a_row_said_twice_alike_counts_once_and_unlike_rows_are_set_aside(connection: Connection) -> None:
    content = coverage(
        (0, "iron_tablets", 10, 7), (0, "iron_tablets", 10, 7), (1, "iron_tablets", 8, 2), (1, "iron_tablets", 8, 3)
    )
    seen = preview(connection, content, "x")
    assert (seen.totals.accepted, seen.totals.duplicates) == (1, 1)
    assert reasons(seen) == [(7, "repeated_otherwise"), (8, "repeated_otherwise")]


def test_rows_read_are_those_accepted_parked_and_repeated(connection: Connection) -> None:
    content = coverage(
        (0, "iron_tablets", 10, 7), (0, "iron_tablets", 10, 7), (1, "iron_tablets", 8, 9), (2, "vitamin_a")
    )
    totals = preview(connection, content, "x").totals
    assert totals.rows_read == totals.accepted + totals.parked + totals.duplicates == 3


def test_the_same_file_again_changes_nothing(connection: Connection) -> None:
    content = coverage((0, "iron_tablets", 10, 7))
    commit(connection, content, "x")
    again = commit(connection, content, "copy")
    assert (again.status, again.batch_id) == ("unchanged", None)
    assert connection.scalar(text("SELECT count(*) FROM import_batch")) == 1


def test_a_corrected_file_replaces_its_figures_and_leaves_the_others(connection: Connection) -> None:
    commit(connection, coverage((0, "iron_tablets", 10, 7), (1, "iron_tablets", 8, 8)), "x")
    corrected = commit(connection, coverage((0, "iron_tablets", 10, 9)), "y")
    assert corrected.preview.replaced == 1
    assert [row[4] for row in stored(connection)] == [9, 8]


def test_a_file_of_which_nothing_is_left_is_not_taken_in_again_unless_forced(connection: Connection) -> None:
    first = coverage((0, "iron_tablets", 10, 7))
    commit(connection, first, "x")
    commit(connection, coverage((0, "iron_tablets", 10, 9)), "y")
    assert commit(connection, first, "x").status == "superseded"
    assert [row[4] for row in stored(connection)] == [9]
    assert commit(connection, first, "x", force=True).status == "imported"
    assert [row[4] for row in stored(connection)] == [7]


def test_hapus_takes_an_earlier_figure_back(connection: Connection) -> None:
    commit(connection, coverage((0, "iron_tablets", 10, 7), (1, "iron_tablets", 8, 8)), "x")
    outcome = commit(connection, coverage((0, "iron_tablets", None, None, "hapus")), "y")
    assert (outcome.preview.totals.removed, outcome.preview.replaced) == (1, 1)
    assert [row[0] for row in stored(connection)] == [RWS[1]]


def test_needs_and_pregnant_women_come_on_sheets_of_their_own(connection: Connection) -> None:
    content = workbook(
        {
            "Isian SPM": needs(
                (0, "spm_health", 5, 4, 2),
                (1, "spm_health", 5, 6, 2),
                (2, "spm_health", None, None, None, "belum mulai"),
            ),
            "Isian ibu hamil": pregnant((0, 12, 13, 1, None), (1, 12, 10, 11, 1)),
        }
    )
    outcome = commit(connection, content, "x")
    assert reasons(outcome.preview) == [(3, "part_above_whole"), (3, "part_above_whole")]
    assert stored(connection) == [
        (RWS[0], "spm_health", 5, 4, 2, "reported"),
        (RWS[2], "spm_health", None, None, None, "not_started"),
    ]
    found = connection.execute(
        text("SELECT pregnant_target, screened, chronic_energy_deficiency, anaemia FROM maternal_month"
             " WHERE month = :month AND rw_code = :rw"), {"month": OCTOBER, "rw": RWS[0]}
    ).one()  # fmt: skip
    assert tuple(found) == (12, 13, 1, None)
    parked = connection.execute(text("SELECT sheet, row_number FROM parked_row ORDER BY sheet")).all()
    assert [tuple(row) for row in parked] == [("Isian SPM", 3), ("Isian ibu hamil", 3)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "figures_no_workbook"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "figures_no_workbook"),
        (b"Kode RW;Bulan\n32.75;2026-10\n", "figures_no_workbook"),
        (workbook({"Isian": [["Kode RW", "Bulan"], ["32.75", "2026-10"]]}), "figures_no_sheet"),
        (coverage((0, "iron_tablets")), "figures_no_rows"),
    ],
)
def test_what_is_no_filled_template_is_refused_in_a_sentence(
    connection: Connection, content: bytes, reason: str
) -> None:
    with pytest.raises(UnusableInputError, match="the file cannot be taken in: ") as caught:
        preview(connection, content, "x")
    assert caught.value.context["reason"] == reason


def test_the_apps_own_template_comes_back_as_blank_rows_of_the_whole_area(connection: Connection) -> None:
    names = areas.rw_names(connection)
    known = indicators(connection)
    asked = known[known["indicator_group"].isin(["specific", "spm", "maternal"])]
    content = write_template(Template(names, OCTOBER, asked, "Uji"))
    with pytest.raises(UnusableInputError) as caught:
        preview(connection, content, "x")
    assert caught.value.context["reason"] == "figures_no_rows"
    sheets = pd.read_excel(io.BytesIO(content), sheet_name=None, header=3, dtype=str)
    assert list(sheets) == ["Isian", "Isian SPM", "Isian ibu hamil", "Kamus indikator", "Petunjuk"]
    assert len(sheets["Isian"]) == len(RWS) * (known["indicator_group"] == "specific").sum()
    assert set(sheets["Isian SPM"]["Kode RW"]) == set(RWS)
    assert set(sheets["Isian"]["Bulan"]) == {"2026-10"}


def test_a_template_filled_by_hand_is_taken_in(connection: Connection) -> None:
    known = indicators(connection)
    content = write_template(
        Template(areas.rw_names(connection), OCTOBER, known[known["code"] == "iron_tablets"], "Uji")
    )
    book = openpyxl.load_workbook(io.BytesIO(content))
    book["Isian"]["H5"], book["Isian"]["I5"] = 10, 6
    book["Isian"]["J6"] = "belum mulai"
    filled = io.BytesIO()
    book.save(filled)
    totals = commit(connection, filled.getvalue(), "x").preview.totals
    assert (totals.accepted, totals.not_started, totals.blank) == (2, 1, len(RWS) - 2)
    found = coverage_by_area(connection, "kota", OCTOBER, OCTOBER, ["iron_tablets"]).iloc[0]
    assert (found["numerator"], found["denominator"], found["rw_reported"], found["rw_not_started"]) == (6, 10, 1, 1)


@pytest.mark.parametrize(
    ("told", "month"),
    [
        ("2026-10", 10), ("2026-10-01", 10), ("2026-10-01 00:00:00", 10), ("10/2026", 10), ("01/10/2026", 10),
        ("Oktober 2026", 10), ("  mei  2026 ", 5),
    ],
)  # fmt: skip
def test_a_month_is_read_as_people_and_excel_write_it(told: str, month: int) -> None:
    assert read_month(told) == datetime.date(2026, month, 1)


def test_an_undone_file_gives_back_what_it_overwrote_and_what_it_took_back(connection: Connection) -> None:
    first = commit(connection, coverage((0, "iron_tablets", 10, 7), (1, "iron_tablets", 8, 8)), "x").batch_id
    held = stored(connection)
    second = commit(
        connection,
        coverage((0, "iron_tablets", 10, 9), (1, "iron_tablets", 8, 8, "hapus"), (2, "vitamin_a", 4, 4)),
        "y",
    ).batch_id
    assert first is not None
    assert second is not None
    with pytest.raises(CannotUndoError, match=f"stand on import {first}: {second};"):
        undo(connection, first)
    done = undo(connection, second)
    assert (done.taken_away, done.restored, done.after) == (2, 2, done.before)
    assert stored(connection) == held
    assert undo(connection, first).taken_away == 2
    assert stored(connection) == []


def test_an_undone_file_of_pregnant_women_gives_the_earlier_figures_back(connection: Connection) -> None:
    asked = text(
        f"SELECT pregnant_target, screened FROM maternal_month WHERE rw_code = '{RWS[0]}' AND month = '{OCTOBER}'"
    )
    commit(connection, workbook({"Isian ibu hamil": pregnant((0, 20, 10, 2, 3))}), "x")
    second = commit(connection, workbook({"Isian ibu hamil": pregnant((0, 25, 15, 2, 3))}), "y").batch_id
    assert connection.execute(asked).one() == (25, 15)
    assert second is not None
    undo(connection, second)
    assert connection.execute(asked).one() == (20, 10)
