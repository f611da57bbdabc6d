"""Words of the page that explains a change: what each flow is, and what a part of a decomposition says."""

STEP_NAMES = {
    "newly_stunted": "Baru stunting",
    "newly_found": "Baru ditemukan (baru ikut diukur)",
    "moved_in": "Pindah masuk",
    "recovered": "Pulih",
    "lapsed": "Tidak diukur lagi",
    "aged_out": "Genap lima tahun",
    "moved_out": "Pindah keluar",
    "remeasured": "Diukur/dihitung ulang",
}
STEP_MEANINGS = {
    "newly_stunted": "diukur tidak stunting sebelumnya, kini stunting",
    "newly_found": "kini stunting, sebelumnya tidak ada hasil ukur sahih: ditemukan karena lebih banyak yang diukur",
    "moved_in": "stunting, datang dari RW lain (juga dari RW lain di wilayah ini)",
    "recovered": "stunting sebelumnya, kini diukur tidak stunting",
    "lapsed": "stunting sebelumnya, tiga bulan ini tidak diukur",
    "aged_out": "stunting sebelumnya, genap lima tahun",
    "moved_out": "stunting, kini tercatat di RW lain",
    "remeasured": "koreksi: hasil ukur atau hitungan yang diperbaiki sesudah arusnya dicatat",
}
PAIR_NAMES = {
    "growth": "Baru stunting dikurangi yang pulih",
    "weighing": "Ditemukan dikurangi yang tidak diukur lagi",
    "moves": "Pindah masuk dikurangi keluar",
    "ageing": "Genap lima tahun",
    "remeasured": "Diukur/dihitung ulang",
}
PAIR_REASONS = {
    "growth": "lebih banyak anak menjadi stunting daripada yang pulih",
    "weighing": "lebih banyak anak yang ikut diukur, jadi lebih banyak yang ditemukan",
    "moves": "perpindahan penduduk",
    "ageing": "anak yang genap lima tahun",
    "remeasured": "koreksi data",
}
PAIR_REASONS_DOWN = {
    "growth": "lebih banyak anak yang pulih daripada yang baru stunting",
    "weighing": "lebih banyak anak stunting yang tidak diukur lagi daripada yang ditemukan",
    "moves": "perpindahan penduduk",
    "ageing": "anak yang genap lima tahun",
    "remeasured": "koreksi data",
}
AGE_NAMES = {"0-5": "0–5 bulan", "6-23": "6–23 bulan", "24-59": "24–59 bulan"}
