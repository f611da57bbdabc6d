"""The ranking as a list: on the screen, and as a file that explains itself."""

import pandas as pd

from dashboard import format as fmt
from dashboard.exports import Saved
from dashboard.filters import MODE_NAMES
from dashboard.priority.choices import Asked
from dashboard.priority.words import CRITERION_NAMES, REMEDY_NAMES, TIER_NAMES, TIER_SIGNS, settings_told, value_column
from dashboard.quality import confidence
from data.queries.city import CityState
from models.priority.codes import CRITERIA, PUSING, contribution_column
from models.priority.settings import PrioritySettings


def of_remedy(table: pd.DataFrame, remedy: str) -> pd.DataFrame:
    """Return the RWs of a remedy, highest score first."""
    found = table[table["remedy"] == remedy]
    return found.sort_values(["rank", "score", "rw_code"], ascending=[True, False, True], ignore_index=True)


def shown(table: pd.DataFrame, remedy: str) -> pd.DataFrame:
    """Return the list as people read it; only Pusing's list has places, tiers and chances."""
    name = {"RW": table["rw_name"] + ", " + table["kelurahan"]}
    quality = {"Mutu": confidence.listed(table["quality_grade"])} if "quality_grade" in table.columns else {}
    where = quality | {"Kecamatan": table["kecamatan"], "Puskesmas": table["puskesmas"].str.removeprefix("Puskesmas ")}
    if remedy != PUSING:
        return pd.DataFrame({**name, "Nilai": table["score"].round(0), **where})
    return pd.DataFrame(
        {
            "Urutan": table["rank"].astype("Int64"),
            "Masuk": [f"{TIER_SIGNS[tier]} {TIER_NAMES[tier]}" for tier in table["tier"]],
            **name,
            "Nilai": table["score"].round(0),
            "Kisaran": [
                f"{low}–{high}" if pd.notna(low) else fmt.MISSING
                for low, high in zip(table["rank_low"], table["rank_high"], strict=True)
            ],
            "Peluang": (table["top_k_probability"] * 100).round(0),
            **where,
        }
    )


def to_save(table: pd.DataFrame, asked: Asked, remedy: str, settings: PrioritySettings, city: CityState) -> Saved:
    """Return the list with every criterion's figure and points, and what explains them."""
    rows = pd.DataFrame(
        {
            "Kode RW": table["rw_code"],
            "RW": table["rw_name"],
            "Kelurahan": table["kelurahan"],
            "Kecamatan": table["kecamatan"],
            "Puskesmas": table["puskesmas"],
            "Penanganan": table["remedy"].map(REMEDY_NAMES),
            "Urutan": table["rank"].astype(float),
            "Urutan terbaik (90 %)": table["rank_low"].astype(float),
            "Urutan terburuk (90 %)": table["rank_high"].astype(float),
            f"Peluang masuk {asked.k} teratas (%)": (table["top_k_probability"] * 100).round(1),
            "Masuk teratas": table["tier"].map(TIER_NAMES),
            "Nilai (0–100)": table["score"].round(2),
        }
    )
    if "quality_grade" in table.columns:
        rows["Mutu data (A–D)"] = table["quality_grade"]
        rows["Periksa dahulu"] = ["ya" if is_first else "" for is_first in table["is_verify_first"]]
    for code in CRITERIA:
        factor, unit, digits = _UNITS[code]
        rows[f"{CRITERION_NAMES[code]} ({unit})"] = (table[value_column(code)] * factor).round(digits)
        rows[f"Nilai dari: {CRITERION_NAMES[code]}"] = table[contribution_column(code)].round(2)
    never = table["months_since_visit"].isna()
    rows.loc[never.to_numpy(), f"{CRITERION_NAMES['months_since_visit']} (bulan)"] = float("nan")
    weights = ", ".join(f"{CRITERION_NAMES[code]} {fmt.share(asked.weights[code], 0)}" for code in CRITERIA)
    return Saved(
        rows,
        f"Prioritas RW untuk Pusing, {fmt.month(asked.month)}: {REMEDY_NAMES[remedy]}",
        (
            ("Wilayah", city.name),
            ("Bulan kunjungan", fmt.month(asked.month)),
            ("Bobot", f"{asked.weights_name}: {weights}"),
            ("Batas", settings_told(settings, MODE_NAMES)),
            ("Kisaran", "Urutan dalam 90 % dari 1.000 percobaan dengan kebetulan penimbangan dan bobot yang digeser"),
            ("Mutu data", "Nilai A–D cara mengukur; C dan D diperiksa dahulu, dan tidak menurunkan urutan"),
            ("Sel kosong", "Belum diketahui, atau belum pernah dikunjungi; bukan nol dan tidak menurunkan urutan"),
            ("Data contoh", "Ya: angka rekaan untuk uji coba" if city.is_demo else "Tidak"),
        ),
    )


_UNITS: dict[str, tuple[float, str, int]] = {
    "expected_stunted": (1, "anak", 1),
    "severe_cases": (1, "anak", 1),
    "travel_time": (1 / 60, "menit", 1),
    "own_detour": (1 / 60, "menit lebih lama", 1),
    "under_attendance": (100, "D/S %", 1),
    "pregnant_unscreened": (1, "orang", 0),
    "months_since_visit": (1, "bulan", 0),
    "nomination": (1, "1 ya, 0 tidak", 0),
}
