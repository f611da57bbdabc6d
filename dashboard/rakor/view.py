"""The preparation of a rakor on the screen: the clock, what is missing, agenda, reminders and calendar."""

import datetime

import streamlit as st

from dashboard import cache, downloads
from dashboard import format as fmt
from dashboard.access import Viewer
from dashboard.promises.figures import overdue_promises
from dashboard.promises.words import MEETING_KIND_NAMES
from dashboard.rakor.calendar import to_ics
from dashboard.rakor.clock import Clock, clock
from dashboard.rakor.letters import Reminder, agenda, reminders_zip
from dashboard.rakor.missing import Missing, missing, unsigned
from dashboard.shell import now, page_path
from dashboard.snapshot import choice
from dashboard.snapshot.words import stamp
from data.queries.city import CityState
from models.months import month_after

CALENDAR, ARCHIVE, PLAIN = "text/calendar", "application/zip", "text/plain"
_MONTHS_AHEAD = 12


def show_clock(viewer: Viewer, version: str, today: datetime.date) -> Clock:
    """Show which quarter it is and how long until the next rakor."""
    found = clock(today, cache.meetings(viewer.scope, version))
    late = len(overdue_promises(cache.promises(viewer.scope, version), today))
    tiles = (
        ("Triwulan", found.quarter.name, f"sampai {fmt.day(found.quarter.last)}"),
        (
            found.rakor,
            "Hari ini" if not found.days_left else f"{fmt.count(found.days_left)} hari lagi",
            f"{fmt.day(found.held_on)}{'' if found.is_set else ' (perkiraan: akhir triwulan)'}",
        ),
        ("Janji lewat tenggat", fmt.count(late), "dari semua rakor yang lalu"),
    )
    for column, (name, told, beside) in zip(st.columns(3), tiles, strict=True):
        column.html(
            f'<div class="kpi"><p class="name">{name}</p><div class="figure">{told}</div>'
            f'<p class="beside">{beside}</p></div>'
        )
    return found


def show_preparation(viewer: Viewer, version: str, city: CityState) -> None:
    """Show what is missing before the next meeting with links, and the files that help to prepare it."""
    today = now().date()
    found = show_clock(viewer, version, today)
    lacking = missing(viewer, version, city, today)
    left, right = st.columns([1.6, 1], gap="large")
    with left:
        st.subheader("Yang kurang sebelum rapat", anchor=False)
        show_missing(viewer, lacking)
    with right:
        st.subheader("Berkas persiapan", anchor=False)
        _files(viewer, version, city, found, lacking, today)


def show_missing(viewer: Viewer, lacking: list[Missing]) -> None:
    """Show what is missing, each with the page where it is mended where the viewer sees it."""
    if not lacking:
        st.success(
            "Tidak ada yang kurang: data, pengesahan, usulan, dan janji lengkap.", icon=":material/check_circle:"
        )
    for item in lacking:
        words, link = st.columns([3, 1.3], vertical_alignment="center")
        words.markdown(f"**{item.subject}.** {item.told}")
        if item.page and viewer.sees(item.page):
            link.page_link(
                page_path(item.page), label=item.link_words, icon=":material/arrow_forward:", query_params=item.asked
            )


def _files(
    viewer: Viewer, version: str, city: CityState, found: Clock, lacking: list[Missing], today: datetime.date
) -> None:
    kinds = {name: kind for kind, name in MEETING_KIND_NAMES.items()}
    picked = st.selectbox("Acara", list(kinds), key="acara-agenda")
    held = choice.read_now()
    period = "" if city.latest_month is None else f"penimbangan rutin sampai {fmt.month(city.latest_month)}"
    told = f"potret data {stamp(held)}" if held else f"data langsung pada {fmt.day(today)}, {period}"
    name = found.rakor if kinds[picked] == "rakor" else f"Rembuk Stunting {found.quarter.name}"
    downloads.file_button(
        "Agenda",
        lambda: agenda(kinds[picked], name, found.held_on, told, [item.told for item in lacking]),
        f"agenda-{kinds[picked].replace('_', '-')}.txt",
        PLAIN,
        icon=":material/list_alt:",
        key="agenda",
    )
    reminders = _reminders(viewer, version, city, today)
    downloads.file_button(
        f"Pengingat ({fmt.count(len(reminders))} surat)",
        lambda: reminders_zip(reminders, found, today),
        "pengingat-rakor.zip",
        ARCHIVE,
        icon=":material/mail:",
        key="pengingat",
    )
    st.caption("Surat .eml terbuka sebagai konsep di program surat; alamatnya Anda isi sendiri.")
    calendar_button(viewer, version, city, today)


def calendar_button(viewer: Viewer, version: str, city: CityState, today: datetime.date) -> None:
    """Offer the due days and the planned months of visits that the viewer sees as a calendar."""
    this_month = today.replace(day=1)
    slots = cache.adopted_slots(viewer.scope, version, month_after(this_month, _MONTHS_AHEAD))
    ahead = slots[[month >= this_month for month in slots["month"]]] if len(slots) else slots
    downloads.file_button(
        "Kalender (.ics)",
        lambda: to_ics(cache.promises(viewer.scope, version), ahead, now(), city.name),
        "rakor-dan-pusing.ics",
        CALENDAR,
        icon=":material/calendar_month:",
        key="kalender",
    )


def _reminders(viewer: Viewer, version: str, city: CityState, today: datetime.date) -> list[Reminder]:
    """Return a reminder for each owner of a promise that is due or late, and for those who have to sign or answer."""
    asked: dict[str, list[str]] = {}
    for row in cache.promises(viewer.scope, version).to_dict("records"):
        if row["status"] not in ("done", "dropped"):
            late = " (LEWAT TENGGAT)" if row["due_on"] < today else ""
            asked.setdefault(row["owner"], []).append(f"Janji: {row['text']}; tenggat {fmt.day(row['due_on'])}{late}")
    if city.latest_month is not None:
        for row in unsigned(viewer, version, city).to_dict("records"):
            asked.setdefault(row["name"], []).append(f"Pengesahan {fmt.month(city.latest_month)}: {row['why']}")
        month = month_after(city.latest_month, 1)
        answers = cache.nomination_answers(viewer.scope, version, month)
        for row in answers[answers["answered_by"].isna()].to_dict("records"):
            asked.setdefault(f"Lurah {row['kelurahan']}", []).append(
                f"Usulan RW untuk kunjungan {fmt.month(month)} belum dijawab"
            )
    return [Reminder(receiver, tuple(lines)) for receiver, lines in sorted(asked.items())]
