"""`python -m dashboard travel …`: road networks, and travel times from every RW or from any sheet of points."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Annotated

import pandas as pd
import typer

from dashboard.cli import travel_closures
from dashboard.cli.travel_points import read_points
from dashboard.cli.travel_progress import progress_line
from data import settings
from data.errors import UnusableInputError
from geo.errors import RoutingUnavailableError
from geo.modes import Mode
from geo.network import build_network, is_available
from geo.travel import straight_line_matrix, travel_matrix

if TYPE_CHECKING:
    from data.travel import TravelSummary  # the matrix command works without a database

_NAMED_AT_MOST = 10

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Road networks and travel times.")
app.command()(travel_closures.close)
app.command()(travel_closures.closed)
app.command()(travel_closures.reopen)


@app.command()
def matrix(
    network: Annotated[
        Path, typer.Option(metavar="FILE.osm.pbf", help="OpenStreetMap extract to travel on", show_default=False)
    ],
    origins: Annotated[
        Path, typer.Option(metavar="O.csv", help="Where people start: columns code, lat, lon", show_default=False)
    ],
    destinations: Annotated[
        Path, typer.Option(metavar="D.csv", help="Where they go: columns code, lat, lon", show_default=False)
    ],
    mode: Annotated[Mode, typer.Option(help="How they travel", show_default=False)],
    output: Annotated[
        Path, typer.Option(metavar="OUT.csv", help="Sheet to write; replaced if it exists", show_default=False)
    ],
    cache: Annotated[
        Path | None, typer.Option(help="Folder for networks that were built; default: .rembuk/network")
    ] = None,
) -> None:
    """Write the travel time and distance of every origin to every destination.

    Columns: origin, destination, duration_s, distance_m, origin_snap_m, destination_snap_m, method. Seconds and
    metres are road to road, between the points of the road nearest to both ends. Where an end is over 300 m from a
    road, or no way leads there, they are blank and method is unrouted.
    """
    starts, ends = read_points(origins), read_points(destinations)
    if not output.parent.is_dir():
        raise UnusableInputError(f"there is no folder {output.parent}; make it, or write elsewhere.")
    if is_available():
        built = build_network(network, cache or settings.networks(), modes=[mode], progress=progress_line())
        table = travel_matrix(built, starts, ends, mode, snap_limit_m=settings.SNAP_LIMIT_M)
    else:
        typer.echo("the routing engine is not installed here: distances are straight-line.", err=True)
        table = straight_line_matrix(starts, ends, mode)
    _write(table, output)
    for line in _report(table):
        typer.echo(line, err=True)


@app.command()
def build(
    extract: Annotated[Path, typer.Argument(metavar="FILE.osm.pbf", help="OpenStreetMap extract; it may be larger")],
) -> None:
    """Build the road network for walking, motorcycles and cars, clipped to the city when its areas are loaded.

    A network is kept by the content of what it was made from, so that the same command again takes no time.
    """
    from data.engine import get_engine
    from data.migrate import upgrade
    from data.scope import PLANNER, WHOLE_CITY, Scope, scoped_connection, writing_connection
    from data.travel import city_boundary, record_network
    from geo.basemap import basemap_layers

    if not is_available():
        raise RoutingUnavailableError(
            "the routing engine (osrm-bindings) is not installed here; `travel fill` gives straight-line distances."
        )
    extract.open("rb").close()
    scope = Scope(PLANNER, (WHOLE_CITY,), "command line")
    engine = get_engine()
    upgrade(engine)
    with scoped_connection(engine, scope) as connection:
        boundary = city_boundary(connection)
    if boundary is None:
        typer.echo("no area has an outline yet: the whole extract is used.", err=True)
    network = build_network(extract, settings.networks(), boundary=boundary, progress=progress_line())
    typer.echo("drawing the basemap", err=True)
    layers = basemap_layers(network.roads if boundary is not None else extract, boundary)
    with writing_connection(engine, scope) as connection:
        record_network(connection, network, basemap=layers)
    typer.echo(f"network {network.id} is ready; fill the travel times with: python -m dashboard travel fill")


@app.command()
def fill(
    straight_line: Annotated[
        bool, typer.Option("--straight-line", help="Use straight-line distances even where a network exists")
    ] = False,
) -> None:
    """Compute travel from every RW to every facility by every mode, and the roads that the map draws."""
    from data.engine import get_engine
    from data.migrate import upgrade
    from data.scope import PLANNER, WHOLE_CITY, Scope, writing_connection
    from data.travel import fill_travel, latest_network

    engine = get_engine()
    upgrade(engine)
    with writing_connection(engine, Scope(PLANNER, (WHOLE_CITY,), "command line")) as connection:
        usable = is_available() and not straight_line
        network = latest_network(connection, settings.networks()) if usable else None
        if network is None:
            typer.echo(
                "distances will be straight-line and labelled so; for roads, first run: "
                "python -m dashboard travel build FILE.osm.pbf",
                err=True,
            )
        summary = fill_travel(connection, network, progress_line())
    typer.echo(
        f"{summary.rows:,} travel times ({summary.method}): {summary.rw:,} RW x {summary.facilities:,} facilities x "
        f"3 modes; {summary.routes:,} roads drawn."
    )
    for line in _unreached(summary):
        typer.echo(line, err=True)


def _unreached(summary: "TravelSummary") -> list[str]:
    lines = []
    if summary.rw_without_point or summary.facilities_without_point:
        lines.append(
            f"left out for want of a point: {summary.rw_without_point:,} RW, "
            f"{summary.facilities_without_point:,} facilities."
        )
    for mode, codes in summary.off_network.items():
        if codes:
            more = f" and {len(codes) - _NAMED_AT_MOST} more" if len(codes) > _NAMED_AT_MOST else ""
            lines.append(f"{mode}: far from a road, not routed: {', '.join(codes[:_NAMED_AT_MOST])}{more}.")
    lines += [
        f"{mode}: {count:,} pairs have no way between them." for mode, count in summary.cut_off_pairs.items() if count
    ]
    return lines


def _write(table: pd.DataFrame, output: Path) -> None:
    """Write the sheet under its name only when it is whole."""
    with NamedTemporaryFile("w", dir=output.parent, prefix=f".{output.name}.", delete=False, newline="") as file:
        unfinished = Path(file.name)
        try:
            table.to_csv(file, index=False, float_format="%.1f", lineterminator="\n")
            os.chmod(unfinished, 0o666 & ~_umask())
            file.close()
            unfinished.replace(output)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _report(table: pd.DataFrame) -> list[str]:
    counts = table["method"].value_counts()
    lines = [f"{len(table):,} pairs: " + ", ".join(f"{count:,} {method}" for method, count in counts.items())]
    for end in ("origin", "destination"):
        snaps = table.drop_duplicates(end).set_index(end)[f"{end}_snap_m"]
        far = snaps[snaps > settings.SNAP_LIMIT_M]
        if len(far):
            named = ", ".join(f"{code} ({metres:,.0f} m)" for code, metres in far.head(_NAMED_AT_MOST).items())
            more = f" and {len(far) - _NAMED_AT_MOST} more" if len(far) > _NAMED_AT_MOST else ""
            lines.append(
                f"{len(far)} {end}s are over {settings.SNAP_LIMIT_M:.0f} m from a road and not routed: {named}{more}."
            )
    near = table[["origin_snap_m", "destination_snap_m"]].max(axis=1) <= settings.SNAP_LIMIT_M
    cut_off = int((near & (table["method"] == "unrouted")).sum())
    if cut_off:
        lines.append(f"{cut_off:,} pairs have no way between them on this network.")
    return lines
