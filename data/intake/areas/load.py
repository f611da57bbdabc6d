"""A file of areas, from its path to a preview and to a committed load.

`preview` writes nothing and can run on a read-only connection; `commit` writes inside the caller's transaction: whole,
or not at all. The same file again changes nothing. With a day, an outline of other ground is a change from that day on,
and the earlier one is kept; without one it corrects what is held (docs/decisions/0021). Kecamatan and city have the
outlines of their kelurahan joined, so that all levels fit each other; a file of kecamatan gives their names, and their
outlines until kelurahan are there.
"""

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, Row, text

from data.audit import log
from data.indicators.dictionary import ensure_dictionary
from data.intake.areas.changes import Changes, end_areas, find_changes, is_same_ground
from data.intake.areas.city import BEGINNING, City, city_for, lock_places, write_city
from data.intake.areas.past import keep_past
from data.intake.areas.prepare import Choices, Prepared, city_of, prepare
from data.intake.areas.reading import AreaFile, read_outlines
from data.intake.areas.refusals import refusal
from data.intake.places import read_places
from geo.travel.straight_line import geodesic_m

NEW, UNCHANGED, IMPORTED = "new", "unchanged", "imported"
_STRAY_SHARE = 0.5
_FAR_M = 1_000.0
_FROM_OUTLINES = ("none", "centroid")


@dataclass(frozen=True)
class AreaPreview:
    """What a file would do. Counts are of areas; `stray` are RWs with most of their ground outside their kelurahan;
    `unnamed` are parents that the file does not name, which are called by their codes."""

    label: str
    status: str
    city: City
    prepared: Prepared
    changes: Changes
    crs: str
    features: int
    has_heights: int
    multipart: int
    parents: tuple[tuple[str, str, str], ...]
    unnamed: tuple[str, ...]
    stray: tuple[str, ...]
    is_outline_of_parts: bool
    as_of: datetime.date | None
    earlier: NDArray[np.object_] = field(repr=False)

    @property
    def outlines_changed(self) -> tuple[str, ...]:
        """Areas whose ground changes from the day; months before keep their old outline."""
        return self.changes.redrawn if self.as_of else ()

    @property
    def outlines_corrected(self) -> tuple[str, ...]:
        """Areas whose outline is corrected, for all months in which the corrected one held."""
        return () if self.as_of else self.changes.redrawn

    def as_json(self) -> dict[str, Any]:
        """Return the control totals as JSON's types, in the order in which they are printed."""
        done, changes = self.prepared, self.changes
        return {
            "city": self.city.code,
            "level": done.level,
            "code_column": done.code_column,
            "name_column": done.name_column,
            "crs": self.crs,
            "features": self.features,
            "areas": len(done.areas),
            "left_out": done.left_out,
            "joined": done.joined,
            "new": len(changes.new),
            "changed": len(changes.changed),
            "unchanged": len(changes.unchanged),
            "back": len(changes.back),
            "ended": list(changes.ended),
            "ended_below": len(changes.ended_below),
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "outlines": {
                "changed_from_the_day": len(self.outlines_changed),
                "corrected": len(self.outlines_corrected),
                "first_or_better": len(changes.improved),
            },
            "parents_made": [code for code, _, _ in self.parents],
            "parents_unnamed": list(self.unnamed),
            "repaired": {
                "invalid": done.broken,
                "details_left_out_m": done.detail_m,
                "with_heights": self.has_heights,
                "multipart_kept": self.multipart,
                "overlaps": len(done.overlaps),
                "overlap_m2": round(done.overlap_m2, 1),
                "gaps": len(done.gaps),
                "gap_m2": round(done.gap_m2, 1),
            },
            "km2_before": round(done.before_km2, 4),
            "km2_after": round(done.after_km2, 4),
            "outside_their_kelurahan": list(self.stray),
        }


@dataclass(frozen=True)
class AreaOutcome:
    """What a load did: `status` is imported or unchanged, or new after a dry run."""

    status: str
    preview: AreaPreview


@dataclass(frozen=True)
class Wanted:
    """Whose areas they are, from when a change holds, and whether areas that the file lacks are kept.

    Without `as_of`, outlines are corrected, and areas come and go today.
    """

    city_code: str | None = None
    city_name: str | None = None
    as_of: datetime.date | None = None
    is_keeping: bool = False


def preview(connection: Connection, path: Path, label: str, choices: Choices, wanted: Wanted) -> AreaPreview:
    """Check a file and foresee what its load would do. Raises UnusableInputError when it cannot be used."""
    return foresee(connection, read_outlines(path, choices.layer), label, choices, wanted)


def foresee(connection: Connection, file: AreaFile, label: str, choices: Choices, wanted: Wanted) -> AreaPreview:
    """Foresee what the load of a file that was read would do."""
    has_city = connection.scalar(text("SELECT EXISTS (SELECT FROM area WHERE level = 'kota')"))
    in_file = [] if has_city or wanted.city_code else city_of(file, choices)
    city = city_for(connection, in_file, wanted.city_code, wanted.city_name)
    _check_day(wanted)
    places = None if city.is_new else read_places(connection)
    done = prepare(file, choices, city.code, city.name, places)
    _refuse_other_ground(connection, done, city)
    areas = _rows(done)
    has_parts = done.level == "kecamatan" and bool(
        connection.scalar(text("SELECT EXISTS (SELECT FROM area WHERE level = 'kelurahan' AND geometry IS NOT NULL)"))
    )
    if has_parts:
        areas["geometry"] = None
    changes = find_changes(connection, done.level, areas, is_keeping=wanted.is_keeping, day=wanted.as_of)
    parents, unnamed = _parents(connection, done, city)
    is_new = not changes.is_nothing or bool(parents) or city.is_new or _is_renamed(connection, city)
    return AreaPreview(
        label=label,
        status=NEW if is_new else UNCHANGED,
        city=city,
        prepared=done,
        changes=changes,
        crs=file.crs,
        features=len(file),
        has_heights=file.has_heights,
        multipart=file.multipart,
        parents=tuple(parents),
        unnamed=tuple(unnamed),
        stray=tuple(_stray(connection, done)),
        is_outline_of_parts=has_parts,
        as_of=wanted.as_of,
        earlier=_earlier(connection, done.level, changes.changed),
    )


def commit(
    connection: Connection, path: Path, label: str, choices: Choices, wanted: Wanted, *, by: str = ""
) -> AreaOutcome:
    """Take a file in within the caller's transaction."""
    lock_places(connection)
    seen = preview(connection, path, label, choices, wanted)
    if seen.status == UNCHANGED:
        return AreaOutcome(UNCHANGED, seen)
    day = wanted.as_of or datetime.date.today()  # noqa: DTZ011 - the day as people here count it
    write_city(connection, seen.city, by)
    ensure_dictionary(connection)
    _write_parents(connection, seen)
    if wanted.as_of is not None:
        keep_past(connection, seen.changes.dated, wanted.as_of)
    _write(connection, seen, day)
    end_areas(connection, [*seen.changes.ended, *seen.changes.ended_below], day - datetime.timedelta(days=1))
    join_parents(connection, wanted.as_of, _above(seen.changes))
    log(
        connection,
        "areas loaded",
        level=seen.prepared.level,
        new=len(seen.changes.new),
        changed=len(seen.changes.changed),
        back=len(seen.changes.back),
        ended=list(seen.changes.ended),
        redrawn=len(seen.outlines_changed),
        corrected=len(seen.outlines_corrected),
        overlaps=len(seen.prepared.overlaps),
        gaps=len(seen.prepared.gaps),
        as_of=day,
    )
    return AreaOutcome(IMPORTED, seen)


def parent_of(code: str) -> str:
    """Return the code of the area that holds an area."""
    return code.rpartition(".")[0]


def _above(changes: Changes) -> frozenset[str]:
    """Return the codes of all areas that hold one that changes."""
    touched = (*changes.new, *changes.changed, *changes.back, *changes.ended)
    parts = [code.split(".") for code in touched]
    return frozenset(".".join(code[:count]) for code in parts for count in range(2, len(code)))


def join_parents(
    connection: Connection, day: datetime.date | None = None, touched: frozenset[str] = frozenset()
) -> None:
    """Give kecamatan and the city the joined outlines of their kelurahan, and kelurahan without one that of their RWs.

    A kecamatan follows its kelurahan only where each of them has an outline. With a `day`, other ground is a change
    from it on; so is that of `touched` areas which changed on a later day.
    """
    _join(connection, "rw", "kelurahan", None, touched, is_only_missing=True)
    _join(connection, "kelurahan", "kecamatan", day, touched, is_only_missing=False)
    _join(connection, "kecamatan", "kota", day, touched, is_only_missing=False)


def _check_day(wanted: Wanted) -> None:
    today = datetime.date.today()  # noqa: DTZ011 - the day as people here count it
    if wanted.as_of is not None and wanted.as_of > today:
        raise refusal("as_of", found=wanted.as_of)


def _rows(done: Prepared) -> pd.DataFrame:
    areas = done.areas
    wkb = shapely.to_wkb(areas["outline"].to_numpy())
    return pd.DataFrame(
        {
            "code": areas["code"],
            "parent_code": areas["code"].map(parent_of),
            "name": areas["name"],
            "geometry": pd.Series(list(wkb), dtype=object, index=areas.index),
            "area_km2": areas["area_km2"],
        }
    )


def _refuse_other_ground(connection: Connection, done: Prepared, city: City) -> None:
    """Refuse outlines far from those that the city has: right codes on wrong ground."""
    held = connection.scalars(text("SELECT geometry FROM area WHERE level = 'kota' AND geometry IS NOT NULL")).first()
    if held is None:
        return
    known, given = shapely.from_wkb(held), shapely.box(*shapely.total_bounds(done.areas["outline"].to_numpy()))
    if shapely.intersects(known, given):
        return
    here, there = shapely.get_coordinates(shapely.shortest_line(known, given))
    apart_m = float(geodesic_m(here[1:], here[:1], there[1:], there[:1])[0])
    if apart_m > _FAR_M:
        raise refusal("other_ground", city=city.name, found=round(apart_m / 1000))


def _parents(connection: Connection, done: Prepared, city: City) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Return parents that the load makes or names (code, level, name), and those it can only call by their code."""
    held: dict[str, str] = {row.code: row.name for row in connection.execute(text("SELECT code, name FROM area"))}
    made, unnamed = [], []
    for level in ("kecamatan", "kelurahan"):
        parts = {"kecamatan": 3, "kelurahan": 4}[level]
        if parts >= len(done.areas["code"].iloc[0].split(".")):
            continue
        codes = done.areas["code"].map(lambda code, parts=parts: ".".join(code.split(".")[:parts]))
        names = done.areas.groupby(codes)[f"{level}_name"].agg(lambda told: max(told, key=list(told).count))
        for code, name in names.items():
            called = name or held.get(str(code), str(code))
            if called == code:
                unnamed.append(str(code))
            if held.get(str(code)) != called:
                made.append((str(code), level, called))
    return [parent for parent in made if parent[0] != city.code], unnamed


def _is_renamed(connection: Connection, city: City) -> bool:
    return connection.scalar(text("SELECT name FROM area WHERE code = :code"), {"code": city.code}) != city.name


def _stray(connection: Connection, done: Prepared) -> list[str]:
    if done.level != "rw":
        return []
    held = connection.execute(
        text("SELECT code, geometry FROM area WHERE level = 'kelurahan' AND geometry IS NOT NULL AND valid_to IS NULL")
    ).all()
    outline = {row.code: shapely.from_wkb(row.geometry) for row in held}
    found = []
    for code, shape in zip(done.areas["code"], done.areas["outline"], strict=True):
        home = outline.get(parent_of(code))
        if home is not None and shapely.area(shapely.intersection(shape, home)) < _STRAY_SHARE * shape.area:
            found.append(code)
    return found


def _earlier(connection: Connection, level: str, codes: tuple[str, ...]) -> NDArray[np.object_]:
    held = connection.scalars(
        text("SELECT geometry FROM area WHERE level = :level AND code = ANY(:codes) AND geometry IS NOT NULL"),
        {"level": level, "codes": list(codes)},
    ).all()
    return np.asarray(shapely.from_wkb(np.asarray(held, dtype=object)), dtype=object)


def _write_parents(connection: Connection, seen: AreaPreview) -> None:
    for code, level, name in seen.parents:
        connection.execute(
            text(
                "INSERT INTO area (code, level, name, parent_code) VALUES (:code, :level, :name, :parent)"
                " ON CONFLICT (code) DO UPDATE SET name = excluded.name, valid_to = NULL"
            ),
            {"code": code, "level": level, "name": name, "parent": parent_of(code)},
        )


def _write(connection: Connection, seen: AreaPreview, day: datetime.date) -> None:
    """Insert and update areas; an RW keeps a point that knows more than its outline does, while it lies inside it."""
    touched = {*seen.changes.new, *seen.changes.changed, *seen.changes.back}
    level = seen.prepared.level
    parents = {parent_of(code) for code in touched}
    known = set(
        connection.scalars(
            text("SELECT DISTINCT parent_code FROM area WHERE level = :level AND parent_code = ANY(:parents)"),
            {"level": level, "parents": list(parents)},
        )
    )
    held = {
        row.code: row
        for row in connection.execute(
            text("SELECT code, point_lat, point_lon, point_source FROM area WHERE code = ANY(:codes)"),
            {"codes": list(touched)},
        )
    }
    rows = []
    for row in _rows(seen.prepared).itertuples():
        if row.code not in touched:
            continue
        shape = shapely.from_wkb(row.geometry)
        inside = shapely.point_on_surface(shape)
        point = (inside.y, inside.x, "centroid")
        before = held.get(row.code)
        if before is not None and _has_better_point(before, shape):
            point = (before.point_lat, before.point_lon, before.point_source)
        rows.append(
            {
                "code": row.code,
                "level": level,
                "name": row.name,
                "parent": row.parent_code,
                "geometry": None if seen.is_outline_of_parts else row.geometry,
                "lat": point[0],
                "lon": point[1],
                "point_source": point[2],
                "km2": row.area_km2,
                # Where a parent's areas were known before, another one is new from the day; else it always was.
                "valid_from": day if row.parent_code in known else BEGINNING,
            }
        )
    if rows:
        connection.execute(_UPSERT, rows)


def _has_better_point(before: Row[Any], shape: BaseGeometry) -> bool:
    """Say whether an area has a point that knows more than its outline, and that lies inside the new one."""
    if before.point_lat is None or before.point_source in _FROM_OUTLINES:
        return False
    return bool(shapely.intersects_xy(shape, before.point_lon, before.point_lat))


_UPSERT = text(
    """
    INSERT INTO area (code, level, name, parent_code, geometry, geometry_source, point_lat, point_lon, point_source,
        area_km2, valid_from)
    VALUES (:code, :level, :name, :parent, :geometry,
        CASE WHEN CAST(:geometry AS bytea) IS NULL THEN 'none' ELSE 'official' END,
        :lat, :lon, :point_source, :km2, :valid_from)
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, valid_to = NULL,
        geometry = coalesce(excluded.geometry, area.geometry),
        geometry_source = CASE WHEN excluded.geometry IS NULL THEN area.geometry_source ELSE 'official' END,
        point_lat = excluded.point_lat, point_lon = excluded.point_lon, point_source = excluded.point_source,
        area_km2 = CASE WHEN excluded.geometry IS NULL THEN area.area_km2 ELSE excluded.area_km2 END,
        outline_from = CASE WHEN area.valid_to < area.outline_from THEN area.valid_to + 1 ELSE area.outline_from END
    """
)


def _join(
    connection: Connection,
    parts: str,
    whole: str,
    day: datetime.date | None,
    touched: frozenset[str],
    *,
    is_only_missing: bool,
) -> None:
    found = pd.DataFrame(
        connection.execute(
            text(
                "SELECT p.parent_code AS code, p.geometry, p.area_km2, w.geometry AS held, p.geometry_source,"
                " w.geometry_source AS held_source, w.outline_from AS since"
                " FROM area p JOIN area w ON w.code = p.parent_code"
                " WHERE p.level = :parts AND w.level = :whole AND p.valid_to IS NULL AND w.valid_to IS NULL"
                " ORDER BY p.code"
            ),
            {"parts": parts, "whole": whole},
        ).all(),
        columns=["code", "geometry", "area_km2", "held", "geometry_source", "held_source", "since"],
    )
    rows, moved = [], []
    for code, group in found.groupby("code"):
        is_held = group["held"].iloc[0] is not None
        if (is_only_missing and is_held) or group["geometry"].isna().any():
            continue
        joined = shapely.normalize(shapely.union_all(shapely.from_wkb(group["geometry"].to_numpy(dtype=object))))
        wkb = shapely.to_wkb(joined)
        held, since = group["held"].iloc[0], group["since"].iloc[0]
        is_later = day is not None and since is not None and since > day and code in touched
        if is_later or (group["held_source"].iloc[0] == "official" and not is_same_ground(held, wkb)):
            moved.append(str(code))
        if wkb == held:
            continue
        inside = shapely.point_on_surface(joined)
        sources = set(group["geometry_source"])
        rows.append(
            {
                "code": code,
                "geometry": wkb,
                "source": "official" if sources == {"official"} else "approximate",
                "lat": inside.y,
                "lon": inside.x,
                "km2": float(group["area_km2"].sum()),
            }
        )
    if day is not None:
        keep_past(connection, moved, day)
    if rows:
        connection.execute(
            text(
                "UPDATE area SET geometry = :geometry, geometry_source = :source, point_lat = :lat, point_lon = :lon,"
                " point_source = 'centroid', area_km2 = :km2 WHERE code = :code"
            ),
            rows,
        )
