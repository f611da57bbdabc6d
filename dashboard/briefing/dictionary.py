"""What every figure of a briefing means: the data dictionary of its workbook."""

from dashboard import format as fmt
from dashboard.briefing.words import ROUTINE, TRAVEL
from data.settings import ATTENDANCE_MINIMUM, UNSEEN_BELOW, WINDOW_MONTHS

_PLAN = "rencana rotasi Pusing"
_PROMISES = "daftar janji rakor di Rembuk"
_WINDOW = f"jendela {WINDOW_MONTHS} bulan, tiap anak sekali dengan ukuran terakhirnya"

MEANINGS: dict[str, tuple[str, str]] = {
    "Balita stunting tercatat": (f"Anak 0–59 bulan dengan TB/U di bawah −2 SD, {_WINDOW}", ROUTINE),
    "Prevalensi dari yang diukur": (f"Anak stunting dibagi anak dengan TB/U sahih, {_WINDOW}", ROUTINE),
    "Prevalensi": (f"Anak stunting dibagi anak dengan TB/U sahih, {_WINDOW}", ROUTINE),
    "Target": ("Target deret rutin yang berlaku pada bulan itu", "keputusan yang tercatat di Target"),
    "Target rutin": ("Target deret rutin yang berlaku pada bulan itu", "keputusan yang tercatat di Target"),
    "Kehadiran timbang (D/S)": ("Balita ditimbang dibagi sasaran balita, bulan itu", ROUTINE),
    "D/S": (f"Balita ditimbang dibagi sasaran; di bawah {fmt.share(ATTENDANCE_MINIMUM, 0)} belum cukup", ROUTINE),
    "Stunting tercatat": (f"Anak 0–59 bulan dengan TB/U di bawah −2 SD, {_WINDOW}", ROUTINE),
    "Setahun lalu": ("Prevalensi pada bulan yang sama setahun sebelumnya", ROUTINE),
    "RW jauh": ("RW yang waktu tempuhnya ke puskesmas terdekat mencapai batas jauh", TRAVEL),
    "Anak": ("Anak stunting tercatat, atau tambahan dan pengurangnya menurut arus bulanan", ROUTINE),
    "Kecamatan": ("Nama kecamatan", "kode dan nama wilayah Kemendagri"),
    "Kelurahan": ("Nama kelurahan", "kode dan nama wilayah Kemendagri"),
    "RW yang paling jauh": ("RW, yang paling lama tempuhnya di atas", TRAVEL),
    "Waktu tempuh": ("Menit dari titik tengah penduduk RW ke puskesmas terdekat", TRAVEL),
    "Sasaran balita di sana": ("Sasaran balita di RW jauh; per RW dibulatkan ke kelompok lima", ROUTINE),
    "Jauh dan belum terpantau": (f"RW jauh dengan D/S di bawah {fmt.share(UNSEEN_BELOW, 0)} atau tanpa data", ROUTINE),
    "Lebih dekat ke yang lain": ("RW yang paling sedikit satu menit lebih dekat ke puskesmas lain", TRAVEL),
    "Kunjungan per kecamatan": ("Jumlah perhentian Pusing per kecamatan dan bulan", _PLAN),
    "Kelompok": ("Sumbu grafik: bulan, wilayah, atau langkah", "seperti kolom di sebelahnya"),
    "Kelas": ("Kelas warna peta", ROUTINE),
    "RW di kelas itu": ("Jumlah RW dengan perkiraan prevalensi di kelas itu", ROUTINE),
    "Bulan": ("Bulan kunjungan", _PLAN),
    "RW": ("RW yang disinggahi", _PLAN),
    "Puskesmas": ("Puskesmas yang berkunjung", _PLAN),
    "Belum cukup ditimbang": (f"RW dengan D/S di bawah {fmt.share(ATTENDANCE_MINIMUM, 0)}", ROUTINE),
    "Tanpa data": ("RW tanpa hasil ukur sahih; bukan nol", ROUTINE),
    "Diputuskan": ("Hal yang menunggu keputusan rapat", "rencana, usulan, dan janji di Rembuk"),
    "Bahan": ("Yang perlu diketahui untuk memutuskan", "rencana, usulan, dan janji di Rembuk"),
    "Siapa": ("OPD, kecamatan, puskesmas, atau mitra yang berjanji", _PROMISES),
    "Janji": ("Yang dijanjikan, atau jumlahnya", _PROMISES),
    "Batas": ("Tanggal batas janji", _PROMISES),
    "Keadaan": ("Keadaan janji menurut jawaban pemiliknya", _PROMISES),
    "Angkanya sejak itu": ("Angka indikator ketika dijanjikan dan angkanya kini; belum tentu sebab-akibat", _PROMISES),
    "Selesai": ("Janji yang dinyatakan selesai", _PROMISES),
    "Berjalan": ("Janji yang sudah dimulai", _PROMISES),
    "Lewat waktu": ("Janji yang lewat batas dan belum selesai", _PROMISES),
}
"""Name of a figure, column or series -> what it means, and where it comes from."""

MONTH_COLUMN = ("Kunjungan yang direncanakan pada bulan itu", _PLAN)


def meaning(name: str) -> tuple[str, str]:
    """Return what a figure means and its source; a column named by a month counts that month's visits."""
    return MEANINGS.get(name, MONTH_COLUMN)
