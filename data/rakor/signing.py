"""A puskesmas signs a month: its head says that the figures are theirs and whole, before they go to a rakor."""

import datetime

from sqlalchemy import Connection, text

from data.audit import log
from data.errors import UnusableInputError

LONGEST = 300


def sign_month(
    connection: Connection, facility_code: str, month: datetime.date, signed_by: str, note: str = ""
) -> None:
    """Sign a month that has figures, or sign it again after newer ones came; only the puskesmas itself may."""
    told = " ".join(note.split())
    if len(told) > LONGEST:
        raise UnusableInputError(f"a note has at most {LONGEST} letters.", reason="text_long")
    state = connection.execute(text("SELECT months, last_import_at FROM data_state()")).one()
    if month not in state.months:
        raise UnusableInputError(f"there are no figures of {month:%Y-%m} to sign.", reason="month_without_data")
    connection.execute(
        text(
            "INSERT INTO month_signoff (facility_code, month, signed_by, data_at, note)"
            " VALUES (:facility, :month, :by, :data_at, :note) ON CONFLICT (facility_code, month) DO UPDATE SET"
            " signed_by = excluded.signed_by, signed_at = clock_timestamp(), data_at = excluded.data_at,"
            " note = excluded.note"
        ),
        {
            "facility": facility_code,
            "month": month,
            "by": signed_by,
            "data_at": state.last_import_at,
            "note": told or None,
        },
    )
    log(connection, "month signed", facility=facility_code, month=month)


def unsign_month(connection: Connection, facility_code: str, month: datetime.date) -> None:
    """Take a signature back, by the puskesmas or by Dinkes."""
    gone = connection.execute(
        text("DELETE FROM month_signoff WHERE facility_code = :facility AND month = :month"),
        {"facility": facility_code, "month": month},
    ).rowcount
    if not gone:
        raise UnusableInputError(f"{month:%Y-%m} is not signed by {facility_code}.", reason="not_signed")
    log(connection, "signature withdrawn", facility=facility_code, month=month)
