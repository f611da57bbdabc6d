"""Promises of a rakor: who does what until when, what became of it, and the figure that it should move."""

import datetime
from dataclasses import dataclass

from sqlalchemy import Connection, text

from data.audit import log
from data.errors import UnusableInputError
from data.queries.rakor import figure_at, newest_month
from data.rakor.figures import figure_area
from data.schema import OWNER_KINDS, PROMISE_STATUSES

LONGEST = 300
_PLACED = {"kecamatan": "kecamatan", "kelurahan": "kelurahan"}


@dataclass(frozen=True)
class Owner:
    """Whose promise it is: a kecamatan, kelurahan or puskesmas by its code, an OPD or partner by its name."""

    kind: str
    name: str
    code: str = ""


@dataclass(frozen=True)
class Promise:
    """What was promised at a meeting; area and indicator may be blank."""

    meeting_id: int
    owner: Owner
    text: str
    due_on: datetime.date
    area_code: str = ""
    indicator_code: str = ""


def add_promise(connection: Connection, promise: Promise, written_by: str) -> int:
    """Write a promise down with its figure at the time of the meeting, and return its number.

    Raises UnusableInputError (`reason` in the context) for a blank text, an owner, area or indicator that is none, a
    meeting that does not stand, and a due day before the meeting.
    """
    values = _values(connection, promise)
    month = newest_month(connection, _day_of(connection, promise.meeting_id))
    figure = None
    if promise.indicator_code and month is not None:
        figure = figure_at(
            connection, promise.indicator_code, figure_area(promise.indicator_code, promise.area_code), month
        )
    number = connection.scalar(
        text(
            "INSERT INTO action_item (meeting_id, owner, owner_kind, owner_code, text, due_on, area_code,"
            " indicator_code, figure_then, figure_month, written_by) VALUES (:meeting, :owner, :kind, :code, :text,"
            " :due_on, :area, :indicator, :figure, :month, :by) RETURNING id"
        ),
        values | {"figure": figure, "month": None if figure is None else month, "by": written_by},
    )
    log(connection, "promise added", promise=number, meeting=promise.meeting_id, owner=promise.owner.name)
    return int(number or 0)


def change_promise(connection: Connection, number: int, promise: Promise) -> None:
    """Correct what is written of a promise; its figure stays that of the day it was made, the log keeps the rest."""
    before = connection.execute(
        text("SELECT owner, text, due_on::text, area_code, indicator_code FROM action_item WHERE id = :id"),
        {"id": number},
    ).first()
    _change(
        connection,
        "UPDATE action_item SET meeting_id = :meeting, owner = :owner, owner_kind = :kind, owner_code = :code,"
        " text = :text, due_on = :due_on, area_code = :area, indicator_code = :indicator"
        " WHERE id = :id AND withdrawn_at IS NULL",
        _values(connection, promise) | {"id": number},
    )
    log(connection, "promise changed", promise=number, before=None if before is None else dict(before._mapping))


def answer_promise(connection: Connection, number: int, status: str, evidence: str, answered_by: str) -> None:
    """Say what became of a promise, by its owner or by Dinkes; refused for another's and for done without evidence.

    The answer before stays in the log.
    """
    told = " ".join(evidence.split())
    if status not in PROMISE_STATUSES:
        raise UnusableInputError(f"{status} is no status of a promise.", reason="status_unknown")
    if status in ("done", "dropped") and not told:
        raise UnusableInputError("say what was done, or why it was dropped.", reason="evidence_blank")
    if len(told) > LONGEST:
        raise UnusableInputError(f"at most {LONGEST} letters.", reason="text_long")
    before = connection.execute(text("SELECT status, evidence FROM action_item WHERE id = :id"), {"id": number}).first()
    _change(
        connection,
        "UPDATE action_item SET status = :status, evidence = :told, answered_by = :by, answered_at = clock_timestamp()"
        " WHERE id = :id AND withdrawn_at IS NULL",
        {"id": number, "status": status, "told": told or None, "by": answered_by},
    )
    log(
        connection,
        "promise answered",
        promise=number,
        status=status,
        before=None if before is None else dict(before._mapping),
    )


def withdraw_promise(connection: Connection, number: int) -> None:
    """Take a promise back that was written down by mistake; it stays readable in the log and can be restored."""
    _change(
        connection,
        "UPDATE action_item SET withdrawn_at = clock_timestamp() WHERE id = :id AND withdrawn_at IS NULL",
        {"id": number},
    )
    log(connection, "promise withdrawn", promise=number)


def restore_promise(connection: Connection, number: int) -> None:
    """Let a withdrawn promise stand again."""
    _change(
        connection,
        "UPDATE action_item SET withdrawn_at = NULL WHERE id = :id AND withdrawn_at IS NOT NULL",
        {"id": number},
    )
    log(connection, "promise restored", promise=number)


def _values(connection: Connection, promise: Promise) -> dict[str, object]:
    told = " ".join(promise.text.split())
    if not told:
        raise UnusableInputError("a promise says what will be done.", reason="text_blank")
    if len(told) > LONGEST:
        raise UnusableInputError(f"a promise has at most {LONGEST} letters.", reason="text_long")
    if promise.due_on < _day_of(connection, promise.meeting_id):
        raise UnusableInputError("a promise is due after the meeting at which it was made.", reason="due_before")
    _check_owner(connection, promise.owner)
    if promise.area_code and not connection.scalar(
        text("SELECT 1 FROM area WHERE code = :code"), {"code": promise.area_code}
    ):
        raise UnusableInputError(f"there is no area {promise.area_code}.", reason="area_unknown")
    if promise.indicator_code and not connection.scalar(
        text("SELECT 1 FROM indicator WHERE code = :code"), {"code": promise.indicator_code}
    ):
        raise UnusableInputError(f"there is no indicator {promise.indicator_code}.", reason="indicator_unknown")
    return {
        "meeting": promise.meeting_id,
        "owner": promise.owner.name.strip(),
        "kind": promise.owner.kind,
        "code": promise.owner.code or None,
        "text": told,
        "due_on": promise.due_on,
        "area": promise.area_code or None,
        "indicator": promise.indicator_code or None,
    }


def _day_of(connection: Connection, meeting_id: int) -> datetime.date:
    held_on: datetime.date | None = connection.scalar(
        text("SELECT held_on FROM meeting WHERE id = :id AND withdrawn_at IS NULL"), {"id": meeting_id}
    )
    if held_on is None:
        raise UnusableInputError(f"there is no meeting {meeting_id}.", reason="meeting_gone")
    return held_on


def _check_owner(connection: Connection, owner: Owner) -> None:
    if owner.kind in _PLACED:
        query = "SELECT 1 FROM area WHERE code = :code AND level = :kind"
    elif owner.kind == "puskesmas":
        query = "SELECT 1 FROM facility WHERE code = :code AND kind = :kind"
    elif owner.kind in OWNER_KINDS and owner.name.strip() and not owner.code:
        return
    else:
        raise UnusableInputError(
            "a promise has an owner: OPD, kecamatan, kelurahan, puskesmas or partner.", reason="owner_unknown"
        )
    if connection.scalar(text(query), {"code": owner.code, "kind": owner.kind}) is None:
        raise UnusableInputError(f"there is no {owner.kind} {owner.code}.", reason="owner_unknown")


def _change(connection: Connection, statement: str, values: dict[str, object]) -> None:
    if not connection.execute(text(statement), values).rowcount:
        raise UnusableInputError(
            f"promise {values['id']} is another's, is withdrawn, or was never made.", reason="promise_gone"
        )
