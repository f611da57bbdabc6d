"""The checks of measurements in plain Indonesian: what each looks at, its value, what is usual, and why a grade."""

import pandas as pd

from dashboard import format as fmt
from models.quality import codes
from models.quality.codes import GOOD, PROBLEM, TOO_FEW, UNKNOWN, WATCH, status_column, value_column
from models.quality.grade import Finding
from models.quality.limits import DEFAULTS, DUE_DAY, USUAL_BOYS_PER_100_GIRLS, USUAL_SD
from models.quality.reporting import LATE, NOT_EXPECTED, NOT_YET, ON_TIME, SILENT

CHECK_NAMES = {
    codes.COMPLETENESS: "Berat dan tinggi sama-sama tercatat",
    codes.SEX_RATIO: "Laki-laki per 100 perempuan",
    codes.AGES: "Umur rata-rata saat ditimbang",
    codes.DIGIT_LENGTH: "Pembulatan panjang/tinggi",
    codes.DIGIT_WEIGHT: "Pembulatan berat",
    codes.IMPLAUSIBLE: "Hasil ukur yang mustahil",
    codes.SPREAD: "Sebaran TB/U (simpangan baku)",
    codes.SHAPE: "Bentuk kurva TB/U",
    codes.POSITION: "Cara ukur keliru atau tidak dicatat",
    codes.BIRTHDAYS: "Lahir pada tanggal 15",
    codes.DUPLICATES: "Angka yang berulang",
    codes.ATTENDANCE: "Yang datang ditimbang (D/S)",
    codes.REPORTING: "Bulan yang dilaporkan",
    codes.TIMELINESS: "Laporan tepat waktu",
}
MEANINGS = {
    codes.COMPLETENESS: "Tanpa salah satunya status gizi tidak dapat dihitung penuh.",
    codes.SEX_RATIO: "Jauh dari biasanya: mungkin sebagian balita tidak diajak atau jenis kelamin salah catat.",
    codes.AGES: "Menumpuk pada umur tepat 1, 2, 3, atau 4 tahun: umur mungkin dikira-kira.",
    codes.DIGIT_LENGTH: "Banyak berakhir 0 atau 5: hasil dibulatkan, padahal alat terbaca sampai 0,1 cm.",
    codes.DIGIT_WEIGHT: "Banyak berakhir 0 atau 5: hasil dibulatkan, padahal timbangan terbaca sampai 0,1 kg.",
    codes.IMPLAUSIBLE: "Di luar batas WHO: salah ketik, salah umur, atau salah alat. Tidak dihitung dalam prevalensi.",
    codes.SPREAD: "Terlalu lebar: kesalahan ukur menambah balita yang tampak stunting.",
    codes.SHAPE: "Kurva miring atau terlalu runcing: misalnya hasil tertentu lebih sering dicatat.",
    codes.POSITION: "Di bawah dua tahun berbaring, sesudahnya berdiri; keliru berarti meleset 0,7 cm.",
    codes.BIRTHDAYS: "Tanggal 15 sering dipakai mengisi tanggal lahir yang tidak diketahui; umurnya lalu meleset.",
    codes.DUPLICATES: "Berat dan tinggi persis sama dengan bulan lalu, atau dengan anak lain di hari itu.",
    codes.ATTENDANCE: "Tidak ikut menentukan nilai mutu: ini soal siapa yang datang, dan punya penandanya sendiri.",
    codes.REPORTING: "Bulan tanpa satu penimbangan pun dari posyandu yang terdaftar atau pernah melapor.",
    codes.TIMELINESS: f"Daftar bulan itu masuk paling lambat tanggal {DUE_DAY} bulan berikutnya.",
}
STATUS_NAMES = {GOOD: "baik", WATCH: "perhatikan", PROBLEM: "bermasalah", UNKNOWN: "belum cukup data"}
STATUS_SIGNS = {GOOD: "●", WATCH: "◆", PROBLEM: "▲", UNKNOWN: "○"}
GRADE_NAMES = {
    "A": "semua pemeriksaan baik",
    "B": "ada yang perlu diperhatikan",
    "C": "ada yang bermasalah",
    "D": "angkanya perlu diperiksa dahulu",
    TOO_FEW: "belum cukup data",
}
NOTHING_FOUND = "Tidak ada pemeriksaan yang perlu diperhatikan."
STATE_NAMES = {
    ON_TIME: "tepat waktu",
    LATE: "terlambat",
    SILENT: "tidak ada laporan",
    NOT_YET: "belum jatuh tempo",
    NOT_EXPECTED: "belum melapor sebelumnya",
}
STATE_SIGNS = {ON_TIME: "✓", LATE: "telat", SILENT: "kosong", NOT_YET: "nanti", NOT_EXPECTED: ""}
SOURCE_NAMES = {
    "dukcapil": "Dukcapil (penduduk tercatat)",
    "bps": "BPS (proyeksi penduduk)",
    "posyandu": "Register posyandu",
    "other": "Sumber lain",
}
_SKEWNESS = f"−{fmt.decimal(DEFAULTS.skewness_watch)} sampai {fmt.decimal(DEFAULTS.skewness_watch)}"
_KURTOSIS = f"{fmt.decimal(DEFAULTS.kurtosis_low, 0)}–{fmt.decimal(DEFAULTS.kurtosis_high, 0)}"
_SHARES = {
    codes.COMPLETENESS,
    codes.IMPLAUSIBLE,
    codes.POSITION,
    codes.BIRTHDAYS,
    codes.DUPLICATES,
    codes.ATTENDANCE,
    codes.REPORTING,
    codes.TIMELINESS,
}
_TENTHS_BELOW, _TENTHS_ABOVE = 0.095, 0.99  # in between nobody wants tenths, and 99,6 % is not all
_HIGH_IS_GOOD = {codes.COMPLETENESS, codes.ATTENDANCE, codes.REPORTING, codes.TIMELINESS}


def value_told(check: str, value: float) -> str:
    """Tell a check's value in its unit; a dash where it is unknown."""
    if check in _SHARES:
        return fmt.share(value, 0 if value in (0, 1) or _TENTHS_BELOW <= value <= _TENTHS_ABOVE else 1)
    if check == codes.SEX_RATIO:
        return fmt.count(value)
    if check == codes.AGES:
        return fmt.MISSING if pd.isna(value) else f"{fmt.decimal(value, 0)} bulan"
    if check in (codes.DIGIT_LENGTH, codes.DIGIT_WEIGHT):
        return fmt.MISSING if pd.isna(value) else f"skor {fmt.decimal(value, 0)}"
    return fmt.decimal(value, 2)


def usual(check: str) -> str:
    """Say what is usual or asked for."""
    limits = DEFAULTS
    match check:
        case codes.SEX_RATIO:
            return f"sekitar {USUAL_BOYS_PER_100_GIRLS}"
        case codes.AGES:
            return "kira-kira rata di semua umur"
        case codes.DIGIT_LENGTH | codes.DIGIT_WEIGHT:
            return (
                f"skor di bawah {fmt.decimal(limits.digits_watch, 0)} baik, "
                f"{fmt.decimal(limits.digits_problem, 0)} ke atas bermasalah"
            )
        case codes.SPREAD:
            low, high = USUAL_SD["haz"]
            return f"survei: {fmt.decimal(low, 2)}–{fmt.decimal(high, 2)}; dalam satu kota boleh lebih sempit"
        case codes.SHAPE:
            return f"kemencengan {_SKEWNESS}, keruncingan {_KURTOSIS}"
        case codes.IMPLAUSIBLE:
            return f"paling banyak {fmt.share(limits.implausible_watch, 0)}"
        case codes.BIRTHDAYS:
            return f"sekitar {fmt.share(12 / 365.25)}"
    watch, side = getattr(limits, f"{check}_watch"), "paling sedikit" if check in _HIGH_IS_GOOD else "paling banyak"
    return f"{side} {fmt.share(watch, 0)}"


def finding_told(finding: Finding) -> str:
    """Tell why: which check, which value, which limit; for roles without figures which check, and how grave."""
    name = _in_sentence(CHECK_NAMES[finding.check])
    if pd.isna(finding.value):
        return f"{name}: {STATUS_NAMES[finding.status]}"
    told = value_told(finding.check, finding.value)
    if finding.check == codes.SHAPE:
        is_lopsided = abs(finding.limit) == DEFAULTS.skewness_watch
        part, span = ("kemencengan", _SKEWNESS) if is_lopsided else ("keruncingan", _KURTOSIS)
        return f"{name}: {part} {told} (biasanya {span})"
    return f"{name} {told} (batas {value_told(finding.check, finding.limit)})"


def reasons_told(findings: list[Finding], most: int = 4) -> str:
    """Tell the reasons of a grade in one sentence, the gravest first."""
    told = "; ".join(finding_told(finding) for finding in findings[:most])
    more = len(findings) - most
    return (told + (f"; dan {fmt.count(more)} lainnya" if more > 0 else "")) if told else NOTHING_FOUND.rstrip(".")


def grade_told(grade: str) -> str:
    """Tell a grade in a word or two: Mutu data C, ada yang bermasalah."""
    return f"Mutu data {grade}: {GRADE_NAMES[grade]}" if grade else f"Mutu data: {GRADE_NAMES[TOO_FEW]}"


def listed(row: pd.Series) -> pd.DataFrame:
    """Return the checks of one place as people read them, side by side."""
    rows = []
    for check in codes.CHECKS:
        status = row.get(status_column(check))
        rows.append(
            {
                "Pemeriksaan": CHECK_NAMES[check],
                "Nilai": _shape_told(row) if check == codes.SHAPE else value_told(check, row[value_column(check)]),
                "Yang biasa": usual(check),
                "Keterangan": f"{STATUS_SIGNS[status]} {STATUS_NAMES[status]}" if status else "hanya untuk dilihat",
                "Artinya": MEANINGS[check],
            }
        )
    return pd.DataFrame(rows)


def _shape_told(row: pd.Series) -> str:
    return f"{fmt.decimal(row['skewness'], 2)}; {fmt.decimal(row['kurtosis'])}"


def _in_sentence(name: str) -> str:
    return name[0].lower() + name[1:]
