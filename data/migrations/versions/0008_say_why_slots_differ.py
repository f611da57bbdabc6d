"""Say why slots differ."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "visit_capacity", sa.Column("reason", sa.Text(), nullable=True, comment="Why it differs from the usual")
    )
    op.add_column("visit_capacity", sa.Column("written_by", sa.Text(), nullable=True, comment="Who said so"))


def downgrade() -> None:
    op.drop_column("visit_capacity", "written_by")
    op.drop_column("visit_capacity", "reason")
