"""`python -m dashboard import undo ID`: take an import back, from the newest on, whole or not at all."""

import json
from collections.abc import Iterator
from typing import Annotated

import typer

from data.audit import log
from data.engine import get_engine
from data.errors import DatabaseUnavailableError
from data.forecast import refresh_forecasts
from data.intake import eppgbm
from data.intake.undo import Undoing, foresee_undo
from data.intake.undo import undo as undo_batch
from data.migrate import current_revision, head_revision
from data.scope import PLANNER, WHOLE_CITY, Scope, scoped_connection, writing_connection

_BY = "command line"


def undo(
    batch_id: Annotated[int, typer.Argument(metavar="ID", help="Number of the import, as it was told when taken in")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen and write nothing")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the control totals as JSON")] = False,
) -> None:
    """Undo an import of e-PPGBM lists, interventions or children by source; what had given way to it comes back.

    Refused, with exit code 2, where a later import stands on it or a puskesmas has signed its figures.
    """
    engine = get_engine()
    if current_revision(engine) != head_revision():
        raise DatabaseUnavailableError(
            "the database is not at this version's schema; run `python -m dashboard migrate`."
        )
    scope = Scope(PLANNER, (WHOLE_CITY,), actor=_BY)
    if dry_run:
        with scoped_connection(engine, scope) as connection:
            seen = foresee_undo(connection, batch_id)
    else:
        with writing_connection(engine, scope) as connection:
            seen = undo_batch(connection, batch_id, undone_by=_BY)
        if seen.kind == eppgbm.KIND:
            typer.echo("Making the forecasts anew …", err=True)
            with writing_connection(engine, scope) as connection:
                log(connection, "forecasts made", areas=len(refresh_forecasts(connection)))
    typer.echo(
        f"import {batch_id}: dry run, nothing was written." if dry_run else f"import {batch_id} is undone.", err=True
    )
    if as_json:
        typer.echo(json.dumps(seen.as_json()))
    else:
        for line in _in_words(seen):
            typer.echo(line)


def _in_words(seen: Undoing) -> Iterator[str]:
    months = ", ".join(f"{month:%Y-%m}" for month in seen.months)
    yield f"import {seen.batch_id}, {seen.kind}, taken in {seen.imported_at:%Y-%m-%d %H:%M}"
    yield f"  months {months or 'none'}"
    yield f"  {seen.taken_away:>8} rows of it go"
    yield f"  {seen.restored:>8} earlier rows come back"
    if seen.lost:
        yield f"  {seen.lost:>8} earlier rows were not kept when they gave way; load their file again:"
        for file in seen.earlier:
            told = f"{file.imported_at:%Y-%m-%d %H:%M}, {file.accepted} rows, SHA-256 {file.sha256[:12]}"
            yield f"           import {file.batch_id} of {told}"
    where = "in these months" if seen.months else "in all"
    yield f"  {seen.before.rows:>8} rows {where} before, {seen.after.rows} after"
    if seen.before.children is not None:
        yield f"  {seen.before.children:>8} children before, {seen.after.children} after"
