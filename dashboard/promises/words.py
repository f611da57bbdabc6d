"""Promises in plain Indonesian: statuses, owners, and why an act was refused."""

from data.errors import RembukError

STATUS_NAMES = {"open": "Belum dimulai", "started": "Sedang dikerjakan", "done": "Selesai", "dropped": "Dibatalkan"}
STATUS_ICONS = {
    "open": ":material/radio_button_unchecked:",
    "started": ":material/pending:",
    "done": ":material/check_circle:",
    "dropped": ":material/cancel:",
}
OVERDUE = "Lewat tenggat"
KIND_NAMES = {
    "opd": "OPD",
    "kecamatan": "Kecamatan",
    "kelurahan": "Kelurahan",
    "puskesmas": "Puskesmas",
    "partner": "Mitra",
}
MEETING_KIND_NAMES = {"rakor": "Rakor", "rembuk_stunting": "Rembuk stunting"}

_REFUSALS = {
    "text_blank": "Tulis dulu apa yang dijanjikan.",
    "text_long": "Terlalu panjang; paling banyak 300 huruf.",
    "due_before": "Tenggat harus sesudah hari rapat.",
    "owner_unknown": "Pilih dulu pemilik janji dari daftar.",
    "area_unknown": "Wilayah itu tidak ada di data.",
    "indicator_unknown": "Indikator itu tidak ada di kamus.",
    "evidence_blank": "Tulis apa yang sudah dikerjakan, atau mengapa dibatalkan.",
    "promise_gone": "Janji ini bukan milik Anda atau sudah ditarik; muat ulang halaman.",
    "meeting_gone": "Rapat itu sudah ditarik; muat ulang halaman.",
    "meeting_twice": "Rapat dengan nama dan hari itu sudah dicatat.",
    "meeting_name": "Beri nama rapat, misalnya Rakor TW-III 2026.",
    "meeting_has_promises": "Rapat ini masih punya janji; tarik dulu janjinya.",
    "snapshot_unknown": "Potret data itu sudah tidak ada; muat ulang halaman.",
    "snapshot_name": "Beri nama potret 1 sampai 80 huruf, misalnya Rakor TW-III 2026.",
    "month_without_data": "Bulan itu belum punya angka.",
    "not_signed": "Bulan itu belum disahkan.",
}
_BY_CODE = {
    "snapshot_busy": "Potret lain sedang dibuat; tunggu sebentar lalu coba lagi.",
    "snapshot_in_use": "Berita acara {meeting} memakai potret ini, jadi tidak bisa dihapus.",
    "snapshot_frozen": "Ini potret data; kembali dulu ke data langsung.",
}


def failure(error: RembukError) -> str:
    """Return an error as a sentence; nothing was written."""
    if error.code in _BY_CODE:
        return _BY_CODE[error.code].format(**error.context)
    reason = error.context.get("reason", "")
    return _REFUSALS.get(reason, "Tidak dapat disimpan dan tidak ada yang ditulis. Muat ulang halaman, lalu coba lagi.")
