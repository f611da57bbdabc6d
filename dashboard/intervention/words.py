"""The import of interventions in plain Indonesian: why a file cannot be used, why a row was set aside, what it does."""

from data.errors import RembukError
from data.intake.interventions_layout import LAYOUTS, MATERNAL_CODE
from data.intake.interventions_rows import LARGEST_MB

REFUSALS = {
    "figures_no_workbook": (
        "Berkas ini bukan buku kerja Excel yang bisa dibaca. Unduh berkas isian, isi, lalu simpan sebagai .xlsx."
    ),
    "figures_protected": "Buku kerja ini terkunci kata sandi; hapus kata sandinya, simpan, lalu unggah lagi.",
    "figures_too_large": f"Berkas lebih besar dari {LARGEST_MB} MB atau isinya mengembang; kirim lebih sedikit bulan.",
    "figures_no_sheet": "Tidak ada lembar dengan kolom berkas isian. Kolom yang harus ada: {columns}.",
    "figures_no_rows": "Belum ada baris yang diisi; isi angka atau status di kolom kuning.",
}
PARKED = {
    "rw_unknown": "Kode RW tidak ada, atau di luar wilayah Anda",
    "month_invalid": "Bulan tidak terbaca, terlalu lama, atau belum tiba",
    "indicator_unknown": "Kode indikator tidak ada di kamus atau di lembar yang salah",
    "status_unknown": "Status bukan pilihan yang ada",
    "count_invalid": "Ada angka yang bukan bilangan bulat mulai dari 0",
    "incomplete": "Ada angka wajib yang kosong",
    "part_above_whole": "Ada bagian yang melebihi keseluruhannya",
    "status_contradicts": "“belum mulai” tetapi ada yang tercapai",
    "repeated_otherwise": "RW, bulan, dan indikator ini tertulis lagi dengan angka lain",
}
STATUSES = {
    "new": "Siap diimpor",
    "unchanged": "Berkas ini sudah ada di basis data; mengimpornya lagi tidak mengubah apa pun",
    "superseded": "Semua angka berkas ini sudah diganti berkas yang lebih baru; mengimpornya tidak mengubah apa pun",
}
COUNT_NAMES = {layout.sheet: layout.counts for layout in LAYOUTS}
MATERNAL_NAME = "Ibu hamil"


def failure(error: RembukError) -> str:
    """Return an error of the import as a sentence; nothing was written."""
    reason = error.context.get("reason", "")
    if reason in REFUSALS:
        return REFUSALS[reason].format(**error.context)
    return "Berkas ini tidak dapat diimpor dan tidak ada yang ditulis."


def indicator_name(code: str, names: dict[str, str]) -> str:
    """Return what a row's code is called."""
    return MATERNAL_NAME if code == MATERNAL_CODE else names.get(code, code)
