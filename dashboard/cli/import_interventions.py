"""`python -m dashboard import interventions …`: filled templates of OPD and puskesmas, each whole or not at all."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.cli.failures import sentence
from data.engine import get_engine
from data.errors import DatabaseUnavailableError
from data.intake import interventions as intake
from data.intake.eppgbm import IMPORTED, NEW, SUPERSEDED, UNCHANGED
from data.intake.interventions_layout import layout_of
from data.intake.interventions_rows import LARGEST_MB, refusal
from data.migrate import current_revision, head_revision
from data.scope import PLANNER, WHOLE_CITY, Scope, scoped_connection, writing_connection

if TYPE_CHECKING:
    from sqlalchemy import Engine

ROWS_NAMED = 20
"""So many parked rows are named one by one; the rest are counted."""

REASONS_IN_WORDS = {
    "rw_unknown": "there is no such RW code",
    "month_invalid": "month unreadable, too old or still to come",
    "indicator_unknown": "indicator is not in the dictionary, or on the wrong sheet",
    "status_unknown": "status is none of berjalan, belum mulai, hapus",
    "count_invalid": "a count is no whole number from 0 on",
    "incomplete": "a needed count is blank",
    "part_above_whole": "a part is more than its whole",
    "status_contradicts": "belum mulai, and yet something was reached",
    "repeated_otherwise": "the same RW, month and indicator comes again with other counts",
}


def interventions(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Filled templates (.xlsx)")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen and write nothing")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the control totals as JSON: one object, or a list for several files")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Take a file in even when it was in before")] = False,
) -> None:
    """Take in filled templates of interventions, SPM needs and pregnant women, each file whole or not at all.

    A figure of the same RW, month and indicator replaces the earlier one; a file that was in before changes nothing. A
    file that cannot be used is named, the others are taken in, and the command then exits 2. The template is on the
    page Intervensi, part Impor.
    """
    engine = get_engine()
    if current_revision(engine) != head_revision():
        raise DatabaseUnavailableError(
            "the database is not at this version's schema; run `python -m dashboard migrate`."
        )
    totals: list[dict[str, Any]] = []
    exit_code = 0
    for path in files:
        try:
            outcome = _take_in(engine, path, dry_run=dry_run, force=force)
        except Exception as error:
            said = sentence(error)
            if said is None:
                raise
            typer.echo(f"error: {_about(path, said[0])}", err=True)
            exit_code = max(exit_code, said[1])
            continue
        totals.append({"file": str(path), **outcome.preview.totals.as_json()})
        typer.echo(_note(path, outcome), err=True)
        if not as_json:
            for line in _in_words(path, outcome.preview):
                typer.echo(line)
    if as_json and totals:
        typer.echo(json.dumps(totals if len(files) > 1 else totals[0], ensure_ascii=False))
    if exit_code:
        raise typer.Exit(exit_code)


def _take_in(engine: "Engine", path: Path, *, dry_run: bool, force: bool) -> intake.FigureOutcome:
    if path.stat().st_size > LARGEST_MB * 2**20:
        raise refusal("too_large")
    content = path.read_bytes()
    scope = Scope(PLANNER, (WHOLE_CITY,), actor="command line")
    if dry_run:
        with scoped_connection(engine, scope) as connection:
            seen = intake.preview(connection, content, str(path))
        return intake.FigureOutcome(seen.status, seen)
    with writing_connection(engine, scope) as connection:
        return intake.commit(connection, content, str(path), imported_by="command line", force=force)


def _about(path: Path, said: str) -> str:
    """Name the file in a sentence that speaks of it."""
    if str(path) in said:
        return said
    return said.replace("the file", str(path), 1) if said.startswith("the file") else f"{path}: {said}"


def _note(path: Path, outcome: intake.FigureOutcome) -> str:
    replaced = outcome.preview.replaced
    return (
        f"{path}: "
        + {
            IMPORTED: f"imported as batch {outcome.batch_id}; {replaced} earlier figures replaced or taken back.",
            NEW: f"dry run, nothing was written; {replaced} earlier figures would be replaced or taken back.",
            UNCHANGED: "unchanged; this file is in already.",
            SUPERSEDED: "unchanged; later files have replaced all its figures. Use --force to take it in all the same.",
        }[outcome.status]
    )


def _in_words(path: Path, seen: intake.FigurePreview) -> Iterator[str]:
    totals = seen.totals
    yield str(path)
    yield f"  months {', '.join(totals.months) or 'none'}"
    yield f"  {totals.rows_read:>8} filled rows read, {totals.blank} left blank"
    yield f"  {totals.accepted:>8} accepted: {totals.not_started} not started, {totals.removed} taken back"
    yield f"  {totals.duplicates:>8} repeated within the file"
    yield f"  {totals.parked:>8} parked"
    for code, count in totals.parked_reasons.items():
        yield f"    {count:>8} {code}: {REASONS_IN_WORDS[code]}"
    for code, (rows, *sums) in totals.indicators.items():
        told = ", ".join(f"{name} {value}" for name, value in zip(layout_of(code).counts, sums, strict=True))
        yield f"  {rows:>8} RWs {code}: {told}"
    for row in seen.parked_rows[:ROWS_NAMED]:
        yield f"  {row.sheet}, row {row.row_number}: {row.reason}"
    if len(seen.parked_rows) > ROWS_NAMED:
        yield f"  and {len(seen.parked_rows) - ROWS_NAMED} parked rows more"
