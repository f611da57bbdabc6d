"""The sheets of a real `.xls` or `.xlsx` workbook, read by calamine in a process of its own.

A damaged `.xls` can abort calamine, and the process with it: one in eight files that were harmed at random did. The
dashboard serves everyone from one process, so a workbook is opened in another, which also bounds the memory that it
can take.
"""

import marshal
import os
import subprocess
import sys
from io import BytesIO

from data.intake.detect import refusal
from data.intake.grid import Grid, cell_texts
from data.settings import PROJECT_ROOT

MEMORY_LIMIT_GB = 6
"""A workbook may take so much memory while it is read: the largest that fits the upload limit takes about four."""

TIME_LIMIT_S = 300
"""A workbook may take so long: the largest that fits the upload limit takes about a minute."""

_PROTECTED, _TOO_LARGE, _DAMAGED = 3, 4, 5


def read_workbook(content: bytes) -> list[Grid]:
    """Return every sheet with its rows from the first line on; raise UnusableInputError when it cannot be opened."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "data.intake.workbook"],
            input=content,
            capture_output=True,
            cwd=PROJECT_ROOT,
            env={**_without_secrets(), "PYTHONPATH": str(PROJECT_ROOT)},
            timeout=TIME_LIMIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise refusal("bomb") from None
    if done.returncode == _PROTECTED:
        raise refusal("protected")
    if done.returncode == _TOO_LARGE:
        raise refusal("bomb")
    if done.returncode != 0:
        raise refusal("damaged")
    return [Grid(rows, name) for name, rows in marshal.loads(done.stdout)]  # noqa: S302 - from our own process


def _without_secrets() -> dict[str, str]:
    """Return this process's environment without what a reader of strange files has no need to know."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("REMBUK_", "DATABASE_", "PG"))}


def _sheets(content: bytes) -> list[tuple[str, list[list[str]]]]:
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    return [
        (sheet.name, [cell_texts(row) for row in workbook.get_sheet_by_name(sheet.name).to_python(False)])
        for sheet in workbook.sheets_metadata
        if "WorkSheet" in str(sheet.typ)
    ]


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_GB << 30, MEMORY_LIMIT_GB << 30))


def _main() -> int:
    _limit_memory()
    try:
        sheets = _sheets(sys.stdin.buffer.read())
        marshal.dump(sheets, sys.stdout.buffer)
    except MemoryError:
        return _TOO_LARGE
    except BaseException as error:  # a panic of the Rust reader is no Exception
        return _PROTECTED if "assword" in f"{type(error).__name__} {error}" else _DAMAGED
    return 0


if __name__ == "__main__":
    sys.exit(_main())
