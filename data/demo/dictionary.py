"""The indicators that the demo speaks of, and the published figures and targets that stand beside them.

Published figures and targets are facts from `data/reference`, each in its own series; nothing here is invented.
"""

from typing import NamedTuple

import pandas as pd
from sqlalchemy import Connection

from data import reference
from data.schema import indicator, official_statistic, target


class _Indicator(NamedTuple):
    code: str
    name: str
    unit: str
    direction: int
    indicator_group: str
    definition: str
    source: str


_WHO = "Standar Pertumbuhan Anak WHO 2006; Permenkes 2/2020"
_SKDN = "Pedoman posyandu Kementerian Kesehatan (SKDN)"
_KIA = "Buku KIA dan pedoman ANC terpadu Kementerian Kesehatan"
_RAN = "Perpres 72/2021 tentang Percepatan Penurunan Stunting"
_SPM = "PP 2/2018 tentang Standar Pelayanan Minimal"

INDICATORS = (
    _Indicator(
        "stunting_prevalence",
        "Prevalensi stunting",
        "percent",
        -1,
        "growth",
        "Balita dengan PB/U atau TB/U di bawah -2 SD dibagi balita dengan hasil ukur yang sahih; tiap anak dihitung "
        "sekali, dengan ukuran terakhirnya dalam tiga bulan.",
        _WHO,
    ),
    _Indicator(
        "stunted_children",
        "Balita stunting",
        "children",
        -1,
        "growth",
        "Banyaknya balita dengan PB/U atau TB/U di bawah -2 SD; tiap anak dihitung sekali dalam tiga bulan.",
        _WHO,
    ),
    _Indicator(
        "severe_stunting_prevalence",
        "Prevalensi sangat pendek",
        "percent",
        -1,
        "growth",
        "Balita dengan PB/U atau TB/U di bawah -3 SD dibagi balita dengan hasil ukur yang sahih.",
        _WHO,
    ),
    _Indicator(
        "underweight_prevalence",
        "Prevalensi berat badan kurang",
        "percent",
        -1,
        "growth",
        "Balita dengan BB/U di bawah -2 SD dibagi balita dengan hasil timbang yang sahih.",
        _WHO,
    ),
    _Indicator(
        "wasting_prevalence",
        "Prevalensi gizi kurang dan buruk",
        "percent",
        -1,
        "growth",
        "Balita dengan BB/PB atau BB/TB di bawah -2 SD dibagi balita dengan hasil ukur dan timbang yang sahih.",
        _WHO,
    ),
    _Indicator(
        "attendance_ds",
        "Balita ditimbang (D/S)",
        "percent",
        1,
        "attendance",
        "Balita yang ditimbang dalam sebulan (D) dibagi semua balita sasaran (S).",
        _SKDN,
    ),
    _Indicator(
        "enrolment_ks",
        "Balita punya buku (K/S)",
        "percent",
        1,
        "attendance",
        "Balita yang punya KMS atau Buku KIA (K) dibagi semua balita sasaran (S).",
        _SKDN,
    ),
    _Indicator(
        "weight_gain_nd",
        "Berat badan naik (N/D)",
        "percent",
        1,
        "attendance",
        "Balita yang berat badannya naik cukup (N) dibagi balita yang ditimbang (D).",
        _SKDN,
    ),
    _Indicator(
        "pregnancy_screened",
        "Ibu hamil diperiksa",
        "percent",
        1,
        "maternal",
        "Ibu hamil yang diukur LILA dan hemoglobinnya dibagi sasaran ibu hamil.",
        _KIA,
    ),
    _Indicator(
        "pregnancy_ced",
        "Ibu hamil KEK",
        "percent",
        -1,
        "maternal",
        "Ibu hamil dengan LILA di bawah 23,5 cm dibagi ibu hamil yang diperiksa.",
        _KIA,
    ),
    _Indicator(
        "pregnancy_anaemia",
        "Ibu hamil anemia",
        "percent",
        -1,
        "maternal",
        "Ibu hamil dengan hemoglobin di bawah 11 g/dl dibagi ibu hamil yang diperiksa.",
        _KIA,
    ),
    _Indicator(
        "exclusive_breastfeeding",
        "ASI eksklusif",
        "percent",
        1,
        "specific",
        "Bayi di bawah enam bulan yang hanya mendapat ASI dibagi bayi di bawah enam bulan.",
        _RAN,
    ),
    _Indicator(
        "supplementary_feeding",
        "PMT balita gizi kurang",
        "percent",
        1,
        "specific",
        "Balita gizi kurang atau buruk yang mendapat makanan tambahan dibagi semua balita gizi kurang atau buruk.",
        _RAN,
    ),
    _Indicator(
        "iron_tablets",
        "Tablet tambah darah ibu hamil",
        "percent",
        1,
        "specific",
        "Ibu hamil yang mendapat tablet tambah darah bulan ini dibagi sasaran ibu hamil.",
        _RAN,
    ),
    _Indicator(
        "full_immunisation",
        "Imunisasi dasar lengkap",
        "percent",
        1,
        "specific",
        "Anak yang genap setahun bulan ini dan imunisasi dasarnya lengkap dibagi anak yang genap setahun bulan ini.",
        _RAN,
    ),
    _Indicator(
        "vitamin_a",
        "Kapsul vitamin A",
        "percent",
        1,
        "specific",
        "Balita 6–59 bulan yang mendapat kapsul vitamin A dibagi balita 6–59 bulan; Februari dan Agustus.",
        _RAN,
    ),
    _Indicator(
        "sanitary_toilet",
        "Jamban layak",
        "percent",
        1,
        "sensitive",
        "Rumah tangga dengan jamban layak dibagi semua rumah tangga.",
        _RAN,
    ),
    _Indicator(
        "safe_water",
        "Air minum layak",
        "percent",
        1,
        "sensitive",
        "Rumah tangga dengan sumber air minum layak dibagi semua rumah tangga.",
        _RAN,
    ),
    _Indicator(
        "social_assistance",
        "Bantuan sosial",
        "percent",
        1,
        "sensitive",
        "Keluarga miskin dan rentan yang menerima bantuan sosial dibagi semua keluarga miskin dan rentan.",
        _RAN,
    ),
    *(
        _Indicator(
            f"spm_{code}",
            f"SPM {name}",
            "percent",
            1,
            "spm",
            f"Keluarga berisiko stunting yang menerima layanan dasar bidang {name.lower()} dibagi keluarga berisiko.",
            _SPM,
        )
        for code, name in (
            ("education", "Pendidikan"),
            ("health", "Kesehatan"),
            ("public_works", "Pekerjaan umum"),
            ("housing", "Perumahan rakyat"),
            ("public_order", "Ketenteraman dan ketertiban"),
            ("social", "Sosial"),
        )
    ),
    _Indicator(
        "travel_time",
        "Waktu tempuh ke puskesmas",
        "minutes",
        -1,
        "access",
        "Waktu tempuh lewat jalan dari tengah penduduk RW ke puskesmas, menurut cara bepergian.",
        "Jaringan jalan OpenStreetMap, dihitung dengan OSRM",
    ),
)

_RELIABILITY = {"high": "tinggi", "medium": "sedang", "low": "rendah"}
_TARGET_SERIES = "SSGI"
"""The national, provincial and BKKBN targets speak of the survey, not of the routine figures."""


def load_dictionary(connection: Connection) -> None:
    """Load the indicators, and every published figure and target of `data/reference` in its own series."""
    connection.execute(indicator.insert(), [row._asdict() for row in INDICATORS])
    connection.execute(official_statistic.insert(), _records(published_figures()))
    connection.execute(target.insert(), _records(published_targets()))


def published_figures() -> pd.DataFrame:
    """Return the published figures as rows of official_statistic; figures that contradict each other both stay."""
    facts = reference.stunting_prevalence()
    return pd.DataFrame(
        {
            "area_code": facts["area_code"],
            "area_name": facts["area_name"],
            "indicator_code": facts["indicator"],
            "series": facts["series"],
            "period": facts["period"],
            "value": facts["value"],
            "is_approximate": facts["is_approximate"],
            "citation": facts["citation"],
            "reliability": facts["confidence"].map(_RELIABILITY),
            "note": facts["note"].replace("", None),
        }
    )


def published_targets() -> pd.DataFrame:
    """Return the published targets as rows of target."""
    facts = reference.stunting_targets()
    return pd.DataFrame(
        {
            "area_code": facts["area_code"],
            "area_name": facts["area_name"],
            "indicator_code": "stunting_prevalence",
            "series": _TARGET_SERIES,
            "year": facts["year"],
            "value": facts["target_pct"],
            "decree": facts["basis"],
            "citation": facts["citation"],
            "note": facts["note"].replace("", None),
        }
    )


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    return frame.astype(object).where(frame.notna(), None).to_dict("records")  # type: ignore[return-value]  # text keys
