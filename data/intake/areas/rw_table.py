"""A table of RWs: their kelurahan, number and, where known, a point. Preview and load.

Where no polygons exist, an RW's ground is approximated inside its kelurahan (`approximate`). A table that has an RW of
a kelurahan has all of that kelurahan's RWs: those that it lacks end, unless they are to be kept. A point that is blank
in the table says nothing about the point that the RW has. Where RWs of a kelurahan come or go, the approximate outlines
of the others change from that day on; else new ones are better guesses and replace what was there.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, text

from data.audit import log
from data.intake.areas.approximate import Drawn, draw
from data.intake.areas.changes import Changes, end_areas, find_changes, is_same_ground
from data.intake.areas.city import BEGINNING, City, known_city, lock_places
from data.intake.areas.load import IMPORTED, NEW, UNCHANGED, join_parents, parent_of
from data.intake.areas.past import keep_past
from data.intake.areas.placing import PLACE_COLUMNS, Fault, refuse_faults, remember, rw_code
from data.intake.areas.points import Point, read_point
from data.intake.areas.refusals import refusal
from data.intake.areas.sheet import LAT, LON, Row, read_sheet
from data.intake.places import Places, read_places

POINT_SOURCES = ("posyandu", "population", "buildings")
_NEEDED = [("rw_code", "rw"), ("rw_code", "kelurahan_code", "kelurahan")]
_SAME_DEGREES = 1e-7


@dataclass(frozen=True)
class RwPreview:
    """What a table would do; codes of RWs by what was found about their points.

    `redrawn` get another approximate outline, `dated` are those of which the earlier one is kept for the days before.
    `given` are the points as the table has them, also those that are not used (lat, lon), `turned` the RWs whose point
    was swapped, `numbers` the row of each RW, and `set_aside` the rows that cannot be used.
    """

    label: str
    status: str
    city: City
    rows: int
    changes: Changes
    points: dict[str, tuple[float, float]]
    moved: tuple[str, ...]
    drawn: Drawn
    redrawn: tuple[str, ...]
    dated: tuple[str, ...]
    set_aside: tuple[Fault, ...]
    turned: tuple[str, ...]
    wanted: pd.DataFrame = field(repr=False)
    given: dict[str, tuple[float, float]] = field(repr=False)
    numbers: dict[str, int] = field(repr=False)

    def as_json(self) -> dict[str, Any]:
        """Return the control totals as JSON's types, in the order in which they are printed."""
        return {
            "city": self.city.code,
            "rows": self.rows,
            "new": len(self.changes.new),
            "unchanged": len(self.changes.unchanged) + len(self.changes.changed),
            "back": len(self.changes.back),
            "ended": list(self.changes.ended),
            "with_point": len(self.points),
            "points_changed": len(self.moved),
            "points_turned": list(self.turned),
            "points_outside_their_kelurahan": list(self.drawn.outside),
            "points_on_another": list(self.drawn.coincident),
            "approximate_outlines": len(self.drawn.outlines),
            "approximate_changed": len(self.redrawn),
            "kelurahan_not_drawn": list(self.drawn.undrawn),
            "rows_set_aside": [str(fault) for fault in self.set_aside],
        }


@dataclass(frozen=True)
class RwOutcome:
    """What a load did: `status` is imported or unchanged, or new after a dry run."""

    status: str
    preview: RwPreview


def foresee(
    connection: Connection, content: bytes, label: str, *, is_keeping: bool = False, is_setting_aside: bool = False
) -> RwPreview:
    """Check a table and foresee what its load would do.

    Raises UnusableInputError when a row cannot be used, unless such rows are set aside.
    """
    city = known_city(connection)
    rows, _ = read_sheet(content, PLACE_COLUMNS | {"lat": LAT, "lon": LON}, _NEEDED)
    numbers, found, faults = _checked(rows, read_places(connection))
    if not is_setting_aside or not numbers:
        refuse_faults(faults)
    points = {code: point.degrees for code, point in found.items()}
    wanted = pd.DataFrame({"code": sorted(numbers)})
    wanted["parent_code"] = wanted["code"].map(parent_of)
    wanted["name"] = "RW " + wanted["code"].str.rpartition(".")[2]
    wanted["geometry"] = None
    changes = find_changes(connection, "rw", wanted, is_keeping=is_keeping or bool(faults))
    held = _held(connection)
    ended = {*changes.ended}
    is_known = held["point_lat"].notna() & ~held["point_source"].isin(["centroid", "none"])
    known = held[is_known & ~held["code"].isin(ended)]
    known_points: dict[str, tuple[float, float]] = dict(
        zip(known["code"], zip(known["point_lat"], known["point_lon"], strict=True), strict=True)
    )
    drawn = _drawn(connection, wanted, held[~held["code"].isin(ended)], known_points | points)
    usable = {code: point for code, point in points.items() if code not in drawn.outside}
    moved = tuple(code for code, point in usable.items() if not _is_same(known_points.get(code), point))
    outline: dict[str, bytes] = dict(zip(held["code"], held["geometry"], strict=True))
    redrawn = tuple(
        code for code, shape in drawn.outlines.items() if not is_same_ground(outline.get(code), shapely.to_wkb(shape))
    )
    moving = {parent_of(code) for code in (*changes.new, *changes.back, *changes.ended)}
    dated = {code for code in redrawn if outline.get(code) is not None and parent_of(code) in moving}
    is_new = bool(changes.new or changes.back or changes.ended or moved or redrawn)
    return RwPreview(
        label=label,
        status=NEW if is_new else UNCHANGED,
        city=city,
        rows=len(rows),
        changes=changes,
        points=usable,
        moved=moved,
        drawn=drawn,
        redrawn=redrawn,
        dated=tuple(sorted({*dated, *changes.back})),
        set_aside=tuple(faults),
        turned=tuple(code for code, point in found.items() if point.is_turned),
        wanted=wanted,
        given=points,
        numbers=numbers,
    )


def commit(
    connection: Connection,
    content: bytes,
    label: str,
    *,
    as_of: datetime.date | None = None,
    is_keeping: bool = False,
    is_setting_aside: bool = False,
    point_source: str = POINT_SOURCES[0],
    aliases: Sequence[str] = (),
    by: str = "",
) -> RwOutcome:
    """Take a table in within the caller's transaction."""
    lock_places(connection)
    known_city(connection)
    today = datetime.date.today()  # noqa: DTZ011 - the day as people here count it
    if as_of is not None and as_of > today:
        raise refusal("as_of", found=as_of)
    remember(connection, aliases, by)
    seen = foresee(connection, content, label, is_keeping=is_keeping, is_setting_aside=is_setting_aside)
    if seen.status == UNCHANGED:
        return RwOutcome(UNCHANGED, seen)
    day = as_of or today
    keep_past(connection, seen.dated, day)
    _write_rws(connection, seen, day)
    _write_points(connection, seen, point_source)
    _write_outlines(connection, seen)
    end_areas(connection, seen.changes.ended, day - datetime.timedelta(days=1))
    join_parents(connection)
    log(
        connection,
        "RWs loaded",
        rows=seen.rows,
        new=len(seen.changes.new),
        back=len(seen.changes.back),
        ended=list(seen.changes.ended),
        points=len(seen.moved),
        approximate=len(seen.redrawn),
        set_aside=len(seen.set_aside),
        as_of=day,
    )
    return RwOutcome(IMPORTED, seen)


def _checked(rows: Sequence[Row], places: Places) -> tuple[dict[str, int], dict[str, Point], list[Fault]]:
    """Return the rows' numbers and points by RW code, and the rows that cannot be used."""
    faults: list[Fault] = []
    numbers: dict[str, int] = {}
    points: dict[str, Point] = {}
    for row in rows:
        code = rw_code(places, row)
        if isinstance(code, Fault):
            faults.append(code)
            continue
        if code in numbers:
            faults.append(Fault(row.number, "repeated", f"{code}, row {numbers[code]}"))
            continue
        point = read_point(row)
        if isinstance(point, Fault):
            faults.append(point)
            continue
        numbers[code] = row.number
        if point is not None:
            points[code] = point
    return numbers, points, faults


def _held(connection: Connection) -> pd.DataFrame:
    columns = ["code", "parent_code", "geometry", "geometry_source", "point_lat", "point_lon", "point_source"]
    found = connection.execute(
        text(f"SELECT {', '.join(columns)} FROM area WHERE level = 'rw' AND valid_to IS NULL")  # noqa: S608 - our own names
    ).all()
    return pd.DataFrame(found, columns=columns)


def _drawn(
    connection: Connection, wanted: pd.DataFrame, held: pd.DataFrame, points: dict[str, tuple[float, float]]
) -> Drawn:
    parents = set(wanted["parent_code"])
    outlines: dict[str, BaseGeometry] = {
        row.code: shapely.from_wkb(row.geometry)
        for row in connection.execute(
            text("SELECT code, geometry FROM area WHERE code = ANY(:codes) AND geometry IS NOT NULL"),
            {"codes": list(parents)},
        )
    }
    everyone = pd.concat([wanted[["code", "parent_code"]], held[["code", "parent_code"]]]).drop_duplicates("code")
    everyone = everyone[everyone["parent_code"].isin(parents)]
    rw_of = {str(code): tuple(sorted(group)) for code, group in everyone.groupby("parent_code")["code"]}
    official = frozenset(held.loc[held["geometry_source"] == "official", "parent_code"])
    return draw(points, rw_of, outlines, official)


def _is_same(before: tuple[float, float] | None, now: tuple[float, float]) -> bool:
    return before is not None and bool(np.allclose(before, now, rtol=0, atol=_SAME_DEGREES))


def _write_rws(connection: Connection, seen: RwPreview, day: datetime.date) -> None:
    touched = {*seen.changes.new, *seen.changes.back}
    known = set(connection.scalars(text("SELECT DISTINCT parent_code FROM area WHERE level = 'rw'")))
    rows = [
        {
            "code": row.code,
            "name": row.name,
            "parent": row.parent_code,
            "valid_from": day if row.parent_code in known else BEGINNING,
        }
        for row in seen.wanted.itertuples()
        if row.code in touched
    ]
    if rows:
        connection.execute(
            text(
                "INSERT INTO area (code, level, name, parent_code, valid_from)"
                " VALUES (:code, 'rw', :name, :parent, :valid_from) ON CONFLICT (code) DO UPDATE SET valid_to = NULL"
            ),
            rows,
        )


def _write_points(connection: Connection, seen: RwPreview, point_source: str) -> None:
    rows = [
        {"code": code, "lat": seen.points[code][0], "lon": seen.points[code][1], "source": point_source}
        for code in seen.moved
    ]
    if rows:
        connection.execute(
            text("UPDATE area SET point_lat = :lat, point_lon = :lon, point_source = :source WHERE code = :code"), rows
        )


def _write_outlines(connection: Connection, seen: RwPreview) -> None:
    rows = [
        {"code": code, "geometry": shapely.to_wkb(seen.drawn.outlines[code]), "km2": seen.drawn.km2[code]}
        for code in seen.redrawn
    ]
    if rows:
        connection.execute(
            text(
                "UPDATE area SET geometry = :geometry, geometry_source = 'approximate', area_km2 = :km2"
                " WHERE code = :code"
            ),
            rows,
        )
