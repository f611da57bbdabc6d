"""Camat and lurah name RWs for a month, answer with none, and correct travel times that they know better."""

import datetime
from typing import Any

from sqlalchemy import Connection, text

from data.audit import log
from data.errors import UnusableInputError
from data.pusing.reasons import kept_reason


def nominate(connection: Connection, rw_code: str, month: datetime.date, reason: str, nominated_by: str) -> int:
    """Name an RW for a month; return the nomination's number. Naming it again for the same month is refused."""
    told = kept_reason(reason)
    _hold_rw(connection, rw_code)
    twice = connection.scalar(
        text("SELECT id FROM nomination WHERE rw_code = :rw AND month = :month AND withdrawn_at IS NULL"),
        {"rw": rw_code, "month": month},
    )
    if twice is not None:
        raise UnusableInputError(
            f"RW {rw_code} is already named for {month:%Y-%m}.", reason="already_named", rw_code=rw_code
        )
    number = connection.scalar(
        text(
            "INSERT INTO nomination (rw_code, month, reason, nominated_by)"
            " VALUES (:rw, :month, :reason, :by) RETURNING id"
        ),
        {"rw": rw_code, "month": month, "reason": told, "by": nominated_by},
    )
    answer(connection, rw_code.rpartition(".")[0], month, nominated_by)
    log(connection, "rw nominated", nomination=number, rw=rw_code, month=month)
    return int(number or 0)


def withdraw_nomination(connection: Connection, number: int) -> None:
    """Take a nomination back; it stays readable as withdrawn. One that is gone already is refused."""
    _change_one(
        connection,
        "UPDATE nomination SET withdrawn_at = clock_timestamp() WHERE id = :id AND withdrawn_at IS NULL",
        "nomination",
        id=number,
    )
    log(connection, "nomination withdrawn", nomination=number)


def reply(connection: Connection, number: int, told: str) -> None:
    """Write Dinkes' reply to a nomination that stands."""
    _change_one(
        connection,
        "UPDATE nomination SET reply = :told WHERE id = :id AND withdrawn_at IS NULL",
        "nomination",
        id=number,
        told=kept_reason(told),
    )
    log(connection, "nomination replied to", nomination=number)


def answer(
    connection: Connection, area_code: str, month: datetime.date, answered_by: str, note: str | None = None
) -> None:
    """Note that a kelurahan answered the call for a month, with RWs or with none."""
    connection.execute(
        text(
            "INSERT INTO nomination_answer (area_code, month, answered_by, note) VALUES (:area, :month, :by, :note)"
            " ON CONFLICT (area_code, month) DO UPDATE SET answered_by = excluded.answered_by,"
            " note = excluded.note, written_at = clock_timestamp()"
        ),
        {"area": area_code, "month": month, "by": answered_by, "note": note},
    )
    log(connection, "nominations answered", area=area_code, month=month)


def answer_none(connection: Connection, kelurahan_code: str, month: datetime.date, answered_by: str, note: str) -> None:
    """Note that a kelurahan names no RW for a month; refused while nominations of it stand."""
    named = connection.scalar(
        text(
            "SELECT count(*) FROM nomination WHERE month = :month AND withdrawn_at IS NULL"
            " AND starts_with(rw_code, :within)"
        ),
        {"month": month, "within": f"{kelurahan_code}."},
    )
    if named:
        raise UnusableInputError(
            f"{kelurahan_code} names {named} RW(s) for {month:%Y-%m}; withdraw them first.", reason="has_nominations"
        )
    answer(connection, kelurahan_code, month, answered_by, note)


def correct_travel(
    connection: Connection,
    rw_code: str,
    facility_code: str,
    mode: str,
    minutes: float,
    reason: str,
    corrected_by: str,
    valid_from: datetime.date | None = None,
) -> int:
    """Set a travel time as people on the spot know it; return the correction's number. It can be taken back.

    Without a first day it holds from the database's own today on, which is the day that `travel_now` goes by: in
    Jakarta it may be tomorrow already, and a correction would wait seven hours.
    Raises UnusableInputError for an impossible time, and where no travel was ever computed to be corrected.
    """
    if not 0 < minutes <= 24 * 60:
        raise UnusableInputError(
            f"{minutes:g} minutes is no travel time; give more than 0 and at most 1,440.", reason="minutes_impossible"
        )
    told = kept_reason(reason)
    is_computed = connection.scalar(
        text("SELECT EXISTS (SELECT 1 FROM travel WHERE rw_code = :rw AND facility_code = :to AND mode = :mode)"),
        {"rw": rw_code, "to": facility_code, "mode": mode},
    )
    if not is_computed:
        raise UnusableInputError(
            f"no travel by {mode} from {rw_code} to {facility_code} was computed; run `travel fill` first.",
            reason="travel_unknown",
        )
    number = connection.scalar(
        text(
            "INSERT INTO travel_correction (rw_code, facility_code, mode, duration_s, reason, corrected_by, valid_from)"
            " VALUES (:rw, :facility, :mode, :seconds, :reason, :by, coalesce(CAST(:since AS date), CURRENT_DATE))"
            " RETURNING id"
        ),
        {
            "rw": rw_code,
            "facility": facility_code,
            "mode": mode,
            "seconds": 60 * minutes,
            "reason": told,
            "by": corrected_by,
            "since": valid_from,
        },
    )
    log(connection, "travel corrected", correction=number, rw=rw_code, facility=facility_code, minutes=minutes)
    return int(number or 0)


def withdraw_correction(connection: Connection, number: int) -> None:
    """Take a corrected travel time back: the one before holds again. One that is gone already is refused."""
    _change_one(
        connection,
        "UPDATE travel_correction SET withdrawn_at = clock_timestamp() WHERE id = :id AND withdrawn_at IS NULL",
        "correction",
        id=number,
    )
    log(connection, "travel correction withdrawn", correction=number)


def _hold_rw(connection: Connection, rw_code: str) -> None:
    """Hold an RW until the transaction ends, so that two people cannot name it at the same moment."""
    found = connection.scalar(
        text("SELECT 1 FROM area WHERE code = :code AND level = 'rw' AND valid_to IS NULL FOR NO KEY UPDATE"),
        {"code": rw_code},
    )
    if found is None:
        raise UnusableInputError(f"there is no RW {rw_code} in this city.", reason="rw_unknown", rw_code=rw_code)


def _change_one(connection: Connection, statement: str, kind: str, **values: Any) -> None:
    if not connection.execute(text(statement), values).rowcount:
        raise UnusableInputError(
            f"{kind} {values['id']} is withdrawn already or was never made.", reason=f"{kind}_gone"
        )
