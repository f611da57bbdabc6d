"""`python -m dashboard import eppgbm`: its totals, its exit codes, and nothing but JSON on stdout."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from typer.testing import CliRunner

from dashboard.cli import import_
from data.errors import DatabaseUnavailableError
from data.settings import PROJECT_ROOT
from tests.data.intake.conftest import empty_city
from tests.data.intake.lists import as_csv, as_html, as_xlsx, child

Run = Callable[..., Any]
KEYS = [
    "file", "rows_read", "accepted", "parked", "duplicates", "parked_reasons", "months", "children", "haz_valid",
    "stunted", "severely_stunted", "z_mismatch",
]  # fmt: skip


@pytest.fixture(scope="module")
def module_database(new_database: Callable[..., Engine], migrated_template: Engine) -> Engine:
    return new_database(migrated_template)


@pytest.fixture
def database(module_database: Engine) -> Engine:
    empty_city(module_database)
    return module_database


@pytest.fixture
def run(database: Engine, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("REMBUK_IDENTITY_SECRET", "a secret of the tests, long enough to be one")
    monkeypatch.setattr(import_, "get_engine", lambda: database)
    return lambda *arguments: CliRunner().invoke(import_.app, ["eppgbm", *map(str, arguments)])


@pytest.fixture
def october(tmp_path: Path) -> Path:
    path = tmp_path / "oktober.xls"
    path.write_bytes(as_html([child(1), child(2, Tinggi="70"), child(2), child(3, RW="0"), child(4, JK="")]))
    return path


def weighings(database: Engine) -> int:
    with database.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM measurement")).scalar_one())


def test_one_file_gives_one_object_and_nothing_else(run: Run, october: Path) -> None:
    result = run(october, "--json")
    assert result.exit_code == 0
    totals = json.loads(result.stdout)
    assert list(totals) == KEYS
    assert totals == {
        "file": str(october),
        "rows_read": 5,
        "accepted": 2,
        "parked": 2,
        "duplicates": 1,
        "parked_reasons": {"rw_missing": 1, "sex_invalid": 1},
        "months": ["2026-10"],
        "children": 2,
        "haz_valid": 2,
        "stunted": 1,
        "severely_stunted": 1,
        "z_mismatch": 0,
    }
    assert "imported as batch 1" in result.stderr


def test_a_dry_run_writes_nothing_and_says_so(run: Run, october: Path, database: Engine) -> None:
    result = run(october, "--dry-run", "--json")
    assert (result.exit_code, json.loads(result.stdout)["accepted"], weighings(database)) == (0, 2, 0)
    assert "dry run, nothing was written" in result.stderr


def test_the_same_file_again_is_said_to_be_unchanged(run: Run, october: Path, database: Engine) -> None:
    first = run(october, "--json")
    again = run(october, "--json")
    assert again.stdout == first.stdout
    assert "unchanged" in again.stderr
    assert weighings(database) == 2


def test_several_files_give_a_list(run: Run, october: Path, tmp_path: Path) -> None:
    other = tmp_path / "lain.csv"
    other.write_bytes(as_csv([child(7)]))
    totals = json.loads(run(october, other, "--json").stdout)
    assert [each["file"] for each in totals] == [str(october), str(other)]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"<html><frameset></frameset></html>", b"a;b\n1;2\n"])
def test_a_file_that_is_no_list_ends_with_2_and_one_sentence_that_names_it(
    content: bytes, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "x.xls"
    path.write_bytes(content)
    result = run(path, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: {path} cannot be taken in: ")
    assert result.stderr.count("\n") == 1


def test_a_missing_file_ends_with_2(run: Run, tmp_path: Path) -> None:
    result = run(tmp_path / "tiada.xls", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no file" in result.stderr


def test_an_unusable_file_does_not_keep_the_others_out(
    run: Run, october: Path, tmp_path: Path, database: Engine
) -> None:
    broken = tmp_path / "rusak.xls"
    broken.write_bytes(b"PK\x03\x04 rusak")
    result = run(broken, october, "--json")
    assert result.exit_code == 2
    assert [each["accepted"] for each in json.loads(result.stdout)] == [2]
    assert weighings(database) == 2


def test_without_json_the_totals_and_the_parked_rows_are_told_in_words(run: Run, october: Path) -> None:
    said = run(october).stdout
    assert "5 rows read" in said
    assert "1 rw_missing: no RW number" in said
    assert "row 5: rw_missing" in said


def test_only_the_first_parked_rows_are_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "banyak.csv"
    path.write_bytes(as_csv([child(number, RW="") for number in range(1, 31)]))
    said = run(path).stdout
    assert said.count("  row ") == import_.ROWS_NAMED
    assert "and 10 parked rows more" in said


def test_every_reason_has_its_words() -> None:
    from data.intake.rows import REASONS

    assert set(import_.REASONS_IN_WORDS) == set(REASONS)


def test_an_unknown_kelurahan_for_the_file_is_refused(run: Run, october: Path) -> None:
    result = run(october, "--kelurahan", "32.75.09.1001")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "32.75.09.1001" in result.stderr


def test_a_database_without_tables_says_what_to_do(
    october: Path, new_database: Callable[..., Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = new_database()
    monkeypatch.setattr(import_, "get_engine", lambda: bare)
    with pytest.raises(DatabaseUnavailableError, match="dashboard migrate"):
        CliRunner().invoke(import_.app, ["eppgbm", str(october)], catch_exceptions=False)


def test_a_second_list_in_a_file_is_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "dua.xls"
    path.write_bytes(as_html([child(1), child(2)], title=False) + as_html([child(3)], title=False))
    assert "holds a list of 1 rows too" in run(path).stderr


def test_the_command_is_found_from_the_command_line_and_fails_without_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(as_xlsx([child(1)]))
    environment = {"PATH": "/usr/bin:/bin", "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "import", "eppgbm", str(path), "--json"],
        cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: the database at ")
    assert done.stderr.count("\n") == 1
