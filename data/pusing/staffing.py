"""What visits can be made: slots by puskesmas and team, the city's vehicle-days, and months that are closed by hand.

Each decision has a reason and can be taken back; months of adopted plans stand as they were adopted.
"""

import datetime
from typing import Any

from sqlalchemy import Connection, text

from data.audit import log
from data.errors import UnusableInputError
from data.pusing.choosing import change_setting
from data.pusing.reasons import kept_reason
from data.queries.pusing import VEHICLE_DAYS, setting

MOST_SLOTS = 31
MOST_VEHICLE_DAYS = 2000


def set_slots(
    connection: Connection,
    puskesmas_code: str,
    month: datetime.date,
    kind: str,
    slots: int,
    is_vehicle_needed: bool,
    reason: str,
    written_by: str,
) -> None:
    """Set how many visits a team can make for a puskesmas in a month, in place of what held."""
    told = kept_reason(reason)
    if not 0 <= slots <= MOST_SLOTS:
        raise UnusableInputError(
            f"{slots} visits a month can't be; give 0 to {MOST_SLOTS}.", reason="slots_impossible", most=MOST_SLOTS
        )
    _check_puskesmas(connection, puskesmas_code)
    key = {"facility": puskesmas_code, "month": month, "kind": kind}
    before = connection.scalar(text(_SLOTS_NOW), key)
    connection.execute(
        text(
            "INSERT INTO visit_capacity (facility_code, month, kind, slots, is_vehicle_needed, reason, written_by)"
            " VALUES (:facility, :month, :kind, :slots, :vehicle, :reason, :by)"
            " ON CONFLICT (facility_code, month, kind) DO UPDATE SET slots = excluded.slots,"
            " is_vehicle_needed = excluded.is_vehicle_needed, reason = excluded.reason,"
            " written_by = excluded.written_by, written_at = clock_timestamp()"
        ),
        {**key, "slots": slots, "vehicle": is_vehicle_needed, "reason": told, "by": written_by},
    )
    log(connection, "slots set", before=before, slots=slots, **_of(puskesmas_code, month), kind=kind)


def reset_slots(connection: Connection, puskesmas_code: str, month: datetime.date, kind: str) -> None:
    """Go back to the usual: one visit a month by the own team, none by others. What is gone already is refused."""
    before = connection.scalar(
        text(_FORGET_SLOTS),
        {"facility": puskesmas_code, "month": month, "kind": kind},
    )
    if before is None:
        raise UnusableInputError(f"nothing was written for {puskesmas_code} in {month:%Y-%m}.", reason="staffing_gone")
    log(connection, "slots reset", before=before, **_of(puskesmas_code, month), kind=kind)


def limit_vehicle_days(
    connection: Connection, month: datetime.date, vehicle_days: int, reason: str, written_by: str
) -> None:
    """Limit the visits by city vehicle in a month, over all puskesmas together."""
    if not 0 <= vehicle_days <= MOST_VEHICLE_DAYS:
        raise UnusableInputError(
            f"{vehicle_days} vehicle-days can't be; give 0 to {MOST_VEHICLE_DAYS}.",
            reason="vehicle_days_impossible",
            most=MOST_VEHICLE_DAYS,
        )
    limit = {"vehicle_days": vehicle_days, "reason": kept_reason(reason), "by": written_by}
    change_setting(connection, VEHICLE_DAYS, {**setting(connection, VEHICLE_DAYS), f"{month:%Y-%m}": limit}, written_by)


def lift_vehicle_days(connection: Connection, month: datetime.date, written_by: str) -> None:
    """Take a month's limit on vehicle-days away; one that is gone already is refused."""
    limits = setting(connection, VEHICLE_DAYS)
    if limits.pop(f"{month:%Y-%m}", None) is None:
        raise UnusableInputError(f"vehicle-days of {month:%Y-%m} have no limit.", reason="staffing_gone")
    change_setting(connection, VEHICLE_DAYS, limits, written_by)


def close_month(
    connection: Connection, puskesmas_code: str | None, month: datetime.date, reason: str, closed_by: str
) -> int:
    """Note that a puskesmas (or, without one, nobody) makes visits in a month; return the closing's number."""
    told = kept_reason(reason)
    if puskesmas_code is not None:
        _check_puskesmas(connection, puskesmas_code)
    twice = connection.scalar(
        text(
            "SELECT id FROM visit_closure WHERE month = :month AND withdrawn_at IS NULL"
            " AND facility_code IS NOT DISTINCT FROM :facility"
        ),
        {"month": month, "facility": puskesmas_code},
    )
    if twice is not None:
        raise UnusableInputError(f"{month:%Y-%m} is closed already.", reason="already_closed")
    number = connection.scalar(
        text(
            "INSERT INTO visit_closure (facility_code, month, reason, closed_by)"
            " VALUES (:facility, :month, :reason, :by) RETURNING id"
        ),
        {"facility": puskesmas_code, "month": month, "reason": told, "by": closed_by},
    )
    log(connection, "month closed", closure=number, **_of(puskesmas_code, month))
    return int(number or 0)


def reopen_month(connection: Connection, number: int) -> None:
    """Take a closed month back; it stays readable as withdrawn. One that is gone already is refused."""
    reopened = connection.execute(
        text("UPDATE visit_closure SET withdrawn_at = clock_timestamp() WHERE id = :id AND withdrawn_at IS NULL"),
        {"id": number},
    ).rowcount
    if not reopened:
        raise UnusableInputError(f"closing {number} is taken back already or was never made.", reason="staffing_gone")
    log(connection, "month reopened", closure=number)


_SLOTS_NOW = (
    "SELECT slots FROM visit_capacity WHERE facility_code = :facility AND month = :month AND kind = :kind FOR UPDATE"
)
_FORGET_SLOTS = (
    "DELETE FROM visit_capacity WHERE facility_code = :facility AND month = :month AND kind = :kind RETURNING slots"
)


def _of(puskesmas_code: str | None, month: datetime.date) -> dict[str, Any]:
    return {"puskesmas": puskesmas_code, "month": month}


def _check_puskesmas(connection: Connection, code: str) -> None:
    is_there = connection.scalar(
        text("SELECT EXISTS (SELECT 1 FROM facility WHERE code = :code AND kind = 'puskesmas')"), {"code": code}
    )
    if not is_there:
        raise UnusableInputError(f"there is no puskesmas {code}.", reason="puskesmas_unknown")
