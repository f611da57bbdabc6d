"""What a city still lacks: each gap with how many of how many, the same list for the page and for `doctor`."""

import datetime
from dataclasses import dataclass

from sqlalchemy import Connection, text

PARTS = (
    "rw_missing",
    "rw_without_point",
    "rw_point_from_outline",
    "rw_without_outline",
    "rw_approximate",
    "puskesmas_missing",
    "facility_without_point",
    "puskesmas_without_area",
    "rw_without_puskesmas",
    "travel_missing",
    "travel_straight",
    "rw_unreached",
    "months_none",
    "months_missing",
    "rw_silent",
    "targets_missing",
)
"""Codes of the gaps, in the order in which they are best mended."""


@dataclass(frozen=True)
class Gap:
    """A gap: its code, how many are concerned of how many, and the first of them by name."""

    code: str
    count: int
    total: int
    examples: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """The part that is concerned, from 0 to 1."""
        return self.count / self.total if self.total else 1.0


_RW = "FROM area a WHERE a.level = 'rw' AND a.valid_to IS NULL"
_NAMED = "FROM area a JOIN area k ON k.code = a.parent_code WHERE a.level = 'rw' AND a.valid_to IS NULL"
_OF_RW = {
    "rw_without_point": "a.point_lat IS NULL",
    "rw_point_from_outline": "a.point_lat IS NOT NULL AND a.point_source = 'centroid'",
    "rw_without_outline": "a.geometry IS NULL",
    "rw_approximate": "a.geometry_source = 'approximate'",
    "rw_without_puskesmas": ("NOT EXISTS (SELECT FROM service_area s WHERE s.rw_code = a.code AND s.valid_to IS NULL)"),
}
_PUSKESMAS = "FROM facility f WHERE f.kind = 'puskesmas' AND f.valid_to IS NULL"
_FIRST = 8


def gaps(connection: Connection) -> list[Gap]:
    """Return what the city lacks, in the order of `PARTS`; what is whole is absent."""
    found = {gap.code: gap for gap in (*_rw_gaps(connection), *_facility_gaps(connection), *_travel_gaps(connection))}
    found |= {gap.code: gap for gap in (*_month_gaps(connection), *_target_gaps(connection))}
    return [found[code] for code in PARTS if code in found and found[code].count]


def _rw_gaps(connection: Connection) -> list[Gap]:
    total = _count(connection, f"SELECT count(*) {_RW}")
    if not total:
        return [Gap("rw_missing", 1, 1)]
    return [
        Gap(
            code,
            _count(connection, f"SELECT count(*) {_RW} AND {condition}"),
            total,
            _names(
                connection,
                f"SELECT a.name || ', ' || k.name {_NAMED} AND {condition} ORDER BY a.code LIMIT {_FIRST}",
            ),
        )
        for code, condition in _OF_RW.items()
    ]


def _facility_gaps(connection: Connection) -> list[Gap]:
    total = _count(connection, f"SELECT count(*) {_PUSKESMAS}")
    if not total:
        return [Gap("puskesmas_missing", 1, 1)]
    placed = "FROM facility f WHERE f.valid_to IS NULL AND f.kind <> 'posyandu'"
    unserving = "NOT EXISTS (SELECT FROM service_area s WHERE s.facility_code = f.code AND s.valid_to IS NULL)"
    inside = "f.area_code IS NOT NULL"  # one across the border serves another city's RWs
    return [
        Gap(
            "facility_without_point",
            _count(connection, f"SELECT count(*) {placed} AND f.lat IS NULL"),
            _count(connection, f"SELECT count(*) {placed}"),
            _names(connection, f"SELECT f.name {placed} AND f.lat IS NULL ORDER BY f.name LIMIT {_FIRST}"),
        ),
        Gap(
            "puskesmas_without_area",
            _count(connection, f"SELECT count(*) {_PUSKESMAS} AND {inside} AND {unserving}"),
            _count(connection, f"SELECT count(*) {_PUSKESMAS} AND {inside}"),
            _names(
                connection,
                f"SELECT f.name {_PUSKESMAS} AND {inside} AND {unserving} ORDER BY f.name LIMIT {_FIRST}",
            ),
        ),
    ]


def _travel_gaps(connection: Connection) -> list[Gap]:
    methods = set(connection.scalars(text("SELECT unnest(travel_methods) FROM data_state()")))
    if not methods:
        return [Gap("travel_missing", 1, 1)]
    total = _count(connection, f"SELECT count(*) {_RW}")
    reached = (
        "EXISTS (SELECT FROM travel t JOIN facility f ON f.code = t.facility_code WHERE t.rw_code = a.code"
        " AND t.mode = 'walk' AND f.kind = 'puskesmas' AND t.duration_s IS NOT NULL)"
    )
    condition = f"a.point_lat IS NOT NULL AND NOT {reached}"
    return [
        Gap("travel_straight", int("straight_line" in methods), 1),
        Gap(
            "rw_unreached",
            _count(connection, f"SELECT count(*) {_RW} AND {condition}"),
            total,
            _names(
                connection, f"SELECT a.name || ', ' || k.name {_NAMED} AND {condition} ORDER BY a.code LIMIT {_FIRST}"
            ),
        ),
    ]


def _month_gaps(connection: Connection) -> list[Gap]:
    months: list[datetime.date] = list(connection.scalars(text("SELECT unnest(months) FROM data_state() ORDER BY 1")))
    if not months:
        return [Gap("months_none", 1, 1)]
    span = [
        datetime.date(number // 12, number % 12 + 1, 1) for number in range(_number(months[0]), _number(months[-1]) + 1)
    ]
    missing = [f"{month:%Y-%m}" for month in span if month not in set(months)]
    silent = (
        "NOT EXISTS (SELECT FROM growth_month g WHERE g.rw_code = a.code AND g.month = :month)"
        " AND a.valid_from <= :month"
    )
    return [
        Gap("months_missing", len(missing), len(span), tuple(missing[:_FIRST])),
        Gap(
            "rw_silent",
            _count(connection, f"SELECT count(*) {_RW} AND {silent}", month=months[-1]),
            _count(connection, f"SELECT count(*) {_RW}"),
            _names(
                connection,
                f"SELECT a.name || ', ' || k.name {_NAMED} AND {silent} ORDER BY a.code LIMIT {_FIRST}",
                month=months[-1],
            ),
        ),
    ]


def _target_gaps(connection: Connection) -> list[Gap]:
    return [Gap("targets_missing", int(not _count(connection, "SELECT count(*) FROM target")), 1)]


def _number(month: datetime.date) -> int:
    return month.year * 12 + month.month - 1


def _count(connection: Connection, query: str, **values: object) -> int:
    return int(connection.scalar(text(query), values) or 0)


def _names(connection: Connection, query: str, **values: object) -> tuple[str, ...]:
    return tuple(str(name) for name in connection.scalars(text(query), values))
