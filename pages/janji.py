"""Janji saya: what an owner promised at a rakor and answers here, and the months that a puskesmas signs."""

from dashboard.promises import own
from dashboard.pusing import acts as pusing_acts
from dashboard.shell import now, open_page

viewer, version, city = open_page(
    "Janji saya", "Yang dijanjikan unit Anda di rakor, tenggatnya, dan jawaban Anda; angkanya dihitung dari data."
)
pusing_acts.show_done()
own.show(viewer, version, city, now().date())
