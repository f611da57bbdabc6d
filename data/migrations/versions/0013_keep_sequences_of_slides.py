"""Keep the order in which a meeting is shown its slides."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "slide_sequence",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False, comment="Number of the sequence"),
        sa.Column("name", sa.Text(), nullable=False, comment="Name, such as Rakor TW-III 2026"),
        sa.Column(
            "steps",
            sa.dialects.postgresql.JSONB(),
            nullable=False,
            comment="Slides in their order, each with slide, area_code and seconds",
        ),
        sa.Column("written_by", sa.Text(), nullable=True, comment="Role of who arranged it"),
        sa.Column(
            "replaced_at", _MOMENT, nullable=True, comment="When a later one of its name or its end came; blank: now"
        ),
        sa.Column(
            "written_at", _MOMENT, server_default=sa.func.now(), nullable=False, comment="When this row was written"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slide_sequence")),
        comment="Slides in the order in which a meeting is shown them",
    )
