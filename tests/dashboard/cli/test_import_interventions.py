"""`python -m dashboard import interventions`: its totals, its exit codes, and nothing but JSON on stdout."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from typer.testing import CliRunner

from dashboard.cli import import_, import_interventions
from tests.conftest import DatabaseMaker
from tests.data.indicators.conftest import SCOPE, load_city
from tests.data.indicators.filled import coverage

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def template(new_database: DatabaseMaker, migrated_template: Engine) -> Engine:
    from data.scope import writing_connection

    engine = new_database(migrated_template)
    with writing_connection(engine, SCOPE) as connection:
        load_city(connection)
    return engine


@pytest.fixture
def database(new_database: DatabaseMaker, template: Engine) -> Engine:
    return new_database(template)


@pytest.fixture
def run(database: Engine, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(import_interventions, "get_engine", lambda: database)
    return lambda *arguments: CliRunner().invoke(import_.app, ["interventions", *map(str, arguments)])


@pytest.fixture
def october(tmp_path: Path) -> Path:
    path = tmp_path / "oktober.xlsx"
    path.write_bytes(coverage((0, "iron_tablets", 10, 7), (1, "iron_tablets", 8, 9), (2, "vitamin_a")))
    return path


def figures(database: Engine) -> int:
    with database.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM intervention_month")).scalar_one())


def test_one_file_gives_one_object_and_nothing_else(run: Run, october: Path) -> None:
    result = run(october, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "file": str(october),
        "rows_read": 2,
        "accepted": 1,
        "parked": 1,
        "duplicates": 0,
        "blank": 1,
        "not_started": 0,
        "removed": 0,
        "parked_reasons": {"part_above_whole": 1},
        "months": ["2026-10"],
        "indicators": {"iron_tablets": [1, 10, 7]},
    }
    assert "imported as batch 1" in result.stderr


def test_a_dry_run_writes_nothing_and_says_so(run: Run, october: Path, database: Engine) -> None:
    result = run(october, "--dry-run")
    assert result.exit_code == 0
    assert "dry run, nothing was written" in result.stderr
    assert "Isian, row 6: part_above_whole" in result.stdout
    assert figures(database) == 0


def test_the_same_file_twice_changes_nothing(run: Run, october: Path, database: Engine) -> None:
    run(october)
    again = run(october)
    assert again.exit_code == 0
    assert "unchanged; this file is in already" in again.stderr
    assert figures(database) == 1


def test_a_file_that_cannot_be_used_is_named_and_the_others_are_taken_in(
    run: Run, october: Path, tmp_path: Path, database: Engine
) -> None:
    broken = tmp_path / "gambar.xlsx"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    result = run(broken, tmp_path / "absent.xlsx", october)
    assert result.exit_code == 2
    assert f"{broken} cannot be taken in" in result.stderr
    assert "there is no file" in result.stderr
    assert figures(database) == 1
