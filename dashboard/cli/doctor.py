"""`doctor`: what is installed, what the database holds, what is missing, and what to do about it."""

import datetime
import importlib.metadata
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection, Engine, text

from data import settings
from data.engine import get_engine, is_embedded
from data.errors import RembukError
from data.migrate import current_revision, head_revision
from data.queries.city import CityState, city_state
from data.rights.roles import IMPORTER, READER, statements_wanting
from data.scope import Scope, scoped_connection

app = typer.Typer()
_OLD_DATA_DAYS = 45
_LITTLE_SPACE_MB = 1000


class Verdict(StrEnum):
    """How a finding stands."""

    GOOD = "ok"
    NOTE = "note"
    BAD = "problem"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: what was found, and what to do where it is not good."""

    what: str
    verdict: Verdict
    found: str
    to_do: str = ""


@app.command()
def doctor() -> None:
    """Report what is installed, what the database holds, the road network, and what to do about each problem."""
    findings = [*_machine(), *_packages(), *_database()]
    table = Table(show_lines=False)
    for column in ("what", "state", "found", "what to do"):
        table.add_column(column, overflow="fold")
    for finding in findings:
        table.add_row(finding.what, finding.verdict, finding.found, finding.to_do)
    Console().print(table)
    problems = sum(finding.verdict is Verdict.BAD for finding in findings)
    if problems:
        typer.echo(f"{problems} problem(s) found.", err=True)
        raise typer.Exit(1)


def _machine() -> Iterator[Finding]:
    is_new = sys.version_info >= (3, 12)
    yield Finding(
        "Python",
        Verdict.GOOD if is_new else Verdict.BAD,
        platform.python_version(),
        "" if is_new else "install Python 3.12 or later and run `make clean run`",
    )
    place = settings.home()
    place.mkdir(parents=True, exist_ok=True)
    free_mb = shutil.disk_usage(place).free // 2**20
    is_roomy = free_mb >= _LITTLE_SPACE_MB
    yield Finding(
        "Disk",
        Verdict.GOOD if is_roomy else Verdict.BAD,
        f"{free_mb} MB free at {place}",
        "" if is_roomy else "free some space, or name another folder in REMBUK_HOME",
    )


def _packages() -> Iterator[Finding]:
    wrong = []
    for line in (settings.PROJECT_ROOT / "requirements.txt").read_text().splitlines():
        pin, _, marker = line.partition(";")
        name, found, version = pin.strip().partition("==")
        if not found or ("win32" in marker and "!=" not in marker):
            continue
        name = name.split("[")[0]
        try:
            installed = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            installed = "missing"
        if installed != version.strip():
            wrong.append(f"{name} {installed} (pinned {version.strip()})")
    if wrong:
        yield Finding("Packages", Verdict.BAD, ", ".join(wrong), "run `make clean run` to install the pinned versions")
    else:
        yield Finding("Packages", Verdict.GOOD, "all at their pinned versions")
    yield _routing()


def _routing() -> Finding:
    try:
        version = importlib.metadata.version("osrm-bindings")
    except importlib.metadata.PackageNotFoundError:
        return Finding(
            "Routing (OSRM)",
            Verdict.NOTE,
            "not installed for this machine",
            "travel times are straight lines, and labelled so; use Linux or macOS for roads",
        )
    return Finding("Routing (OSRM)", Verdict.GOOD, version)


def _database() -> Iterator[Finding]:
    where = "embedded" if is_embedded() else "DATABASE_URL"
    try:
        engine = get_engine()
    except RembukError as error:
        yield Finding("Database", Verdict.BAD, where, str(error))
        return
    with engine.connect() as connection:
        yield Finding("Database", Verdict.GOOD, f"{where}, PostgreSQL {connection.scalar(text('SHOW server_version'))}")
    yield _roles(engine)
    yield from _schema(engine)


def _roles(engine: Engine) -> Finding:
    what = "Database roles"
    with engine.connect() as connection:
        wanting = statements_wanting(connection, (READER, IMPORTER))
        is_superuser = bool(connection.scalar(text("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")))
    if wanting:
        return Finding(
            what,
            Verdict.BAD,
            "the log-in cannot act as Rembuk's roles",
            f"run `python -m dashboard migrate`; where the log-in may not: {'; '.join(wanting)};",
        )
    if is_superuser and not is_embedded():
        return Finding(
            what,
            Verdict.NOTE,
            "the log-in is a superuser",
            "name a log-in without it in DATABASE_URL (see README, Deploy)",
        )
    return Finding(what, Verdict.GOOD, "each transaction acts as reader or importer")


def _schema(engine: Engine) -> Iterator[Finding]:
    found, wanted = current_revision(engine), head_revision()
    if found != wanted:
        yield Finding(
            "Migration", Verdict.BAD, f"at {found or 'nothing'}, wanted {wanted}", "run `python -m dashboard migrate`"
        )
        return
    yield Finding("Migration", Verdict.GOOD, wanted)
    with scoped_connection(engine, Scope(role="planner", areas=("",), actor="doctor")) as connection:
        city = city_state(connection)
        if city is None:
            yield Finding("City", Verdict.BAD, "none loaded", "run `python -m dashboard demo`, or load your own city")
            return
        for look in (_city, _age, _places, _own_puskesmas, _travel):
            yield look(connection, city)


def _city(connection: Connection, city: CityState) -> Finding:
    children = connection.scalar(text("SELECT count(*) FROM child"))
    kind = "demo, invented figures" if city.is_demo else "real"
    return Finding("City", Verdict.GOOD, f"{city.code} {city.name} ({kind}): {city.rw_count} RW, {children} children")


def _age(connection: Connection, city: CityState) -> Finding:  # noqa: ARG001 - one form for all looks
    if city.latest_month is None:
        return Finding(
            "Data", Verdict.BAD, "no month of weighings", "import an e-PPGBM file: `python -m dashboard import eppgbm`"
        )
    days = (datetime.datetime.now(datetime.UTC).date() - city.latest_month).days - 30
    told = f"up to {city.latest_month:%Y-%m}, about {max(days, 0)} days after its end"
    if days > _OLD_DATA_DAYS:
        return Finding("Data", Verdict.NOTE, told, "import the newer months")
    return Finding("Data", Verdict.GOOD, told)


def _places(connection: Connection, city: CityState) -> Finding:
    no_point = connection.scalar(
        text("SELECT count(*) FROM area WHERE level = 'rw' AND valid_to IS NULL AND point_lat IS NULL")
    )
    told = f"{city.rw_without_outline} RW without an outline, {no_point} without a point"
    if no_point or city.rw_without_outline:
        return Finding(
            "Places", Verdict.NOTE, told, "an RW without a point has no travel time; load its point or outline"
        )
    return Finding("Places", Verdict.GOOD, "every RW has an outline and a point")


def _own_puskesmas(connection: Connection, city: CityState) -> Finding:  # noqa: ARG001 - one form for all looks
    without = connection.scalar(
        text(
            "SELECT count(*) FROM area a WHERE level = 'rw' AND valid_to IS NULL AND NOT EXISTS"
            " (SELECT 1 FROM service_area s WHERE s.rw_code = a.code AND s.valid_to IS NULL)"
        )
    )
    if without:
        return Finding("Wilayah kerja", Verdict.NOTE, f"{without} RW without a puskesmas", "load the service areas")
    return Finding("Wilayah kerja", Verdict.GOOD, "every RW has its puskesmas")


def _travel(connection: Connection, city: CityState) -> Finding:
    network = connection.execute(text("SELECT id, engine, extract_date FROM road_network WHERE is_current")).first()
    unrouted = connection.scalar(text(_UNROUTED))
    if network is None or city.travel_method is None:
        return Finding(
            "Road network",
            Verdict.BAD,
            "no travel times",
            "run `python -m dashboard travel build FILE.osm.pbf`, then `travel fill`",
        )
    if city.travel_method == "straight_line":
        return Finding(
            "Road network",
            Verdict.NOTE,
            "travel times are straight lines",
            "run `python -m dashboard travel build FILE.osm.pbf`, then `travel fill`",
        )
    told = f"{network.engine}, roads of {network.extract_date or 'unknown date'}, network {network.id[:12]}"
    if unrouted:
        return Finding(
            "Road network",
            Verdict.NOTE,
            f"{told}; {unrouted} RW reach no puskesmas",
            "check these RWs' points on the map",
        )
    return Finding("Road network", Verdict.GOOD, told)


_UNROUTED = """
SELECT count(*) FROM (
    SELECT t.rw_code FROM travel t JOIN facility f ON f.code = t.facility_code
    WHERE t.mode = 'walk' AND f.kind = 'puskesmas' GROUP BY t.rw_code HAVING count(t.duration_s) = 0
) AS cut_off
"""
