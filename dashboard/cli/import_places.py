"""`python -m dashboard import areas|rw|facilities|service-areas|under-five …`: places, each file whole or not."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol

import typer
from sqlalchemy import Connection

from data import settings
from data.engine import get_engine
from data.errors import DatabaseUnavailableError, UnusableInputError
from data.intake import under_five as under_five_intake
from data.intake.areas import facilities as facility_intake
from data.intake.areas import load as area_intake
from data.intake.areas import rw_table as rw_intake
from data.intake.areas import service_areas as service_intake
from data.intake.areas.load import NEW, UNCHANGED
from data.intake.areas.placing import remember
from data.intake.areas.prepare import Choices
from data.intake.areas.refusals import refusal
from data.intake.values import day
from data.migrate import current_revision, head_revision
from data.scope import PLANNER, WHOLE_CITY, Scope, writing_connection

_NAMED = 12
_BY = "command line"
_SCOPE = Scope(PLANNER, (WHOLE_CITY,), actor=_BY)

Level = Literal["kecamatan", "kelurahan", "rw"]
Kind = Literal["puskesmas", "pustu", "posyandu", "klinik", "rumah_sakit"]
PointSource = Literal["posyandu", "population", "buildings"]

DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen and write nothing")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the control totals as one JSON object")]
AsOf = Annotated[
    str | None, typer.Option(metavar="DATE", help="Day from which a change holds (YYYY-MM-DD); today without it")
]
GroundAsOf = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Day from which the file holds (YYYY-MM-DD): earlier months keep earlier outlines. Without it outlines "
        "are corrected for all months, and areas come and go today",
    ),
]
Keeping = Annotated[
    bool, typer.Option("--keep-missing", help="Keep areas that the file lacks, for a file of only some of them")
]
Aliases = Annotated[
    list[str] | None,
    typer.Option(metavar="SPELLING=CODE", help="Remember how files spell a kelurahan or kecamatan; repeatable"),
]
SetAside = Annotated[
    bool, typer.Option("--set-aside", help="Load the rows that can be used; the others are told, and nothing ends")
]


def areas(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="GeoJSON, GeoPackage, Shapefile, or a .zip of one")],
    level: Annotated[Level | None, typer.Option(help="Level of the areas; guessed from their codes")] = None,
    code_column: Annotated[str | None, typer.Option(help="Column of Kemendagri codes; guessed")] = None,
    name_column: Annotated[str | None, typer.Option(help="Column of names; guessed")] = None,
    layer: Annotated[str | None, typer.Option(help="Layer of a GeoPackage, or file in a .zip")] = None,
    city_code: Annotated[str | None, typer.Option(help="Kemendagri code of the city, for the first file")] = None,
    city_name: Annotated[str | None, typer.Option(help='Name of the city ("Kota …"), for the first file')] = None,
    only_city: Annotated[bool, typer.Option("--only-city", help="Leave out areas of other cities")] = False,
    merge_parts: Annotated[
        bool, typer.Option("--merge-parts", help="Join areas that occur in several rows under one code")
    ] = False,
    alias: Aliases = None,
    keep_missing: Keeping = False,
    as_of: GroundAsOf = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take in outlines of kecamatan, kelurahan or RW; repair them, and say what was repaired.

    The first file makes the city. Loading again replaces outlines and names and keeps all figures; an area that is gone
    gets a last day. With --as-of, months before that day keep the outlines that they had. Load kelurahan first:
    kecamatan and city are joined from them.
    """
    choices = Choices(level, code_column, name_column, layer, only_city, merge_parts)
    wanted = area_intake.Wanted(city_code, city_name, _day(as_of), keep_missing)

    def act(connection: Connection) -> area_intake.AreaOutcome:
        remember(connection, alias or (), _BY)
        return area_intake.commit(connection, file, str(file), choices, wanted, by=_BY)

    _run(file, act, dry_run=dry_run, as_json=as_json, in_words=_areas_in_words)


def rw(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Table (.csv, .xlsx): kelurahan, rw, lat, lon")],
    points: Annotated[
        PointSource, typer.Option(help="What the points stand for: the posyandu, people's middle, or buildings'")
    ] = "posyandu",
    alias: Aliases = None,
    keep_missing: Keeping = False,
    set_aside: SetAside = False,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take in a table of RWs, with points where known; approximate their ground where no polygons exist.

    An RW of a kelurahan in the table that the table lacks ends; its measurements, visits and nominations stay.
    """
    content = _content(file)

    def act(connection: Connection) -> rw_intake.RwOutcome:
        return rw_intake.commit(
            connection,
            content,
            str(file),
            as_of=_day(as_of),
            is_keeping=keep_missing,
            is_setting_aside=set_aside,
            point_source=points,
            aliases=alias or (),
            by=_BY,
        )

    _run(file, act, dry_run=dry_run, as_json=as_json)


def facilities(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Table (.csv, .xlsx): jenis, nama, lat, lon, mitra, …")],
    kind: Annotated[Kind | None, typer.Option(help="Kind of rows that do not say theirs")] = None,
    complete: Annotated[
        bool, typer.Option("--complete", help="The table has all of its kinds: close those that it lacks")
    ] = False,
    set_aside: SetAside = False,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take in puskesmas, pustu, posyandu, klinik and rumah sakit; swapped coordinates are put right, and told."""
    content = _content(file)

    def act(connection: Connection) -> facility_intake.FacilityOutcome:
        return facility_intake.commit(
            connection,
            content,
            str(file),
            kind=kind,
            is_complete=complete,
            is_setting_aside=set_aside,
            as_of=_day(as_of),
        )

    _run(file, act, dry_run=dry_run, as_json=as_json)


def service_areas(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Table (.csv, .xlsx): kelurahan, rw, puskesmas, sejak")],
    alias: Aliases = None,
    set_aside: SetAside = False,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take in which puskesmas serves which RW, or all RWs of a kelurahan; earlier months keep their puskesmas."""
    content = _content(file)

    def act(connection: Connection) -> service_intake.ServiceOutcome:
        remember(connection, alias or (), _BY)
        return service_intake.commit(connection, content, str(file), as_of=_day(as_of), is_setting_aside=set_aside)

    _run(file, act, dry_run=dry_run, as_json=as_json)


def under_five(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Table (.csv, .xlsx): kode wilayah, sumber, tanggal, balita, sitasi")
    ],
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take in how many children under five areas have by Dukcapil, BPS or another source, each beside the others."""
    content = _content(file)
    _run(
        file,
        lambda connection: under_five_intake.commit(connection, content, imported_by=_BY),
        dry_run=dry_run,
        as_json=as_json,
    )


class _UndoneError(Exception):
    """Ends a dry run's transaction, so that nothing of it is kept."""


class _Seen(Protocol):
    def as_json(self) -> dict[str, Any]:
        """Return the control totals."""


class _Outcome[S: _Seen](Protocol):
    @property
    def status(self) -> str:
        """Say what became of the file."""

    @property
    def preview(self) -> S:
        """Return what the load did."""


def _run[S: _Seen](
    file: Path,
    act: Callable[[Connection], _Outcome[S]],
    *,
    dry_run: bool,
    as_json: bool,
    in_words: Callable[[S], Iterator[str]] | None = None,
) -> None:
    """Run an act in one transaction and print what it did; a dry run does all of it and takes it back."""
    results: list[_Outcome[S]] = []
    engine = get_engine()
    _check_schema(engine)
    try:
        with writing_connection(engine, _SCOPE) as connection:
            results.append(act(connection))
            if dry_run:
                raise _UndoneError
    except _UndoneError:
        pass
    outcome = results[0]
    status = NEW if dry_run and outcome.status != UNCHANGED else outcome.status
    said = {
        NEW: "dry run, nothing was written.",
        UNCHANGED: "unchanged; the database holds all of this already.",
    }.get(status, "taken in.")
    typer.echo(f"{file}: {said}", err=True)
    totals = outcome.preview.as_json()
    if as_json:
        typer.echo(json.dumps({"file": str(file), "status": status, **totals}, ensure_ascii=False))
        return
    for line in in_words(outcome.preview) if in_words else _in_words(totals):
        typer.echo(line)


def _check_schema(engine: Any) -> None:
    if current_revision(engine) != head_revision():
        raise DatabaseUnavailableError(
            "the database is not at this version's schema; run `python -m dashboard migrate`."
        )


def _content(file: Path) -> bytes:
    if file.stat().st_size > settings.UPLOAD_LIMIT_MB * 2**20:
        raise refusal("too_large", found=settings.UPLOAD_LIMIT_MB)
    return file.read_bytes()


def _day(told: str | None) -> date | None:
    if told is None:
        return None
    read = day(told)
    if read is None:
        raise UnusableInputError(f"{told!r} is no day; write YYYY-MM-DD, for example 2026-07-01.")
    return read


def _areas_in_words(seen: area_intake.AreaPreview) -> Iterator[str]:
    done, changes, mended = seen.prepared, seen.changes, seen.as_json()["repaired"]
    yield f"{seen.city.code} {seen.city.name}: {len(done.areas)} {done.level}"
    yield f"  codes from column {done.code_column}, names from {done.name_column or 'nowhere'}; coordinates {seen.crs}"
    yield (
        f"  {len(changes.new)} new, {len(changes.changed)} changed, {len(changes.unchanged)} unchanged, "
        f"{len(changes.back)} back, {len(changes.ended)} ended with {len(changes.ended_below)} areas inside"
    )
    if changes.ended:
        yield f"  ended: {_listed(changes.ended)}"
    if seen.outlines_changed:
        yield (
            f"  {len(seen.outlines_changed)} outlines changed from {seen.as_of} on, months before keep the old ones: "
            f"{_listed(seen.outlines_changed)}"
        )
    if seen.outlines_corrected:
        yield (
            f"  {len(seen.outlines_corrected)} outlines corrected, also in months gone by (where the ground itself "
            f"changed, give --as-of its day): {_listed(seen.outlines_corrected)}"
        )
    if changes.improved:
        yield f"  {len(changes.improved)} outlines are the first, or better than approximate: taken for all months"
    if changes.earlier:
        yield f"  {len(changes.earlier)} were held from a later day only: {_listed(changes.earlier)}"
    if done.left_out:
        yield f"  {done.left_out} areas of other cities left out"
    if done.joined:
        yield f"  {done.joined} rows joined to an area of the same code"
    yield (
        f"  repaired: {mended['overlaps']} overlaps ({mended['overlap_m2'] / 1e6:.4f} km²), {mended['gaps']} gaps "
        f"({mended['gap_m2'] / 1e6:.4f} km²), {mended['invalid']} invalid outlines, {mended['with_heights']} with "
        f"heights; {mended['multipart_kept']} of several parts kept"
    )
    if done.detail_m:
        yield f"  very many vertices: details of less than about {done.detail_m:g} m left out"
    yield f"  ground: {done.before_km2:.4f} km² as drawn, {done.after_km2:.4f} km² after the repair"
    if seen.is_outline_of_parts:
        yield "  outlines stay those of the kelurahan joined; the file gives names only"
    if seen.parents:
        yield f"  made or named: {_listed([f'{code} {name}' for code, _, name in seen.parents])}"
    if seen.unnamed:
        yield f"  without a name, called by their code: {_listed(seen.unnamed)}"
    if seen.stray:
        yield f"  mostly outside their kelurahan, check the code: {_listed(seen.stray)}"


def _in_words(totals: dict[str, Any]) -> Iterator[str]:
    for name, value in totals.items():
        told = name.replace("_", " ")
        if isinstance(value, list):
            yield f"  {len(value):>8} {told}{f': {_listed(value)}' if value else ''}"
        elif isinstance(value, dict):
            yield f"  {'':>8} {told}: {', '.join(f'{key} {count}' for key, count in value.items())}"
        else:
            yield f"  {value:>8} {told}"


def _listed(values: Any) -> str:
    told = [str(value) for value in values]
    return ", ".join(told[:_NAMED]) + (f" and {len(told) - _NAMED} more" if len(told) > _NAMED else "")
