"""What this database holds: which city, invented or real, up to which month, and how old."""

import datetime
from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True)
class CityState:
    """The city of a database and the reach of its figures; months are their first days."""

    code: str
    name: str
    is_demo: bool
    months: tuple[datetime.date, ...]
    last_import_at: datetime.datetime | None
    last_import_kind: str | None
    rw_count: int
    rw_without_outline: int
    travel_method: str | None

    @property
    def latest_month(self) -> datetime.date | None:
        """The newest month with figures."""
        return self.months[-1] if self.months else None


def city_state(connection: Connection) -> CityState | None:
    """Return what the database holds, or None while no city is loaded."""
    city = connection.execute(text("SELECT code, name FROM area WHERE level = 'kota' ORDER BY code LIMIT 1")).first()
    if city is None:
        return None
    is_demo = connection.scalar(text("SELECT value -> 'is_demo' = 'true'::jsonb FROM setting WHERE code = 'city'"))
    months = connection.execute(text(_DISTINCT_MONTHS)).scalars().all()
    batch = connection.execute(
        text("SELECT imported_at, kind FROM import_batch WHERE status = 'active' ORDER BY imported_at DESC LIMIT 1")
    ).first()
    rw_count, without_outline = connection.execute(
        text(
            "SELECT count(*), count(*) FILTER (WHERE geometry IS NULL) FROM area"
            " WHERE level = 'rw' AND valid_to IS NULL"
        )
    ).one()
    methods = set(connection.execute(text(_TRAVEL_METHODS)).scalars())
    return CityState(
        code=city.code,
        name=city.name,
        is_demo=bool(is_demo),
        months=tuple(months),
        last_import_at=batch.imported_at if batch else None,
        last_import_kind=batch.kind if batch else None,
        rw_count=rw_count,
        rw_without_outline=without_outline,
        travel_method="straight_line" if "straight_line" in methods else "network" if methods else None,
    )


# A loose index scan: the months are few and the rows are many.
_DISTINCT_MONTHS = """
WITH RECURSIVE found AS (
    (SELECT month FROM growth_month ORDER BY month LIMIT 1)
    UNION ALL
    SELECT (SELECT g.month FROM growth_month g WHERE g.month > found.month ORDER BY g.month LIMIT 1)
    FROM found WHERE found.month IS NOT NULL
)
SELECT month FROM found WHERE month IS NOT NULL
"""

_TRAVEL_METHODS = """
SELECT DISTINCT t.method FROM travel t JOIN facility f ON f.code = t.facility_code
WHERE f.kind = 'puskesmas' AND t.mode = 'walk' AND t.method <> 'unrouted'
"""
