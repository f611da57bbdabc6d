"""Freeze states for meetings, keep promises with their owners, and let puskesmas sign months."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def _text(name: str, comment: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=True, comment=comment)


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def upgrade() -> None:
    _snapshots()
    _meetings()
    _promises()
    op.create_table(
        "month_signoff",
        sa.Column("facility_code", sa.Text(), nullable=False, comment="Puskesmas"),
        sa.Column("month", sa.Date(), nullable=False, comment="First day of the month"),
        sa.Column("signed_by", sa.Text(), nullable=False, comment="Role and area"),
        sa.Column("signed_at", _MOMENT, server_default=sa.func.now(), nullable=False, comment="When"),
        sa.Column(
            "data_at", _MOMENT, nullable=True, comment="Newest import when it was signed: a later one is not covered"
        ),
        _text("note", "What the reader should know"),
        sa.ForeignKeyConstraint(
            ["facility_code"], ["facility.code"], name=op.f("fk_month_signoff_facility_code_facility")
        ),
        sa.PrimaryKeyConstraint("facility_code", "month", name=op.f("pk_month_signoff")),
        comment="A puskesmas's word that the figures of a month are theirs",
    )


def _snapshots() -> None:
    # No version before this one wrote a snapshot.
    op.drop_table("snapshot")
    op.create_table(
        "snapshot",
        sa.Column(
            "id",
            sa.Text(),
            nullable=False,
            comment="Short id printed on every slide: its number and the hash's beginning",
        ),
        sa.Column(
            "number",
            sa.Integer(),
            sa.Identity(always=True),
            nullable=False,
            comment="Number of the snapshot, in their order",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Name, such as Rakor TW-III 2026"),
        sa.Column("as_of", sa.Date(), nullable=False, comment="Day that is today inside it"),
        sa.Column("content_sha256", sa.Text(), nullable=False, comment="Hash of the content: of its tables' hashes"),
        sa.Column(
            "content",
            sa.dialects.postgresql.JSONB(),
            nullable=False,
            comment="By table: rows, columns and the SHA-256 of its rows in key order",
        ),
        _text("made_by", "Role of who made it"),
        sa.Column(
            "written_at", _MOMENT, server_default=sa.func.now(), nullable=False, comment="When this row was written"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("number", name=op.f("uq_snapshot_number")),
        comment="A frozen state for a meeting; its rows stand in the schema rembuk_frozen",
    )


def _meetings() -> None:
    for column in (
        sa.Column("kind", sa.Text(), server_default="rakor", nullable=False, comment="rakor or rembuk_stunting"),
        _text("area_code", "Kecamatan that it is about; blank for the whole city"),
        _text("chair", "Office that led it, not a name"),
        _text("place", "Where it was held"),
        _text("snapshot_id", "Frozen state that it spoke of"),
        sa.Column("plan_id", sa.Integer(), nullable=True, comment="Rotation plan that was adopted there"),
        sa.Column(
            "decisions",
            sa.dialects.postgresql.JSONB(),
            nullable=True,
            comment="What was decided besides, as texts in their order",
        ),
        _text("written_by", "Role of who wrote it down"),
        sa.Column("withdrawn_at", _MOMENT, nullable=True, comment="When it was taken back; blank while it stands"),
    ):
        op.add_column("meeting", column)
    op.create_check_constraint(op.f("ck_meeting_kind"), "meeting", _one_of("kind", ("rakor", "rembuk_stunting")))
    op.create_foreign_key(op.f("fk_meeting_snapshot_id_snapshot"), "meeting", "snapshot", ["snapshot_id"], ["id"])


def _promises() -> None:
    for column in (
        sa.Column(
            "owner_kind", sa.Text(), server_default="opd", nullable=False, comment="opd, kecamatan, kelurahan, …"
        ),
        _text("owner_code", "Area code, or facility code of a puskesmas; blank for OPD and partner"),
        sa.Column(
            "figure_then",
            sa.Double(),
            nullable=True,
            comment="The indicator's figure in its area when it was promised, as told to all",
        ),
        sa.Column("figure_month", sa.Date(), nullable=True, comment="Month of that figure"),
        _text("written_by", "Role of who wrote it down"),
        _text("answered_by", "Role and area of who answered last"),
        sa.Column("answered_at", _MOMENT, nullable=True, comment="When"),
        sa.Column("withdrawn_at", _MOMENT, nullable=True, comment="When it was taken back; blank while it stands"),
    ):
        op.add_column("action_item", column)
    op.alter_column(
        "action_item",
        "owner",
        comment="Name of the OPD, kecamatan, kelurahan, puskesmas or partner",
        existing_comment="OPD, kecamatan, puskesmas or partner",
        existing_type=sa.Text(),
        existing_nullable=False,
    )
    op.alter_column(
        "action_item",
        "status",
        comment="open, started, done or dropped",
        existing_comment="open, done or dropped",
        existing_type=sa.Text(),
        existing_nullable=False,
        existing_server_default="open",
    )
    kinds = ("opd", "kecamatan", "kelurahan", "puskesmas", "partner")
    op.create_check_constraint(op.f("ck_action_item_owner_kind"), "action_item", _one_of("owner_kind", kinds))
    op.create_check_constraint(
        op.f("ck_action_item_status"), "action_item", _one_of("status", ("open", "started", "done", "dropped"))
    )
    op.create_check_constraint(
        op.f("ck_action_item_owner_code"),
        "action_item",
        "(owner_kind IN ('opd', 'partner')) = (owner_code IS NULL)",
    )
    op.create_index(op.f("ix_action_item_meeting_id"), "action_item", ["meeting_id"])


def downgrade() -> None:
    # The frozen rows go with their register; the schema stays, it may be an administrator's.
    op.execute("DROP SCHEMA IF EXISTS rembuk_frozen CASCADE")
    op.drop_table("month_signoff")
    op.drop_index(op.f("ix_action_item_meeting_id"), "action_item")
    for name in ("owner_code", "status", "owner_kind"):
        op.drop_constraint(op.f(f"ck_action_item_{name}"), "action_item")
    for name in (
        "withdrawn_at", "answered_at", "answered_by", "written_by", "figure_month", "figure_then", "owner_code",
        "owner_kind",
    ):  # fmt: skip
        op.drop_column("action_item", name)
    op.drop_constraint(op.f("fk_meeting_snapshot_id_snapshot"), "meeting")
    op.drop_constraint(op.f("ck_meeting_kind"), "meeting")
    for name in (
        "withdrawn_at", "written_by", "decisions", "plan_id", "snapshot_id", "place", "chair", "area_code", "kind",
    ):  # fmt: skip
        op.drop_column("meeting", name)
    op.drop_table("snapshot")
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Text(), nullable=False, comment="Short id printed on every slide"),
        sa.Column("name", sa.Text(), nullable=False, comment="Name"),
        sa.Column("content_sha256", sa.Text(), nullable=False, comment="Hash of the content"),
        sa.Column("content", sa.dialects.postgresql.JSONB(), nullable=False, comment="The frozen figures"),
        sa.Column(
            "written_at", _MOMENT, server_default=sa.func.now(), nullable=False, comment="When this row was written"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        comment="A frozen state for a meeting",
    )
