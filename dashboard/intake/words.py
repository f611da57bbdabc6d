"""The intake's codes in plain Indonesian: why a file cannot be used, why a row was set aside, what became of a file."""

from data.errors import RembukError

_AGAIN = "ekspor ulang Daftar Anak Berdasarkan Status Gizi dari e-PPGBM lalu unggah berkas itu"

REFUSALS = {
    "empty": f"Berkas kosong; {_AGAIN}.",
    "too_many_rows": "Barisnya terlalu banyak untuk satu berkas; ekspor lebih sedikit bulan sekaligus.",
    "too_large": "Berkas terlalu besar; ekspor lebih sedikit bulan atau satu kecamatan saja.",
    "bomb": "Isi berkas mengembang jauh melebihi daftar anak; buka, simpan hanya daftarnya, lalu unggah lagi.",
    "image": f"Ini gambar, bukan daftar; {_AGAIN}.",
    "pdf": f"Ini PDF; {_AGAIN} sebagai Excel.",
    "document": f"Ini dokumen lain, bukan daftar; {_AGAIN}.",
    "archive": "Ini arsip terkompresi; buka arsipnya dan unggah daftar di dalamnya.",
    "protected": "Buku kerja ini terkunci kata sandi; buka, hapus kata sandinya, simpan, lalu unggah lagi.",
    "damaged": f"Buku kerja ini rusak atau terpotong; {_AGAIN}.",
    "old_format": "Format lembar kerja ini tidak dibaca; buka dan simpan sebagai Excel Workbook (.xlsx).",
    "frameset": (
        "Berkas ini hanya bingkai halaman yang disimpan Excel sebagai “Web Page”; daftarnya tidak ada di dalamnya. "
        "Buka berkas asli di Excel dan simpan sebagai Excel Workbook (.xlsx)."
    ),
    "web_page": f"Ini halaman web tanpa daftar, mungkin halaman masuk; masuk ke e-PPGBM lalu {_AGAIN}.",
    "binary": f"Ini bukan tabel; {_AGAIN}.",
    "other_report": "Ini laporan e-PPGBM lain ({found}); ekspor Daftar Anak Berdasarkan Status Gizi.",
    "no_list": f"Baris judul (NIK atau Nama, Tgl Lahir, JK, Tanggal Pengukuran) tidak ditemukan; {_AGAIN}.",
    "lacks_columns": f"Daftar ini tidak punya kolom {{missing}}; {_AGAIN}.",
    "no_rows": f"Daftar ini hanya judul tanpa baris; {_AGAIN}.",
    "kelurahan_unknown": "Kelurahan yang dipilih tidak ada.",
}

PARKED = {
    "outside_city": "Di luar kota ini",
    "area_unknown": "Kelurahan atau RW tidak dikenal",
    "rw_missing": "RW kosong",
    "birth_date_invalid": "Tanggal lahir tidak terbaca",
    "measured_on_invalid": "Tanggal pengukuran tidak terbaca atau di masa depan",
    "age_out_of_range": "Umur bukan 0–59 bulan",
    "sex_invalid": "Jenis kelamin tidak terbaca",
    "no_measurement": "Tidak ada berat maupun panjang/tinggi",
}

STATUSES = {
    "new": "Siap diimpor",
    "unchanged": "Berkas ini sudah ada di basis data; mengimpornya lagi tidak mengubah apa pun",
    "superseded": "Berkas ini versi lama yang sudah diganti berkas lebih baru; mengimpornya tidak mengubah apa pun",
    "imported": "Sudah diimpor",
}

KINDS = {
    "demo": "Data contoh",
    "eppgbm": "e-PPGBM",
    "interventions": "Intervensi",
    "under_five": "Balita menurut sumber lain",
}


def failure(error: RembukError) -> str:
    """Return an error of the intake as a sentence."""
    reason = error.context.get("reason", "")
    if reason in REFUSALS:
        return REFUSALS[reason].format(**error.context)
    match error.code:
        case "secret_missing":
            return "Rahasia untuk menyamarkan anak belum diatur di server; hubungi pengelola. Tidak ada yang ditulis."
        case "intake_failed":
            return (
                "Rembuk gagal membaca berkas ini dan tidak menulis apa pun. Laporkan kepada pengelola, tanpa berkasnya."
            )
    return "Berkas ini tidak dapat diimpor dan tidak ada yang ditulis."
