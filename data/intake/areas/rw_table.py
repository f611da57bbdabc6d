"""A table of RWs: their kelurahan, number and, where known, a point. Preview and load.

Where no polygons exist, an RW's ground is approximated inside its kelurahan (`approximate`). A table that has an RW of
a kelurahan has all of that kelurahan's RWs: those that it lacks end, unless they are to be kept. A point that is blank
in the table says nothing about the point that the RW has.
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
from data.intake.areas.placing import PLACE_COLUMNS, Fault, remember, rw_code
from data.intake.areas.reading import is_in_indonesia
from data.intake.areas.refusals import listed, refusal
from data.intake.areas.sheet import LAT, LON, Row, degrees, is_wrong_number, read_sheet
from data.intake.places import Places, read_places

POINT_SOURCES = ("posyandu", "population", "buildings")
_NEEDED = [("rw_code", "rw"), ("rw_code", "kelurahan_code", "kelurahan")]
_SAME_DEGREES = 1e-7


@dataclass(frozen=True)
class RwPreview:
    """What a table would do; codes of RWs by what was found about their points."""

    label: str
    status: str
    city: City
    rows: int
    changes: Changes
    points: dict[str, tuple[float, float]]
    moved: tuple[str, ...]
    drawn: Drawn
    redrawn: tuple[str, ...]
    wanted: pd.DataFrame = field(repr=False)

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
            "points_outside_their_kelurahan": list(self.drawn.outside),
            "points_on_another": list(self.drawn.coincident),
            "approximate_outlines": len(self.drawn.outlines),
            "approximate_changed": len(self.redrawn),
            "kelurahan_not_drawn": list(self.drawn.undrawn),
        }


@dataclass(frozen=True)
class RwOutcome:
    """What a load did: `status` is imported or unchanged, or new after a dry run."""

    status: str
    preview: RwPreview


def foresee(connection: Connection, content: bytes, label: str, *, is_keeping: bool = False) -> RwPreview:
    """Check a table and foresee what its load would do. Raises UnusableInputError when a row cannot be used."""
    city = known_city(connection)
    rows, _ = read_sheet(content, PLACE_COLUMNS | {"lat": LAT, "lon": LON}, _NEEDED)
    codes, points = _checked(rows, read_places(connection))
    wanted = pd.DataFrame({"code": sorted(codes)})
    wanted["parent_code"] = wanted["code"].map(parent_of)
    wanted["name"] = "RW " + wanted["code"].str.rpartition(".")[2]
    wanted["geometry"] = None
    changes = find_changes(connection, "rw", wanted, is_keeping=is_keeping)
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
    is_new = bool(changes.new or changes.back or changes.ended or moved or redrawn)
    return RwPreview(
        label, NEW if is_new else UNCHANGED, city, len(rows), changes, usable, moved, drawn, redrawn, wanted
    )


def commit(
    connection: Connection,
    content: bytes,
    label: str,
    *,
    as_of: datetime.date | None = None,
    is_keeping: bool = False,
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
    seen = foresee(connection, content, label, is_keeping=is_keeping)
    if seen.status == UNCHANGED:
        return RwOutcome(UNCHANGED, seen)
    day = as_of or today
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
        as_of=day,
    )
    return RwOutcome(IMPORTED, seen)


def _checked(rows: Sequence[Row], places: Places) -> tuple[list[str], dict[str, tuple[float, float]]]:
    """Return the RW codes and the points of a table's rows; refuse the table when a row cannot be used."""
    faults: list[Fault] = []
    found: dict[str, int] = {}
    points: dict[str, tuple[float, float]] = {}
    numbers: dict[str, int] = {}
    for row in rows:
        code = rw_code(places, row)
        if isinstance(code, Fault):
            faults.append(code)
            continue
        if code in found:
            faults.append(Fault(row.number, "repeated", f"{code}, row {found[code]}"))
            continue
        found[code] = row.number
        lat, lon = degrees(row["lat"]), degrees(row["lon"])
        if is_wrong_number(row["lat"]) or is_wrong_number(row["lon"]):
            faults.append(Fault(row.number, "number_invalid", f"{row['lat']}; {row['lon']}"))
        elif (lat is None) != (lon is None):
            faults.append(Fault(row.number, "half_a_point"))
        elif lat is not None and lon is not None:
            points[code], numbers[code] = (lat, lon), row.number
    refuse_faults(faults)
    refuse_points({numbers[code]: point for code, point in points.items()})
    return list(found), points


def refuse_faults(faults: Sequence[Fault]) -> None:
    """Raise UnusableInputError when there is a row that cannot be used, naming the first ones."""
    if faults:
        raise refusal("table_rows", found=len(faults), rows=listed([str(fault) for fault in faults], 8))


def refuse_points(points: dict[int, tuple[float, float]]) -> None:
    """Raise UnusableInputError when points (by row number: lat, lon) are swapped or outside Indonesia."""
    if not points:
        return
    numbers, (lat, lon) = list(points), np.array(list(points.values())).T
    is_swapped = is_in_indonesia(lat, lon)
    if is_swapped.any():
        raise refusal("swapped_points", rows=_told(numbers, is_swapped))
    is_away = ~is_in_indonesia(lon, lat)
    if is_away.any():
        raise refusal("points_elsewhere", rows=_told(numbers, is_away))


def _told(numbers: Sequence[int], chosen: np.ndarray) -> str:
    return listed([str(number) for number, is_one in zip(numbers, chosen, strict=True) if is_one], 20)


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
