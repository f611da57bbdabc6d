"""What is wrong with a row, or with a whole table of places, in plain Indonesian, by the loader's codes."""

from dashboard.areas.words import REFUSED as AREAS_REFUSED
from data.errors import RembukError

FAULTS = {
    "kelurahan_unknown": "Kelurahan ini tidak ada di basis data",
    "rw_invalid": "Nomor RW tidak terbaca",
    "rw_unknown": "RW ini tidak ada di basis data",
    "repeated": "Mengulang baris sebelumnya",
    "area_unknown": "Wilayah ini tidak ada di basis data",
    "source_unknown": "Sumber bukan dukcapil, bps, posyandu, atau other",
    "children_invalid": "Jumlah balita bukan bilangan bulat",
    "citation_missing": "Asal angkanya belum disebut",
    "number_invalid": "Koordinat bukan angka",
    "half_a_point": "Hanya satu dari lintang dan bujur yang terisi",
    "point_elsewhere": "Titik di luar Indonesia",
    "puskesmas_unknown": "Puskesmas ini tidak ada di basis data",
    "day_invalid": "Tanggal tidak terbaca",
    "kind_unknown": "Jenis fasilitas tidak dikenal",
    "name_missing": "Nama kosong",
}
REFUSED = AREAS_REFUSED | {
    "no_table": "Berkas ini tidak terbaca sebagai tabel. Simpan sebagai CSV atau Excel (.xlsx) tanpa kata sandi.",
    "no_rows_in_table": "Tidak ada baris di bawah judul kolomnya.",
    "table_head": "Judul kolomnya tidak ditemukan di 15 baris pertama. Pakai templat di atas.",
    "table_rows": (
        "Tidak ada satu baris pun yang dapat dipakai ({found} baris). Periksa judul kolom dan isinya, dan apakah "
        "langkah sebelumnya (batas wilayah, tabel RW, fasilitas) sudah dimuat."
    ),
    "figure_rows": "{found} baris tidak dapat dipakai: {rows}. Perbaiki lalu muat lagi; tidak ada yang ditulis.",
    "facility_kind": "Tidak ada kolom jenis; pilih jenis untuk semua baris, atau tambahkan kolom jenis.",
}


def refused(error: RembukError) -> str:
    """Return an error of a table's loader as a sentence."""
    reason = str(error.context.get("reason", "")).removeprefix("areas_")
    told = REFUSED.get(reason)
    return told.format(**error.context) if told else "Tabel ini tidak dapat dipakai dan tidak ada yang ditulis."
