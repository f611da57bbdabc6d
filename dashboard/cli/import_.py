"""`python -m dashboard import …`: take files in from the systems that other people keep."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.cli.failures import sentence
from dashboard.cli.import_interventions import interventions
from dashboard.cli.import_places import areas, facilities, rw, service_areas, under_five
from dashboard.cli.import_undo import undo
from data import settings
from data.audit import log
from data.engine import get_engine
from data.errors import DatabaseUnavailableError, SecretMissingError
from data.forecast import refresh_forecasts
from data.intake import eppgbm as intake
from data.intake.detect import refusal
from data.migrate import current_revision, head_revision
from data.scope import PLANNER, WHOLE_CITY, Scope, scoped_connection, writing_connection

if TYPE_CHECKING:
    from sqlalchemy import Engine

ROWS_NAMED = 20
"""So many parked rows are named one by one; the rest are counted."""

REASONS_IN_WORDS = {
    "outside_city": "Kab/Kota is another one",
    "area_unknown": "kecamatan, kelurahan or RW is not known here",
    "rw_missing": "no RW number",
    "birth_date_invalid": "birth date missing or unreadable",
    "measured_on_invalid": "day of weighing missing, unreadable or in the future",
    "age_out_of_range": "not yet born, or 60 months and over",
    "sex_invalid": "sex missing or unreadable",
    "no_measurement": "neither weight nor height",
}

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Take files in.")
app.command()(interventions)
app.command()(areas)
app.command()(rw)
app.command()(facilities)
app.command("service-areas")(service_areas)
app.command("under-five")(under_five)
app.command()(undo)


@app.command()
def eppgbm(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="e-PPGBM exports: .xls (also HTML), .xlsx or .csv")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen and write nothing")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the control totals as JSON: one object, or a list for several files")
    ] = False,
    kelurahan: Annotated[
        str | None, typer.Option(metavar="CODE", help="Kelurahan of every row, for a list without a Desa/Kel column")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Take a file in even when it was in before")] = False,
) -> None:
    """Take in e-PPGBM's Daftar Anak Berdasarkan Status Gizi, each file whole or not at all.

    A file that was in before changes nothing; a corrected file replaces its earlier version. A file that cannot be used
    is named, the others are taken in, and the command then exits 2.
    """
    engine = get_engine()
    if current_revision(engine) != head_revision():
        raise DatabaseUnavailableError(
            "the database is not at this version's schema; run `python -m dashboard migrate`."
        )
    totals: list[dict[str, Any]] = []
    exit_code, is_changed = 0, False
    for path in files:
        try:
            outcome = _take_in(engine, path, dry_run=dry_run, kelurahan=kelurahan, force=force)
        except SecretMissingError:
            raise
        except Exception as error:
            said = sentence(error)
            if said is None:
                raise
            typer.echo(f"error: {_about(path, said[0])}", err=True)
            exit_code = max(exit_code, said[1])
            continue
        is_changed |= outcome.status == intake.IMPORTED
        totals.append({"file": str(path), **outcome.preview.totals.as_json()})
        for line in _notes(path, outcome):
            typer.echo(line, err=True)
        if not as_json:
            for line in _in_words(path, outcome.preview):
                typer.echo(line)
    if is_changed:
        typer.echo("Making the forecasts anew …", err=True)
        with writing_connection(engine, Scope(PLANNER, (WHOLE_CITY,), actor="command line")) as connection:
            log(connection, "forecasts made", areas=len(refresh_forecasts(connection)))
    if as_json and totals:
        typer.echo(json.dumps(totals if len(files) > 1 else totals[0], ensure_ascii=False))
    if exit_code:
        raise typer.Exit(exit_code)


def _take_in(engine: "Engine", path: Path, *, dry_run: bool, kelurahan: str | None, force: bool) -> intake.Outcome:
    if path.stat().st_size > settings.UPLOAD_LIMIT_MB * 2**20:
        raise refusal("too_large")
    content, label = path.read_bytes(), str(path)
    scope = Scope(PLANNER, (WHOLE_CITY,), actor="command line")
    if dry_run:
        with scoped_connection(engine, scope) as connection:
            seen = intake.preview(connection, content, label, kelurahan)
        return intake.Outcome(seen.status, seen)
    with writing_connection(engine, scope) as connection:
        return intake.commit(connection, content, label, kelurahan, imported_by="command line", force=force)


def _about(path: Path, said: str) -> str:
    """Name the file in a sentence that speaks of it."""
    if str(path) in said:
        return said
    return said.replace("the file", str(path), 1) if said.startswith("the file") else f"{path}: {said}"


def _notes(path: Path, outcome: intake.Outcome) -> Iterator[str]:
    seen = outcome.preview
    replaced, withdrawn = seen.replacement.replaced, seen.replacement.withdrawn
    match outcome.status:
        case intake.IMPORTED:
            yield f"{path}: imported as batch {outcome.batch_id}; {replaced} rows replaced, {withdrawn} withdrawn."
        case intake.NEW:
            yield f"{path}: dry run, nothing was written; {replaced} rows would be replaced, {withdrawn} withdrawn."
        case intake.UNCHANGED:
            yield f"{path}: unchanged; this file is in already."
        case intake.SUPERSEDED:
            yield f"{path}: unchanged; a later file has replaced this one. Use --force to take it in all the same."
    for other in seen.other_lists:
        name = f"sheet {other.name}" if other.name else "another table"
        yield f"{path}: {name} holds a list of {other.rows} rows too, which was not read; save it as a file of its own."
    if not seen.has_kelurahan:
        yield f"{path}: the list has no Desa/Kel column; name the kelurahan of its rows with --kelurahan CODE."


def _in_words(path: Path, seen: intake.Preview) -> Iterator[str]:
    totals = seen.totals
    yield str(path)
    yield f"  {seen.layout}; months {', '.join(totals.months) or 'none'}"
    yield f"  {totals.rows_read:>8} rows read"
    yield f"  {totals.accepted:>8} accepted, of {totals.children} children"
    yield f"  {totals.duplicates:>8} repeated within the file"
    yield f"  {totals.parked:>8} parked"
    for code, count in totals.parked_reasons.items():
        yield f"    {count:>8} {code}: {REASONS_IN_WORDS[code]}"
    yield f"  {totals.haz_valid:>8} valid HAZ: {totals.stunted} stunted, {totals.severely_stunted} of them severely"
    yield f"  {totals.z_mismatch:>8} rows whose own ZS TB/U differs by more than 0.05"
    for row in seen.parked_rows[:ROWS_NAMED]:
        yield f"  row {row.row_number}: {row.reason}{f' ({row.place})' if row.place else ''}"
    if len(seen.parked_rows) > ROWS_NAMED:
        yield f"  and {len(seen.parked_rows) - ROWS_NAMED} parked rows more"
