"""How posyandu report, and how many children under five each source knows."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from data.schema.base import metadata, one_of, refers_to, written_at
from models.quality.counts import ARRAYS, COUNTED, SUMMED

posyandu_alias = Table(
    "posyandu_alias",
    metadata,
    Column("rw_code", Text, ForeignKey("area.code"), nullable=False, comment="RW in whose lists it stands"),
    Column(
        "spelling",
        Text,
        nullable=False,
        comment="Name as a file writes it: letters and digits only, lower case, without the word Posyandu",
    ),
    Column("posyandu", Text, nullable=False, comment="Name under which it is counted; blank where a file names none"),
    Column("decided_by", Text, comment="Who decided it; blank when the first file did"),
    written_at(),
    PrimaryKeyConstraint("rw_code", "spelling"),
    comment="A remembered crosswalk: how files spell the posyandu of an RW",
)
_QUALITY_COMMENTS = {
    "weighings": "Weighings, each once",
    "boys": "Of weighings: of boys",
    "has_weight": "Of weighings: with a weight",
    "has_length": "Of weighings: with a length or height",
    "has_both": "Of weighings: with both",
    "scored": "Of weighings: with any of haz, waz, whz",
    "flagged": "Of scored: with any of them flagged as implausible",
    "haz_flagged": "Weighings whose haz is flagged",
    "waz_flagged": "Weighings whose waz is flagged",
    "whz_flagged": "Weighings whose whz is flagged",
    "born_on_15th": "Of weighings: of children born on a 15th",
    "comparable": "Of has_both: the same child was weighed and measured in the RW in the month before",
    "copied": "Of comparable: weight and length are both those of the month before",
    "twins": "Of has_both: same RW, day, birthday, sex, weight and length as another child",
    "repeated": "Of weighings: beyond the first of a child in the month and RW",
    "length_digit": "Lengths by the digit of the tenths, 0 to 9",
    "weight_digit": "Weights by the digit of the tenths, 0 to 9",
    "lying": "Lengths measured lying, by age from 0, 9, 12, 24, 36, 48 completed months",
    "standing": "Lengths measured standing, by the same ages",
    "unnoted": "Lengths without a noted position, by the same ages",
    "age_month": "Weighings by age in completed months, 0 to 59",
    "birth_month": "Weighings by calendar month of birth, January first",
    "haz_bin": "Valid haz by half a z, from -6 to 6",
}


def _power_comment(name: str) -> str:
    index, _, power = name.partition("_sum")
    return f"Weighings with a valid {index}" if power == "0" else f"Sum of valid {index} to the power {power}"


quality_month = Table(
    "quality_month",
    metadata,
    Column("rw_code", Text, info=refers_to("area.code"), nullable=False, comment="RW"),
    Column("posyandu", Text, nullable=False, comment="Posyandu as posyandu_alias names it; blank where none is named"),
    Column("month", Date, nullable=False, comment="First day of the month"),
    Column("received_on", Date, nullable=False, comment="Day on which the month's first file came in, UTC"),
    *[Column(name, Integer, nullable=False, comment=_QUALITY_COMMENTS[name]) for name in COUNTED],
    *[
        Column(name, Integer if name.endswith("0") else Double, nullable=False, comment=_power_comment(name))
        for name in SUMMED
    ],
    *[Column(name, ARRAY(Integer), nullable=False, comment=_QUALITY_COMMENTS[name]) for name in ARRAYS],
    PrimaryKeyConstraint("rw_code", "posyandu", "month"),
    Index("ix_quality_month_month_rw_code", "month", "rw_code"),
    comment="How a posyandu's weighings of a month were made; all of it adds up over posyandu, RWs and months",
)
SOURCES_OF_CHILDREN = ("dukcapil", "bps", "posyandu", "other")
under_five_figure = Table(
    "under_five_figure",
    metadata,
    Column("area_code", Text, ForeignKey("area.code"), nullable=False, comment="City, kecamatan, kelurahan or RW"),
    Column("source", Text, nullable=False, comment="dukcapil, bps, posyandu (a register of its own) or other"),
    Column("as_of", Date, nullable=False, comment="Day that the figure speaks of"),
    Column("children", Integer, nullable=False, comment="Children under five"),
    Column(
        "is_approximate",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="Estimated or published as 'sekitar'",
    ),
    Column("citation", Text, nullable=False, comment="Where it comes from"),
    Column("batch_id", BigInteger, ForeignKey("import_batch.id"), comment="Batch it came with; blank for none"),
    written_at(),
    PrimaryKeyConstraint("area_code", "source", "as_of"),
    one_of("source", SOURCES_OF_CHILDREN),
    CheckConstraint("children >= 0", name="children"),
    comment="How many children under five an area has, by a source other than the weighing lists",
)
