"""Words of the trend screens: indicators and what they count, verdicts with their rule, signals, positions."""

from dataclasses import dataclass

from data.indicators.series import REPORTS
from models.trend import control, funnel, target
from models.trend.periods import EVENTS, MONTH, QUARTER, STATE, YEAR
from models.trend.series import ROUTINE


@dataclass(frozen=True)
class Indicator:
    """An indicator of the trend: its code, columns of the monthly counts, and whether a month is a state or events."""

    code: str
    numerator: str
    denominator: str
    kind: str
    direction: int
    who: str
    """Who the denominator counts."""
    series: str = ROUTINE
    is_count: bool = False


STUNTING = Indicator("stunting_prevalence", "stunted", "haz_valid", STATE, -1, "balita diukur")
_GROWTH = (
    ("Prevalensi stunting", STUNTING),
    (
        "Balita stunting (anak)",
        Indicator("stunted_children", "stunted", "haz_valid", STATE, -1, "balita diukur", is_count=True),
    ),
    (
        "Prevalensi sangat pendek",
        Indicator("severe_stunting_prevalence", "severely_stunted", "haz_valid", STATE, -1, "balita diukur"),
    ),
    ("Gizi kurang dan buruk", Indicator("wasting_prevalence", "wasted", "whz_valid", STATE, -1, "balita diukur")),
    (
        "Berat badan kurang",
        Indicator("underweight_prevalence", "underweight", "waz_valid", STATE, -1, "balita ditimbang"),
    ),
    (
        "Berat badan naik cukup (N/D)",
        Indicator("weight_gain_nd", "n_gained", "d_weighed", EVENTS, 1, "balita ditimbang"),
    ),
    ("Kehadiran timbang (D/S)", Indicator("attendance_ds", "d_weighed", "s_target", EVENTS, 1, "sasaran balita")),
    ("Punya buku KIA (K/S)", Indicator("enrolment_ks", "k_enrolled", "s_target", EVENTS, 1, "sasaran balita")),
)
_REPORTED = (
    ("Ibu hamil diperiksa", "pregnancy_screened", 1, "sasaran ibu hamil"),
    ("Ibu hamil KEK", "pregnancy_ced", -1, "ibu hamil diperiksa"),
    ("Ibu hamil anemia", "pregnancy_anaemia", -1, "ibu hamil diperiksa"),
    ("ASI eksklusif", "exclusive_breastfeeding", 1, "bayi di bawah 6 bulan"),
    ("PMT balita gizi kurang", "supplementary_feeding", 1, "balita gizi kurang"),
    ("Tablet tambah darah", "iron_tablets", 1, "sasaran ibu hamil"),
    ("Imunisasi dasar lengkap", "full_immunisation", 1, "anak genap setahun"),
    ("Kapsul vitamin A", "vitamin_a", 1, "balita 6–59 bulan"),
    ("Jamban layak", "sanitary_toilet", 1, "rumah tangga"),
    ("Air minum layak", "safe_water", 1, "rumah tangga"),
    ("Bantuan sosial", "social_assistance", 1, "keluarga miskin dan rentan"),
)
MATERNAL = ("pregnancy_screened", "pregnancy_ced", "pregnancy_anaemia")
INDICATORS: dict[str, Indicator] = {
    **dict(_GROWTH),
    **{
        name: Indicator(code, "numerator", "denominator", EVENTS, direction, who, REPORTS)
        for name, code, direction, who in _REPORTED
    },
}
UNITS = {"Bulan": MONTH, "Triwulan": QUARTER, "Tahun": YEAR}

STATUS = {target.ON_PATH: "Pada jalur", target.OFF_PATH: "Meleset", target.UNKNOWN: "Belum bisa dinilai"}
STATUS_MARK = {target.ON_PATH: "●", target.OFF_PATH: "▲", target.UNKNOWN: "?"}
REASONS = {
    target.NO_TARGET: "Belum ada target untuk wilayah ini pada deret ini.",
    target.NO_FIGURE: "Belum ada angka pada deret ini.",
    target.OUTSIDE_PATH: "Tidak ada target yang berlaku pada tanggal angka terakhir.",
    target.LOW_ATTENDANCE: "Angkanya tampak baik, tetapi terlalu sedikit yang ditimbang.",
    target.WITHIN_INTERVAL: "Target berada di dalam rentang angka survei, jadi keduanya mungkin.",
    target.COMPARED: "",
}
RULE = (
    "Aturan: “pada jalur” bila angka terakhir sama dengan atau lebih baik daripada target pada tanggal itu, “meleset” "
    "bila lebih buruk. “Belum bisa dinilai” bila target deret yang sama tidak ada atau tidak berlaku pada tanggal itu, "
    "bila targetnya di dalam rentang survei, atau bila angkanya tampak baik padahal D/S di bawah 60 %. Target survei "
    "tidak pernah dibandingkan dengan angka rutin."
)
WHY_TWO = (
    "Angka survei lebih tinggi sekitar tiga kali lipat karena mengukur hal yang berbeda: survei mengukur contoh rumah "
    "tangga di seluruh kota dengan petugas terlatih, penimbangan rutin hanya anak yang datang ke posyandu. Keduanya "
    "dibaca sendiri-sendiri dan tidak disambung."
)
SIGNALS = {
    control.BEYOND_HIGH: "di atas batas atas: lebih tinggi daripada naik-turun yang biasa",
    control.BEYOND_LOW: "di bawah batas bawah: lebih rendah daripada naik-turun yang biasa",
    control.RUN_HIGH: "delapan kali berturut-turut di atas rata-rata: tingkatnya sudah bergeser naik",
    control.RUN_LOW: "delapan kali berturut-turut di bawah rata-rata: tingkatnya sudah bergeser turun",
    control.RISING: "enam kali berturut-turut naik: bukan kebetulan",
    control.FALLING: "enam kali berturut-turut turun: bukan kebetulan",
}
POSITIONS = {
    funnel.VERY_HIGH: "Jauh lebih tinggi (di luar 99,8 %)",
    funnel.HIGH: "Lebih tinggi (di luar 95 %)",
    funnel.INSIDE: "Tidak berbeda dari kota",
    funnel.LOW: "Lebih rendah (di luar 95 %)",
    funnel.VERY_LOW: "Jauh lebih rendah (di luar 99,8 %)",
    funnel.NOT_MEASURED: "Tidak ada yang diukur",
}
REPORTED_SOURCE = "Laporan rutin puskesmas dan OPD"
FEW_WEIGHED = "Tampak lebih rendah, tetapi belum cukup ditimbang"
BREAK_KINDS = {
    "definition": "Definisi berubah",
    "cleaning": "Pembersihan data",
    "boundary": "Wilayah berubah",
    "method": "Cara ukur berubah",
    "other": "Lainnya",
}
