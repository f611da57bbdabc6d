"""Kartu RW: everything about one RW on one page, for the screen and for one sheet of paper."""

from dashboard.places import view
from dashboard.places.place import RW
from dashboard.shell import open_page

viewer, version, city = open_page(
    "Kartu RW",
    "Semua yang diketahui tentang satu RW di satu halaman, bisa dicetak. Angka survei tidak pernah di garis yang "
    "sama dengan angka rutin.",
)
view.show(viewer, version, city, RW)
