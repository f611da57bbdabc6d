"""`python -m dashboard travel close|closed|reopen`: scenarios of closed roads, such as a flood."""

from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.cli.travel_progress import progress_line
from data import settings
from data.errors import UnusableInputError

if TYPE_CHECKING:
    from geo.network import Circle


def close(
    name: Annotated[str, typer.Argument(help='Name of the scenario, such as "Banjir Januari 2025"')],
    reason: Annotated[str, typer.Option(help="Why these roads are taken as closed", show_default=False)],
    street: Annotated[list[str] | None, typer.Option(help="Street closed as a whole; may be repeated")] = None,
    bridge: Annotated[
        list[str] | None, typer.Option(help="Bridge closed, by the name of its street; may be repeated")
    ] = None,
    circle: Annotated[
        list[str] | None,
        typer.Option(metavar="LAT,LON,METRES", help="Ground on which all roads are closed; may be repeated"),
    ] = None,
) -> None:
    """Keep a scenario of closed roads and compute its travel beside the ordinary one."""
    from data.engine import get_engine
    from data.migrate import upgrade
    from data.scope import PLANNER, WHOLE_CITY, Scope, writing_connection
    from data.travel import close_roads, current_network_files
    from geo.network import Closures

    closures = Closures(tuple(_circle(text) for text in circle or []), tuple(street or []), tuple(bridge or []))
    engine = get_engine()
    upgrade(engine)
    with writing_connection(engine, Scope(PLANNER, (WHOLE_CITY,), "command line")) as connection:
        network = current_network_files(connection, settings.networks())
        done = close_roads(connection, network, name, closures, reason, "command line", progress=progress_line())
    typer.echo(
        f"scenario {done.number}: {done.closed_km:,.1f} km of road closed; {done.changed_pairs:,} ways become longer, "
        f"{done.cut_off_pairs:,} of them impossible. Look at it on the page Akses, or take it back with: "
        f"python -m dashboard travel reopen {done.number}"
    )


def closed() -> None:
    """List the scenarios of closed roads."""
    from data.engine import get_engine
    from data.migrate import upgrade
    from data.queries.access import closures
    from data.scope import PLANNER, WHOLE_CITY, Scope, scoped_connection

    engine = get_engine()
    upgrade(engine)
    with scoped_connection(engine, Scope(PLANNER, (WHOLE_CITY,), "command line")) as connection:
        found = closures(connection)
    if found.empty:
        typer.echo("no roads are closed; see: python -m dashboard travel close --help")
    for row in found.to_dict("records"):
        state = "" if row["is_current"] else "; not computed on the current network, run travel fill"
        length = "" if row["closed_km"] is None else f" ({row['closed_km']:,.1f} km)"
        typer.echo(f"{row['id']}: {row['name']}{length}: {row['reason']}{state}")


def reopen(number: Annotated[int, typer.Argument(help="Number of the scenario, as `travel closed` lists it")]) -> None:
    """Take a scenario back; ordinary travel was never changed by it."""
    from data.engine import get_engine
    from data.migrate import upgrade
    from data.scope import PLANNER, WHOLE_CITY, Scope, writing_connection
    from data.travel import withdraw_closure

    engine = get_engine()
    upgrade(engine)
    with writing_connection(engine, Scope(PLANNER, (WHOLE_CITY,), "command line")) as connection:
        withdraw_closure(connection, number)
    typer.echo(f"scenario {number} is taken back.")


def _circle(given: str) -> "Circle":
    from geo.network import Circle

    parts = given.split(",")
    try:
        lat, lon, radius_m = (float(part) for part in parts)
    except ValueError:
        raise UnusableInputError(
            f"“{given}” is no circle; write it as latitude,longitude,metres, for example -6.234,107.004,800."
        ) from None
    return Circle(lat, lon, radius_m)
