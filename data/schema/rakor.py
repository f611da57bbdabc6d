"""Snapshots, slides, meetings, promises and signed months."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

from data.schema.base import metadata, one_of, written_at

snapshot = Table(
    "snapshot",
    metadata,
    Column(
        "id", Text, primary_key=True, comment="Short id printed on every slide: its number and the hash's beginning"
    ),
    Column("number", Integer, Identity(always=True), nullable=False, comment="Number of the snapshot, in their order"),
    Column("name", Text, nullable=False, comment="Name, such as Rakor TW-III 2026"),
    Column("as_of", Date, nullable=False, comment="Day that is today inside it"),
    Column("content_sha256", Text, nullable=False, comment="Hash of the content: of its tables' hashes"),
    Column(
        "content", JSONB, nullable=False, comment="By table: rows, columns and the SHA-256 of its rows in key order"
    ),
    Column("made_by", Text, comment="Role of who made it"),
    written_at(),
    UniqueConstraint("number"),
    comment="A frozen state for a meeting; its rows stand in the schema rembuk_frozen",
)
slide_sequence = Table(
    "slide_sequence",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the sequence"),
    Column("name", Text, nullable=False, comment="Name, such as Rakor TW-III 2026"),
    Column("steps", JSONB, nullable=False, comment="Slides in their order, each with slide, area_code and seconds"),
    Column("written_by", Text, comment="Role of who arranged it"),
    Column("replaced_at", DateTime(timezone=True), comment="When a later one of its name or its end came; blank: now"),
    written_at(),
    comment="Slides in the order in which a meeting is shown them",
)
MEETING_KINDS = ("rakor", "rembuk_stunting")
meeting = Table(
    "meeting",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the meeting"),
    Column("held_on", Date, nullable=False, comment="Day"),
    Column("name", Text, nullable=False, comment="Name, such as Rakor TW-III 2026"),
    Column("present", JSONB, comment="Units present"),
    Column("kind", Text, nullable=False, server_default="rakor", comment="rakor or rembuk_stunting"),
    Column("area_code", Text, comment="Kecamatan that it is about; blank for the whole city"),
    Column("chair", Text, comment="Office that led it, not a name"),
    Column("place", Text, comment="Where it was held"),
    Column("snapshot_id", Text, ForeignKey("snapshot.id"), comment="Frozen state that it spoke of"),
    Column("plan_id", Integer, comment="Rotation plan that was adopted there"),
    Column("decisions", JSONB, comment="What was decided besides, as texts in their order"),
    Column("written_by", Text, comment="Role of who wrote it down"),
    Column("withdrawn_at", DateTime(timezone=True), comment="When it was taken back; blank while it stands"),
    written_at(),
    one_of("kind", MEETING_KINDS),
    comment="A rakor",
)
OWNER_KINDS = ("opd", "kecamatan", "kelurahan", "puskesmas", "partner")
PROMISE_STATUSES = ("open", "started", "done", "dropped")
action_item = Table(
    "action_item",
    metadata,
    Column("id", Integer, Identity(always=True), primary_key=True, comment="Number of the promise"),
    Column("meeting_id", Integer, ForeignKey("meeting.id"), nullable=False, comment="Rakor it was made at"),
    Column("owner", Text, nullable=False, comment="Name of the OPD, kecamatan, kelurahan, puskesmas or partner"),
    Column("text", Text, nullable=False, comment="What was promised"),
    Column("due_on", Date, nullable=False, comment="Due"),
    Column("status", Text, nullable=False, server_default="open", comment="open, started, done or dropped"),
    Column("evidence", Text, comment="Evidence"),
    Column("area_code", Text, comment="Area it speaks of"),
    Column("indicator_code", Text, comment="Indicator it should move"),
    Column("owner_kind", Text, nullable=False, server_default="opd", comment="opd, kecamatan, kelurahan, …"),
    Column("owner_code", Text, comment="Area code, or facility code of a puskesmas; blank for OPD and partner"),
    Column("figure_then", Double, comment="The indicator's figure in its area when it was promised, as told to all"),
    Column("figure_month", Date, comment="Month of that figure"),
    Column("written_by", Text, comment="Role of who wrote it down"),
    Column("answered_by", Text, comment="Role and area of who answered last"),
    Column("answered_at", DateTime(timezone=True), comment="When"),
    Column("withdrawn_at", DateTime(timezone=True), comment="When it was taken back; blank while it stands"),
    written_at(),
    one_of("owner_kind", OWNER_KINDS),
    one_of("status", PROMISE_STATUSES),
    CheckConstraint("(owner_kind IN ('opd', 'partner')) = (owner_code IS NULL)", name="owner_code"),
    Index("ix_action_item_meeting_id", "meeting_id"),
    comment="A promise made at a rakor",
)
month_signoff = Table(
    "month_signoff",
    metadata,
    Column("facility_code", Text, ForeignKey("facility.code"), nullable=False, comment="Puskesmas"),
    Column("month", Date, nullable=False, comment="First day of the month"),
    Column("signed_by", Text, nullable=False, comment="Role and area"),
    Column("signed_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="When"),
    Column("data_at", DateTime(timezone=True), comment="Newest import when it was signed: a later one is not covered"),
    Column("note", Text, comment="What the reader should know"),
    PrimaryKeyConstraint("facility_code", "month"),
    comment="A puskesmas's word that the figures of a month are theirs",
)
