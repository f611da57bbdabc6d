"""Rakor: what is missing before it, the promises, the meetings, and the frozen state that it speaks of."""

from dashboard import page_parts
from dashboard.pusing import acts as pusing_acts
from dashboard.rakor import meetings as rakor_meetings
from dashboard.rakor import register as rakor_register
from dashboard.rakor import view as rakor_view
from dashboard.shell import now, open_page
from dashboard.snapshot import view as snapshot_view

PREPARATION, PROMISES, MEETINGS, SNAPSHOTS = "persiapan", "janji", "rapat", "potret"
PARTS = {"Persiapan": PREPARATION, "Janji": PROMISES, "Rapat": MEETINGS, "Potret data": SNAPSHOTS}

viewer, version, city = open_page(
    "Rakor", "Persiapan rapat, janji yang dibuat di sana, dan potret data yang angkanya tidak berubah lagi."
)
pusing_acts.show_done()
match page_parts.picked(PARTS, "bagian-rakor", "Bagian"):
    case "janji":
        rakor_register.show(viewer, version, city, now().date())
    case "rapat":
        rakor_meetings.show(viewer, version, now().date())
    case "potret":
        snapshot_view.show(viewer, city, now().date())
    case _:
        rakor_view.show_preparation(viewer, version, city)
