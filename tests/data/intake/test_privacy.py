"""No NIK, name, parent or address reaches the database, the output or an error."""

import logging
import traceback
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from data.intake import eppgbm, rows
from data.intake.errors import IntakeFailedError
from data.intake.identity import fold
from data.intake.privacy import private_texts, publishable, publishable_rw
from data.schema import metadata
from tests.data.intake.lists import LAYOUT_B, as_csv, as_html, child

TakeIn = Callable[..., eppgbm.Outcome]

PLANTED = ("3275019911223344", "KENANGA RAHASIA", "BAPAK SANDI", "IBU SANDI", "JL TERSEMBUNYI NO 77")
IDENTITY = {"NIK": PLANTED[0], "Nama": PLANTED[1], "Nama Ortu": f"{PLANTED[2]} / {PLANTED[3]}", "Alamat": PLANTED[4]}


def everything(engine: Engine) -> str:
    """Return all that the database holds, as one folded text."""
    with engine.connect() as connection:
        held = [
            str(value.hex() + value.decode("latin-1") if isinstance(value, bytes) else value)
            for table in metadata.sorted_tables
            if table.name != "area"
            for row in connection.execute(text(f'SELECT * FROM "{table.name}"'))
            for value in row
        ]
    return fold([" ".join(held)])[0]


def assert_nothing_of_it(said: str) -> None:
    for planted in PLANTED:
        assert fold([planted])[0] not in said


PLACES_OF_A_BROKEN_ROW = [
    child(1, **IDENTITY),
    child(2, **IDENTITY, RW="0"),
    child(3, **{**IDENTITY, "Desa/Kel": PLANTED[1]}),
    child(4, **{**IDENTITY, "Desa/Kel": PLANTED[2]}),
    child(5, **{**IDENTITY, "Kec": PLANTED[4]}),
    child(6, **{**IDENTITY, "RW": PLANTED[3]}),
    child(7, **{**IDENTITY, "RW": PLANTED[0]}),
    child(8, **{**IDENTITY, "Desa/Kel": PLANTED[0]}),
    child(9, **{**IDENTITY, "Posyandu": PLANTED[4]}),
    child(10, **{**IDENTITY, "Posyandu": PLANTED[1]}),
    child(11, **{**IDENTITY, "Kab/Kota": PLANTED[1]}),
]


@pytest.mark.parametrize("write", [as_csv, as_html])
def test_nothing_of_an_identity_reaches_the_database(
    write: Callable[..., bytes], city: Engine, take_in: TakeIn
) -> None:
    outcome = take_in(write(PLACES_OF_A_BROKEN_ROW))
    assert outcome.preview.totals.rows_read == 11
    assert_nothing_of_it(everything(city))
    assert_nothing_of_it(fold([repr(outcome)])[0])


def test_a_row_whose_cells_do_not_fit_the_header_shows_no_place(city: Engine, take_in: TakeIn) -> None:
    lines = as_csv([child(1, **IDENTITY), child(2)], delimiter=",").decode().split("\r\n")
    lines[1] = "3,".join([lines[1], "4,5,6"])
    outcome = take_in("\r\n".join(lines).encode())
    assert outcome.preview.totals.parked == 1
    assert_nothing_of_it(everything(city))


def test_nothing_of_an_identity_is_logged(take_in: TakeIn, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        take_in(PLACES_OF_A_BROKEN_ROW)
    assert_nothing_of_it(fold([caplog.text])[0])


def test_a_fault_of_ours_is_told_without_the_cells_that_caused_it(
    take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise ValueError(f"cannot convert {IDENTITY}")

    monkeypatch.setattr(rows, "child_keys", fail)
    with pytest.raises(IntakeFailedError) as failed:
        take_in([child(1, **IDENTITY)])
    assert_nothing_of_it(fold(["".join(traceback.format_exception(failed.value))])[0])
    assert "checking the rows" in str(failed.value)


def test_a_file_that_is_refused_is_not_quoted() -> None:
    layout = [name for name in LAYOUT_B if name != "JK"]
    with pytest.raises(Exception, match="lacks JK") as refused:
        eppgbm.read_list(as_csv([child(1, **IDENTITY)], layout))
    assert_nothing_of_it(fold(["".join(traceback.format_exception(refused.value))])[0])


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Kali Baru II", "Kali Baru II"),
        ("Margahayu", ""),
        ("BAPAK X", ""),
        ("Ibu-X", ""),
        ("Jl. Melati 3", ""),
        ("melati 3", ""),
        ("0812345678", ""),
        ("a@b.id", ""),
        ("x" * 61, ""),
        ("Kali\x00Baru\u202e", "Kali Baru"),
    ],
)
def test_a_place_is_kept_only_when_it_cannot_be_a_person_or_an_address(written: str, kept: str) -> None:
    private = private_texts(["MARGAHAYU"], ["BAPAK X / IBU X"], ["Melati 3"])
    assert publishable(written, private) == kept


@pytest.mark.parametrize(("written", "kept"), [("07", "07"), ("RW 07 A", "RW 07 A"), ("Perumahan Indah", "")])
def test_an_rw_is_kept_only_when_it_is_short(written: str, kept: str) -> None:
    assert publishable_rw(written, frozenset()) == kept
