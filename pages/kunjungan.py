"""Kunjungan: puskesmas log what Pusing did, on the screen or by workbook; everyone sees promises kept and results."""

from dashboard import cache
from dashboard import format as fmt
from dashboard.pusing import acts as pusing_acts
from dashboard.shell import now, open_page, source_line
from dashboard.visit import choices as visit_choices
from dashboard.visit import form as visit_form
from dashboard.visit import results as visit_results
from dashboard.visit import upload as visit_upload
from dashboard.visit.choices import LOG, MADE, SHEET

viewer, version, city = open_page(
    "Kunjungan Pusing",
    "Kepala puskesmas mencatat kunjungan di wilayah kerjanya; sesudahnya terlihat apakah janji ditepati dan apa yang "
    "berubah dibanding RW serupa yang tidak dikunjungi.",
)
pusing_acts.show_done()
asked = visit_choices.ask(viewer, version)

if asked.part in (LOG, SHEET):
    area = visit_choices.work_area(viewer, version, asked.puskesmas)
    if asked.part == LOG:
        today = now().date()
        planned = cache.adopted_slots(viewer.scope, version, today)
        visit_form.show(viewer, asked, area, planned, cache.visits(viewer.scope, version, today.replace(day=1)))
    else:
        visit_upload.show(viewer, asked, area)
elif asked.part == MADE:
    visit_results.show_made(viewer, version, asked, city)
else:
    visit_results.show_results(viewer, version, asked, city)
source_line(f"sejak {fmt.month(visit_results.since(city))}", "Catatan kunjungan Pusing dari puskesmas")
