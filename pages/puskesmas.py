"""Puskesmas: everything that a puskesmas head needs to know of the own wilayah kerja, on one page."""

from dashboard.places import view
from dashboard.places.place import PUSKESMAS
from dashboard.shell import open_page

viewer, version, city = open_page(
    "Puskesmas",
    "Semua yang perlu diketahui kepala puskesmas tentang wilayah kerjanya, di satu halaman.",
)
view.show(viewer, version, city, PUSKESMAS)
