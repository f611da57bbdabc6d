"""What the page Akses says: parts, groups of need and access, effects of closed roads, and refusals."""

from data.errors import RembukError
from data.queries.city import CityState
from models.access import CUT_OFF, FAR, FARTHER, HALFWAY, HIGH, LOW, MIDDLE, NEAR, NEVER_REACHED, SAME

PUSKESMAS, WITH_PUSTU, WITH_PARTNERS = "puskesmas", "with_pustu", "with_partners"
CARE: dict[str, str] = {
    "Puskesmas": PUSKESMAS,
    "Puskesmas dan pustu": WITH_PUSTU,
    "Ditambah klinik dan RS mitra": WITH_PARTNERS,
}
CARE_NAMES = {code: name for name, code in CARE.items()}

NEED_NAMES = {LOW: "stunting rendah", MIDDLE: "stunting sedang", HIGH: "stunting tinggi"}
ACCESS_NAMES = {NEAR: "dekat", HALFWAY: "agak jauh", FAR: "jauh"}
UNSURE_NAME = "belum cukup data"

EFFECT_NAMES = {
    CUT_OFF: "terputus",
    FARTHER: "lebih jauh",
    SAME: "tidak berubah",
    NEVER_REACHED: "sejak semula belum terhitung",
}

_REFUSALS = {
    "closure_name": "Beri nama skenario, paling panjang 80 huruf.",
    "closure_empty": "Belum ada jalan yang ditutup: pilih nama jalan, jembatan, atau lingkaran di peta.",
    "closure_taken": "Nama itu sudah dipakai skenario lain; pakai nama lain, atau batalkan dulu yang lama.",
    "closure_unknown": "Tidak ada jalan bernama {names} di jaringan jalan.",
    "closure_no_road": "Tidak ada jalan di dalam lingkaran itu; geser atau perbesar.",
    "closure_no_network": "Jaringan jalan belum ada di komputer ini; muat dulu berkas jalan (lihat Kelengkapan).",
    "closure_gone": "Skenario ini sudah dibatalkan; muat ulang halaman.",
    "closure": "Lingkaran itu tidak dapat dipakai; radius paling besar 20 km.",
    "population_impossible": "Jumlah penduduk harus 1.000 sampai 50 juta.",
    "population_source": "Tulis periode dan sumber angka penduduk.",
    "reason_blank": "Alasan wajib diisi; tulis dengan beberapa kata.",
    "reason_long": "Alasan terlalu panjang; paling banyak 300 huruf.",
}


def refused(error: RembukError) -> str:
    """Return why an act was refused; nothing was written."""
    told = _REFUSALS.get(error.context.get("reason", ""))
    if told is None:
        return "Tidak dapat disimpan dan tidak ada yang ditulis. Muat ulang halaman, lalu coba lagi."
    return told.format(**error.context)


def travel_source(city: CityState) -> str:
    """Say where travel times come from."""
    if city.travel_method == "straight_line":
        return "waktu tempuh garis lurus × faktor, bukan lewat jalan"
    return "waktu tempuh lewat jaringan jalan OpenStreetMap" + (" (rekaan)" if city.is_demo else "")


STRAIGHT_LINE = (
    "**Perkiraan garis lurus.** Jaringan jalan belum dimuat, jadi waktu tempuh di halaman ini dihitung dari jarak "
    "lurus dikali 1,4: sungai, tol, dan rel tidak ikut dihitung."
)
