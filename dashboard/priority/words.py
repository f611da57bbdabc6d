"""The ranking's codes in plain Indonesian: criteria, remedies, tiers, presets, hot spots, and each criterion's figure.

The only place that translates them, so that a screen, a file and the sentence never call one thing by two names.
"""

import pandas as pd

from dashboard import format as fmt
from models.priority.codes import CERTAIN, CLINICAL, HOME_VISIT, PROBABLE, PUSING, PUSTU, UNCERTAIN
from models.priority.hotspots import HIGH_HIGH, LOW_LOW
from models.priority.settings import PrioritySettings

CRITERION_NAMES = {
    "expected_stunted": "Perkiraan balita stunting",
    "severe_cases": "Balita sangat pendek",
    "travel_time": "Waktu tempuh ke puskesmas terdekat",
    "own_detour": "Puskesmas wilayah lebih jauh",
    "under_attendance": "Kurang ditimbang",
    "pregnant_unscreened": "Ibu hamil belum diperiksa",
    "months_since_visit": "Lama tidak dikunjungi Pusing",
    "nomination": "Diusulkan camat atau lurah",
}
CRITERION_HELP = {
    "expected_stunted": "Perkiraan seluruh balita stunting, termasuk yang tidak datang ditimbang.",
    "severe_cases": "Perkiraan balita di bawah −3 SD.",
    "travel_time": "Perjalanan pengasuh lewat jalan dari titik tengah penduduk RW.",
    "own_detour": "Berapa lebih lama ke puskesmas wilayah kerja daripada ke puskesmas terdekat.",
    "under_attendance": "Makin kecil D/S, makin besar nilainya.",
    "pregnant_unscreened": "Ibu hamil sasaran dikurangi yang sudah diperiksa.",
    "months_since_visit": "Bulan sejak kunjungan terakhir; yang belum pernah dikunjungi mendapat nilai penuh.",
    "nomination": "Ada usulan untuk bulan kunjungan ini.",
}
REMEDY_NAMES = {
    PUSING: "Pusing",
    HOME_VISIT: "Kunjungan rumah",
    PUSTU: "Pustu atau layanan tetap",
    CLINICAL: "Tindak lanjut di puskesmas",
}
REMEDY_MEANINGS = {
    PUSING: "jauh dan belum terpantau",
    HOME_VISIT: "dekat tetapi belum terpantau",
    PUSTU: "jauh tetapi rutin ditimbang",
    CLINICAL: "dekat dan rutin ditimbang",
}
TIER_NAMES = {CERTAIN: "pasti", PROBABLE: "mungkin", UNCERTAIN: "belum pasti"}
TIER_SIGNS = {CERTAIN: "●", PROBABLE: "◐", UNCERTAIN: "○"}
PRESET_NAMES = {"balanced": "Seimbang", "need_first": "Utamakan kebutuhan", "access_first": "Utamakan jarak"}
CLUSTER_NAMES = {HIGH_HIGH: "Kelompok RW tinggi", LOW_LOW: "Kelompok RW rendah"}
UNKNOWN = "belum diketahui"


def preset_name(code: str) -> str:
    """Return a preset's name: those that come with Rembuk in Indonesian, adopted ones as people called them."""
    return PRESET_NAMES.get(code, code)


def figure(criterion: str, row: pd.Series) -> str:
    """Tell an RW's figure behind a criterion, from its columns value_<criterion>; unknown is said to be unknown."""
    value = row[value_column(criterion)]
    if criterion == "months_since_visit" and pd.isna(row["months_since_visit"]):
        return "belum pernah"
    if pd.isna(value):
        return UNKNOWN
    match criterion:
        case "expected_stunted" | "severe_cases":
            return f"sekitar {fmt.decimal(value)} anak"
        case "travel_time":
            return fmt.minutes(value)
        case "own_detour":
            return f"{fmt.minutes(value)} lebih lama" if value >= 30 else "tidak"
        case "under_attendance":
            return f"D/S {fmt.share(value, 0)} ({fmt.count(row['d_weighed'])} dari {fmt.count(row['s_target'])})"
        case "pregnant_unscreened":
            return f"{fmt.count(value)} dari {fmt.count(row['pregnant_target'])} orang"
        case "months_since_visit":
            return f"{fmt.count(value)} bulan lalu"
        case "nomination":
            return "ya" if value else "tidak"
    raise KeyError(criterion)


def value_column(criterion: str) -> str:
    """Return the name of the column that holds a criterion's figure, blank where unknown."""
    return f"value_{criterion}"


def settings_told(settings: PrioritySettings, mode_names: dict[str, str]) -> str:
    """Tell the settings that decide which remedy is right."""
    return (
        f"Jauh: {fmt.minutes(settings.far_s)} atau lebih {mode_names[settings.mode].lower()} ke puskesmas terdekat. "
        f"Belum terpantau: D/S di bawah {fmt.share(settings.attendance_minimum, 0)} atau tiga bulan tanpa penimbangan."
    )
