"""`python -m dashboard users …`: who may enter the dashboard, as what, and for which area."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection

from data import users
from data.engine import get_engine
from data.errors import UnusableInputError
from data.scope import ADMIN, Scope, scoped_connection, writing_connection

LARGEST_SHEET_MB = 2
_ADMIN = Scope(ADMIN, (), "command line")

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Who may enter, as what, and for which area.")

Subject = Annotated[str, typer.Argument(help="E-mail, or the provider's address and subject: https://…#subject")]
Role = Annotated[
    str,
    typer.Option(help="mayor, planner, camat, lurah, puskesmas, opd, partner, screen, admin or inspector"),
]
Area = Annotated[str, typer.Option(metavar="CODE", help="Kecamatan of a camat, kelurahan of a lurah")]
Facility = Annotated[str, typer.Option(metavar="CODE", help="Puskesmas of its head")]
Unit = Annotated[str, typer.Option(help="Name of the OPD or partner, as action items write it")]


@app.command("list")
def list_() -> None:
    """Print everybody with role, area and whether they may enter."""
    with scoped_connection(get_engine(), _ADMIN) as connection:
        everybody = users.list_users(connection)
    table = Table()
    for column in ("number", "subject", "role", "of", "may enter"):
        table.add_column(column, overflow="fold")
    for user in everybody:
        of = user.area_code or user.facility_code or user.unit
        table.add_row(str(user.number), user.subject, user.role, of, "yes" if user.is_active else "no")
    Console().print(table)


@app.command()
def add(subject: Subject, role: Role, area: Area = "", facility: Facility = "", unit: Unit = "") -> None:
    """Let a person in."""
    with _writing() as connection:
        number = users.add_user(connection, subject, role, area, facility, unit)
    typer.echo(f"{subject} may enter as {role}; the log calls them user {number}.")


@app.command()
def change(subject: Subject, role: Role, area: Area = "", facility: Facility = "", unit: Unit = "") -> None:
    """Give a person another role or area."""
    with _writing() as connection:
        users.change_user(connection, subject, role, area, facility, unit)
    typer.echo(f"{subject} is {role} from the next request on.")


@app.command()
def disable(subject: Subject) -> None:
    """Shut a person out; what they did stays."""
    with _writing() as connection:
        users.disable_user(connection, subject)
    typer.echo(f"{subject} may not enter any more.")


@app.command()
def enable(subject: Subject) -> None:
    """Let a person in again with the role and area that they had."""
    with _writing() as connection:
        users.enable_user(connection, subject)
    typer.echo(f"{subject} may enter again.")


@app.command("import")
def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.csv",
            help="Columns subject, role, area_code, facility_code, unit, is_active; the last four may be absent",
        ),
    ],
) -> None:
    """Add the people of a sheet and change those known, all or nobody; people not in it stay as they are."""
    if file.stat().st_size > LARGEST_SHEET_MB * 2**20:
        raise UnusableInputError(f"{file} is over {LARGEST_SHEET_MB} MB; a sheet of people is smaller.")
    with _writing() as connection:
        done = users.import_users(connection, file.read_bytes())
    typer.echo(f"{done['added']} added, {done['changed']} changed, {done['unchanged']} as before.")


@contextmanager
def _writing() -> Iterator[Connection]:
    with writing_connection(get_engine(), _ADMIN) as connection:
        yield connection
