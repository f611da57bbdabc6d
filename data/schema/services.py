"""Services of other offices: their dictionary and their months."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
)

from data.schema.base import metadata, one_of, refers_to

INTERVENTION_STATUSES = ("reported", "not_started")
indicator = Table(
    "indicator",
    metadata,
    Column("code", Text, primary_key=True, comment="Short English code"),
    Column("name", Text, nullable=False, comment="Name in Indonesian"),
    Column("unit", Text, nullable=False, comment="percent, children, minutes, …"),
    Column("direction", SmallInteger, nullable=False, comment="1 higher is better, -1 lower is better, 0 neither"),
    Column(
        "indicator_group",
        Text,
        nullable=False,
        comment="growth, attendance, maternal, specific, sensitive, spm, access",
    ),
    Column("definition", Text, nullable=False, comment="Definition in Indonesian"),
    Column("source", Text, nullable=False, comment="Standard or regulation"),
    Column("opd", Text, comment="OPD that answers for it; blank when none does"),
    comment="The dictionary of indicators",
)
intervention_month = Table(
    "intervention_month",
    metadata,
    Column("rw_code", Text, info=refers_to("area.code"), nullable=False, comment="RW"),
    Column("month", Date, nullable=False, comment="First day of the month"),
    Column("indicator_code", Text, info=refers_to("indicator.code"), nullable=False, comment="Indicator"),
    Column("numerator", Integer, comment="Reached, for spm_… done; blank when not reported"),
    Column("denominator", Integer, comment="Should be reached, for spm_… raised; blank when unknown"),
    Column("received", Integer, comment="For spm_… only: of those raised, taken up by the OPD"),
    Column(
        "status",
        Text,
        nullable=False,
        server_default="reported",
        comment="reported, or not_started where the roll-out has not reached the RW: its coverage is none, not zero",
    ),
    Column("batch_id", BigInteger, ForeignKey("import_batch.id"), comment="Batch it came with; blank for none"),
    PrimaryKeyConstraint("rw_code", "month", "indicator_code"),
    one_of("status", INTERVENTION_STATUSES),
    CheckConstraint(
        "status <> 'not_started' OR numerator IS NULL AND received IS NULL", name="not_started_is_not_zero"
    ),
    CheckConstraint(
        "numerator >= 0 AND numerator <= denominator AND numerator <= received AND received <= denominator",
        name="part_of_whole",
    ),
    Index("ix_intervention_month_indicator_code_month", "indicator_code", "month"),
    comment="An intervention's coverage in an RW and month; for the six SPM sectors needs raised, received, done",
)
