"""What a load would change: areas that are new, other than before, the same, gone, or back again.

An area that is gone gets a last day and is never deleted: its measurements, visits and nominations stay with it, and
so do its months. Only where a file has at least one area of a parent does it speak of that parent: a file of one
kelurahan's RWs ends no RW of another.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import shapely
from sqlalchemy import Connection, text

_SAME_SHARE = 1e-5


@dataclass(frozen=True)
class Changes:
    """Codes by what becomes of them, each in order; `ended_below` are areas inside ended ones, which end with them."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    back: tuple[str, ...]
    ended: tuple[str, ...]
    ended_below: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether the database holds all of it already."""
        return not (self.new or self.changed or self.back or self.ended)


def find_changes(connection: Connection, level: str, wanted: pd.DataFrame, *, is_keeping: bool) -> Changes:
    """Compare areas (`code`, `parent_code`, `name`, `geometry` as bytes or None) with those of the database.

    A blank geometry in `wanted` says nothing about the outline. With `is_keeping` none ends.
    """
    held = {
        row.code: row
        for row in connection.execute(
            text("SELECT code, parent_code, name, geometry, valid_to FROM area WHERE level = :level"), {"level": level}
        )
    }
    new: list[str] = []
    changed: list[str] = []
    unchanged: list[str] = []
    back: list[str] = []
    for code, name, geometry in zip(wanted["code"], wanted["name"], wanted["geometry"], strict=True):
        before = held.get(code)
        if before is None:
            new.append(code)
        elif before.valid_to is not None:
            back.append(code)
        elif before.name == name and is_same_ground(before.geometry, geometry):
            unchanged.append(code)
        else:
            changed.append(code)
    parents, named = set(wanted["parent_code"]), set(wanted["code"])
    gone = sorted(
        code
        for code, row in held.items()
        if row.valid_to is None and row.parent_code in parents and code not in named and not is_keeping
    )
    below = connection.scalars(
        text(
            "SELECT a.code FROM area a JOIN unnest(CAST(:codes AS text[])) AS g (code)"
            " ON starts_with(a.code, g.code || '.') WHERE a.valid_to IS NULL ORDER BY a.code"
        ),
        {"codes": gone},
    ).all()
    return Changes(*map(tuple, (new, changed, unchanged, back, gone, below)))


def is_same_ground(before: bytes | None, now: bytes | None) -> bool:
    """Say whether an outline (WKB) covers the same ground as before, or nothing is said about it.

    The repair of a file of some areas can round a shared corner another way than that of a file of all.
    """
    if now is None or before == now:
        return True
    if before is None:
        return False
    old, new = shapely.from_wkb(before), shapely.from_wkb(now)
    return bool(old.symmetric_difference(new).area <= _SAME_SHARE * old.area)


def end_areas(connection: Connection, codes: Sequence[str], last_day: datetime.date) -> None:
    """Give areas their last day; an area that began later than that lasted for its first day."""
    connection.execute(
        text(
            "UPDATE area SET valid_to = greatest(:last_day, valid_from) WHERE code = ANY(:codes) AND valid_to IS NULL"
        ),
        {"codes": list(codes), "last_day": last_day},
    )
