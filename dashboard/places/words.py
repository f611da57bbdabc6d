"""Words of the pages of places: guards, empty parts, and why a note was refused."""

from data.errors import RembukError
from data.scope import CAMAT, LURAH, PLANNER, PUSKESMAS
from models.rates.attendance import LOW, NO_DATA, RELIABLE, UNKNOWN

FEW_WEIGHED = "belum cukup ditimbang"
STATUS_WORDS = {
    RELIABLE: "cukup ditimbang",
    LOW: FEW_WEIGHED,
    UNKNOWN: "sasaran belum diketahui",
    NO_DATA: "belum ada data",
}
GUARDS = {
    LOW: "Belum cukup ditimbang: angka di bawah ini belum bisa dipakai untuk menyatakan tempat ini baik.",
    UNKNOWN: "Jumlah sasaran belum diketahui, jadi kehadiran belum bisa dinilai.",
    NO_DATA: "Belum ada balita dengan panjang/tinggi yang sah; angka hanya perkiraan dari sekitarnya.",
}
PEER_WORDS = {"rw": "RW", "kelurahan": "kelurahan", "kecamatan": "kecamatan", "puskesmas": "puskesmas"}
WRITERS = frozenset({PLANNER, CAMAT, LURAH, PUSKESMAS})

_REFUSALS = {
    "reason_blank": "Catatan masih kosong; tulis dengan beberapa kata.",
    "reason_long": "Catatan terlalu panjang; paling banyak 300 huruf.",
    "place_unknown": "Tempat dengan kode {code} tidak ada di kota ini.",
    "note_gone": "Catatan ini sudah berubah; muat ulang halaman.",
}


def failure(error: RembukError) -> str:
    """Return why a note was refused; nothing was written."""
    reason = error.context.get("reason", "")
    if reason in _REFUSALS:
        return _REFUSALS[reason].format(**error.context)
    return "Catatan tidak dapat disimpan dan tidak ada yang ditulis. Muat ulang halaman, lalu coba lagi."
