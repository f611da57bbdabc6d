"""Wilayah: everything about the city, a kecamatan or a kelurahan on one page; a click goes down, the path up."""

from dashboard.places import view
from dashboard.shell import open_page

viewer, version, city = open_page(
    "Wilayah",
    "Kota, kecamatan, kelurahan: perjalanan angka, urutan, akses, layanan, dan catatan di satu halaman. Klik "
    "baris untuk turun; jejak di atas untuk naik.",
)
view.show(viewer, version, city)
