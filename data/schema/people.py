"""Settings, users, log-ins and the log of acts."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from data.schema.base import metadata, one_of, written_at

setting = Table(
    "setting",
    metadata,
    Column("code", Text, primary_key=True, comment="Name of the setting"),
    Column("value", JSONB, nullable=False, comment="Its value"),
    Column("changed_by", Text, comment="Who changed it last"),
    Column("changed_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="When"),
    comment="What this database is and how it is set: city, demo or real, thresholds",
)
USER_ROLES = ("mayor", "planner", "camat", "lurah", "puskesmas", "opd", "partner", "screen", "admin", "inspector")
app_user = Table(
    "app_user",
    metadata,
    Column(
        "subject",
        Text,
        primary_key=True,
        comment="Identity as the OpenID provider names it: e-mail in lower case, or issuer#subject",
    ),
    Column("number", Integer, Identity(always=True), nullable=False, comment="What the log calls the person"),
    Column("role", Text, nullable=False, comment="Role"),
    Column("area_code", Text, comment="Kecamatan of a camat, kelurahan of a lurah; blank for others"),
    Column("facility_code", Text, comment="Puskesmas of its head; blank for others"),
    Column("unit", Text, comment="OPD or partner, as action items name it; blank for others"),
    Column("is_active", Boolean, nullable=False, server_default=text("true"), comment="May enter"),
    written_at(),
    one_of("role", USER_ROLES),
    CheckConstraint(
        "(role IN ('camat', 'lurah')) = (area_code IS NOT NULL) AND (role = 'puskesmas') = (facility_code IS NOT NULL)"
        " AND (role IN ('opd', 'partner')) = (unit IS NOT NULL)",
        name="area",
    ),
    UniqueConstraint("number"),
    comment="Role and area of a person",
)
log_in = Table(
    "log_in",
    metadata,
    Column("key", Text, primary_key=True, comment="Digest of one log-in: provider, subject, moment and random part"),
    Column("person", Integer, ForeignKey("app_user.number"), nullable=False, comment="Number of the person"),
    Column("started_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="First seen"),
    Column("used_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="Last used"),
    Column("ended_at", DateTime(timezone=True), comment="When it ended; blank while it holds"),
    Column("standing", Text, nullable=False, server_default="open", comment="open, logged_out, rested or aged"),
    one_of("standing", ("open", "logged_out", "rested", "aged")),
    comment="A log-in and whether it still holds: a cookie cannot be taken back, this row can",
)
audit_log = Table(
    "audit_log",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True, comment="Number of the entry"),
    Column("happened_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="When"),
    Column(
        "actor",
        Text,
        nullable=False,
        server_default=text(
            "concat_ws(' ', nullif(current_setting('rembuk.role', true), ''),"
            " nullif(concat_ws(',', nullif(current_setting('rembuk.areas', true), ''),"
            " nullif(current_setting('rembuk.facility', true), ''), nullif(current_setting('rembuk.unit', true), '')),"
            " ''), nullif(current_setting('rembuk.actor', true), ''))"
        ),
        comment="Role, area and person (app_user's number) of the transaction's scope; the database fills it",
    ),
    Column("act", Text, nullable=False, comment="What was done"),
    Column("detail", JSONB, comment="Numbers and codes; never personal data"),
    Column(
        "is_change",
        Boolean,
        nullable=False,
        server_default=text("true"),
        comment="Whether figures or settings changed; looking, entering and refusals change nothing",
    ),
    Index("ix_audit_log_id_changes", "id", postgresql_where=text("is_change")),
    comment="An append-only log: no row is ever changed or deleted",
)
