"""Short notes on an RW by those who work there; each is logged, and can be taken back and put back."""

from sqlalchemy import Connection, text

from data.audit import log
from data.errors import UnusableInputError
from data.pusing.reasons import kept_reason


def write_note(connection: Connection, rw_code: str, told: str, written_by: str) -> int:
    """Write a note on an RW; return its number. Raises UnusableInputError for a blank or long one, and no such RW.

    Of an RW outside the writer's areas the database refuses it.
    """
    kept = kept_reason(told)
    is_rw = connection.scalar(
        text("SELECT EXISTS (SELECT 1 FROM area WHERE code = :rw AND level = 'rw')"), {"rw": rw_code}
    )
    if not is_rw:
        raise UnusableInputError(f"there is no RW {rw_code} in this city.", reason="rw_unknown", rw_code=rw_code)
    number = connection.scalar(
        text("INSERT INTO place_note (rw_code, note, written_by) VALUES (:rw, :note, :by) RETURNING id"),
        {"rw": rw_code, "note": kept, "by": written_by},
    )
    log(connection, "note written", note=number, rw=rw_code)
    return int(number or 0)


def withdraw_note(connection: Connection, number: int) -> None:
    """Take a note back; it stays in the table as withdrawn. One that is gone already is refused."""
    _change(connection, "clock_timestamp()", "withdrawn_at IS NULL", number)
    log(connection, "note withdrawn", note=number)


def restore_note(connection: Connection, number: int) -> None:
    """Put back a note that was taken back."""
    _change(connection, "NULL", "withdrawn_at IS NOT NULL", number)
    log(connection, "note restored", note=number)


def _change(connection: Connection, withdrawn_at: str, condition: str, number: int) -> None:
    statement = f"UPDATE place_note SET withdrawn_at = {withdrawn_at} WHERE id = :id AND {condition}"  # noqa: S608 - ours
    if not connection.execute(text(statement), {"id": number}).rowcount:
        raise UnusableInputError(f"note {number} is not there to be changed.", reason="note_gone")
