"""`python -m dashboard snapshot …`: freeze the city's state for a meeting, and see that it is still as it was."""

import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from data.engine import get_engine
from data.errors import RembukError, UnusableInputError
from data.migrate import upgrade
from data.queries.snapshots import snapshots
from data.scope import PLANNER, WHOLE_CITY, Scope, scoped_connection
from data.snapshots import drop_snapshot, make_snapshot, verify_snapshot

_JAKARTA = datetime.timezone(datetime.timedelta(hours=7))
_PLANNER = Scope(PLANNER, (WHOLE_CITY,), "command line")

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Frozen states of the city, one for each meeting.")

Id = Annotated[str, typer.Argument(metavar="ID", help="As `snapshot list` prints it: 3-7f2a91bc")]


class SnapshotTamperedError(RembukError, RuntimeError):
    """A snapshot is not what it was when it was made."""

    code = "snapshot_tampered"


@app.command()
def make(
    name: Annotated[str, typer.Argument(help="What it is for, such as 'Rakor TW-III 2026'")],
    as_of: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Day that is today inside it")] = "",
) -> None:
    """Freeze every figure, plan, weight and target as they are now."""
    try:
        day = datetime.date.fromisoformat(as_of) if as_of else datetime.datetime.now(_JAKARTA).date()
    except ValueError as error:
        raise UnusableInputError(f"{as_of} is no day; write it as 2026-11-21.") from error
    engine = get_engine()
    upgrade(engine)
    made = make_snapshot(engine, _PLANNER, name, day, "command line")
    rows = sum(table["rows"] for table in made.tables.values())
    typer.echo(
        f"Snapshot {made.id} of {made.as_of}: {rows:,} rows in {len(made.tables)} tables, SHA-256 {made.sha256}."
    )
    typer.echo(f"Open it on any page with ?snapshot={made.id}")


@app.command("list")
def list_() -> None:
    """Print the snapshots, newest first."""
    with scoped_connection(get_engine(), _PLANNER) as connection:
        found = snapshots(connection)
    table = Table()
    for column in ("id", "name", "day", "made by", "rows", "minutes of"):
        table.add_column(column, overflow="fold")
    for row in found.to_dict("records"):
        table.add_row(
            row["id"], row["name"], str(row["as_of"]), row["made_by"], f"{row['rows'] or 0:,}", row["meeting"] or ""
        )
    Console().print(table)


@app.command()
def verify(snapshot_id: Id) -> None:
    """Work a snapshot's hashes out again; exit 1 and name the tables where it is not what it was."""
    changed = verify_snapshot(get_engine(), snapshot_id)
    if changed:
        told = ", ".join(f"{found.table} ({found.rows_then:,} rows then, {found.rows_now:,} now)" for found in changed)
        raise SnapshotTamperedError(f"snapshot {snapshot_id} is not what it was; changed: {told}.")
    typer.echo(f"Snapshot {snapshot_id} is as it was made.")


@app.command()
def drop(snapshot_id: Id) -> None:
    """Take a snapshot away; refused while a meeting's minutes speak of it."""
    drop_snapshot(get_engine(), _PLANNER, snapshot_id)
    typer.echo(f"Snapshot {snapshot_id} is gone.")
