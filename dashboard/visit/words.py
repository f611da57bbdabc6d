"""The words of the visit log: its counts, and what became of a planned visit."""

from models.rotation.effects import KEPT, LATE, NOT_KEPT, UNPLANNED

COUNT_NAMES = {
    "served": "Orang dilayani",
    "weighed": "Balita ditimbang",
    "found": "Stunting baru ditemukan",
    "referred": "Dirujuk",
    "returned": "Kembali dari rujukan",
}
OUTCOME_NAMES = {
    KEPT: "ditepati",
    LATE: "ditepati terlambat",
    NOT_KEPT: "belum ditepati",
    UNPLANNED: "di luar rencana",
}
