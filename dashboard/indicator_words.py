"""Indicators, targets and events in plain Indonesian: groups, ways to a target, kinds of events, and refusals."""

from collections.abc import Callable

from dashboard import format as fmt
from data.errors import RembukError

GROUP_NAMES = {
    "growth": "Pertumbuhan",
    "attendance": "Kehadiran posyandu",
    "maternal": "Ibu hamil",
    "specific": "Spesifik (1.000 hari pertama)",
    "sensitive": "Sensitif",
    "spm": "SPM posyandu",
    "access": "Akses",
}
UNIT_NAMES = {"percent": "%", "children": "anak", "minutes": "menit", "needs": "kebutuhan"}
PATH_NAMES = {"stepped": "Bertahap (berlaku sepanjang tahunnya)", "straight": "Garis lurus dari tahun sebelumnya"}
SHORT_PATH_NAMES = {"stepped": "bertahap", "straight": "garis lurus"}
BREAK_NAMES = {
    "definition": "Definisi berubah",
    "cleaning": "Pembersihan data",
    "boundary": "Batas wilayah atau RW baru",
    "method": "Cara ukur atau cakupan berubah",
    "other": "Lainnya",
}

_REFUSALS = {
    "area_unknown": "Wilayah itu tidak ada di kota ini.",
    "indicator_unknown": "Indikator itu tidak ada di kamus.",
    "series_unknown": (
        "Indikator ini tidak punya angka dari seri {series}, jadi target itu tidak akan pernah bisa dibandingkan. "
        "Seri yang ada: {known}."
    ),
    "year_impossible": "Tahun target harus 2000 sampai 2100.",
    "value_impossible": "Nilai target tidak mungkin untuk satuan ini.",
    "path_unknown": "Cara menuju target belum dipilih.",
    "decree_blank": "Dasar hukum atau dokumen wajib diisi.",
    "decree_long": "Dasar hukum terlalu panjang; paling banyak {longest} huruf.",
    "reason_blank": "Alasan wajib diisi; tulis dengan beberapa kata.",
    "reason_long": "Teks terlalu panjang; paling banyak {longest} huruf.",
    "note_blank": "Keterangan wajib diisi; tulis dengan beberapa kata.",
    "note_long": "Keterangan terlalu panjang; paling banyak {longest} huruf.",
    "target_same": "Target itu sudah berlaku persis seperti ini.",
    "target_exists": "Sudah ada target untuk {year} menurut {decree}; ubah yang itu.",
    "target_gone": "Target ini sudah diganti atau ditarik; muat ulang halaman.",
    "kind_unknown": "Jenis peristiwa belum dipilih.",
    "day_impossible": "Tanggal mulai tidak boleh sebelum tahun 2000 atau sesudah hari ini.",
    "days_reversed": "Tanggal selesai tidak boleh sebelum tanggal mulai.",
    "break_same": "Peristiwa ini sudah tercatat persis seperti ini.",
    "break_gone": "Peristiwa ini sudah dikoreksi atau ditarik; muat ulang halaman.",
}


def failure(error: RembukError) -> str:
    """Return an error of a target or an event as a sentence; nothing was written."""
    reason = error.context.get("reason", "")
    if reason in _REFUSALS:
        return _REFUSALS[reason].format(**error.context)
    return "Tidak dapat disimpan dan tidak ada yang ditulis. Muat ulang halaman, lalu coba lagi."


def in_unit(value: float | None, unit: str) -> str:
    """Give a value of an indicator as people read it: 9,5 %, 3.571 anak, 12 menit."""
    if value is None or value != value:
        return fmt.MISSING
    told: Callable[[float], str] = fmt.count if unit in ("children", "needs") else _shortest
    return f"{told(value)}\u00a0{UNIT_NAMES.get(unit, unit)}"


def _shortest(value: float) -> str:
    """Give up to two decimals, no more than the value has."""
    return fmt.decimal(value, next(digits for digits in (0, 1, 2) if digits == 2 or round(value, digits) == value))
