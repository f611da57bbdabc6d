"""Keep the rows that an import replaces, so that it can be undone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_NEW = "active, superseded once no row of it is left, or undone once a person took it back"
_OLD = "active, or superseded once no row of it is left"


def upgrade() -> None:
    op.create_table(
        "replaced_row",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Number of the row"),
        sa.Column("batch_id", sa.BigInteger(), nullable=False, comment="Batch to which it gave way"),
        sa.Column("source_batch_id", sa.BigInteger(), nullable=True, comment="Batch it had come with; blank for none"),
        sa.Column("table_name", sa.Text(), nullable=False, comment="Table in which it stood"),
        sa.Column(
            "content", JSONB(), nullable=False, comment="The row as it stood; of a child only its pseudonymous key"
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_replaced_row_batch_id_import_batch"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replaced_row")),
        comment="An earlier row that gave way to a batch, kept so that the batch can be undone",
    )
    op.create_index("ix_replaced_row_batch_id", "replaced_row", ["batch_id"])
    op.create_index("ix_replaced_row_source_batch_id", "replaced_row", ["source_batch_id"])
    op.add_column(
        "import_batch",
        sa.Column(
            "undone_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When it was taken back; blank while it stands",
        ),
    )
    op.add_column(
        "import_batch",
        sa.Column("undone_by", sa.Text(), nullable=True, comment="Who took it back: role and area, or command"),
    )
    _state("'active', 'superseded', 'undone'", _NEW, _OLD)
    op.add_column(
        "under_five_figure",
        sa.Column("batch_id", sa.BigInteger(), nullable=True, comment="Batch it came with; blank for none"),
    )
    op.create_foreign_key(
        op.f("fk_under_five_figure_batch_id_import_batch"), "under_five_figure", "import_batch", ["batch_id"], ["id"]
    )


def downgrade() -> None:
    op.drop_column("under_five_figure", "batch_id")
    op.execute("UPDATE import_batch SET status = 'superseded' WHERE status = 'undone'")
    _state("'active', 'superseded'", _OLD, _NEW)
    op.drop_column("import_batch", "undone_by")
    op.drop_column("import_batch", "undone_at")
    op.drop_table("replaced_row")


def _state(values: str, comment: str, earlier: str) -> None:
    op.drop_constraint(op.f("ck_import_batch_status"), "import_batch", type_="check")
    op.create_check_constraint(op.f("ck_import_batch_status"), "import_batch", f"status IN ({values})")
    op.alter_column(
        "import_batch", "status", existing_type=sa.Text(), existing_nullable=False, existing_server_default="active",
        comment=comment, existing_comment=earlier,
    )  # fmt: skip
