"""Due days of promises and the months of Pusing visits as an iCalendar file (RFC 5545) that any calendar reads.

A visit is planned for a month and not for a day: it stands over the whole month and keeps nobody busy.
"""

import datetime

import pandas as pd
from icalendar import Alarm, Calendar, Event

from dashboard.promises.figures import SHUT
from models.months import month_after

_DAYS_BEFORE = 7


def to_ics(promises: pd.DataFrame, slots: pd.DataFrame, made_at: datetime.datetime, city: str) -> bytes:
    """Return a calendar of the promises that are still to be kept and of the stops of adopted plans.

    An event's identity comes from its promise or stop, so that a newer file replaces an older one's events.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Rembuk//Rakor//ID")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Rakor stunting {city}")
    for row in promises[~promises["status"].isin(SHUT)].to_dict("records"):
        event = _event(f"janji-{row['id']}", made_at, row["due_on"], row["due_on"] + datetime.timedelta(days=1))
        event.add("summary", f"Tenggat: {row['text']} ({row['owner']})")
        event.add("description", f"Dijanjikan di {row['meeting']}. {row['area']}".strip())
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"Tenggat janji: {row['text']}")
        alarm.add("trigger", datetime.timedelta(days=-_DAYS_BEFORE))
        event.add_component(alarm)
        calendar.add_component(event)
    for row in slots.to_dict("records"):
        event = _event(
            f"pusing-{row['month']:%Y%m}-{row['rw_code']}", made_at, row["month"], month_after(row["month"], 1)
        )
        event.add("summary", f"Pusing: {row['rw_name']}, {row['kelurahan']} ({row['puskesmas']})")
        event.add("description", "Direncanakan dalam bulan ini; harinya ditentukan puskesmas.")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(uid: str, made_at: datetime.datetime, first: datetime.date, after: datetime.date) -> Event:
    event = Event()
    event.add("uid", f"{uid}@rembuk")
    event.add("dtstamp", made_at.astimezone(datetime.UTC))
    event.add("dtstart", first)
    event.add("dtend", after)
    return event
