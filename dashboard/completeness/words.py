"""What a city still lacks, in plain Indonesian: what it is, what it costs in accuracy, and what to do."""

from dataclasses import dataclass

from dashboard import format as fmt
from data.queries.completeness import Gap


@dataclass(frozen=True)
class Words:
    """A gap in words; `unit` is what is counted, blank where there is nothing to count."""

    title: str
    unit: str
    cost: str
    to_do: str


WORDS = {
    "rw_missing": Words(
        "Belum ada RW",
        "",
        "Tidak ada peta, peringkat, atau rotasi, dan berkas e-PPGBM tidak dapat dimuat: setiap baris butuh RW.",
        "Muat tabel RW di Pengaturan, bagian Wilayah.",
    ),
    "rw_without_point": Words(
        "RW tanpa titik",
        "RW",
        "Tanpa titik tidak ada waktu tempuh. RW ini tidak tampil di peta, dan nilai akses dalam peringkatnya kosong.",
        "Muat tabel RW dengan kolom lintang dan bujur di Pengaturan, bagian Wilayah.",
    ),
    "rw_point_from_outline": Words(
        "Titik RW hanya dari tengah batas",
        "RW",
        "Titik tengah batas bisa jatuh di sawah atau pabrik, jauh dari rumah warga. Di RW yang luas, waktu tempuh "
        "dapat meleset beberapa menit.",
        "Muat titik posyandu atau titik tengah permukiman lewat tabel RW.",
    ),
    "rw_without_outline": Words(
        "RW tanpa batas",
        "RW",
        "RW ini tampil sebagai titik, bukan bidang warna, dan tidak ikut dalam pencarian kelompok RW bertetangga.",
        "Muat batas RW di Pengaturan, bagian Wilayah, atau lengkapi titik RW di kelurahannya.",
    ),
    "rw_approximate": Words(
        "Batas RW perkiraan",
        "RW",
        "Batas ini dihitung dari titik, tidak mengikuti jalan atau keputusan resmi. Angka per RW tidak berubah; yang "
        "kurang teliti adalah luas, tetangga, dan bentuk di peta.",
        "Minta batas RW resmi kepada kelurahan atau dinas tata ruang, lalu muat di Pengaturan, bagian Wilayah.",
    ),
    "puskesmas_missing": Words(
        "Belum ada puskesmas",
        "",
        "Tidak ada waktu tempuh, wilayah kerja, atau rotasi.",
        "Muat tabel fasilitas di Pengaturan, bagian Wilayah.",
    ),
    "facility_without_point": Words(
        "Fasilitas tanpa titik",
        "fasilitas",
        "Tidak pernah menjadi puskesmas terdekat, sehingga RW di sekitarnya tampak lebih jauh daripada kenyataannya.",
        "Lengkapi lintang dan bujurnya di tabel fasilitas, lalu muat ulang di Pengaturan, bagian Wilayah.",
    ),
    "puskesmas_without_area": Words(
        "Puskesmas tanpa wilayah kerja",
        "puskesmas",
        "Kepalanya tidak melihat satu RW pun, dan rotasi tidak memberinya kunjungan.",
        "Muat tabel wilayah kerja di Pengaturan, bagian Wilayah.",
    ),
    "rw_without_puskesmas": Words(
        "RW tanpa puskesmas",
        "RW",
        "Tidak masuk rotasi mana pun, dan tidak ada yang bertanggung jawab mencatat kunjungannya.",
        "Muat tabel wilayah kerja di Pengaturan, bagian Wilayah.",
    ),
    "travel_missing": Words(
        "Waktu tempuh belum dihitung",
        "",
        "Akses tidak dikenal: peringkat memakai kebutuhan saja.",
        "Jalankan `travel build BERKAS.osm.pbf`, lalu `travel fill`.",
    ),
    "travel_straight": Words(
        "Waktu tempuh dari garis lurus",
        "",
        "Jarak garis lurus dikali 1,4 tidak mengenal sungai, tol, dan rel. Kira-kira satu dari lima RW mendapat "
        "puskesmas terdekat yang salah.",
        "Ambil peta jalan OpenStreetMap (.osm.pbf), jalankan `travel build`, lalu `travel fill`.",
    ),
    "rw_unreached": Words(
        "RW yang tidak mencapai puskesmas mana pun",
        "RW",
        "Titiknya lebih dari 300 m dari jalan, atau tidak ada jalan ke sana; nilai aksesnya kosong.",
        "Periksa titiknya di Peta; perbaiki lewat tabel RW, lalu jalankan `travel fill`.",
    ),
    "months_none": Words(
        "Belum ada bulan penimbangan",
        "",
        "Tidak ada angka stunting, tren, atau peringkat menurut kebutuhan.",
        "Muat ekspor e-PPGBM di halaman Impor data.",
    ),
    "months_missing": Words(
        "Bulan yang hilang di tengah",
        "bulan",
        "Tren terputus di bulan itu, dan ramalan dibuat dari bulan sesudahnya saja.",
        "Ekspor bulan itu dari e-PPGBM dan muat di Impor data.",
    ),
    "rw_silent": Words(
        "RW tanpa angka di bulan terakhir",
        "RW",
        "Tidak ada penimbangan atau sasaran yang tercatat. Bukan berarti nol: taksiran RW ini bersandar pada "
        "kelurahannya, dengan rentang lebar.",
        "Tanyakan kepada puskesmasnya apakah posyandu buka dan apakah ekspornya lengkap.",
    ),
    "targets_missing": Words(
        "Belum ada target",
        "",
        "Tren tanpa garis target, dan selisih anak terhadap target tidak dapat dihitung.",
        "Tetapkan di Pengaturan, bagian Target.",
    ),
}


def heading(gap: Gap) -> str:
    """Return a gap's title, with how many of how many."""
    words = WORDS[gap.code]
    if not words.unit:
        return words.title
    return f"{words.title}: {fmt.count(gap.count)} dari {fmt.count(gap.total)} {words.unit} ({fmt.share(gap.share)})"
