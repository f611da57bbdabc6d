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
from data.queries.completeness import gaps
from data.rights.roles import IMPORTER, READER, statements_wanting
from data.scope import ENGINE, Scope, scoped_connection

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
        for look in (_city, _age, _travel):
            yield look(connection, city)
    with scoped_connection(engine, ENGINE) as connection:
        yield from _gaps(connection)


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


def _gaps(connection: Connection) -> Iterator[Finding]:
    """Yield what the page Kelengkapan says too; what the other looks tell already is left out."""
    found = [gap for gap in gaps(connection) if gap.code in GAPS_IN_WORDS]
    for gap in found:
        what, told, to_do = GAPS_IN_WORDS[gap.code]
        count = f"{gap.count} of {gap.total} " if told.startswith(("RW", "facilit", "puskesmas", "month")) else ""
        yield Finding(what, Verdict.NOTE, count + told, to_do)
    if not any(gap.code.startswith(("rw_", "puskesmas_", "facility_")) for gap in found):
        yield Finding("Places", Verdict.GOOD, "every RW has an outline, a point and its puskesmas")


_LOAD_RW = "`python -m dashboard import rw FILE`"
_LOAD_FACILITIES = "`python -m dashboard import facilities FILE`"
_LOAD_SERVICES = "`python -m dashboard import service-areas FILE`"
GAPS_IN_WORDS = {
    "rw_missing": ("Places", "no RW yet: no map, ranking or import", _LOAD_RW),
    "rw_without_point": ("Places", "RW without a point: no travel time, not on the map", f"{_LOAD_RW} with lat, lon"),
    "rw_point_from_outline": (
        "Places",
        "RW whose point is the middle of the outline: travel off by minutes in large RWs",
        f"{_LOAD_RW} with the posyandu's or people's points",
    ),
    "rw_without_outline": (
        "Places",
        "RW without an outline: drawn as points, no neighbours",
        "`python -m dashboard import areas FILE --level rw`, or points for all RWs of the kelurahan",
    ),
    "rw_approximate": (
        "Places",
        "RW with an approximate outline: areas and neighbours are rough, figures are not",
        "`python -m dashboard import areas FILE --level rw`",
    ),
    "puskesmas_missing": ("Facilities", "no puskesmas yet: no travel, no rotation", _LOAD_FACILITIES),
    "facility_without_point": (
        "Facilities",
        "facilities without a point: never the nearest, RWs around look farther than they are",
        f"{_LOAD_FACILITIES} with lat, lon",
    ),
    "puskesmas_without_area": (
        "Wilayah kerja",
        "puskesmas without an RW: sees nothing, makes no visits",
        _LOAD_SERVICES,
    ),
    "rw_without_puskesmas": ("Wilayah kerja", "RW without a puskesmas: in no rotation", _LOAD_SERVICES),
    "months_missing": ("Months", "months missing in between: lines break", "import them from e-PPGBM"),
    "rw_silent": ("Months", "RW silent in the newest month: not zero, unknown", "ask its puskesmas"),
    "targets_missing": ("Targets", "none: no target line, no gap in children", "set them on the page Pengaturan"),
}
"""Gap -> what it is about, what was found and costs, what to do; the page Kelengkapan says the same in Indonesian."""


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
