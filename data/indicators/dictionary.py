"""The dictionary of indicators that comes with Rembuk: what is counted, by which standard, and who answers for it.

Names of OPD are those that most cities use; a city whose OPD are called otherwise changes the column `opd`.
"""

from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert

from data.schema import indicator


class Indicator(NamedTuple):
    """One indicator, as a row of the table."""

    code: str
    name: str
    unit: str
    direction: int
    indicator_group: str
    definition: str
    source: str
    opd: str | None = None


_WHO = "Standar Pertumbuhan Anak WHO 2006; Permenkes 2/2020"
_SKDN = "Pedoman posyandu Kementerian Kesehatan (SKDN)"
_KIA = "Buku KIA dan pedoman ANC terpadu Kementerian Kesehatan"
_RAN = "Perpres 72/2021 tentang Percepatan Penurunan Stunting"
_SPM = "Permendagri 13/2024 tentang Pos Pelayanan Terpadu; PP 2/2018 tentang Standar Pelayanan Minimal"

_HEALTH, _SOCIAL = "Dinas Kesehatan", "Dinas Sosial"
_HOUSING = "Dinas Perumahan dan Permukiman"
_POPULATION = "Dinas Pengendalian Penduduk dan KB"

SPM_PREFIX = "spm_"

INDICATORS = (
    Indicator(
        "stunting_prevalence",
        "Prevalensi stunting",
        "percent",
        -1,
        "growth",
        "Balita dengan PB/U atau TB/U di bawah -2 SD dibagi balita dengan hasil ukur yang sahih; tiap anak dihitung "
        "sekali, dengan ukuran terakhirnya dalam tiga bulan.",
        _WHO,
        _HEALTH,
    ),
    Indicator(
        "stunted_children",
        "Balita stunting",
        "children",
        -1,
        "growth",
        "Banyaknya balita dengan PB/U atau TB/U di bawah -2 SD; tiap anak dihitung sekali dalam tiga bulan.",
        _WHO,
        _HEALTH,
    ),
    Indicator(
        "severe_stunting_prevalence",
        "Prevalensi sangat pendek",
        "percent",
        -1,
        "growth",
        "Balita dengan PB/U atau TB/U di bawah -3 SD dibagi balita dengan hasil ukur yang sahih.",
        _WHO,
        _HEALTH,
    ),
    Indicator(
        "underweight_prevalence",
        "Prevalensi berat badan kurang",
        "percent",
        -1,
        "growth",
        "Balita dengan BB/U di bawah -2 SD dibagi balita dengan hasil timbang yang sahih.",
        _WHO,
        _HEALTH,
    ),
    Indicator(
        "wasting_prevalence",
        "Prevalensi gizi kurang dan buruk",
        "percent",
        -1,
        "growth",
        "Balita dengan BB/PB atau BB/TB di bawah -2 SD dibagi balita dengan hasil ukur dan timbang yang sahih.",
        _WHO,
        _HEALTH,
    ),
    Indicator(
        "attendance_ds",
        "Balita ditimbang (D/S)",
        "percent",
        1,
        "attendance",
        "Balita yang ditimbang dalam sebulan (D) dibagi semua balita sasaran (S).",
        _SKDN,
        _HEALTH,
    ),
    Indicator(
        "enrolment_ks",
        "Balita punya buku (K/S)",
        "percent",
        1,
        "attendance",
        "Balita yang punya KMS atau Buku KIA (K) dibagi semua balita sasaran (S).",
        _SKDN,
        _HEALTH,
    ),
    Indicator(
        "weight_gain_nd",
        "Berat badan naik (N/D)",
        "percent",
        1,
        "attendance",
        "Balita yang berat badannya naik cukup (N) dibagi balita yang ditimbang (D).",
        _SKDN,
        _HEALTH,
    ),
    Indicator(
        "pregnancy_screened",
        "Ibu hamil diperiksa",
        "percent",
        1,
        "maternal",
        "Ibu hamil yang diukur LILA dan hemoglobinnya dibagi sasaran ibu hamil.",
        _KIA,
        _HEALTH,
    ),
    Indicator(
        "pregnancy_ced",
        "Ibu hamil KEK",
        "percent",
        -1,
        "maternal",
        "Ibu hamil dengan LILA di bawah 23,5 cm dibagi ibu hamil yang diperiksa.",
        _KIA,
        _HEALTH,
    ),
    Indicator(
        "pregnancy_anaemia",
        "Ibu hamil anemia",
        "percent",
        -1,
        "maternal",
        "Ibu hamil dengan hemoglobin di bawah 11 g/dl dibagi ibu hamil yang diperiksa.",
        _KIA,
        _HEALTH,
    ),
    Indicator(
        "exclusive_breastfeeding",
        "ASI eksklusif",
        "percent",
        1,
        "specific",
        "Bayi di bawah enam bulan yang hanya mendapat ASI dibagi bayi di bawah enam bulan.",
        _RAN,
        _HEALTH,
    ),
    Indicator(
        "supplementary_feeding",
        "PMT balita gizi kurang",
        "percent",
        1,
        "specific",
        "Balita gizi kurang atau buruk yang mendapat makanan tambahan dibagi semua balita gizi kurang atau buruk.",
        _RAN,
        _HEALTH,
    ),
    Indicator(
        "iron_tablets",
        "Tablet tambah darah ibu hamil",
        "percent",
        1,
        "specific",
        "Ibu hamil yang mendapat tablet tambah darah bulan ini dibagi sasaran ibu hamil.",
        _RAN,
        _HEALTH,
    ),
    Indicator(
        "full_immunisation",
        "Imunisasi dasar lengkap",
        "percent",
        1,
        "specific",
        "Anak yang genap setahun bulan ini dan imunisasi dasarnya lengkap dibagi anak yang genap setahun bulan ini.",
        _RAN,
        _HEALTH,
    ),
    Indicator(
        "vitamin_a",
        "Kapsul vitamin A",
        "percent",
        1,
        "specific",
        "Balita 6–59 bulan yang mendapat kapsul vitamin A dibagi balita 6–59 bulan; Februari dan Agustus.",
        _RAN,
        _HEALTH,
    ),
    Indicator(
        "sanitary_toilet",
        "Jamban layak",
        "percent",
        1,
        "sensitive",
        "Rumah tangga dengan jamban layak dibagi semua rumah tangga.",
        _RAN,
        _HOUSING,
    ),
    Indicator(
        "safe_water",
        "Air minum layak",
        "percent",
        1,
        "sensitive",
        "Rumah tangga dengan sumber air minum layak dibagi semua rumah tangga.",
        _RAN,
        _HOUSING,
    ),
    Indicator(
        "social_assistance",
        "Bantuan sosial",
        "percent",
        1,
        "sensitive",
        "Keluarga miskin dan rentan yang menerima bantuan sosial dibagi semua keluarga miskin dan rentan.",
        _RAN,
        _SOCIAL,
    ),
    Indicator(
        "family_support",
        "Pendampingan keluarga berisiko",
        "percent",
        1,
        "sensitive",
        "Keluarga berisiko stunting yang didampingi tim pendamping keluarga bulan ini dibagi semua keluarga berisiko.",
        _RAN,
        _POPULATION,
    ),
    Indicator(
        "healthy_kitchen",
        "Dapur sehat (Dashat)",
        "percent",
        1,
        "sensitive",
        "Keluarga berisiko stunting yang mendapat makanan dari dapur sehat bulan ini dibagi semua keluarga berisiko.",
        _RAN,
        _POPULATION,
    ),
    *(
        Indicator(
            f"{SPM_PREFIX}{code}",
            name,
            "needs",
            1,
            "spm",
            f"Kebutuhan warga di bidang {name.lower()} yang diangkat lewat posyandu bulan itu; di antaranya yang "
            "diterima OPD, dan di antaranya yang selesai.",
            _SPM,
            opd,
        )
        for code, name, opd in (
            ("education", "Pendidikan", "Dinas Pendidikan"),
            ("health", "Kesehatan", _HEALTH),
            ("public_works", "Pekerjaan umum", "Dinas Pekerjaan Umum"),
            ("housing", "Perumahan rakyat", _HOUSING),
            ("public_order", "Ketenteraman dan ketertiban umum", "Satuan Polisi Pamong Praja"),
            ("social", "Sosial", _SOCIAL),
        )
    ),
    Indicator(
        "travel_time",
        "Waktu tempuh ke puskesmas",
        "minutes",
        -1,
        "access",
        "Waktu tempuh lewat jalan dari tengah penduduk RW ke puskesmas, menurut cara bepergian.",
        "Jaringan jalan OpenStreetMap, dihitung dengan OSRM",
    ),
)


def ensure_dictionary(connection: Connection) -> None:
    """Write the indicators that the database lacks; those that it has stay as they are."""
    rows = [row._asdict() for row in INDICATORS]
    connection.execute(insert(indicator).on_conflict_do_nothing(index_elements=["code"]), rows)
