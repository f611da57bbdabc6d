"""Children without an identity, their measurements, and the counts of each RW and month."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import REAL

from data.schema.base import metadata, one_of, refers_to

AGE_BANDS = ("0-5", "6-23", "24-59")
child = Table(
    "child",
    metadata,
    Column(
        "child_key",
        LargeBinary,
        primary_key=True,
        comment="First 16 bytes of an HMAC-SHA256 of the child's identity",
    ),
    Column("rw_code", Text, info=refers_to("area.code"), nullable=False, comment="RW of the latest weighing"),
    Column("sex", SmallInteger, nullable=False, comment="1 boy, 2 girl"),
    Column("birth_date", Date, nullable=False, comment="Birth date, needed for age and for leaving at five"),
    CheckConstraint("sex IN (1, 2)", name="sex"),
    Index("ix_child_rw_code", "rw_code"),
    comment="A pseudonymous child",
)
measurement = Table(
    "measurement",
    metadata,
    Column("rw_code", Text, info=refers_to("area.code"), nullable=False, comment="RW at that weighing"),
    Column("child_key", LargeBinary, info=refers_to("child.child_key"), nullable=False, comment="Child"),
    Column("measured_on", Date, nullable=False, comment="Day of the weighing"),
    Column("age_days", Integer, nullable=False, comment="Age in days"),
    Column("sex", SmallInteger, nullable=False, comment="1 boy, 2 girl"),
    Column("weight_kg", REAL, comment="Weight in kilograms; blank when not weighed"),
    Column("lenhei_cm", REAL, comment="Length or height in centimetres as measured; blank when not measured"),
    Column("measure", Text, comment="l lying, h standing, blank unknown"),
    Column("haz", REAL, comment="Length/height-for-age z-score (WHO 2006), two decimals"),
    Column("waz", REAL, comment="Weight-for-age z-score"),
    Column("whz", REAL, comment="Weight-for-length/height z-score"),
    Column("baz", REAL, comment="BMI-for-age z-score"),
    Column("haz_flag", Boolean, comment="haz below -6 or above 6: not valid"),
    Column("waz_flag", Boolean, comment="waz below -6 or above 5"),
    Column("whz_flag", Boolean, comment="whz below -5 or above 5"),
    Column("baz_flag", Boolean, comment="baz below -5 or above 5"),
    Column("weight_gain", Text, comment="N, T, O or B by the Buku KIA rule; blank when not known"),
    Column("posyandu", Text, comment="Posyandu as the file names it"),
    Column("batch_id", BigInteger, info=refers_to("import_batch.id"), nullable=False, comment="Batch it came with"),
    PrimaryKeyConstraint("child_key", "measured_on"),
    CheckConstraint("measure IN ('l', 'h')", name="measure"),
    Index("ix_measurement_rw_code_measured_on", "rw_code", "measured_on"),
    Index("ix_measurement_batch_id", "batch_id"),
    comment="One weighing of a pseudonymous child",
)
_COUNT_COLUMNS = {
    "s_target": "S: children who should be weighed; blank when unknown",
    "k_enrolled": "K: children enrolled (with a KMS/KIA book); blank when unknown",
    "d_weighed": "D: children weighed in this month",
    "n_gained": "N: of D, those whose weight gain was enough",
    "haz_valid": "Children with a valid HAZ, each by its latest in the window of three months that ends here",
    "stunted": "Of haz_valid: HAZ below -2",
    "severely_stunted": "Of haz_valid: HAZ below -3",
    "waz_valid": "Children with a valid WAZ in the window",
    "underweight": "Of waz_valid: WAZ below -2",
    "whz_valid": "Children with a valid WHZ in the window",
    "wasted": "Of whz_valid: WHZ below -2",
    "newly_stunted": "Measured not stunted before, stunted now",
    "newly_found": "Stunted now, with no valid measurement in the window before",
    "recovered": "Stunted before, measured not stunted now",
    "moved_in": "Stunted, and arrived from another RW",
    "moved_out": "Counted stunted here before, now in another RW",
    "aged_out": "Counted stunted before, and turned five",
    "lapsed": "Counted stunted before, with no valid measurement left in the window",
}
GROWTH_FLOWS = ("newly_stunted", "newly_found", "recovered", "moved_in", "moved_out", "aged_out", "lapsed")
"""Columns of growth_month that count events of a month; the other counts are states."""
GROWTH_COUNTS = tuple(name for name in _COUNT_COLUMNS if name not in GROWTH_FLOWS)
GROWTH_TARGETS = ("s_target", "k_enrolled")
"""Counts that are given and not made from weighings: they may be unknown."""
growth_month = Table(
    "growth_month",
    metadata,
    Column("rw_code", Text, info=refers_to("area.code"), nullable=False, comment="RW"),
    Column("month", Date, nullable=False, comment="First day of the month"),
    Column("age_band", Text, nullable=False, comment="Age in completed months: 0-5, 6-23 or 24-59"),
    Column("sex", SmallInteger, nullable=False, comment="1 boy, 2 girl"),
    *[
        Column(
            name,
            Integer,
            nullable=name in GROWTH_TARGETS,
            server_default=None if name in GROWTH_TARGETS else "0",
            comment=comment,
        )
        for name, comment in _COUNT_COLUMNS.items()
    ],
    PrimaryKeyConstraint("rw_code", "month", "age_band", "sex"),
    one_of("age_band", AGE_BANDS),
    CheckConstraint("sex IN (1, 2)", name="sex"),
    CheckConstraint("severely_stunted <= stunted AND stunted <= haz_valid", name="stunted"),
    Index("ix_growth_month_month_rw_code", "month", "rw_code"),
    comment="An RW's children in a month by age band and sex; window counts hold a child once, so never add months",
)
maternal_month = Table(
    "maternal_month",
    metadata,
    Column("rw_code", Text, info=refers_to("area.code"), nullable=False, comment="RW"),
    Column("month", Date, nullable=False, comment="First day of the month"),
    Column("pregnant_target", Integer, comment="Pregnant women expected; blank when unknown"),
    Column("screened", Integer, comment="Screened by the month's end"),
    Column("chronic_energy_deficiency", Integer, comment="Of screened: KEK (LILA under 23.5 cm)"),
    Column("anaemia", Integer, comment="Of screened: haemoglobin under 11 g/dl"),
    Column("batch_id", BigInteger, ForeignKey("import_batch.id"), comment="Batch it came with; blank for none"),
    PrimaryKeyConstraint("rw_code", "month"),
    Index("ix_maternal_month_month", "month"),
    comment="An RW's pregnant women in a month",
)
