"""The command line lists, adds, changes and shuts out people, and says in a sentence what it did."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from dashboard.cli import users as command
from data.errors import UnusableInputError


@pytest.fixture
def run(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(command, "get_engine", lambda: engine)
    return lambda *arguments: CliRunner().invoke(command.app, list(arguments))


def test_a_person_is_added_changed_shut_out_and_let_in_again(run) -> None:
    assert "may enter as mayor" in run("add", "Wali@example.go.id", "--role", "mayor").output
    assert run("change", "wali@example.go.id", "--role", "planner").exit_code == 0
    assert run("disable", "wali@example.go.id").exit_code == 0
    listed = run("list").output
    assert "wali@example.go.id" in listed
    assert "planner" in listed
    assert "no" in listed
    assert "may enter again" in run("enable", "wali@example.go.id").output


def test_a_sheet_is_taken_in_whole(run, tmp_path: Path) -> None:
    sheet = tmp_path / "people.csv"
    sheet.write_text("subject,role\na@example.go.id,mayor\nb@example.go.id,admin\n")
    assert run("import", str(sheet)).output.strip() == "2 added, 0 changed, 0 as before."


def test_an_unknown_role_is_refused_as_unusable(run) -> None:
    refused = run("add", "a@example.go.id", "--role", "king")
    assert isinstance(refused.exception, UnusableInputError)
    assert refused.exception.exit_code == 2
