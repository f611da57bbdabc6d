"""`briefing make`: the files of a rakor, written to a folder before it begins, by a timer or by hand."""

import datetime
from pathlib import Path
from typing import Annotated

import typer

from dashboard.documents.kinds import KINDS
from dashboard.documents.progress import quiet

app = typer.Typer(no_args_is_help=True)


@app.callback()
def _briefing() -> None:
    """Write the briefing of a meeting as files."""


@app.command()
def make(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder to write to; made if absent.")],
    snapshot: Annotated[str | None, typer.Option(metavar="ID", help="Frozen state; the live data without one.")] = None,
    area: Annotated[str | None, typer.Option(metavar="CODE", help="A kecamatan; the city without one.")] = None,
    formats: Annotated[str, typer.Option("--format", help="Kinds of file, with commas between.")] = ",".join(KINDS),
) -> None:
    """Write the briefing of the city or a kecamatan: what a hall may see, and nothing else. Prints the files' names."""
    from streamlit.logger import set_log_level

    from dashboard.briefing.stamp import file_name
    from dashboard.cli.briefing_read import read
    from data.errors import UnusableInputError

    wanted = [ending.strip() for ending in formats.split(",") if ending.strip()]
    unknown = [ending for ending in wanted if ending not in KINDS]
    if unknown or not wanted:
        raise UnusableInputError(f"there is no kind of file {', '.join(unknown)!r}; choose of {', '.join(KINDS)}.")
    set_log_level("ERROR")  # the cache is Streamlit's, and it warns that no browser is there
    briefing = read(snapshot, area, datetime.date.today())  # noqa: DTZ011 - the day where the machine stands
    out.mkdir(parents=True, exist_ok=True)
    for ending in wanted:
        path = out / f"{file_name(briefing)}.{ending}"
        path.write_bytes(KINDS[ending].write(briefing, quiet))
        typer.echo(path)
