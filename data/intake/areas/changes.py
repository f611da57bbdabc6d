"""What a load would change: areas that are new, other than before, the same, gone, or back again.

An outline of other ground is one of two things. With a day the ground changed in the world: the old outline stays with
the days before. Without one the old outline was drawn wrongly, and the new one replaces it. What was approximate, or
not there at all, is always replaced, but where areas of the same parent come or go on the day.

An area that is gone gets a last day and is never deleted: its measurements, visits and nominations stay with it, and
so do its months. Only where a file has at least one area of a parent does it speak of that parent: a file of one
kelurahan's RWs ends no RW of another.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import shapely
from sqlalchemy import Connection, Row, text

from data.intake.areas.past import cut_past

_SAME_SHARE = 1e-5
_SAME_DEGREES = 5e-7
"""Some five centimetres: GeoJSON has seven decimals by default, and the repair works on a grid of one centimetre."""


@dataclass(frozen=True)
class Changes:
    """Codes by what becomes of them, each in order; `ended_below` are areas inside ended ones, which end with them.

    Of those that changed or are back, `redrawn` had an outline of other ground, `improved` had none or an approximate
    one, and `earlier` were held from a later day than the load's.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    back: tuple[str, ...]
    ended: tuple[str, ...]
    ended_below: tuple[str, ...]
    redrawn: tuple[str, ...] = ()
    improved: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()

    @property
    def dated(self) -> tuple[str, ...]:
        """The areas of which a load with a day keeps how they were before it."""
        return tuple(sorted({*self.redrawn, *self.earlier, *self.back}))

    @property
    def is_nothing(self) -> bool:
        """Whether the database holds all of it already."""
        return not (self.new or self.changed or self.back or self.ended)


def find_changes(
    connection: Connection, level: str, wanted: pd.DataFrame, *, is_keeping: bool, day: datetime.date | None = None
) -> Changes:
    """Compare areas (`code`, `parent_code`, `name`, `geometry` as bytes or None) with those of the database.

    A blank geometry in `wanted` says nothing about the outline. With `is_keeping` none ends. With a `day`, `wanted`
    speaks of all days from that on: an area held from a later day is not the same yet.
    """
    held = {
        row.code: row
        for row in connection.execute(
            text(
                "SELECT code, parent_code, name, geometry, geometry_source, valid_from, valid_to,"
                " coalesce(outline_from, valid_from) AS since FROM area WHERE level = :level"
            ),
            {"level": level},
        )
    }
    new: list[str] = []
    changed: list[str] = []
    unchanged: list[str] = []
    back: list[str] = []
    other: list[str] = []
    earlier: list[str] = []
    for code, name, geometry in zip(wanted["code"], wanted["name"], wanted["geometry"], strict=True):
        before = held.get(code)
        if before is None:
            new.append(code)
            continue
        is_same = is_same_ground(before.geometry, geometry)
        is_later = day is not None and geometry is not None and before.since > day
        if not is_same:
            other.append(code)
        if before.valid_to is not None:
            back.append(code)
        elif before.name == name and is_same and not is_later:
            unchanged.append(code)
        else:
            changed.append(code)
            earlier += [code] * is_later
    parents, named = set(wanted["parent_code"]), set(wanted["code"])
    gone = sorted(
        code
        for code, row in held.items()
        if row.parent_code in parents and code not in named and not is_keeping and _ends(row, day)
    )
    below = connection.scalars(
        text(
            "SELECT a.code FROM area a JOIN unnest(CAST(:codes AS text[])) AS g (code)"
            " ON starts_with(a.code, g.code || '.') WHERE a.valid_to IS NULL"
            " OR (a.valid_to >= :day AND a.valid_from < :day) ORDER BY a.code"
        ),
        {"codes": gone, "day": day},
    ).all()
    moving = {code.rpartition(".")[0] for code in (*new, *back, *gone)} if day else set()
    redrawn = [
        code
        for code in other
        if held[code].geometry_source == "official" or (held[code].geometry and held[code].parent_code in moving)
    ]
    improved = [code for code in other if code not in set(redrawn)]
    return Changes(*map(tuple, (new, changed, unchanged, back, gone, below, redrawn, improved, earlier)))


def _ends(row: Row[Any], day: datetime.date | None) -> bool:
    """Say whether an area that a file lacks ends by it: it is open, or ended later than on the day before `day`."""
    return row.valid_to is None or (day is not None and row.valid_from < day <= row.valid_to)


def is_same_ground(before: bytes | None, now: bytes | None) -> bool:
    """Say whether an outline (WKB) covers the same ground as before, or nothing is said about it.

    The repair of a file of some areas can round a shared corner another way than that of a file of all, and a file that
    was exported and loaded again has its coordinates rounded: ground that is nowhere wider than that is no other.
    """
    if now is None or before == now:
        return True
    if before is None:
        return False
    old, new = shapely.from_wkb(before), shapely.from_wkb(now)
    other = old.symmetric_difference(new)
    return bool(other.area <= _SAME_SHARE * old.area or other.buffer(-_SAME_DEGREES / 2, join_style="mitre").is_empty)


def end_areas(connection: Connection, codes: Sequence[str], last_day: datetime.date) -> None:
    """Give areas their last day; an area that began later than that lasted for its first day."""
    cut_past(connection, codes, last_day + datetime.timedelta(days=1))
    connection.execute(
        text(
            "UPDATE area SET valid_to = greatest(:last_day, valid_from)"
            " WHERE code = ANY(:codes) AND (valid_to IS NULL OR valid_to > :last_day)"
        ),
        {"codes": list(codes), "last_day": last_day},
    )
