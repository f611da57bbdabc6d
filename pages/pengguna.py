"""Pengguna: who may enter and as what; an admin adds, changes, shuts out and lets in again."""

from dashboard import user_form, user_list
from dashboard.office import open_office

viewer = open_office(
    "Pengguna",
    "Siapa boleh masuk, sebagai apa, dan untuk wilayah mana. Perubahan berlaku pada klik berikutnya dari orang itu.",
    "admit",
)
people = user_list.read(viewer)
user_list.show(people)
user_form.show_done()
user_form.add(viewer)
user_form.change(viewer, people)
