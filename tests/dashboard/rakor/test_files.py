"""The clock of the rakor, and the files that its preparation offers, read back by their own libraries."""

import datetime
import email
import email.policy
import io
import zipfile

import icalendar
import pandas as pd
import pytest

from dashboard.rakor.calendar import to_ics
from dashboard.rakor.clock import Clock, Quarter, clock, next_due, quarter_of
from dashboard.rakor.letters import Reminder, agenda, reminders_zip

D = datetime.date
TODAY = D(2026, 11, 21)
MADE = datetime.datetime(2026, 11, 21, 9, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))
PROMISES = pd.DataFrame(
    [
        (1, "Bangun jamban; RW 007, tahap 1", "Dinas Perumahan", D(2026, 12, 31), "open", "Rakor TW-III", "Aren Jaya"),
        (2, "Selesai", "Dinas Sosial", D(2026, 12, 31), "done", "Rakor TW-III", ""),
    ],
    columns=["id", "text", "owner", "due_on", "status", "meeting", "area"],
)
SLOTS = pd.DataFrame(
    [(D(2026, 12, 1), "32.75.01.1001.007", "RW 007", "Bawah", "Puskesmas Bawah")],
    columns=["month", "rw_code", "rw_name", "kelurahan", "puskesmas"],
)


@pytest.mark.parametrize(
    ("day", "name", "last"),
    [
        (D(2026, 1, 1), "TW-I 2026", D(2026, 3, 31)),
        (D(2026, 11, 21), "TW-IV 2026", D(2026, 12, 31)),
        (D(2024, 2, 29), "TW-I 2024", D(2024, 3, 31)),
    ],
)
def test_a_day_is_in_its_quarter(day: datetime.date, name: str, last: datetime.date) -> None:
    assert (quarter_of(day).name, quarter_of(day).last) == (name, last)


def test_a_promise_is_due_at_the_end_of_the_next_quarter() -> None:
    assert next_due(TODAY) == D(2027, 3, 31)


def test_the_next_rakor_is_the_first_that_is_written_down_or_else_the_quarter_s_end() -> None:
    meetings = pd.DataFrame(
        {"held_on": [D(2026, 7, 7), D(2026, 12, 9), D(2027, 3, 3)], "name": ["TW-II", "TW-III", "TW-IV"]}
    )
    assert clock(TODAY, meetings) == Clock(Quarter(2026, 4), "TW-III", D(2026, 12, 9), 18, True)
    expected = clock(TODAY, meetings.iloc[:1])
    assert (expected.rakor, expected.held_on, expected.is_set) == ("Rakor TW-IV 2026", D(2026, 12, 31), False)


def test_the_calendar_is_read_back_with_its_days() -> None:
    read = icalendar.Calendar.from_ical(to_ics(PROMISES, SLOTS, MADE, "Kota Contoh"))
    due, visit = read.walk("VEVENT")
    assert due.decoded("dtstart") == D(2026, 12, 31)
    assert "Bangun jamban; RW 007, tahap 1 (Dinas Perumahan)" in str(due["summary"])
    assert len(due.walk("VALARM")) == 1
    assert (visit.decoded("dtstart"), visit.decoded("dtend")) == (D(2026, 12, 1), D(2027, 1, 1))
    assert str(visit["transp"]) == "TRANSPARENT"


def test_the_same_calendar_has_the_same_bytes_and_a_newer_one_the_same_events() -> None:
    first = to_ics(PROMISES, SLOTS, MADE, "Kota Contoh")
    assert to_ics(PROMISES, SLOTS, MADE, "Kota Contoh") == first
    later = icalendar.Calendar.from_ical(to_ics(PROMISES, SLOTS, MADE + datetime.timedelta(days=1), "Kota Contoh"))
    assert [str(event["uid"]) for event in later.walk("VEVENT")] == [
        "janji-1@rembuk",
        "pusing-202612-32.75.01.1001.007@rembuk",
    ]


def test_reminders_open_as_drafts_without_an_address_and_say_what_is_asked() -> None:
    found = Clock(Quarter(2026, 4), "Rakor TW-IV 2026", D(2026, 12, 9), 18, True)
    made = reminders_zip([Reminder("Lurah Bawah", ("Usulan RW belum dijawab",))], found, TODAY)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == ["01-lurah-bawah.eml"]
        message = email.message_from_bytes(archive.read("01-lurah-bawah.eml"), policy=email.policy.default)
    assert message["X-Unsent"] == "1"
    assert message["To"] is None
    assert message["Subject"] == "Pengingat Rakor TW-IV 2026: Lurah Bawah"
    body = message.get_content()
    assert "- Usulan RW belum dijawab" in body
    assert "9 Desember 2026 (18 hari lagi)" in body


@pytest.mark.parametrize("kind", ["rakor", "rembuk_stunting"])
def test_an_agenda_has_its_points_what_is_missing_and_its_data(kind: str) -> None:
    told = agenda(kind, "Rakor TW-IV 2026", TODAY, "potret data no. 3", ["2 janji lewat tenggat"]).decode("utf-8-sig")
    assert told.startswith("AGENDA RAKOR TW-IV 2026\r\n21 November 2026")
    assert "\r\n7. " in told
    assert "- 2 janji lewat tenggat" in told
    assert "Angka: potret data no. 3." in told
