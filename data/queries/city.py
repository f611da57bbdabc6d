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
    """Return what the database holds, the same for every scope, or None while no city is loaded."""
    city = connection.execute(text("SELECT code, name FROM area WHERE level = 'kota' ORDER BY code LIMIT 1")).first()
    if city is None:
        return None
    is_demo = connection.scalar(text("SELECT value -> 'is_demo' = 'true'::jsonb FROM setting WHERE code = 'city'"))
    state = connection.execute(text("SELECT * FROM data_state()")).one()
    rw_count, without_outline = connection.execute(
        text(
            "SELECT count(*), count(*) FILTER (WHERE geometry IS NULL) FROM area"
            " WHERE level = 'rw' AND valid_to IS NULL"
        )
    ).one()
    return CityState(
        code=city.code,
        name=city.name,
        is_demo=bool(is_demo),
        months=tuple(state.months),
        last_import_at=state.last_import_at,
        last_import_kind=state.last_import_kind,
        rw_count=rw_count,
        rw_without_outline=without_outline,
        travel_method=_method(state.travel_methods),
    )


def _method(methods: list[str]) -> str | None:
    if "straight_line" in methods:
        return "straight_line"
    return "network" if methods else None
