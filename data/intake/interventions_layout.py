"""The three sheets on which OPD and puskesmas report interventions: their columns, and which count is part of which.

A row is an RW in a month: of an intervention (asked, reached), of an SPM sector (raised, received, done), or of its
pregnant women. The same layouts write the template and read it back.
"""

from dataclasses import dataclass

from data.indicators.dictionary import SPM_PREFIX

RW, KECAMATAN, KELURAHAN, RW_NAME, MONTH, STATUS = "Kode RW", "Kecamatan", "Kelurahan", "RW", "Bulan", "Status"
PLACE_COLUMNS = (RW, KECAMATAN, KELURAHAN, RW_NAME)

REPORTED, NOT_STARTED, REMOVED = "reported", "not_started", "removed"
STATUS_WORDS = {"": REPORTED, "berjalan": REPORTED, "belum mulai": NOT_STARTED, "hapus": REMOVED}
"""What a person writes -> what it means: `hapus` takes an earlier row back."""

MATERNAL_CODE = "maternal"


@dataclass(frozen=True)
class Layout:
    """A sheet: its name, the columns of what a row is about, and of its counts.

    `parts` are pairs of counts, the first no more than the second; `needed` are the counts that a filled row must have.
    """

    sheet: str
    code_column: str
    name_column: str
    counts: tuple[str, ...]
    needed: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]
    groups: tuple[str, ...]
    statuses: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of the sheet, in order."""
        about = (self.code_column, self.name_column) if self.code_column else ()
        return (*PLACE_COLUMNS, MONTH, *about, *self.counts, STATUS)

    @property
    def filled(self) -> tuple[str, ...]:
        """The columns that people fill."""
        return (*self.counts, STATUS)

    @property
    def read(self) -> tuple[str, ...]:
        """The columns by which the sheet is found again; names of places and indicators are only for the eye."""
        about = (self.code_column,) if self.code_column else ()
        return (RW, MONTH, *about, *self.counts, STATUS)


COVERAGE = Layout(
    "Isian",
    "Kode indikator",
    "Indikator",
    ("Sasaran", "Tercapai"),
    ("Sasaran", "Tercapai"),
    (("Tercapai", "Sasaran"),),
    ("specific", "sensitive"),
    ("berjalan", "belum mulai", "hapus"),
)
NEEDS = Layout(
    "Isian SPM",
    "Kode bidang",
    "Bidang",
    ("Diangkat", "Diterima", "Selesai"),
    ("Diangkat", "Diterima", "Selesai"),
    (("Diterima", "Diangkat"), ("Selesai", "Diterima")),
    ("spm",),
    ("berjalan", "belum mulai", "hapus"),
)
PREGNANT = Layout(
    "Isian ibu hamil",
    "",
    "",
    ("Sasaran", "Diperiksa", "KEK", "Anemia"),
    ("Sasaran", "Diperiksa"),
    (("KEK", "Diperiksa"), ("Anemia", "Diperiksa")),
    ("maternal",),
    ("berjalan", "hapus"),
)
LAYOUTS = (COVERAGE, NEEDS, PREGNANT)


def layout_of(code: str) -> Layout:
    """Return the sheet on which a code is reported."""
    if code == MATERNAL_CODE:
        return PREGNANT
    return NEEDS if code.startswith(SPM_PREFIX) else COVERAGE
