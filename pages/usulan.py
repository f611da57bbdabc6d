"""Usulan wilayah: camat and lurah name RWs for a month or answer none; Dinkes sees who answered and what differs."""

from dashboard import cache
from dashboard import format as fmt
from dashboard.nomination import agenda as nomination_agenda
from dashboard.nomination import choices as nomination_choices
from dashboard.nomination import form as nomination_form
from dashboard.nomination import list as nomination_list
from dashboard.nomination import travel as nomination_travel
from dashboard.nomination import upload as nomination_upload
from dashboard.nomination.choices import AGENDA, NAME, SHEET, TRACKER, TRAVEL
from dashboard.priority.choices import DEFAULT_K
from dashboard.pusing import acts as pusing_acts
from dashboard.shell import open_page, source_line

viewer, version, city = open_page(
    "Usulan wilayah",
    "Camat dan lurah mengusulkan RW untuk dikunjungi Pusing, dari daftar RW mereka sendiri yang paling jauh. Dinkes "
    "melihat siapa yang sudah menjawab, dan di mana usulan dan data berbeda.",
)
pusing_acts.show_done()
asked = nomination_choices.ask(viewer, version, city)

if asked.part in (NAME, SHEET):
    weights = cache.presets(viewer.scope, version)["balanced"]
    table = cache.ranked_rws(viewer.scope, version, asked.month, cache.shares_of(weights), DEFAULT_K)
    far = nomination_list.far_list(table, asked.kelurahan)
    named = cache.nominations(viewer.scope, version, asked.month)
    named = named[named["kelurahan_code"].eq(asked.kelurahan)]
    if asked.part == NAME:
        nomination_form.show(viewer, asked, far, named)
    else:
        nomination_upload.show(viewer, asked, far, named)
    nomination_form.standing_nominations(viewer, named)
elif asked.part == TRAVEL:
    nomination_travel.show(viewer, version, asked)
elif asked.part == TRACKER:
    nomination_agenda.show_tracker(viewer, version, asked)
elif asked.part == AGENDA:
    nomination_agenda.show_agenda(viewer, version, asked, city)
source_line(
    f"kunjungan {fmt.month(asked.month)}", "usulan camat dan lurah, waktu tempuh lewat jalan, dan urutan Prioritas"
)
