"""Keep notes on places."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "place_note",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False, comment="Number of the note"),
        sa.Column("rw_code", sa.Text(), nullable=False, comment="RW it speaks of"),
        sa.Column("note", sa.Text(), nullable=False, comment="A few words; never a person's name or address"),
        sa.Column("written_by", sa.Text(), nullable=False, comment="Role and area"),
        sa.Column(
            "withdrawn_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When it was taken back; blank while it stands",
        ),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.func.now(),
            nullable=False,
            comment="When this row was written",
        ),
        sa.ForeignKeyConstraint(["rw_code"], ["area.code"], name=op.f("fk_place_note_rw_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_note")),
        comment="A short note on an RW by those who work there",
    )
    op.create_index("ix_place_note_rw_code", "place_note", ["rw_code"])


def downgrade() -> None:
    op.drop_index("ix_place_note_rw_code", table_name="place_note")
    op.drop_table("place_note")
