"""`doctor` says what is missing and what to do, and ends with 1 while there is a problem."""

import os
import subprocess
import sys
from pathlib import Path

from data.settings import PROJECT_ROOT


def _doctor(home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dashboard", "doctor"],
        cwd=PROJECT_ROOT,
        env={**os.environ, "REMBUK_HOME": str(home), "COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_database_that_was_never_migrated_is_a_problem_with_its_remedy(tmp_path: Path) -> None:
    done = _doctor(tmp_path)
    assert done.returncode == 1
    assert "python -m dashboard migrate" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_server_that_does_not_answer_is_said_without_its_password(tmp_path: Path) -> None:
    done = _doctor(tmp_path, DATABASE_URL="postgresql://someone:hunter2@127.0.0.1:9/none")
    assert done.returncode == 1
    assert "does not answer" in done.stdout
    assert "hunter2" not in done.stdout + done.stderr


def test_packages_are_held_against_their_pins(tmp_path: Path) -> None:
    assert "all at their pinned versions" in _doctor(tmp_path).stdout
