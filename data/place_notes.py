"""Short notes on a place (RW, kelurahan, kecamatan, city, puskesmas) by those who work there.

Each is logged, and can be taken back and put back.
"""

from sqlalchemy import Connection, text

from data.audit import log
from data.errors import UnusableInputError
from data.pusing.reasons import kept_reason


def write_note(connection: Connection, code: str, told: str, written_by: str) -> int:
    """Write a note on a place, named by its area's or its puskesmas's code; return the note's number.

    Raises UnusableInputError for a blank or long one, and no such place. Of a place outside the writer's areas the
    database refuses it.
    """
    kept = kept_reason(told)
    column = connection.scalar(
        text(
            "SELECT CASE level WHEN 'rw' THEN 'rw_code' ELSE 'area_code' END FROM area WHERE code = :code"
            " UNION ALL SELECT 'facility_code' FROM facility WHERE code = :code AND kind = 'puskesmas' LIMIT 1"
        ),
        {"code": code},
    )
    if column is None:
        raise UnusableInputError(f"there is no place {code} in this city.", reason="place_unknown", code=code)
    number = connection.scalar(
        text(f"INSERT INTO place_note ({column}, note, written_by) VALUES (:code, :note, :by) RETURNING id"),  # noqa: S608
        {"code": code, "note": kept, "by": written_by},
    )
    log(connection, "note written", note=number, place=code)
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
