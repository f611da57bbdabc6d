"""Visits of the mobile clinic, nominations, rotation plans, weights and capacity."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from data.schema.base import metadata, one_of, written_at

pusing_visit = Table(
    "pusing_visit",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the visit"),
    Column("rw_code", Text, ForeignKey("area.code"), nullable=False, comment="RW"),
    Column("visited_on", Date, nullable=False, comment="Day"),
    Column("facility_code", Text, ForeignKey("facility.code"), nullable=False, comment="Puskesmas"),
    Column("team", Text, comment="Who went, as units, not names"),
    Column("served", Integer, comment="People served"),
    Column("weighed", Integer, comment="Children weighed"),
    Column("found", Integer, comment="Children newly found stunted"),
    Column("referred", Integer, comment="Referred"),
    Column("returned", Integer, comment="Of those referred, came back"),
    written_at(),
    UniqueConstraint("rw_code", "visited_on"),
    comment="A visit made by the mobile clinic",
)
nomination = Table(
    "nomination",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the nomination"),
    Column("rw_code", Text, ForeignKey("area.code"), nullable=False, comment="RW named"),
    Column("month", Date, nullable=False, comment="Month it is named for"),
    Column("reason", Text, nullable=False, comment="Reason"),
    Column("nominated_by", Text, nullable=False, comment="Role and area"),
    Column("reply", Text, comment="Dinkes' answer"),
    Column("withdrawn_at", DateTime(timezone=True), comment="When it was taken back"),
    written_at(),
    Index("ix_nomination_month", "month"),
    comment="An RW named by a camat or lurah",
)
rotation_plan = Table(
    "rotation_plan",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the plan"),
    Column("first_month", Date, nullable=False, comment="First month"),
    Column("months", SmallInteger, nullable=False, comment="How many months"),
    Column("status", Text, nullable=False, server_default="draft", comment="draft, discussed or adopted"),
    Column("preset", Text, comment="Name of the preset the weights came from; blank when set by hand"),
    Column("weights", JSONB, nullable=False, comment="Weights used"),
    Column("settings", JSONB, nullable=False, server_default=text("'{}'"), comment="Settings of the ranking used"),
    Column("rules", JSONB, nullable=False, server_default=text("'{}'"), comment="Rules of the rotation used"),
    Column(
        "result", JSONB, nullable=False, server_default=text("'{}'"), comment="Objective, bound, gap and comparison"
    ),
    Column("data_state", JSONB, nullable=False, comment="Latest month and batch at the time"),
    Column("adopted_by", Text, comment="Who adopted it"),
    Column("adopted_at", DateTime(timezone=True), comment="When"),
    written_at(),
    one_of("status", ("draft", "discussed", "adopted")),
    comment="A rotation of the mobile clinic",
)
rotation_slot = Table(
    "rotation_slot",
    metadata,
    Column("plan_id", Integer, ForeignKey("rotation_plan.id", ondelete="CASCADE"), nullable=False, comment="Plan"),
    Column("month", Date, nullable=False, comment="Month"),
    Column("facility_code", Text, ForeignKey("facility.code"), nullable=False, comment="Puskesmas"),
    Column("rw_code", Text, ForeignKey("area.code"), nullable=False, comment="RW"),
    Column(
        "kind", Text, nullable=False, server_default="own_team", comment="own_team, partner_clinic or hospital_staff"
    ),
    Column("reason", Text, nullable=False, comment="Code of why it was chosen"),
    Column("is_fixed", Boolean, nullable=False, server_default=text("false"), comment="Fixed by a person"),
    Column("override_reason", Text, comment="Reason of the person"),
    PrimaryKeyConstraint("plan_id", "month", "rw_code"),
    comment="A stop of a rotation",
)
nomination_answer = Table(
    "nomination_answer",
    metadata,
    Column("area_code", Text, ForeignKey("area.code"), nullable=False, comment="Kelurahan or kecamatan that answered"),
    Column("month", Date, nullable=False, comment="Month asked for"),
    Column("answered_by", Text, nullable=False, comment="Role and area"),
    Column("note", Text, comment="For example that no RW is named this month"),
    written_at(),
    PrimaryKeyConstraint("area_code", "month"),
    comment="Who has answered the call for nominations, also with none",
)
weight_preset = Table(
    "weight_preset",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the row"),
    Column("name", Text, nullable=False, comment="Name as people call it"),
    Column("weights", JSONB, nullable=False, comment="Weight of every criterion; they sum to 1"),
    Column("adopted_by", Text, nullable=False, comment="Who adopted it"),
    Column("adopted_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="When"),
    Column("replaced_at", DateTime(timezone=True), comment="When a newer one of the same name replaced it"),
    comment="Weights of the ranking, adopted under a name",
)
VISIT_KINDS = ("own_team", "partner_clinic", "hospital_staff")
visit_capacity = Table(
    "visit_capacity",
    metadata,
    Column("facility_code", Text, ForeignKey("facility.code"), nullable=False, comment="Puskesmas"),
    Column("month", Date, nullable=False, comment="Month"),
    Column("kind", Text, nullable=False, comment="own_team, partner_clinic or hospital_staff"),
    Column("slots", SmallInteger, nullable=False, comment="Visits that can be made"),
    Column("is_vehicle_needed", Boolean, nullable=False, server_default=text("true"), comment="Takes a city vehicle"),
    Column("reason", Text, comment="Why it differs from the usual"),
    Column("written_by", Text, comment="Who said so"),
    written_at(),
    PrimaryKeyConstraint("facility_code", "month", "kind"),
    one_of("kind", VISIT_KINDS),
    CheckConstraint("slots >= 0", name="slots"),
    comment="How many visits a puskesmas can make in a month; a month without a row has one visit of its own team",
)
visit_closure = Table(
    "visit_closure",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the row"),
    Column("facility_code", Text, ForeignKey("facility.code"), comment="Puskesmas; blank for the whole city"),
    Column("month", Date, nullable=False, comment="Month without visits"),
    Column("reason", Text, nullable=False, comment="Why: flood, accreditation, …"),
    Column("closed_by", Text, nullable=False, comment="Who said so"),
    Column("withdrawn_at", DateTime(timezone=True), comment="When it was taken back; blank while it holds"),
    written_at(),
    comment="Months in which a puskesmas makes no visits",
)
