"""`briefing make` writes what a hall may see into a folder, or says in a sentence what to do."""

import datetime
from pathlib import Path

import pypdf
import pytest
from sqlalchemy import Engine, text
from typer.testing import CliRunner

from dashboard.cli import root
from data.errors import UnusableInputError
from data.scope import PLANNER, Scope, writing_connection
from data.snapshots import make_snapshot
from tests.conftest import DatabaseMaker
from tests.dashboard.page_reader import forget
from tests.data.pusing import hand_written


@pytest.fixture
def city(new_database: DatabaseMaker, migrated_template: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    engine = new_database(migrated_template)
    with writing_connection(engine, Scope(PLANNER, ("",), "test")) as connection:
        hand_written.load(connection)
    forget()
    monkeypatch.setattr("dashboard.cache.keeping.opened", lambda: engine)
    return engine


def make(*options: str) -> object:
    return CliRunner().invoke(root, ["briefing", "make", *options])


def test_every_kind_of_file_lands_in_the_folder_and_is_named(city: Engine, tmp_path: Path) -> None:
    told = make("--out", str(tmp_path / "rakor"))
    assert told.exit_code == 0, told.output
    files = sorted((tmp_path / "rakor").iterdir())
    assert [file.suffix for file in files] == [".html", ".pdf", ".pptx", ".xlsx"]
    assert sorted(told.stdout.split()) == [str(file) for file in files]


def test_a_kecamatan_has_a_briefing_of_its_own(city: Engine, tmp_path: Path) -> None:
    assert make("--out", str(tmp_path), "--area", hand_written.KECAMATAN, "--format", "pdf").exit_code == 0
    (file,) = tmp_path.iterdir()
    assert "Kecamatan Timur" in pypdf.PdfReader(file).pages[1].extract_text()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--area", "32.75.77"), "there is no city or kecamatan"),
        (("--snapshot", "x"), "there is no snapshot"),
        (("--format", "doc"), "there is no kind of file"),
    ],
)
def test_what_there_is_not_is_said(city: Engine, tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    told = make("--out", str(tmp_path), *options)
    assert isinstance(told.exception, UnusableInputError)
    assert said in str(told.exception)
    assert list(tmp_path.iterdir()) == []


def test_a_snapshot_gives_the_same_bytes_after_the_live_data_changed(city: Engine, tmp_path: Path) -> None:
    scope = Scope(PLANNER, ("",), "test")
    held = make_snapshot(city, scope, "Rakor TW-III 2026", datetime.date(2026, 11, 20), "Perencana Dinkes")
    assert make("--out", str(tmp_path / "first"), "--snapshot", held.id).exit_code == 0
    with writing_connection(city, scope) as connection:
        connection.execute(text("UPDATE growth_month SET stunted = stunted + 9, d_weighed = 40"))
    forget()
    assert make("--out", str(tmp_path / "second"), "--snapshot", held.id).exit_code == 0
    assert make("--out", str(tmp_path / "live")).exit_code == 0
    first = {file.name: file.read_bytes() for file in (tmp_path / "first").iterdir()}
    assert first == {file.name: file.read_bytes() for file in (tmp_path / "second").iterdir()}
    assert all(held.id in name for name in first)
    page = pypdf.PdfReader(next((tmp_path / "first").glob("*.pdf"))).pages[0].extract_text()
    assert f"Potret {held.id} (Rakor TW-III 2026), 20 November 2026" in " ".join(page.split())
    live = pypdf.PdfReader(next((tmp_path / "live").glob("*.pdf"))).pages[1].extract_text()
    assert live != pypdf.PdfReader(next((tmp_path / "first").glob("*.pdf"))).pages[1].extract_text()
