"""Events that explain a jump (a new definition, a cleaning, new RWs): added, corrected and withdrawn by planners.

An event holds for its area and all within. A correction is a new row that names the one it corrects."""

import datetime
from dataclasses import dataclass

from sqlalchemy import Connection, text

from data.audit import log
from data.errors import UnusableInputError
from data.indicators.texts import kept_text
from data.schema import BREAK_KINDS

EARLIEST = datetime.date(2000, 1, 1)


@dataclass(frozen=True)
class BreakEvent:
    """What happened where and when; without a last day it is of one day, or lasts."""

    area_code: str
    kind: str
    happened_on: datetime.date
    note: str
    ended_on: datetime.date | None = None


def add_break(connection: Connection, event: BreakEvent, written_by: str, today: datetime.date) -> int:
    """Add an event and return its number.

    Raises UnusableInputError (`reason` in the context) for an unknown area or kind, days that are still to come or in
    the wrong order, a blank note, and an event that stands just so already.
    """
    number = _write(connection, event, written_by, today, None)
    log(connection, "break added", event=number, area=event.area_code, day=event.happened_on, kind=event.kind)
    return number


def correct_break(connection: Connection, number: int, event: BreakEvent, written_by: str, today: datetime.date) -> int:
    """Put a corrected event in the place of one that stands; return its number. The old one stays readable."""
    corrected = _write(connection, event, written_by, today, number)
    _end(connection, number, written_by, None)
    log(connection, "break corrected", event=corrected, corrects=number, area=event.area_code, day=event.happened_on)
    return corrected


def withdraw_break(connection: Connection, number: int, why: str, withdrawn_by: str) -> None:
    """Take an event back; it stays readable with the reason."""
    told = kept_text(why)
    _end(connection, number, withdrawn_by, told)
    log(connection, "break withdrawn", event=number, why=told)


def restore_break(connection: Connection, number: int, written_by: str, today: datetime.date) -> int:
    """Let a withdrawn event stand again, as a new row; return its number."""
    row = connection.execute(
        text("SELECT * FROM break_event WHERE id = :id AND withdrawn_at IS NOT NULL"), {"id": number}
    ).first()
    if row is None:
        raise _gone(number)
    event = BreakEvent(row.area_code, row.kind, row.happened_on, row.note, row.ended_on)
    return add_break(connection, event, written_by, today)


def _write(
    connection: Connection, event: BreakEvent, written_by: str, today: datetime.date, corrects: int | None
) -> int:
    if not connection.scalar(
        text("SELECT 1 FROM area WHERE code = :code AND valid_to IS NULL"), {"code": event.area_code}
    ):
        raise UnusableInputError(f"there is no area {event.area_code} in this city.", reason="area_unknown")
    if event.kind not in BREAK_KINDS:
        raise UnusableInputError(
            f"{event.kind!r} is no kind of event; give one of {', '.join(BREAK_KINDS)}.", reason="kind_unknown"
        )
    if not EARLIEST <= event.happened_on <= today:
        raise UnusableInputError(
            f"{event.happened_on} is still to come or before {EARLIEST.year}.", reason="day_impossible"
        )
    if event.ended_on is not None and event.ended_on < event.happened_on:
        raise UnusableInputError("the last day is before the first.", reason="days_reversed")
    values = {
        "area": event.area_code,
        "kind": event.kind,
        "first": event.happened_on,
        "last": event.ended_on,
        "note": kept_text(event.note, what="note"),
    }
    twice = connection.scalar(
        text(
            "SELECT id FROM break_event WHERE area_code = :area AND kind = :kind AND happened_on = :first"
            " AND ended_on IS NOT DISTINCT FROM CAST(:last AS date) AND note = :note AND withdrawn_at IS NULL"
        ),
        values,
    )
    if twice is not None:
        raise UnusableInputError(f"event {twice} stands just so already.", reason="break_same")
    number = connection.scalar(
        text(
            "INSERT INTO break_event (area_code, kind, happened_on, ended_on, note, corrects, written_by, written_at)"
            " VALUES (:area, :kind, :first, :last, :note, :corrects, :by, clock_timestamp()) RETURNING id"
        ),
        {**values, "corrects": corrects, "by": written_by},
    )
    return int(number or 0)


def _end(connection: Connection, number: int, withdrawn_by: str, why: str | None) -> None:
    ended = connection.execute(
        text(
            "UPDATE break_event SET withdrawn_at = clock_timestamp(), withdrawn_by = :by, withdrawn_why = :why"
            " WHERE id = :id AND withdrawn_at IS NULL"
        ),
        {"id": number, "by": withdrawn_by, "why": why},
    )
    if not ended.rowcount:
        raise _gone(number)


def _gone(number: int) -> UnusableInputError:
    return UnusableInputError(f"event {number} was corrected or withdrawn, or never written.", reason="break_gone")
