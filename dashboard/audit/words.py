"""The log's acts and roles in Indonesian."""

from collections.abc import Mapping
from typing import Any

from dashboard import format as fmt
from dashboard.access import ROLE_NAMES

_ACTS = {
    "log-in": "Masuk",
    "log-out": "Keluar",
    "log-in ended": "Sesi berakhir sendiri",
    "refused": "Ditolak masuk",
    "file saved": "Berkas diunduh",
    "file imported": "Berkas diimpor",
    "interventions imported": "Layanan diimpor",
    "import undone": "Impor ditarik kembali",
    "posyandu joined": "Nama posyandu digabung",
    "posyandu parted": "Nama posyandu dipisahkan lagi",
    "user added": "Pengguna ditambah",
    "user changed": "Peran pengguna diubah",
    "user disabled": "Pengguna dinonaktifkan",
    "user enabled": "Pengguna diaktifkan",
    "users imported": "Daftar pengguna diimpor",
    "setting changed": "Pengaturan diubah",
    "preset adopted": "Bobot ditetapkan",
    "sequence saved": "Urutan paparan disimpan",
    "sequence ended": "Urutan paparan dihapus",
    "target set": "Target ditetapkan",
    "target withdrawn": "Target ditarik",
    "break added": "Peristiwa dicatat",
    "break corrected": "Peristiwa diperbaiki",
    "break withdrawn": "Peristiwa ditarik",
    "plan saved": "Rencana disimpan",
    "plan adopted": "Rencana ditetapkan",
    "plan thrown away": "Rencana dibuang",
    "slot overridden": "Isi rencana diubah orang",
    "rw nominated": "RW diusulkan",
    "nomination withdrawn": "Usulan ditarik",
    "nomination replied to": "Usulan dijawab",
    "nominations answered": "Panggilan usulan dijawab",
    "travel corrected": "Waktu tempuh dikoreksi",
    "travel correction withdrawn": "Koreksi waktu tempuh ditarik",
    "visit logged": "Kunjungan dicatat",
    "note written": "Catatan ditulis",
    "note withdrawn": "Catatan ditarik",
    "note restored": "Catatan dikembalikan",
    "month closed": "Bulan ditutup",
    "month reopened": "Bulan dibuka lagi",
    "forecasts made": "Perkiraan ke depan dihitung",
    "areas loaded": "Batas wilayah dimuat",
    "RWs loaded": "Daftar RW dimuat",
    "facilities loaded": "Daftar fasilitas dimuat",
    "service areas loaded": "Wilayah kerja dimuat",
    "children by source loaded": "Jumlah balita menurut sumber dimuat",
    "demo removed": "Kota contoh dihapus",
    "population set": "Jumlah penduduk ditetapkan",
    "promise added": "Janji dicatat",
    "promise changed": "Janji diubah",
    "promise answered": "Janji dijawab",
    "promise withdrawn": "Janji ditarik",
    "promise restored": "Janji dikembalikan",
    "month signed": "Data bulanan disahkan",
    "signature withdrawn": "Pengesahan ditarik",
    "meeting added": "Rapat dicatat",
    "meeting changed": "Rapat diubah",
    "meeting withdrawn": "Rapat ditarik",
    "meeting restored": "Rapat dikembalikan",
    "slots set": "Jumlah kunjungan ditetapkan",
    "slots reset": "Jumlah kunjungan dikembalikan",
    "plan discussed": "Rencana ditandai sudah dibahas",
    "target replaced": "Target diganti",
    "snapshot made": "Potret data dibuat",
    "snapshot dropped": "Potret data dihapus",
    "roads closed": "Jalan ditutup (skenario)",
    "roads opened": "Skenario jalan dibatalkan",
}


_DETAILS = {
    "why": "sebab",
    "role": "peran",
    "user": "akun",
    "file": "berkas",
    "bytes": "bita",
    "area": "wilayah",
    "area_code": "wilayah",
    "facility_code": "puskesmas",
    "before": "sebelum",
    "after": "sesudah",
    "batch": "muatan",
    "accepted": "diterima",
    "parked": "disisihkan",
    "month": "bulan",
    "plan": "rencana",
    "note": "catatan",
    "level": "tingkat",
    "new": "baru",
    "changed": "berubah",
    "back": "berlaku lagi",
    "ended": "berakhir",
    "redrawn": "batas berubah mulai hari itu",
    "corrected": "batas dibetulkan",
    "overlaps": "tumpang tindih dibereskan",
    "gaps": "celah dibereskan",
    "as_of": "berlaku mulai",
    "rows": "baris",
    "points": "titik",
    "approximate": "batas perkiraan",
    "closed": "ditutup",
    "kinds": "jenis",
    "moved": "pindah puskesmas",
    "people": "penduduk",
    "place": "tempat",
    "rw": "RW",
    "posyandu": "nama posyandu",
    "into": "digabung ke",
    "joined": "dipisahkan dari",
    "name": "nama",
    "steps": "halaman",
    "promise": "janji",
    "meeting": "rapat",
    "owner": "pemilik",
    "status": "keadaan",
    "evidence": "bukti",
    "facility": "puskesmas",
    "day": "hari",
    "snapshot": "potret",
    "slots": "kunjungan",
    "kind": "jenis",
    "closure": "penutupan",
    "nomination": "usulan",
    "correction": "koreksi",
    "minutes": "menit",
    "visit": "kunjungan",
    "code": "kode",
    "weights": "bobot",
    "target": "target",
    "event": "peristiwa",
    "corrects": "memperbaiki",
    "km": "kilometer",
    "set_aside": "baris disisihkan",
    "areas": "wilayah",
}
_VALUES = {
    "unknown": "tidak terdaftar",
    "disabled": "tidak aktif",
    "rested": "lama tidak dipakai",
    "aged": "sudah lama dimulai",
    "open": "belum dimulai",
    "started": "sedang dikerjakan",
    "done": "selesai",
    "dropped": "dibatalkan",
    **ROLE_NAMES,
}


def detail_told(detail: Mapping[str, Any]) -> str:
    """Return an entry's details as `name: value`, in Indonesian where there is a word."""
    return ", ".join(
        f"{_DETAILS.get(name, name)}: {f'({detail_told(value)})' if isinstance(value, dict) else _value(value)}"
        for name, value in detail.items()
    )


def _value(value: object) -> str:
    if isinstance(value, str):
        return _VALUES.get(value, value)
    if isinstance(value, float):
        return fmt.decimal(value)
    return fmt.MISSING if value is None else str(value)


def act_name(act: str) -> str:
    """Return an act's name; one that has none yet is called as the log calls it."""
    return _ACTS.get(act, act)


def actor_name(actor: str) -> str:
    """Return who did it: role, area, and the account's number; before the log-in it is nobody."""
    if not actor:
        return "belum dikenal"
    role, _, rest = actor.partition(" ")
    name = ROLE_NAMES.get(role, role)
    who = rest.removeprefix("* ")  # the sign for the whole city
    for told, words in (("user ", "akun "), ("command line", "lewat baris perintah"), ("owner", "lewat basis data")):
        who = who.replace(told, words)
    return name if who == name else f"{name} {who}".strip()
