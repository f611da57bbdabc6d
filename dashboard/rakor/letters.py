"""Agenda and reminders as files: text that a person prints, and mails that a mail program opens as drafts.

No mail server is needed and no address is known here: who sends a reminder fills in its receiver.
"""

import datetime
import io
import zipfile
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

from dashboard import format as fmt
from dashboard.rakor.clock import Clock

_AGENDA = {
    "rakor": (
        "Pembukaan oleh pimpinan rapat",
        "Janji rakor yang lalu: apa yang selesai, apa yang lewat tenggat, dan apa yang terjadi dengan angkanya",
        "Keadaan kota terhadap target, dan mutu datanya",
        "Peta RW dan kecamatan demi kecamatan: apa yang berubah dan mengapa",
        "RW yang jauh dari puskesmas, dan usulan camat serta lurah",
        "Usulan rotasi Pusing: bobot, perubahan oleh orang dengan alasannya, penetapan",
        "Janji baru: pemilik, tenggat, dan angka yang harus bergerak",
        "Pembacaan keputusan dan penutup",
    ),
    "rembuk_stunting": (
        "Pembukaan oleh camat atau lurah",
        "Janji rembuk yang lalu dan kelanjutannya",
        "Keadaan wilayah: RW yang angkanya tinggi dan RW yang belum cukup ditimbang",
        "Layanan yang belum sampai: kunjungan Pusing, pemberian makanan, sanitasi, air bersih",
        "RW yang diusulkan untuk kunjungan Pusing berikutnya",
        "Kesepakatan: siapa mengerjakan apa, sampai kapan",
        "Penutup dan penandatanganan",
    ),
}


@dataclass(frozen=True)
class Reminder:
    """A reminder to one receiver: who it is for, and what it asks, one line each."""

    receiver: str
    lines: tuple[str, ...]


def agenda(kind: str, name: str, held_on: datetime.date, stamp: str, missing: list[str]) -> bytes:
    """Return an agenda as text: points in their order, what is missing before it, and which data it speaks of."""
    lines = [f"AGENDA {name.upper()}", fmt.day(held_on), ""]
    lines += [f"{number}. {point}" for number, point in enumerate(_AGENDA[kind], start=1)]
    if missing:
        lines += ["", "Yang masih kurang sebelum rapat:", *(f"- {told}" for told in missing)]
    lines += ["", f"Angka: {stamp}."]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def mail(reminder: Reminder, clock: Clock, today: datetime.date) -> bytes:
    """Return a reminder as a mail that opens as a draft, without a receiver's address."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = f"Pengingat {clock.rakor}: {reminder.receiver}"
    message["X-Unsent"] = "1"
    when = f"{clock.days_left} hari lagi" if clock.days_left else "hari ini"
    lines = [
        f"Kepada {reminder.receiver},",
        "",
        f"{clock.rakor} {'diadakan' if clock.is_set else 'diperkirakan'} {fmt.day(clock.held_on)} ({when}). "
        "Mohon dilengkapi sebelum itu:",
        "",
        *(f"- {line}" for line in reminder.lines),
        "",
        f"Dibuat dari Rembuk pada {fmt.day(today)}.",
    ]
    message.set_content("\n".join(lines) + "\n")
    return message.as_bytes()


def reminders_zip(reminders: list[Reminder], clock: Clock, today: datetime.date) -> bytes:
    """Return every reminder in one archive, a mail each, numbered in their order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, reminder in enumerate(reminders, start=1):
            plain = "".join(letter if letter.isalnum() else "-" for letter in reminder.receiver.lower())
            entry = zipfile.ZipInfo(f"{number:02d}-{plain}.eml", (today.year, today.month, today.day, 0, 0, 0))
            archive.writestr(entry, mail(reminder, clock, today))
    return stream.getvalue()
