"""Keep log-ins, so that they can end."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "log_in",
        sa.Column(
            "key", sa.Text(), nullable=False, comment="Digest of one log-in: provider, subject, moment and random part"
        ),
        sa.Column("person", sa.Integer(), nullable=False, comment="Number of the person"),
        sa.Column(
            "started_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False, comment="First seen"
        ),
        sa.Column(
            "used_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False, comment="Last used"
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True, comment="When it ended; blank while it holds"),
        sa.Column(
            "standing", sa.Text(), server_default="open", nullable=False, comment="open, logged_out, rested or aged"
        ),
        sa.CheckConstraint("standing IN ('open', 'logged_out', 'rested', 'aged')", name=op.f("ck_log_in_standing")),
        sa.ForeignKeyConstraint(["person"], ["app_user.number"], name=op.f("fk_log_in_person_app_user")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_log_in")),
        comment="A log-in and whether it still holds: a cookie cannot be taken back, this row can",
    )


def downgrade() -> None:
    op.drop_table("log_in")
