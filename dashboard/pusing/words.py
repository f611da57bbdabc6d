"""Why an act on the mobile clinic was refused, in plain Indonesian, by the code that the error carries."""

from dashboard.visit.words import COUNT_NAMES
from data.errors import RembukError

_REFUSALS = {
    "rw_unknown": "RW {rw_code} tidak ada di kota ini.",
    "already_named": "RW ini sudah diusulkan untuk bulan itu; tarik dulu usulan lama bila alasannya berubah.",
    "has_nominations": "Kelurahan ini sudah mengusulkan RW untuk bulan itu; tarik dulu usulannya.",
    "nomination_gone": "Usulan ini sudah ditarik; muat ulang halaman.",
    "correction_gone": "Koreksi ini sudah dibatalkan; muat ulang halaman.",
    "reason_blank": "Alasan wajib diisi; tulis dengan beberapa kata.",
    "reason_long": "Alasan terlalu panjang; paling banyak 300 huruf.",
    "minutes_impossible": "Waktu tempuh harus lebih dari 0 dan paling lama 1.440 menit.",
    "travel_unknown": "Waktu tempuh RW ini ke tempat itu belum pernah dihitung, jadi belum bisa dikoreksi.",
    "puskesmas_unknown": "Puskesmas itu tidak ada di data.",
    "slots_impossible": "Jumlah kunjungan sebulan harus 0 sampai {most}.",
    "vehicle_days_impossible": "Hari kendaraan harus 0 sampai {most}.",
    "already_closed": "Bulan itu sudah ditutup; batalkan dulu yang lama bila alasannya berubah.",
    "staffing_gone": "Catatan ini sudah dibatalkan; muat ulang halaman.",
    "plan_not_open": "Rencana ini sudah ditetapkan atau tidak ada lagi, jadi tidak bisa diubah.",
}


def failure(error: RembukError) -> str:
    """Return an error as a sentence; nothing was written."""
    reason = error.context.get("reason", "")
    if reason == "visit_impossible":
        return (
            f"Kunjungan ini belum bisa disimpan: {'; '.join(fault_told(fault) for fault in error.context['faults'])}."
        )
    if reason in _REFUSALS:
        return _REFUSALS[reason].format(**error.context)
    return "Tidak dapat disimpan dan tidak ada yang ditulis. Muat ulang halaman, lalu coba lagi."


def fault_told(fault: tuple[str, ...]) -> str:
    """Tell one fault of a visit's counts or day."""
    match fault:
        case ("future",):
            return "tanggalnya belum tiba"
        case ("out_of_range", name, least, most):
            return f"jumlah {COUNT_NAMES[name].lower()} harus {least} sampai {most}"
        case ("part_above_whole", part, whole):
            return f"jumlah {COUNT_NAMES[part].lower()} melebihi {COUNT_NAMES[whole].lower()}"
    return "ada angka yang tidak mungkin"
