"""Pengguna: who may enter and as what; an admin adds, changes, shuts out and lets in again."""

from dashboard.office import open_office
from dashboard.users import form as user_form
from dashboard.users import list as user_list

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
