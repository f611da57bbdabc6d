"""`rank`: every RW with its score, its place for the mobile clinic, how sure the place is, and the right remedy."""

import datetime
from pathlib import Path
from typing import Annotated

import typer

from dashboard.cli.months import month_option
from dashboard.priority.ranking import data_month_for, preset_called, priority_settings, ranked, ranking_frame
from data.engine import get_engine
from data.queries.pusing import ranking_inputs
from data.scope import Scope, scoped_connection
from models.priority.codes import CRITERIA, contribution_column

app = typer.Typer()
_COLUMNS = [
    "rw_code",
    "kelurahan",
    "kecamatan",
    "puskesmas",
    "score",
    "rank",
    "rank_low",
    "rank_high",
    "top_k_probability",
    "tier",
    "remedy",
    *(contribution_column(code) for code in CRITERIA),
]


@app.command()
def rank(
    month: Annotated[
        str, typer.Option(metavar="YYYY-MM", help="Month of the visits; figures are of the months before.")
    ],
    output: Annotated[Path, typer.Option(metavar="FILE.csv", help="Where to write the list.")],
    preset: Annotated[
        str | None, typer.Option(help="Weights: balanced, need_first, access_first, or one adopted.")
    ] = None,
    top: Annotated[int, typer.Option(min=1, help="How many places the top holds.")] = 50,
) -> None:
    """Rank every RW for the mobile clinic, whatever its remedy, and write the list as CSV."""
    visit_month: datetime.date = month_option(month)
    with scoped_connection(get_engine(), Scope(role="planner", areas=("",), actor="rank")) as connection:
        settings = priority_settings(connection)
        weights = preset_called(connection, preset)
        data_month = data_month_for(connection, visit_month)
        facts = ranking_inputs(connection, data_month, visit_month, settings.mode)
    table = ranked(ranking_frame(facts), weights, settings, top, is_every_remedy_ranked=True)
    table = table.sort_values("rank")[_COLUMNS]
    output.write_text(table.round(4).to_csv(index=False, lineterminator="\n"), encoding="utf-8")
    typer.echo(f"{len(table)} RWs ranked for {month} on the figures of {data_month:%Y-%m}: {output}", err=True)
