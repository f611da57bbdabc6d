"""`rotation plan`: which RW the mobile clinic visits in which month, as a list with its reasons."""

from pathlib import Path
from typing import Annotated

import typer

from dashboard.cli.months import month_option
from dashboard.rotation.problem import rotation_facts
from data.engine import get_engine
from data.scope import Scope, scoped_connection
from models.rotation import CLASHING, Clashes, plan_rotation, waive

app = typer.Typer(no_args_is_help=True)


@app.callback()
def _rotation() -> None:
    """Plan the rotation of the mobile clinic."""


@app.command()
def plan(
    first: Annotated[str, typer.Option("--from", metavar="YYYY-MM", help="First month.")],
    months: Annotated[int, typer.Option(min=1, max=12, help="How many months.")],
    output: Annotated[Path, typer.Option(metavar="FILE.csv", help="Where to write the plan.")],
    preset: Annotated[str | None, typer.Option(help="Weights of the ranking; balanced without one.")] = None,
    seconds: Annotated[float, typer.Option(min=1, help="Longest time to search.")] = 30.0,
) -> None:
    """Plan the visits and write month, puskesmas, rw_code, reason, fixed. Promises that clash are said and waived."""
    first_month = month_option(first)
    with scoped_connection(get_engine(), Scope(role="planner", areas=("",), actor="rotation")) as connection:
        facts = rotation_facts(connection, first_month, months, preset)
    found = plan_rotation(facts.problem, seconds=seconds)
    if found.status == CLASHING and found.clashes is not None:
        _say_clashes(found.clashes)
        found = plan_rotation(waive(facts.problem, found.clashes), seconds=seconds)
    names = facts.table.drop_duplicates("puskesmas_code").set_index("puskesmas_code")["puskesmas"]
    slots = found.slots.assign(
        puskesmas=found.slots["puskesmas_code"].map(names), fixed=found.slots["is_fixed"] | found.slots["is_adopted"]
    )
    slots = slots[["month", "puskesmas", "rw_code", "reason", "fixed"]]
    output.write_text(slots.to_csv(index=False, lineterminator="\n"), encoding="utf-8")
    typer.echo(
        f"{len(slots)} visits in {months} month(s), within {found.gap:.2%} of the best possible"
        f"{'' if found.is_proven else ' (not proven to 1 % in the time given)'}: {output}",
        err=True,
    )


def _say_clashes(clashes: Clashes) -> None:
    short = clashes.promises.groupby("family")["short"].agg(["size", "sum"])
    told = "; ".join(
        f"{family}: {row['size']} promise(s) short of {row['sum']} visit(s)" for family, row in short.iterrows()
    )
    slots = int(clashes.missing_slots["slots"].sum()) if len(clashes.missing_slots) else 0
    typer.echo(
        f"Promises clash ({told}). {slots} more visit slot(s) would keep all that slots can; they are waived here.",
        err=True,
    )
