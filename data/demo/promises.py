"""The demo city's past rakor: a meeting of the quarter before, and a handful of invented promises, labelled as such.

People's own meetings stay when a demo is built again, and so does the demo's unless it ends in another month.
"""

import datetime

from sqlalchemy import Connection, text

from data.demo.months import first_date, month_number
from data.rakor.meetings import Meeting, add_meeting
from data.rakor.promises import Owner, Promise, add_promise, answer_promise

_WRITTEN_BY = "demo"
_HELD_DAY = 8
_MONTHS_BEFORE = 3
_LABEL = "(contoh) "

_PROMISES = (
    (
        "opd",
        "Dinas Sosial",
        "",
        "Menyalurkan bantuan sosial kepada keluarga berisiko",
        "social_assistance",
        2,
        "started",
    ),
    (
        "opd",
        "Dinas Perumahan dan Permukiman",
        "",
        "Membangun jamban sehat di RW prioritas",
        "sanitary_toilet",
        5,
        "open",
    ),
    ("kecamatan", "", "first", "Menimbang ulang RW yang kehadirannya di bawah 60 %", "attendance_ds", 2, "open"),
    ("kecamatan", "", "last", "Mengajak tokoh RW mengantar balita ke posyandu", "attendance_ds", 2, "done"),
    ("puskesmas", "", "first", "Mengunjungi RW yang jauh dengan Pusing", "stunting_prevalence", 5, "started"),
)
"""Kind, name, which place of its kind, text, indicator, months until due, and how it stands."""
_EVIDENCE = {"started": "Sudah dimulai di dua kelurahan.", "done": "Selesai, 24 RW, daftar hadir di kecamatan."}


def load_promises(connection: Connection, end_month: str) -> None:
    """Write the past meeting and its promises; the connection is the owner's, and the figures are loaded."""
    held_on = first_date(month_number(end_month) - _MONTHS_BEFORE).replace(day=_HELD_DAY)
    standing = connection.scalar(
        text("SELECT held_on FROM meeting WHERE written_by = :by AND withdrawn_at IS NULL"), {"by": _WRITTEN_BY}
    )
    if standing == held_on:
        return
    _withdraw_earlier(connection)
    quarter = (held_on.month - 1) // 3  # a rakor speaks of the quarter that has ended
    year, roman = (held_on.year - 1, "IV") if quarter == 0 else (held_on.year, ("I", "II", "III")[quarter - 1])
    meeting = add_meeting(
        connection,
        Meeting(
            held_on,
            f"{_LABEL}Rakor TW-{roman} {year}",
            chair="Sekretaris Daerah",
            place="Balai Kota",
            present=("Dinas Kesehatan", "Dinas Sosial", "Dinas Perumahan dan Permukiman", "12 kecamatan"),
            decisions=("RW yang belum cukup ditimbang ditimbang ulang sebelum rakor berikutnya",),
        ),
        _WRITTEN_BY,
    )
    for kind, name, which, told, indicator, months, status in _PROMISES:
        owner = Owner(kind, name) if name else _place(connection, kind, which)
        area = owner.code if kind == "kecamatan" else ""
        due = first_date(month_number(f"{held_on:%Y-%m}") + months + 1) - datetime.timedelta(days=1)
        number = add_promise(connection, Promise(meeting, owner, f"{_LABEL}{told}", due, area, indicator), _WRITTEN_BY)
        if status != "open":
            answer_promise(connection, number, status, _EVIDENCE[status], owner.name)


def _withdraw_earlier(connection: Connection) -> None:
    for statement in (
        "UPDATE action_item SET withdrawn_at = clock_timestamp() WHERE written_by = :by AND withdrawn_at IS NULL",
        "UPDATE meeting SET withdrawn_at = clock_timestamp() WHERE written_by = :by AND withdrawn_at IS NULL",
    ):
        connection.execute(text(statement), {"by": _WRITTEN_BY})


def _place(connection: Connection, kind: str, which: str) -> Owner:
    """Return the first or last kecamatan, or the first puskesmas, of those that the demo loaded."""
    if kind == "puskesmas":
        query = (
            "SELECT f.code, f.name FROM facility f JOIN service_area s ON s.facility_code = f.code"
            " WHERE f.kind = 'puskesmas' ORDER BY f.code LIMIT 1"
        )
        row = connection.execute(text(query)).one()
    else:
        query = (
            "SELECT code, 'Kecamatan ' || name AS name FROM area WHERE level = 'kecamatan'"
            " ORDER BY CASE WHEN :which = 'last' THEN code END DESC, code LIMIT 1"
        )
        row = connection.execute(text(query), {"which": which}).one()
    return Owner(kind, row.name, row.code)
