"""Meetings: a rakor of the city or of a kecamatan, or a rembuk stunting, with what was decided there."""

import datetime
import json
from dataclasses import dataclass

from sqlalchemy import Connection, text

from data.audit import log
from data.errors import UnusableInputError
from data.schema import MEETING_KINDS

LONGEST = 300


@dataclass(frozen=True)
class Meeting:
    """A meeting as it is written down; units and offices, never names of people."""

    held_on: datetime.date
    name: str
    kind: str = "rakor"
    area_code: str = ""
    chair: str = ""
    place: str = ""
    present: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    snapshot_id: str = ""
    plan_id: int | None = None


def add_meeting(connection: Connection, meeting: Meeting, written_by: str) -> int:
    """Write a meeting down and return its number; refused for a blank name, another kind or a twin of the same day."""
    values = _values(connection, meeting) | {"by": written_by}
    if connection.scalar(
        text("SELECT 1 FROM meeting WHERE held_on = :held_on AND name = :name AND withdrawn_at IS NULL"), values
    ):
        raise UnusableInputError(
            f"{meeting.name} of {meeting.held_on} is written down already.", reason="meeting_twice"
        )
    number = connection.scalar(
        text(
            "INSERT INTO meeting (held_on, name, kind, area_code, chair, place, present, decisions, snapshot_id,"
            " plan_id, written_by) VALUES (:held_on, :name, :kind, :area, :chair, :place, CAST(:present AS jsonb),"
            " CAST(:decisions AS jsonb), :snapshot, :plan, :by) RETURNING id"
        ),
        values,
    )
    log(connection, "meeting added", meeting=number, day=meeting.held_on, snapshot=meeting.snapshot_id or None)
    return int(number or 0)


def change_meeting(connection: Connection, number: int, meeting: Meeting) -> None:
    """Correct what is written of a meeting; the log keeps what it said before."""
    before = connection.execute(
        text("SELECT held_on, name, snapshot_id, plan_id FROM meeting WHERE id = :id"), {"id": number}
    ).first()
    _change(
        connection,
        "UPDATE meeting SET held_on = :held_on, name = :name, kind = :kind, area_code = :area, chair = :chair,"
        " place = :place, present = CAST(:present AS jsonb), decisions = CAST(:decisions AS jsonb),"
        " snapshot_id = :snapshot, plan_id = :plan WHERE id = :id AND withdrawn_at IS NULL",
        _values(connection, meeting) | {"id": number},
    )
    log(connection, "meeting changed", meeting=number, before=None if before is None else dict(before._mapping))


def withdraw_meeting(connection: Connection, number: int) -> None:
    """Take a meeting back that was written down by mistake; refused while promises of it stand."""
    if connection.scalar(
        text("SELECT 1 FROM action_item WHERE meeting_id = :id AND withdrawn_at IS NULL LIMIT 1"), {"id": number}
    ):
        raise UnusableInputError(
            f"promises of meeting {number} stand; withdraw them first.", reason="meeting_has_promises"
        )
    _change(
        connection,
        "UPDATE meeting SET withdrawn_at = clock_timestamp() WHERE id = :id AND withdrawn_at IS NULL",
        {"id": number},
    )
    log(connection, "meeting withdrawn", meeting=number)


def restore_meeting(connection: Connection, number: int) -> None:
    """Let a withdrawn meeting stand again; refused where one of its day and name has been written down since."""
    if connection.scalar(
        text(
            "SELECT 1 FROM meeting gone JOIN meeting m USING (held_on, name)"
            " WHERE gone.id = :id AND m.id <> gone.id AND m.withdrawn_at IS NULL"
        ),
        {"id": number},
    ):
        raise UnusableInputError(f"a meeting of the day and name of {number} stands already.", reason="meeting_twice")
    _change(
        connection,
        "UPDATE meeting SET withdrawn_at = NULL WHERE id = :id AND withdrawn_at IS NOT NULL",
        {"id": number},
    )
    log(connection, "meeting restored", meeting=number)


def _values(connection: Connection, meeting: Meeting) -> dict[str, object]:
    name = " ".join(meeting.name.split())
    if not name or len(name) > LONGEST:
        raise UnusableInputError("a meeting has a name, such as Rakor TW-III 2026.", reason="meeting_name")
    if meeting.kind not in MEETING_KINDS:
        raise UnusableInputError(f"{meeting.kind} is no kind of meeting.", reason="meeting_kind")
    if meeting.area_code and not connection.scalar(
        text("SELECT 1 FROM area WHERE code = :code AND level IN ('kecamatan', 'kelurahan')"),
        {"code": meeting.area_code},
    ):
        raise UnusableInputError(f"there is no kecamatan or kelurahan {meeting.area_code}.", reason="area_unknown")
    if meeting.snapshot_id and not connection.scalar(
        text("SELECT 1 FROM snapshot WHERE id = :id"), {"id": meeting.snapshot_id}
    ):
        raise UnusableInputError(f"there is no snapshot {meeting.snapshot_id}.", reason="snapshot_unknown")
    return {
        "held_on": meeting.held_on,
        "name": name,
        "kind": meeting.kind,
        "area": meeting.area_code or None,
        "chair": meeting.chair.strip() or None,
        "place": meeting.place.strip() or None,
        "present": json.dumps([unit.strip() for unit in meeting.present if unit.strip()]),
        "decisions": json.dumps([told.strip() for told in meeting.decisions if told.strip()]),
        "snapshot": meeting.snapshot_id or None,
        "plan": meeting.plan_id,
    }


def _change(connection: Connection, statement: str, values: dict[str, object]) -> None:
    if not connection.execute(text(statement), values).rowcount:
        raise UnusableInputError(
            f"meeting {values['id']} is withdrawn already or was never written down.", reason="meeting_gone"
        )
