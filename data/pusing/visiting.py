"""Visits that the mobile clinic made, as counts of people."""

import datetime
from dataclasses import dataclass, fields

from sqlalchemy import Connection, text

from data.audit import log
from data.errors import UnusableInputError

_MOST_PEOPLE = 2000


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

    Raises UnusableInputError for a day to come and for counts that contradict each other.
    """
    problems = _problems(visit, today)
    if problems:
        raise UnusableInputError(
            f"the visit to {visit.rw_code} on {visit.visited_on} cannot be: {'; '.join(problems)}.",
            reason="visit_impossible",
            problems=problems,
        )
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


def _problems(visit: Visit, today: datetime.date) -> list[str]:
    found = []
    if visit.visited_on > today:
        found.append("its day is still to come")
    for name in ("served", "weighed", "found", "referred", "returned"):
        count = getattr(visit, name)
        if count is not None and not 0 <= count <= _MOST_PEOPLE:
            found.append(f"{name} is {count}, and must be 0 to {_MOST_PEOPLE}")
    for part, whole in (("weighed", "served"), ("found", "weighed"), ("returned", "referred")):
        less, more = getattr(visit, part), getattr(visit, whole)
        if less is not None and more is not None and less > more:
            found.append(f"{part} ({less}) is more than {whole} ({more})")
    return found
