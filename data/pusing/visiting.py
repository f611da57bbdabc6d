"""Visits that the mobile clinic made, as counts of people."""

import datetime
from dataclasses import dataclass, fields

from sqlalchemy import Connection, text

from data.audit import log
from data.errors import UnusableInputError

Fault = tuple[str, ...]

MOST_PEOPLE = 2000
COUNTS = ("served", "weighed", "found", "referred", "returned")
_PARTS = (("weighed", "served"), ("found", "weighed"), ("returned", "referred"))


@dataclass(frozen=True)
class Visit:
    """One visit; counts are people and may be unknown."""

    rw_code: str
    visited_on: datetime.date
    puskesmas_code: str
    served: int | None = None
    weighed: int | None = None
    found: int | None = None
    referred: int | None = None
    returned: int | None = None


def log_visit(connection: Connection, visit: Visit, today: datetime.date) -> int:
    """Write a visit down, or correct the one of the same RW and day; return its number.

    Raises UnusableInputError for a day to come, counts that contradict each other (reason visit_impossible, `faults` as
    `visit_faults` gives them), and an RW or a puskesmas that this city does not have.
    """
    faults = visit_faults(visit, today)
    if faults:
        told = "; ".join(_told(visit, fault) for fault in faults)
        raise UnusableInputError(
            f"the visit to {visit.rw_code} on {visit.visited_on} cannot be: {told}.",
            reason="visit_impossible",
            faults=faults,
        )
    _check_places(connection, visit)
    number = connection.scalar(
        text(
            "INSERT INTO pusing_visit"
            " (rw_code, visited_on, facility_code, served, weighed, found, referred, returned)"
            " VALUES (:rw_code, :visited_on, :puskesmas_code, :served, :weighed, :found, :referred, :returned)"
            " ON CONFLICT (rw_code, visited_on) DO UPDATE SET facility_code = excluded.facility_code,"
            " served = excluded.served, weighed = excluded.weighed, found = excluded.found,"
            " referred = excluded.referred, returned = excluded.returned, written_at = clock_timestamp() RETURNING id"
        ),
        {field.name: getattr(visit, field.name) for field in fields(visit)},
    )
    log(connection, "visit logged", visit=number, rw=visit.rw_code, day=visit.visited_on)
    return int(number or 0)


def visit_faults(visit: Visit, today: datetime.date) -> list[Fault]:
    """Return what cannot be: ("future",), ("out_of_range", count, least, most), ("part_above_whole", part, whole)."""
    found: list[Fault] = []
    if visit.visited_on > today:
        found.append(("future",))
    for name in COUNTS:
        count = getattr(visit, name)
        if count is not None and not 0 <= count <= MOST_PEOPLE:
            found.append(("out_of_range", name, "0", str(MOST_PEOPLE)))
    for part, whole in _PARTS:
        less, more = getattr(visit, part), getattr(visit, whole)
        if less is not None and more is not None and less > more:
            found.append(("part_above_whole", part, whole))
    return found


def _told(visit: Visit, fault: Fault) -> str:
    match fault:
        case ("out_of_range", name, least, most):
            return f"{name} is {getattr(visit, name)}, and must be {least} to {most}"
        case ("part_above_whole", part, whole):
            return f"{part} ({getattr(visit, part)}) is more than {whole} ({getattr(visit, whole)})"
    return "its day is still to come"


def _check_places(connection: Connection, visit: Visit) -> None:
    is_rw, is_puskesmas = connection.execute(
        text(
            "SELECT EXISTS (SELECT 1 FROM area WHERE code = :rw AND level = 'rw'),"
            " EXISTS (SELECT 1 FROM facility WHERE code = :puskesmas AND kind = 'puskesmas')"
        ),
        {"rw": visit.rw_code, "puskesmas": visit.puskesmas_code},
    ).one()
    if not is_rw:
        raise UnusableInputError(
            f"there is no RW {visit.rw_code} in this city.", reason="rw_unknown", rw_code=visit.rw_code
        )
    if not is_puskesmas:
        raise UnusableInputError(f"there is no puskesmas {visit.puskesmas_code}.", reason="puskesmas_unknown")
