"""`python -m dashboard import undo`: what it prints, its exit codes, and nothing written by a dry run."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from dashboard.cli import import_, import_undo
from data.errors import UnusableInputError
from data.intake import eppgbm
from data.scope import PLANNER, WHOLE_CITY, Scope, writing_connection
from tests.dashboard.cli.test_import import database, module_database, weighings
from tests.data.intake.lists import as_csv, child

__all__ = ["database", "module_database"]

Run = Callable[..., Any]


@pytest.fixture
def run(database: Engine, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("REMBUK_IDENTITY_SECRET", "a secret of the tests, long enough to be one")
    monkeypatch.setattr(import_undo, "get_engine", lambda: database)
    with writing_connection(database, Scope(PLANNER, (WHOLE_CITY,))) as connection:
        eppgbm.commit(connection, as_csv([child(1), child(2)]), "a file")
    return lambda *arguments: CliRunner().invoke(import_.app, ["undo", *map(str, arguments)])


def test_a_dry_run_says_the_totals_and_writes_nothing(run: Run, database: Engine) -> None:
    result = run(1, "--dry-run")
    assert result.exit_code == 0
    assert "2 rows of it go" in result.stdout
    assert "2 rows in these months before, 0 after" in result.stdout
    assert "nothing was written" in result.stderr
    assert weighings(database) == 2


def test_an_undo_gives_its_totals_as_json_and_nothing_else(run: Run, database: Engine) -> None:
    result = run(1, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["rows_after"] == 0
    assert weighings(database) == 0


def test_a_refusal_is_one_sentence_of_unusable_input(run: Run) -> None:
    refused = run(99).exception
    assert isinstance(refused, UnusableInputError)
    assert refused.exit_code == 2
    assert str(refused) == "there is no import 99; the page Impor data lists them."
