"""`python -m dashboard demo`: build the demo city in the database, or build it again in place."""

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from data.demo.build import DEFAULT_SEED, DemoPlan, build_demo
from data.demo.clear import clear_demo
from data.demo.guard import holds_rows
from data.demo.months import DEFAULT_END_MONTH, FIRST_MONTH, month_number
from data.engine import get_engine
from data.migrate import upgrade
from data.scope import PLANNER, WHOLE_CITY, Scope, scoped_connection

app = typer.Typer()


@app.command()
def demo(
    end: Annotated[
        str, typer.Option(help="Last month (YYYY-MM); the default keeps the demo reproducible.", metavar="MONTH")
    ] = DEFAULT_END_MONTH,
    seed: Annotated[int, typer.Option(min=0, help="Another seed gives another city.")] = DEFAULT_SEED,
    if_empty: Annotated[
        bool, typer.Option("--if-empty", help="Do nothing when the database already holds a city.")
    ] = False,
    clear: Annotated[
        bool, typer.Option("--clear", help="Remove the demo city and all that was written in it, for a real city.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before removing.")] = False,
) -> None:
    """Build the demo city (invented children in Kota Bekasi), replacing an earlier demo and nothing else.

    A database that holds real data is refused and left as it is.
    """
    if clear:
        _clear(is_sure=yes)
        return
    month_number(end)
    console = Console(stderr=True)
    engine = get_engine()
    if if_empty:
        upgrade(engine)
        with scoped_connection(engine, Scope(PLANNER, (WHOLE_CITY,), "demo")) as connection:
            is_filled = holds_rows(connection)
        if is_filled:
            console.print("The database already holds a city; nothing was built.")
            return
    with _progress(console) as progress:
        tasks: dict[str, TaskID] = {}

        def stage(name: str, done: float) -> None:
            if name not in tasks:
                tasks[name] = progress.add_task(name, total=1.0)
            progress.update(tasks[name], completed=done)

        summary = build_demo(engine, DemoPlan(seed=seed, start=FIRST_MONTH, end=end), stage)
    console.print(
        f"The demo city stands: {summary.neighbourhoods} RWs, {summary.children} children with "
        f"{summary.measurements} weighings, {summary.growth_rows} monthly counts up to {end}."
    )


def _clear(*, is_sure: bool) -> None:
    """Remove the demo after asking; people with their roles and the log stay."""
    engine = get_engine()
    upgrade(engine)
    if not is_sure:
        typer.confirm("Remove the demo city with every plan, visit and target that was tried in it?", abort=True)
    clear_demo(engine)
    typer.echo(
        "The demo city is gone; people and the log are kept. Load your own city now: "
        'python -m dashboard import areas FILE --city-code 32.75 --city-name "Kota …"',
        err=True,
    )


def _progress(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        console=console,
    )
