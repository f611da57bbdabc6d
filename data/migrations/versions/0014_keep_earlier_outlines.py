"""Keep the outlines that areas had before their ground changed (docs/decisions/0021)."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "area",
        sa.Column(
            "outline_from",
            sa.Date(),
            nullable=True,
            comment="First day of this outline where area_past has earlier ones; blank: since ever",
        ),
    )
    op.create_table(
        "area_past",
        sa.Column("area_code", sa.Text(), nullable=False, comment="The area"),
        sa.Column("valid_from", sa.Date(), nullable=False, comment="First day on which it was so"),
        sa.Column("valid_to", sa.Date(), nullable=False, comment="Last day on which it was so"),
        sa.Column(
            "geometry",
            sa.LargeBinary(),
            nullable=True,
            comment="Outline of those days: WKB polygon or multipolygon, EPSG:4326",
        ),
        sa.Column(
            "geometry_source",
            sa.Text(),
            nullable=False,
            comment="official (from the authority), approximate or none",
        ),
        sa.Column("point_lat", sa.Double(), nullable=True, comment="Point of those days, degrees north, EPSG:4326"),
        sa.Column("point_lon", sa.Double(), nullable=True, comment="Point of those days, degrees east, EPSG:4326"),
        sa.Column("point_source", sa.Text(), nullable=False, comment="What the point stands for, as in area"),
        sa.Column("area_km2", sa.Double(), nullable=True, comment="Surface in square kilometres"),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_area_past_days_in_order")),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_area_past_area_code_area")),
        sa.PrimaryKeyConstraint("area_code", "valid_from", name=op.f("pk_area_past")),
        comment="How an area lay before its outline changed, or before it ended and came back",
    )


def downgrade() -> None:
    op.drop_table("area_past")
    op.drop_column("area", "outline_from")
