"""A page for every place: city, kecamatan, kelurahan, RW and puskesmas, on the screen and on one sheet of A4."""
